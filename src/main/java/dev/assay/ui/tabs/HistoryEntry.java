package dev.assay.ui.tabs;

import dev.assay.analysis.result.Scalar;
import dev.assay.run.RunView;
import java.util.List;

/**
 * A run with what the user wrote about it, as the history lists it.
 *
 * @param run the run
 * @param name its name, which the user may have changed
 * @param title the name with a number where earlier runs have the same
 * @param analysis title of its analysis
 * @param tags the user's
 * @param notes the user's
 * @param scalars its numbers
 */
public record HistoryEntry(
        RunView run, String name, String title, String analysis, List<String> tags, String notes,
        List<Scalar> scalars) {}
