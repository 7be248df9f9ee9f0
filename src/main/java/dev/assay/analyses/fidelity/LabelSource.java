package dev.assay.analyses.fidelity;

/** Which class is explained. */
public enum LabelSource {
    /** That of the data. */
    PROVIDED,
    /** That which the network predicts. */
    PREDICTED
}
