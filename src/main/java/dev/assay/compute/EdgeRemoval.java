package dev.assay.compute;

/** What a weight below 1 on an edge means to a graph convolution. */
public enum EdgeRemoval {
    /** An edge of weight 0 does not exist: degrees are summed from the weights. */
    STRUCTURAL,
    /**
     * Degrees are those of the whole graph; the weight multiplies the finished message. The self-loop that a convolution
     * adds is left alone.
     */
    MESSAGE
}
