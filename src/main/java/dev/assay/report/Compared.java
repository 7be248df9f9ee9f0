package dev.assay.report;

import dev.assay.analysis.result.Result;

/**
 * A result of a comparison.
 *
 * @param result what is shown
 * @param setting of which runs it tells, for the line under its title
 * @param same whether it is the same in all of them, so that there is nothing to compare
 */
public record Compared(Result result, String setting, boolean same) {

    /** Something that differs, or may differ. */
    Compared(Result result, String setting) {
        this(result, setting, false);
    }
}
