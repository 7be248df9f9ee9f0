package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analyses.complexity.FeatureGroups.Reading;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.compute.PairDistances;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the features do on a batch of samples: sums and sums of products over samples and positions, from which the
 * distances of the centred records follow. The sums add up over batches, files and machines.
 */
final class ActivationRecords {

    /** ZipIt's floor for the product of two standard deviations. */
    private static final double LEAST_STD_PRODUCT = 1e-7;

    private final List<double[]> sums = new ArrayList<>();
    private final List<double[]> products = new ArrayList<>();
    private final long[] counts;
    private final ActivationDistance distance;
    private final PairDistances kernel;
    private final Runnable checkCancelled;

    private ActivationRecords(
            int[] sizes, ActivationDistance distance, PairDistances kernel, Runnable checkCancelled) {
        this.distance = distance;
        this.kernel = kernel;
        this.checkCancelled = checkCancelled;
        counts = new long[sizes.length];
        for (int n : sizes) {
            sums.add(new double[n]);
            products.add(new double[n * n]);
        }
    }

    /** Runs the samples through the network and sums up. */
    static ActivationRecords collect(
            NetworkUnderAnalysis network, Dataset batch, ActivationDistance distance, RunContext context)
            throws AnalysisException {
        List<Group> groups = network.groups().groups();
        ActivationRecords records = new ActivationRecords(
                network.sizes(), distance, context.kernel(PairDistances.class), context::checkCancelled);
        List<String> capture =
                groups.stream().map(g -> g.reading().tensor()).distinct().toList();
        int batchSize = Math.min(64, InferenceOptions.goodBatchSize(network.model(), List.of()));
        RunContext.Progress progress = context.phase("Activations", batch.size(), "samples");
        try (Inference inference =
                network.model().open(new InferenceOptions(batchSize, context.threads(), capture, context.graphics()));
                ReadAhead reader = ReadAhead.of(batch, batchSize)) {
            for (Optional<ReadAhead.Batch> next = reader.next(context::checkCancelled);
                    next.isPresent();
                    next = reader.next(context::checkCancelled)) {
                try (ReadAhead.Batch samples = next.get();
                        Inference.Activations out = inference.run(samples.samples(), samples.count())) {
                    for (int g = 0; g < groups.size(); g++) {
                        Reading reading = groups.get(g).reading();
                        FloatBuffer values = out.captured(capture.indexOf(reading.tensor()));
                        records.accumulate(g, values, samples.count(), reading, groups.get(g), network);
                    }
                    progress.advance(samples.count());
                }
            }
        }
        return records;
    }

    private void accumulate(
            int group, FloatBuffer values, int samples, Reading reading, Group features, NetworkUnderAnalysis network)
            throws AnalysisException {
        int n = features.size();
        int width = values.remaining() / samples;
        int positions = width / reading.channels();
        double[] vectors = new double[Math.multiplyExact(n, samples * positions)];
        double[] sum = sums.get(group);
        for (int i = 0; i < n; i++) {
            int channel = reading.offset() + i;
            for (int s = 0; s < samples; s++) {
                for (int p = 0; p < positions; p++) {
                    int at = reading.interleaved() ? p * reading.channels() + channel : channel * positions + p;
                    float v = values.get(s * width + at);
                    if (!Float.isFinite(v)) {
                        throw new AnalysisException(
                                "feature " + i + " of " + features.name() + " is " + v + " on a sample",
                                network.model().name(),
                                "check the preprocessing of the samples");
                    }
                    vectors[(i * samples + s) * positions + p] = v;
                    sum[i] += v;
                }
            }
        }
        counts[group] += (long) samples * positions;
        kernel.addProducts(Gram.part(vectors, samples * positions), n, products.get(group), checkCancelled);
    }

    /**
     * Distances of a group's centred records; features without variance are dead: equal to each other, and in
     * correlation unrelated to all others.
     */
    GroupDistances distances(int group) {
        int n = sums.get(group).length;
        double count = counts[group];
        double[] sum = sums.get(group);
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i * n + j] = products.get(group)[i * n + j] / count - sum[i] / count * (sum[j] / count);
            }
        }
        List<Integer> dead = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double square = products.get(group)[i * n + i] / count;
            if (covariance[i * n + i] <= 1e-14 * square) {
                dead.add(i);
            }
        }
        if (distance == ActivationDistance.COVARIANCE) {
            return new GroupDistances(Gram.squaredDistances(covariance, n), dead, null);
        }
        boolean[] isDead = new boolean[n];
        dead.forEach(i -> isDead[i] = true);
        double[] squared = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double stds = Math.sqrt(Math.max(0, covariance[i * n + i]) * Math.max(0, covariance[j * n + j]));
                double correlation = covariance[i * n + j] / Math.max(LEAST_STD_PRODUCT, stds);
                boolean same = i == j || isDead[i] && isDead[j];
                squared[i * n + j] = same ? 0 : Math.max(0, 2 - 2 * correlation);
            }
        }
        return new GroupDistances(squared, dead, null);
    }
}
