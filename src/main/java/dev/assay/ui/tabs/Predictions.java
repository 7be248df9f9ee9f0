package dev.assay.ui.tabs;

import dev.assay.analysis.InputException;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * What a network says of the samples of a dataset. The arrays are not copied.
 *
 * @param model name of the network
 * @param classes index of the largest score of each sample; -1 where a score is not a number
 * @param confidences softmax of the scores at that index, 0 to 1
 * @param labels the samples' own classes, -1 for none
 */
record Predictions(String model, int[] classes, float[] confidences, int[] labels) {

    private static final int THREADS = 2;

    /**
     * Runs the network over all samples. Called in the background.
     *
     * @param onProgress given the number of samples done so far
     * @param cancelled asked between batches
     * @throws InputException when the dataset or the network cannot be read or run
     * @throws CancellationException when it was cancelled
     */
    static Predictions of(Model model, Dataset dataset, LongConsumer onProgress, BooleanSupplier cancelled)
            throws InputException {
        int size = Math.toIntExact(dataset.size());
        int batch = InferenceOptions.goodBatchSize(model, List.of());
        int[] classes = new int[size];
        int[] labels = new int[size];
        float[] confidences = new float[size];
        FloatBuffer samples = room(batch, dataset);
        int[] some = new int[batch];
        int at = 0;
        try (Inference inference = model.open(new InferenceOptions(batch, THREADS, List.of()));
                BatchReader reader = dataset.read(0, batch)) {
            for (int n = reader.next(samples, some); n > 0 && at < size; n = reader.next(samples, some)) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException();
                }
                System.arraycopy(some, 0, labels, at, n);
                try (Inference.Activations out = inference.run(samples, n)) {
                    FloatBuffer scores = out.scores();
                    int width = scores.remaining() / n;
                    float[] row = new float[width];
                    for (int i = 0; i < n; i++) {
                        scores.get(i * width, row);
                        classes[at + i] = best(row);
                        confidences[at + i] = classes[at + i] < 0 ? 0 : (float) softmax(row)[classes[at + i]];
                    }
                }
                at += n;
                onProgress.accept(at);
                samples.clear();
            }
        }
        return new Predictions(model.name(), classes, confidences, labels);
    }

    /**
     * The scores of one sample.
     *
     * @throws InputException when the network cannot be run
     */
    static float[] scores(Model model, Dataset dataset, float[] values) throws InputException {
        FloatBuffer sample = room(1, dataset);
        sample.put(0, values);
        try (Inference inference = model.open(new InferenceOptions(1, 1, List.of()));
                Inference.Activations out = inference.run(sample, 1)) {
            float[] scores = new float[out.scores().remaining()];
            out.scores().get(0, scores);
            return scores;
        }
    }

    private static FloatBuffer room(int samples, Dataset dataset) {
        int width = Arrays.stream(dataset.sampleShape()).reduce(1, Math::multiplyExact);
        return ByteBuffer.allocateDirect(Math.multiplyExact(4 * samples, width))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Index of the largest; -1 when one is not a number. */
    static int best(float[] scores) {
        int best = 0;
        for (int i = 0; i < scores.length; i++) {
            if (Float.isNaN(scores[i])) {
                return -1;
            }
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    /** The scores as probabilities. */
    static double[] softmax(float[] scores) {
        double most = Float.NEGATIVE_INFINITY;
        for (float s : scores) {
            most = Math.max(most, s);
        }
        double[] shares = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            shares[i] = Math.exp(scores[i] - most);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }
}
