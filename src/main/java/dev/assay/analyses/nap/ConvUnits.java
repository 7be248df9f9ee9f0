package dev.assay.analyses.nap;

/** What counts as a unit of a convolutional layer. */
public enum ConvUnits {
    /** Every position of every channel. */
    POSITION,
    /** A channel: active iff it is above zero at any position. */
    CHANNEL
}
