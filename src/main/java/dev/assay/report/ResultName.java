package dev.assay.report;

import dev.assay.analysis.result.Result;
import java.util.Locale;

/** How a report names a result of a run: its kind and its id, e.g. {@code curve/recall}, for ids are unique per kind. */
public final class ResultName {

    /** Stands for all numbers of a run, or those of several runs side by side. */
    public static final String FIGURES = "scalar/*";

    private ResultName() {}

    /** The name of a result. */
    public static String of(Result result) {
        return kind(result) + "/" + result.id();
    }

    static String kind(Result result) {
        return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
