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

    /** Multiplications and additions of a call on the processor: a cancel waits for no more than some 100 ms of them. */
    private static final long MOST_OPERATIONS = 4_000_000_000L;

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
     * A good number of samples per call on the processor. Measured with 784-256x4-10 on two cores, throughput is the same
     * within a few percent from 256 to 2,048 samples, captured or not, and falls below 128; a batch of 512 answers a
     * cancel within milliseconds. Networks with more to do for a sample get fewer, so that a call is over soon.
     *
     * @param captured the layers whose pre-activations are captured
     */
    public static int goodBatchSize(Model model, List<ReluLayer> captured) {
        return Math.clamp(MOST_OPERATIONS / operations(model), 1, largestBatchSize(model, captured));
    }

    /**
     * The number of samples per call that fits into 64 MB, for a graphics processor, which is through with them soon.
     *
     * @param captured the layers whose pre-activations are captured
     */
    public static int largestBatchSize(Model model, List<ReluLayer> captured) {
        return largestBatchSize(model, captured.stream().mapToLong(ReluLayer::width).sum());
    }

    /**
     * The same for tensors that need not be pre-activations.
     *
     * @param captured values of the captured tensors for a sample
     */
    public static int largestBatchSize(Model model, long captured) {
        long values = model.input().size() + model.output().size() + captured;
        long fitting = LARGEST_BATCH_BYTES / (Float.BYTES * Math.max(1, values));
        return Math.clamp(fitting, 1, MOST_SAMPLES);
    }

    /** Multiplications and additions for a sample, at least 1; those of layers that the model does not tell of are left out. */
    public static long operations(Model model) {
        long operations = 1;
        for (Layer layer : model.layers()) {
            // Every weight is used once at every position: of an image after the channels, of a vector once.
            int[] shape = layer.outputShape();
            long positions = 1;
            for (int i = 1; i < shape.length; i++) {
                positions *= Math.max(1, shape[i]);
            }
            operations += 2 * layer.parameters() * positions;
        }
        return operations;
    }
}
