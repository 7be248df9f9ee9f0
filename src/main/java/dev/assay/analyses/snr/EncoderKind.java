package dev.assay.analyses.snr;

/** The network that is trained. */
public enum EncoderKind {
    /** conv for pictures of at least 8 x 8, mlp for all else. */
    AUTO,
    /** Three blocks of 3 x 3 convolution, batch norm, ReLU and 2 x 2 pooling, then a linear layer. */
    CONV,
    /** Two hidden layers of 256 ReLU units. */
    MLP,
    /** The user's own TorchScript module. */
    MODEL;

    private static final int LEAST_SIDE = 8;

    /** What auto stands for with samples of a shape; itself for the others. */
    EncoderKind of(int[] sample) {
        if (this != AUTO) {
            return this;
        }
        return sample.length == 3 && sample[1] >= LEAST_SIDE && sample[2] >= LEAST_SIDE ? CONV : MLP;
    }
}
