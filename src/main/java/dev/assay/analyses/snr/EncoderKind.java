package dev.assay.analyses.snr;

/** The network that is trained. */
public enum EncoderKind {
    /** Three blocks of 3 x 3 convolution, batch norm, ReLU and 2 x 2 pooling, then a linear layer. */
    CONV,
    /** Two hidden layers of 256 ReLU units. */
    MLP,
    /** The user's own TorchScript module. */
    MODEL
}
