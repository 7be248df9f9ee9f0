package dev.assay.ui.tabs;

import dev.assay.analysis.result.Result;

/**
 * Tells results of a run apart. A figure and a curve may share an id ({@code train_recall}), so its kind belongs to it.
 *
 * @param kind the result's class
 * @param id its id
 */
record ResultKey(Class<? extends Result> kind, String id) {

    static ResultKey of(Result result) {
        return new ResultKey(result.getClass(), result.id());
    }
}
