package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Desktop acceptance experiment 1 of the method: noisy copies of the units of a trained network are found again. */
class PlantedCopiesTest {

    private static final int INPUTS = 20;
    private static final int UNITS = 16;
    private static final int CLASSES = 4;
    private static final int POINTS = 4000;
    private static final int[] COPIES = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4};

    /** A network with one hidden layer of ReLUs. */
    private static final class Network {
        private final double[][] in;
        private final double[] bias;
        private final double[][] out;
        private final double[] outBias;

        Network(double[][] in, double[] bias, double[][] out, double[] outBias) {
            this.in = in;
            this.bias = bias;
            this.out = out;
            this.outBias = outBias;
        }

        double[] hidden(double[] x) {
            double[] h = bias.clone();
            for (int u = 0; u < h.length; u++) {
                for (int k = 0; k < x.length; k++) {
                    h[u] += in[u][k] * x[k];
                }
                h[u] = Math.max(0, h[u]);
            }
            return h;
        }

        double[] scores(double[] hidden) {
            double[] y = outBias.clone();
            for (int c = 0; c < y.length; c++) {
                for (int u = 0; u < hidden.length; u++) {
                    y[c] += out[c][u] * hidden[u];
                }
            }
            return y;
        }

        int decision(double[] x) {
            double[] y = scores(hidden(x));
            return IntStream.range(0, y.length).reduce(0, (a, b) -> y[b] > y[a] ? b : a);
        }

        double accuracy(double[][] points, int[] labels) {
            return IntStream.range(0, points.length)
                    .filter(i -> decision(points[i]) == labels[i])
                    .count()
                    / (double) points.length;
        }
    }

    private static double[][] gaussian(int rows, int columns, double scale, Random random) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            Arrays.setAll(row, k -> scale * random.nextGaussian());
        }
        return values;
    }

    /** SGD with momentum 0.9, rate 0.1, weight decay 5e-4, 60 epochs, batches of 128. */
    private static Network train(double[][] x, int[] labels, Random random) {
        Network n = new Network(
                gaussian(UNITS, INPUTS, Math.sqrt(2.0 / INPUTS), random),
                new double[UNITS],
                gaussian(CLASSES, UNITS, Math.sqrt(2.0 / UNITS), random),
                new double[CLASSES]);
        double[][] parameters = parameters(n);
        double[][] velocity = Arrays.stream(parameters).map(p -> new double[p.length]).toArray(double[][]::new);
        List<Integer> order = new ArrayList<>(IntStream.range(0, x.length).boxed().toList());
        for (int epoch = 0; epoch < 60; epoch++) {
            java.util.Collections.shuffle(order, random);
            for (int from = 0; from < x.length; from += 128) {
                List<Integer> batch = order.subList(from, Math.min(x.length, from + 128));
                double[][] gradient = Arrays.stream(parameters).map(p -> new double[p.length]).toArray(double[][]::new);
                for (int i : batch) {
                    backward(n, x[i], labels[i], gradient, 1.0 / batch.size());
                }
                for (int p = 0; p < parameters.length; p++) {
                    for (int k = 0; k < parameters[p].length; k++) {
                        velocity[p][k] = 0.9 * velocity[p][k] + gradient[p][k] + 5e-4 * parameters[p][k];
                        parameters[p][k] -= 0.1 * velocity[p][k];
                    }
                }
            }
        }
        return n;
    }

    /** The arrays of a network: incoming rows, outgoing rows, biases. */
    private static double[][] parameters(Network n) {
        List<double[]> all = new ArrayList<>(Arrays.asList(n.in));
        all.addAll(Arrays.asList(n.out));
        all.add(n.bias);
        all.add(n.outBias);
        return all.toArray(double[][]::new);
    }

    private static void backward(Network n, double[] x, int label, double[][] gradient, double weight) {
        double[] h = n.hidden(x);
        double[] p = n.scores(h);
        double max = Arrays.stream(p).max().orElseThrow();
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = Math.exp(p[c] - max);
            sum += p[c];
        }
        double[] back = new double[UNITS];
        for (int c = 0; c < CLASSES; c++) {
            double d = weight * (p[c] / sum - (c == label ? 1 : 0));
            gradient[UNITS + CLASSES + 1][c] += d;
            for (int u = 0; u < UNITS; u++) {
                gradient[UNITS + c][u] += d * h[u];
                back[u] += d * n.out[c][u];
            }
        }
        for (int u = 0; u < UNITS; u++) {
            if (h[u] > 0) {
                gradient[UNITS + CLASSES][u] += back[u];
                for (int k = 0; k < INPUTS; k++) {
                    gradient[u][k] += back[u] * x[k];
                }
            }
        }
    }

    private static int[] labels(double[][] x, Network teacher) {
        return Arrays.stream(x).mapToInt(teacher::decision).toArray();
    }

    /** The unit that each feature is a copy of. */
    private static int[] owners() {
        return IntStream.range(0, UNITS)
                .flatMap(u -> IntStream.range(0, COPIES[u]).map(k -> u))
                .toArray();
    }

    private static MergeState copied(Network n, Random random) {
        int[] owners = owners();
        double[] in = new double[owners.length * INPUTS];
        double[] out = new double[CLASSES * owners.length];
        for (int f = 0; f < owners.length; f++) {
            for (int k = 0; k < INPUTS; k++) {
                in[f * INPUTS + k] = n.in[owners[f]][k] + 0.01 * random.nextGaussian();
            }
            for (int c = 0; c < CLASSES; c++) {
                out[c * owners.length + f] = n.out[c][owners[f]] / COPIES[owners[f]] + 0.01 * random.nextGaussian();
            }
        }
        return new MergeState(
                List.of(
                        new WeightTensor("in", owners.length, INPUTS, 1, in, 0, -1),
                        new WeightTensor("out", CLASSES, owners.length, 1, out, -1, 0)),
                new int[] {owners.length});
    }

    private static List<Merge> ward(MergeState state) {
        int n = owners().length;
        double[] gram = new double[n * n];
        Gram.add(state.tensors().get(0).incoming(), n, INPUTS, gram);
        Gram.add(state.tensors().get(1).outgoing(), n, CLASSES, gram);
        return WardLinkage.link(Gram.squaredDistances(gram, n), n, Linking.QUIET);
    }

    private static boolean clean(Partition partition) {
        int[] owners = owners();
        return partition.clusters().stream()
                .allMatch(c -> Arrays.stream(c).map(i -> owners[i]).distinct().count() == 1);
    }

    /** Mean in, sum out. */
    private static Network merged(MergeState state, Network original, Partition partition) {
        int[] owners = owners();
        List<int[]> clusters = partition.clusters();
        double[][] in = new double[clusters.size()][INPUTS];
        double[] bias = new double[clusters.size()];
        double[][] out = new double[CLASSES][clusters.size()];
        for (int c = 0; c < clusters.size(); c++) {
            for (int f : clusters.get(c)) {
                double[] row = state.tensors().get(0).row(f);
                double[] column = state.tensors().get(1).column(f);
                for (int k = 0; k < INPUTS; k++) {
                    in[c][k] += row[k] / clusters.get(c).length;
                }
                bias[c] += original.bias[owners[f]] / clusters.get(c).length;
                for (int k = 0; k < CLASSES; k++) {
                    out[k][c] += column[k];
                }
            }
        }
        return new Network(in, bias, out, original.outBias);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wardFindsThePlantedCopiesAndReferenceMergesByPowersOfTwo(long seed) {
        Random random = new Random(seed);
        Network teacher = new Network(
                gaussian(8, INPUTS, 1, random), new double[8], gaussian(CLASSES, 8, 1, random), new double[CLASSES]);
        double[][] x = gaussian(POINTS, INPUTS, 1, random);
        double[][] fresh = gaussian(POINTS, INPUTS, 1, random);
        int[] freshLabels = labels(fresh, teacher);
        Network student = train(x, labels(x, teacher), random);
        MergeState state = copied(student, random);
        Linked linked = new Linked("h", owners().length, ward(state), List.of());
        Network wide = merged(state, student, Partition.singletons(owners().length));

        assertThat(student.accuracy(fresh, freshLabels)).isGreaterThan(0.85);
        for (double beta : new double[] {0.002, 0.005, 0.01, 0.02}) {
            Partition partition = linked.partition(beta, 1);
            assertThat(partition.size()).as("beta %s", beta).isEqualTo(UNITS);
            assertThat(clean(partition)).as("beta %s", beta).isTrue();
            assertThat(merged(state, student, partition).accuracy(fresh, freshLabels))
                    .isBetween(
                            wide.accuracy(fresh, freshLabels) - 0.005, wide.accuracy(fresh, freshLabels) + 0.005);
        }
        MergeState reference = copied(student, new Random(seed));
        new ReferenceMerging(reference, true, () -> {}).run(0.001, 1, (g, m, left) -> {});
        assertThat(reference.order(0)).hasSize(20);

        List<Merge> merges = new ArrayList<>();
        MergeState loose = copied(student, new Random(seed));
        new ReferenceMerging(loose, true, () -> {}).run(0.05, 1, (g, m, left) -> merges.add(m));
        assertThat(clean(Partition.of(owners().length, merges))).isFalse();
    }
}
