package dev.assay.analyses.complexity;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The task of the desktop acceptance experiments: points with normal coordinates, labelled by a random teacher with one
 * hidden layer of eight ReLUs, and students of any width that are trained on them.
 */
final class ToyTask {

    static final int INPUTS = 20;
    static final int CLASSES = 4;
    private static final int POINTS = 4000;
    private static final int TEACHER = 8;
    private static final int EPOCHS = 60;
    private static final int BATCH = 128;
    private static final double RATE = 0.1;
    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 5e-4;

    final double[][] points;
    final int[] labels;
    final double[][] fresh;
    final int[] freshLabels;
    private final Random random;

    /** How a student starts. */
    enum Start {
        /** Uniform within plus and minus one over the root of the fan-in, biases too. */
        UNIFORM,
        /** He's normal weights, no biases. */
        HE
    }

    /**
     * A network with one hidden layer of ReLUs.
     *
     * @param in incoming weights, units x inputs
     * @param bias biases of the units
     * @param out outgoing weights, classes x units
     * @param outBias biases of the classes
     */
    record Network(int units, double[] in, double[] bias, double[] out, double[] outBias) {

        void hidden(double[] x, double[] h) {
            for (int u = 0, at = 0; u < units; u++) {
                double sum = bias[u];
                for (int k = 0; k < INPUTS; k++) {
                    sum += in[at++] * x[k];
                }
                h[u] = Math.max(0, sum);
            }
        }

        void scores(double[] hidden, double[] y) {
            for (int c = 0, at = 0; c < CLASSES; c++) {
                double sum = outBias[c];
                for (int u = 0; u < units; u++) {
                    sum += out[at++] * hidden[u];
                }
                y[c] = sum;
            }
        }

        private int[] decisions(double[][] x) {
            double[] h = new double[units];
            double[] y = new double[CLASSES];
            return Arrays.stream(x)
                    .mapToInt(p -> {
                        hidden(p, h);
                        scores(h, y);
                        return IntStream.range(0, CLASSES).reduce(0, (a, b) -> y[b] > y[a] ? b : a);
                    })
                    .toArray();
        }

        double accuracy(double[][] x, int[] labels) {
            int[] decisions = decisions(x);
            return IntStream.range(0, labels.length)
                    .filter(i -> decisions[i] == labels[i])
                    .count()
                    / (double) labels.length;
        }

        /** What merging sees of it. */
        MergeState state() {
            return new MergeState(
                    List.of(
                            new WeightTensor("in", units, INPUTS, 1, in, 0, -1),
                            new WeightTensor("out", CLASSES, units, 1, out, -1, 0)),
                    new int[] {units});
        }

        List<Merge> ward() {
            double[] gram = new double[units * units];
            MergeState state = state();
            Pairs.add(state.tensors().get(0).incoming(), units, INPUTS, gram);
            Pairs.add(state.tensors().get(1).outgoing(), units, CLASSES, gram);
            return WardLinkage.link(Gram.squaredDistances(gram, units), units, Linking.QUIET);
        }

        /**
         * The network of clusters.
         *
         * @param sumIn sum the incoming weights and average the outgoing ones, instead of the other way round
         */
        Network merged(List<int[]> clusters, boolean sumIn) {
            int left = clusters.size();
            Network m = new Network(
                    left, new double[left * INPUTS], new double[left], new double[CLASSES * left], outBias);
            for (int c = 0; c < left; c++) {
                int[] cluster = clusters.get(c);
                double inShare = sumIn ? 1 : 1.0 / cluster.length;
                double outShare = sumIn ? 1.0 / cluster.length : 1;
                for (int f : cluster) {
                    m.bias[c] += inShare * bias[f];
                    for (int k = 0; k < INPUTS; k++) {
                        m.in[c * INPUTS + k] += inShare * in[f * INPUTS + k];
                    }
                    for (int k = 0; k < CLASSES; k++) {
                        m.out[k * left + c] += outShare * out[k * units + f];
                    }
                }
            }
            return m;
        }

        double magnitude(int unit) {
            double a = 0;
            double b = 0;
            for (int k = 0; k < INPUTS; k++) {
                a += in[unit * INPUTS + k] * in[unit * INPUTS + k];
            }
            for (int k = 0; k < CLASSES; k++) {
                b += out[k * units + unit] * out[k * units + unit];
            }
            return Math.sqrt(a) * Math.sqrt(b);
        }
    }

    ToyTask(long seed) {
        random = new Random(seed);
        Network teacher = new Network(
                TEACHER,
                gaussian(TEACHER * INPUTS, 1),
                new double[TEACHER],
                gaussian(CLASSES * TEACHER, 1),
                new double[CLASSES]);
        points = points();
        fresh = points();
        labels = teacher.decisions(points);
        freshLabels = teacher.decisions(fresh);
    }

