package dev.assay.analyses.snr;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The losses as functions of the distances within a batch (snr-metric-learning, step 4). Every method gives the value
 * and adds the derivatives by the distances to a matrix of zeros.
 */
final class PairLosses {

    private final double[][] distances;
    private final int[] labels;
    private final Alike alike;
    private final double[][] derivatives;

    PairLosses(double[][] distances, int[] labels, double[][] derivatives) {
        this.distances = distances;
        this.labels = labels;
        this.alike = (i, j) -> labels[i] == labels[j];
        this.derivatives = derivatives;
    }

    /** For samples that may have several labels; there are no N pairs of these. */
    PairLosses(double[][] distances, Alike alike, double[][] derivatives) {
        this.distances = distances;
        this.labels = new int[0];
        this.alike = alike;
        this.derivatives = derivatives;
    }

    /** Which samples belong together. */
    @FunctionalInterface
    interface Alike {
        boolean test(int i, int j);
    }

    /**
     * Value of a loss.
     *
     * @param positive part of the positive pairs; NaN where the loss has no such part
     * @param negative part of the negative pairs; NaN likewise
     * @param active terms above 0
     * @param terms all terms
     */
    record Value(double loss, double positive, double negative, long active, long terms) {}

    private boolean positive(int i, int j) {
        return i != j && alike.test(i, j);
    }

    private boolean negative(int i, int j) {
        return i != j && !alike.test(i, j);
    }

    private static double share(long active, long terms, Reduction reduction) {
        long count = reduction == Reduction.ALL ? terms : active;
        return count == 0 ? 0 : 1.0 / count;
    }

    Value contrastive(double marginPositive, double marginNegative, Reduction reduction) {
        long[] terms = new long[2];
        long[] active = new long[2];
        double[] sum = new double[2];
        for (int i = 0; i < distances.length; i++) {
            for (int j = 0; j < distances.length; j++) {
                if (i != j) {
                    int side = positive(i, j) ? 0 : 1;
                    double hinge = side == 0 ? distances[i][j] - marginPositive : marginNegative - distances[i][j];
                    terms[side]++;
                    if (hinge > 0) {
                        active[side]++;
                        sum[side] += hinge;
                    }
                }
            }
        }
        double[] scale = {share(active[0], terms[0], reduction), share(active[1], terms[1], reduction)};
        for (int i = 0; i < distances.length; i++) {
            for (int j = 0; j < distances.length; j++) {
                if (positive(i, j)) {
                    derivatives[i][j] = distances[i][j] > marginPositive ? scale[0] : 0;
                } else if (i != j) {
                    derivatives[i][j] = distances[i][j] < marginNegative ? -scale[1] : 0;
                }
            }
        }
        double positive = sum[0] * scale[0];
        double negative = sum[1] * scale[1];
        return new Value(positive + negative, positive, negative, active[0] + active[1], terms[0] + terms[1]);
    }

    /**
     * All triplets. Per anchor the negatives are sorted once and sums over their prefixes do the rest; where there are
     * fewer positives than a sort takes passes, a pass for each is cheaper. Anchors are shared over threads; the sums
     * are taken in their order.
     */
    Value triplet(double margin, Reduction reduction, int threads) {
        int n = distances.length;
        Anchor[] anchors = new Anchor[n];
        Blocks.share(n, threads, () -> {
            Anchors of = new Anchors(margin);
            return a -> anchors[a] = of.anchor(a);
        });
        long terms = 0;
        long active = 0;
        double sum = 0;
        for (Anchor anchor : anchors) {
            terms += anchor.terms();
            active += anchor.active();
            sum += anchor.sum();
        }
        double scale = share(active, terms, reduction);
        Blocks.share(n, threads, () -> a -> {
            for (int j = 0; j < n; j++) {
                derivatives[a][j] *= scale;
            }
        });
        return new Value(sum * scale, Double.NaN, Double.NaN, active, terms);
    }

    /** What the triplets of an anchor add up to. */
    private record Anchor(long terms, long active, double sum) {}

    /** Goes through the triplets of one anchor after another; a thread's own. */
    private final class Anchors {

        private final double margin;
        private final double[] negative = new double[distances.length];
        private final int[] index = new int[distances.length];
        private final double[] prefix = new double[distances.length + 1];
        private final int[] reaches = new int[distances.length + 1];

        Anchors(double margin) {
            this.margin = margin;
        }

        Anchor anchor(int a) {
            int n = distances.length;
            int passes = 32 - Integer.numberOfLeadingZeros(n);
            int negatives = 0;
            int positives = 0;
            for (int j = 0; j < n; j++) {
                if (negative(a, j)) {
                    negative[negatives] = distances[a][j];
                    index[negatives++] = j;
                } else if (j != a) {
                    positives++;
                }
            }
            Arrays.fill(reaches, 0, negatives + 1, 0);
            return positives <= passes
                    ? byPasses(a, (long) positives * negatives, negatives)
                    : bySorting(a, (long) positives * negatives, negatives);
        }

