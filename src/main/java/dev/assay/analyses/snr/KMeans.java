package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.compute.SquaredDistances;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * k-means with k-means++ starts; of several starts the one of lowest inertia wins. A cluster that runs empty takes the
 * row farthest from its centre (snr-metric-learning, step 8). The same seed gives the same clusters whatever the number
 * of threads: only the assignment of rows is shared out, sums are taken in the order of the rows.
 */
final class KMeans {

    private static final int BLOCK = 256;

    private final PreparedRows rows;
    private final int clusters;
    private final SquaredDistances kernel;
    private final int threads;
    private final Runnable check;

    KMeans(PreparedRows rows, int clusters, SquaredDistances kernel, int threads, Runnable check) {
        this.rows = rows;
        this.clusters = Math.min(clusters, rows.rows());
        this.kernel = kernel;
        this.threads = threads;
        this.check = check;
    }

    /** The cluster of every row. */
    int[] assign(int starts, int iterations, long seed) throws AnalysisException {
        SplittableRandom random = new SplittableRandom(seed);
        int[] best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (int s = 0; s < starts; s++) {
            double[] centres = spread(random.split());
            int[] of = new int[rows.rows()];
            double[] distance = new double[rows.rows()];
            for (int i = 0; i < iterations; i++) {
                int[] before = of.clone();
                assign(centres, of, distance);
                move(centres, of, distance);
                if (i > 0 && Arrays.equals(before, of)) {
                    break;
                }
            }
            assign(centres, of, distance);
            double inertia = Arrays.stream(distance).sum();
            if (best == null || inertia < lowest) {
                lowest = inertia;
                best = of;
            }
        }
        return best;
    }

    private double[] spread(SplittableRandom random) {
        int n = rows.columns();
        double[] centres = new double[clusters * n];
        double[] nearest = new double[rows.rows()];
        double[] distance = new double[rows.rows()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int chosen = random.nextInt(rows.rows());
        for (int c = 0; c < clusters; c++) {
            check.run();
            System.arraycopy(rows.values(), chosen * n, centres, c * n, n);
            kernel.from(centres, c, rows.values(), 0, rows.rows(), n, distance);
            double sum = 0;
            for (int r = 0; r < nearest.length; r++) {
                nearest[r] = Math.min(nearest[r], distance[r]);
                sum += nearest[r];
            }
            double at = random.nextDouble() * sum;
            chosen = 0;
            while (chosen < nearest.length - 1 && (at -= nearest[chosen]) >= 0) {
                chosen++;
            }
        }
        return centres;
    }

    private void assign(double[] centres, int[] of, double[] distance) throws AnalysisException {
        int n = rows.columns();
        Blocks.run((rows.rows() + BLOCK - 1) / BLOCK, threads, () -> {
            double[] to = new double[clusters];
            return block -> {
                check.run();
                for (int r = block * BLOCK; r < Math.min(rows.rows(), (block + 1) * BLOCK); r++) {
                    kernel.from(rows.values(), r, centres, 0, clusters, n, to);
                    int least = 0;
                    for (int c = 1; c < clusters; c++) {
                        if (to[c] < to[least]) {
                            least = c;
                        }
                    }
                    of[r] = least;
                    distance[r] = to[least];
                }
            };
        });
    }

    private void move(double[] centres, int[] of, double[] distance) {
        int n = rows.columns();
        int[] count = new int[clusters];
        for (int c : of) {
            count[c]++;
        }
        for (int c = 0; c < clusters; c++) {
            if (count[c] == 0) {
                int farthest = farthest(distance);
                count[of[farthest]]--;
                of[farthest] = c;
                count[c] = 1;
                distance[farthest] = 0;
            }
        }
        Arrays.fill(centres, 0);
        for (int r = 0; r < of.length; r++) {
            for (int d = 0; d < n; d++) {
                centres[of[r] * n + d] += rows.values()[r * n + d];
            }
        }
        for (int c = 0; c < clusters; c++) {
            for (int d = 0; d < n; d++) {
                centres[c * n + d] /= Math.max(1, count[c]);
            }
        }
    }

    private static int farthest(double[] distance) {
        int at = 0;
        for (int r = 1; r < distance.length; r++) {
            if (distance[r] > distance[at]) {
                at = r;
            }
        }
        return at;
    }
}