    private double[][] points() {
        double[][] points = new double[POINTS][];
        Arrays.setAll(points, i -> gaussian(INPUTS, 1));
        return points;
    }

    private double[] gaussian(int size, double scale) {
        double[] values = new double[size];
        Arrays.setAll(values, k -> scale * random.nextGaussian());
        return values;
    }

    private double[] uniform(int size, int fanIn) {
        double bound = 1 / Math.sqrt(fanIn);
        double[] values = new double[size];
        Arrays.setAll(values, k -> bound * (2 * random.nextDouble() - 1));
        return values;
    }

    private Network start(int units, Start start) {
        return start == Start.HE
                ? new Network(
                        units,
                        gaussian(units * INPUTS, Math.sqrt(2.0 / INPUTS)),
                        new double[units],
                        gaussian(CLASSES * units, Math.sqrt(2.0 / units)),
                        new double[CLASSES])
                : new Network(
                        units,
                        uniform(units * INPUTS, INPUTS),
                        uniform(units, INPUTS),
                        uniform(CLASSES * units, units),
                        uniform(CLASSES, units));
    }

    /** A student after SGD with momentum and weight decay. */
    Network train(int units, Start start) {
        Network n = start(units, start);
        double[][] parameters = {n.in(), n.bias(), n.out(), n.outBias()};
        double[][] velocity =
                Arrays.stream(parameters).map(p -> new double[p.length]).toArray(double[][]::new);
        double[][] gradient =
                Arrays.stream(parameters).map(p -> new double[p.length]).toArray(double[][]::new);
        double[] h = new double[units];
        double[] p = new double[CLASSES];
        int[] order = IntStream.range(0, POINTS).toArray();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            shuffle(order);
            for (int from = 0; from < POINTS; from += BATCH) {
                int to = Math.min(POINTS, from + BATCH);
                Arrays.stream(gradient).forEach(g -> Arrays.fill(g, 0));
                for (int i = from; i < to; i++) {
                    backward(n, points[order[i]], labels[order[i]], gradient, 1.0 / (to - from), h, p);
                }
                for (int t = 0; t < parameters.length; t++) {
                    for (int k = 0; k < parameters[t].length; k++) {
                        velocity[t][k] = MOMENTUM * velocity[t][k] + gradient[t][k] + DECAY * parameters[t][k];
                        parameters[t][k] -= RATE * velocity[t][k];
                    }
                }
            }
        }
        return n;
    }

    private void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private static void backward(
            Network n, double[] x, int label, double[][] gradient, double weight, double[] h, double[] p) {
        n.hidden(x, h);
        n.scores(h, p);
        double max = Arrays.stream(p).max().orElseThrow();
        double sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            p[c] = Math.exp(p[c] - max);
            sum += p[c];
        }
        int units = n.units();
        for (int c = 0; c < CLASSES; c++) {
            p[c] = weight * (p[c] / sum - (c == label ? 1 : 0));
            gradient[3][c] += p[c];
        }
        for (int u = 0; u < units; u++) {
            if (h[u] > 0) {
                double back = 0;
                for (int c = 0; c < CLASSES; c++) {
                    gradient[2][c * units + u] += p[c] * h[u];
                    back += p[c] * n.out()[c * units + u];
                }
                gradient[1][u] += back;
                for (int k = 0; k < INPUTS; k++) {
                    gradient[0][u * INPUTS + k] += back * x[k];
                }
            }
        }
    }

    /** Each unit as often as {@code copies} says, outgoing weights shared among them, and noise on all copied weights. */
    Network copied(Network n, int[] copies, double noise) {
        int[] owners = owners(copies);
        Network c = new Network(
                owners.length,
                new double[owners.length * INPUTS],
                new double[owners.length],
                new double[CLASSES * owners.length],
                n.outBias());
        for (int f = 0; f < owners.length; f++) {
            c.bias()[f] = n.bias()[owners[f]];
            for (int k = 0; k < INPUTS; k++) {
                c.in()[f * INPUTS + k] = n.in()[owners[f] * INPUTS + k] + noise * random.nextGaussian();
            }
            for (int k = 0; k < CLASSES; k++) {
                c.out()[k * owners.length + f] =
                        n.out()[k * n.units() + owners[f]] / copies[owners[f]] + noise * random.nextGaussian();
            }
        }
        return c;
    }

    /** The unit that each feature is a copy of. */
    static int[] owners(int[] copies) {
        return IntStream.range(0, copies.length)
                .flatMap(u -> IntStream.range(0, copies[u]).map(k -> u))
                .toArray();
    }

    /** Whether no cluster holds copies of two units. */
    static boolean clean(List<int[]> clusters, int[] owners) {
        return clusters.stream()
                .allMatch(c -> Arrays.stream(c).map(i -> owners[i]).distinct().count() == 1);
    }
}
