package dev.assay.model;

import java.util.List;

/**
 * How a network is to be run.
 *
 * @param batchSize most samples in one call, at least 1
 * @param threads threads inside one call, at least 1
 * @param capture names of inner tensors to hand out with the scores ({@link ReluLayer#preActivation()})
 */
public record InferenceOptions(int batchSize, int threads, List<String> capture) {

    /** Copies the list. */
    public InferenceOptions {
        capture = List.copyOf(capture);
    }
}