        private Anchor byPasses(int a, long terms, int negatives) {
            long active = 0;
            double sum = 0;
            for (int p = 0; p < distances.length; p++) {
                if (positive(a, p)) {
                    double bound = distances[a][p] + margin;
                    int below = 0;
                    // Without a branch: which negatives are near is not to be foreseen.
                    for (int r = 0; r < negatives; r++) {
                        int near = negative[r] < bound ? 1 : 0;
                        reaches[r] += near;
                        below += near;
                    }
                    sum += below * bound;
                    derivatives[a][p] += below;
                    active += below;
                }
            }
            for (int r = 0; r < negatives; r++) {
                derivatives[a][index[r]] -= reaches[r];
                sum -= reaches[r] * negative[r];
            }
            return new Anchor(terms, active, sum);
        }

        private Anchor bySorting(int a, long terms, int negatives) {
            long active = 0;
            double sum = 0;
            PairSort.sort(negative, index, negatives);
            for (int r = 0; r < negatives; r++) {
                prefix[r + 1] = prefix[r] + negative[r];
            }
            for (int p = 0; p < distances.length; p++) {
                if (positive(a, p)) {
                    double bound = distances[a][p] + margin;
                    int below = below(negative, negatives, bound);
                    sum += below * bound - prefix[below];
                    derivatives[a][p] += below;
                    reaches[below]++;
                    active += below;
                }
            }
            int covering = 0;
            for (int r = negatives - 1; r >= 0; r--) {
                covering += reaches[r + 1];
                derivatives[a][index[r]] -= covering;
            }
            return new Anchor(terms, active, sum);
        }
    }

    private static int below(double[] sorted, int size, double bound) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    Value lifted(double margin) {
        int n = distances.length;
        double[] pushes = new double[n];
        long terms = 0;
        for (int i = 0; i < n; i++) {
            pushes[i] = logSum(i, margin);
            for (int j = 0; j < n; j++) {
                terms += positive(i, j) ? 1 : 0;
            }
        }
        double[] factor = new double[n];
        long active = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (positive(i, j)) {
                    double both = logAdd(pushes[i], pushes[j]);
                    double hinge = both + distances[i][j];
                    if (hinge > 0) {
                        active++;
                        sum += hinge * hinge;
                        double w = hinge / terms;
                        derivatives[i][j] += w;
                        factor[i] += w * Math.exp(pushes[i] - both);
                        factor[j] += w * Math.exp(pushes[j] - both);
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                if (factor[i] != 0 && negative(i, k)) {
                    derivatives[i][k] -= factor[i] * Math.exp(margin - distances[i][k] - pushes[i]);
                }
            }
        }
        return new Value(terms == 0 ? 0 : sum / (2 * terms), Double.NaN, Double.NaN, active, terms);
    }

    private double logSum(int i, double margin) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < distances.length; k++) {
            if (negative(i, k)) {
                greatest = Math.max(greatest, margin - distances[i][k]);
            }
        }
        if (greatest == Double.NEGATIVE_INFINITY) {
            return greatest;
        }
        double sum = 0;
        for (int k = 0; k < distances.length; k++) {
            if (negative(i, k)) {
                sum += Math.exp(margin - distances[i][k] - greatest);
            }
        }
        return greatest + Math.log(sum);
    }

    private static double logAdd(double a, double b) {
        double greatest = Math.max(a, b);
        return greatest == Double.NEGATIVE_INFINITY
                ? greatest
                : greatest + Math.log(Math.exp(a - greatest) + Math.exp(b - greatest));
    }

    /** One pair per class: the first sample of each label and the next of the same label, labels ascending. */
    Value npair() {
        int[] chosen = IntStream.range(0, labels.length)
                .filter(i -> first(i) && next(i) >= 0)
                .boxed()
                .sorted(Comparator.comparingInt(i -> labels[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double sum = 0;
        long active = 0;
        for (int a : chosen) {
            double own = distances[a][next(a)];
            double greatest = 0;
            for (int c : chosen) {
                greatest = Math.max(greatest, own - distances[a][next(c)]);
            }
            double total = 0;
            for (int c : chosen) {
                total += Math.exp(own - distances[a][next(c)] - greatest);
            }
            double loss = greatest + Math.log(total);
            sum += loss;
            active += loss > 0 ? 1 : 0;
            for (int c : chosen) {
                double share = Math.exp(own - distances[a][next(c)] - greatest) / total / chosen.length;
                derivatives[a][next(c)] -= share;
                derivatives[a][next(a)] += share;
            }
        }
        return new Value(
                chosen.length == 0 ? 0 : sum / chosen.length, Double.NaN, Double.NaN, active, chosen.length);
    }

    private boolean first(int i) {
        for (int j = 0; j < i; j++) {
            if (labels[j] == labels[i]) {
                return false;
            }
        }
        return true;
    }

    private int next(int i) {
        for (int j = i + 1; j < labels.length; j++) {
            if (labels[j] == labels[i]) {
                return j;
            }
        }
        return -1;
    }
}
