package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.net.NetworkReader;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** A network as affine maps beside the model's own runtime, and proof that both compute the same. */
final class LoadedNetwork implements AutoCloseable {

    private static final int PROBES = 100;

    /** Of the largest value, for each layer. */
    private static final double TOLERANCE = 1e-5;

    private final Model model;
    private final ReluNetwork net;
    private final Inference inference;

    private LoadedNetwork(Model model, ReluNetwork net, Inference inference) {
        this.model = model;
        this.net = net;
        this.inference = inference;
    }

    /**
     * Reads a network and compares it with the model's own runtime on random inputs.
     *
     * @param low least value of the inputs that are compared
     * @param high greatest
     * @throws AnalysisException when the model is no network of affine maps and ReLUs, or the two differ
     */
    static LoadedNetwork of(Model model, double low, double high) throws AnalysisException {
        ReluNetwork net = network(model);
        LoadedNetwork loaded = new LoadedNetwork(model, net, model.open(new InferenceOptions(1, 1, List.of())));
        try {
            loaded.compare(low, high);
        } catch (AnalysisException | RuntimeException e) {
            loaded.close();
            throw e;
        }
        return loaded;
    }

    /** The network alone. */
    static ReluNetwork network(Model model) throws AnalysisException {
        if (!(model instanceof OnnxModel onnx)) {
            throw new InputException(
                    "a " + model.format() + " model hides its layers",
                    model.name(),
                    "export it to ONNX, which verification reads");
        }
        return NetworkReader.read(onnx);
    }

    private void compare(double low, double high) throws AnalysisException {
        SplittableRandom random = new SplittableRandom(20);
        double worst = 0;
        for (int p = 0; p < PROBES; p++) {
            double[] x = new double[net.inputs()];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (low + (high - low) * random.nextDouble());
            }
            double[][] z = net.run(x, 1);
            double[] exact = z[net.layers()];
            double[] own = runtime(x);
            // Float32 rounds every layer's sums, whose size the scores may hide by cancelling.
            double scale = 1;
            for (double[] layer : z) {
                for (double v : layer) {
                    scale = Math.max(scale, Math.abs(v));
                }
            }
            double difference = 0;
            for (int o = 0; o < exact.length; o++) {
                difference = Math.max(difference, Math.abs(exact[o] - own[o]));
            }
            worst = Math.max(worst, difference / scale);
        }
        // Float32 adds its rounding layer upon layer.
        if (!(worst <= TOLERANCE * Math.max(1, net.layers()))) {
            throw new AnalysisException(
                    String.format(
                            Locale.ROOT,
                            "the network as read differs from the model's own runtime by %.2g relative to its largest"
                                    + " value",
                            worst),
                    model.name(),
                    "export it again with float32 weights and one sample at a time");
        }
    }

    /** The scores by the model's own runtime, in float32. */
    double[] runtime(double[] x) throws InputException {
        FloatBuffer buffer = ByteBuffer.allocateDirect(x.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (double v : x) {
            buffer.put((float) v);
        }
        buffer.flip();
        try (Inference.Activations out = inference.run(buffer, 1)) {
            double[] scores = new double[net.outputs()];
            for (int o = 0; o < scores.length; o++) {
                scores[o] = out.scores().get(o);
            }
            return scores;
        }
    }

    /** The network. */
    ReluNetwork net() {
        return net;
    }

    /** The model. */
    Model model() {
        return model;
    }

    @Override
    public void close() {
        inference.close();
    }
}
