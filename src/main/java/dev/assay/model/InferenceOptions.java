package dev.assay.model;

import java.util.List;

/**
 * How a network is to be run.
 *
 * @param batchSize most samples in one call, at least 1
 * @param threads threads inside one call, at least 1
 * @param capture names of inner tensors to hand out with the scores ({@link ReluLayer#preActivation()})
 * @param graphics whether the engine may use a graphics processor where it has one
 */
public record InferenceOptions(int batchSize, int threads, List<String> capture, boolean graphics) {

    private static final long LARGEST_BATCH_BYTES = 64L << 20;

    private static final int MOST_SAMPLES = 512;

    /** Copies the list; refuses less than one sample or thread. */
    public InferenceOptions {
        if (batchSize < 1 || threads < 1) {
            throw new IllegalArgumentException("a batch of " + batchSize + " on " + threads + " threads");
        }
        capture = List.copyOf(capture);
    }

    /** On the processor. */
    public InferenceOptions(int batchSize, int threads, List<String> capture) {
        this(batchSize, threads, capture, false);
    }

    /**
     * A good number of samples per call. Measured with 784-256x4-10 on two cores, throughput is the same within a few
     * percent from 256 to 2,048 samples, captured or not, and falls below 128; a batch of 512 answers a cancel within
     * milliseconds. Wide convolutional layers get fewer, so that a batch stays within 64 MB.
     *
     * @param captured the layers whose pre-activations are captured
     */
    public static int goodBatchSize(Model model, List<ReluLayer> captured) {
        long values = model.input().size() + model.output().size();
        for (ReluLayer layer : captured) {
            values += layer.width();
        }
        long fitting = LARGEST_BATCH_BYTES / (Float.BYTES * Math.max(1, values));
        return Math.clamp(fitting, 1, MOST_SAMPLES);
    }
}
