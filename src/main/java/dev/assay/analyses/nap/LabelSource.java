package dev.assay.analyses.nap;

/** Which class a sample is mined for. */
public enum LabelSource {
    /** The dataset's label. */
    PROVIDED,
    /** The network's decision; needs no labels. */
    PREDICTED,
    /** The dataset's label, and only samples that the network gets right are mined. */
    PROVIDED_AND_CORRECT
}
