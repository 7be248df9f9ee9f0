package dev.assay.model;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import java.util.List;

/** A network opened from a file. Safe to use from several threads at once. */
public interface Model extends Input {

    /** Format for the user, e.g. {@code ONNX opset 9}. */
    String format();

    /** SHA-256 of the model's file, lower-case hex; computed at the first call, so not on the window's thread. */
    String sha256() throws InputException;

    /** The one real input; its shape has no batch dimension. */
    TensorInfo input();

    /** The scores that the network ends with, before a closing softmax; the shape has no batch dimension. */
    TensorInfo output();

    /** Layers in the order of the graph. */
    List<Layer> layers();

    /** All weights, biases and other stored tensors, described but not read. */
    List<TensorInfo> tensors();

    /**
     * The values of a stored tensor, row-major.
     *
     * @throws InputException when the file can no longer be read
     */
    float[] values(TensorInfo tensor) throws InputException;

    /** Number of stored weights and biases. */
    long parameterCount();

    /**
     * The layers of ReLU units in the order of the graph; empty when there are none or inner activations cannot be
     * seen in this format.
     */
    List<ReluLayer> reluLayers();

    /** Why {@link #reluLayers()} is empty, one sentence for the user; empty when it is not. */
    String withoutRelus();

    /**
     * What the user should know of the model that is no error, one sentence each; for example that softmax is
     * dropped.
     */
    default List<String> notes() {
        return List.of();
    }

    /**
     * Prepares the network for running batches.
     *
     * @throws InputException when it cannot be run (an unsupported operator is named, with its node)
     */
    Inference open(InferenceOptions options) throws InputException;
}
