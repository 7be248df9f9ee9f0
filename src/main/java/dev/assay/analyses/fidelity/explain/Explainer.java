package dev.assay.analyses.fidelity.explain;

import dev.assay.analysis.AnalysisException;

/** A method that scores the edges of a prediction. Safe to use from several threads at once. */
public interface Explainer {

    /** Its name in results. */
    String name();

    /**
     * Explains a prediction.
     *
     * @param cancelled called between steps; throws when the run was cancelled
     * @throws AnalysisException when the explanation does not fit the instance
     */
    Explanation explain(Instance instance, Runnable cancelled) throws AnalysisException;
}
