package dev.assay.bench;

import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Method;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.bound.Workers;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.compute.PackedMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Times one backward pass over a 784-256x4-10 network for 64 regions, all layers and nine margins each, against plain
 * products of as many multiplications with the same kernel, on the same threads, in alternating pairs. Argument: number of
 * pairs.
 */
public final class BackwardBounds {

    private static final int REGIONS = 64;
    private static final int SIDE = 256;

    private BackwardBounds() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        int threads = Runtime.getRuntime().availableProcessors();
        ReluNetwork net = network();
        List<Box> boxes = boxes(net.inputs());
        List<Row> rows = new ArrayList<>();
        for (int o = 1; o < net.outputs(); o++) {
            double[] c = new double[net.outputs()];
            c[0] = 1;
            c[o] = -1;
            rows.add(new Row(c, 0));
        }
        try (Workers workers = new Workers(threads)) {
            Propagation inline = new Propagation(net, workers, false, () -> {}).inline();
            double[] bound = new double[pairs + 2];
            double[] product = new double[pairs + 2];
            long work = 0;
            for (int i = 0; i < bound.length; i++) {
                AtomicLong multiplications = new AtomicLong();
                long began = System.nanoTime();
                workers.run(REGIONS, r -> {
                    Bounds b = inline.bounds(boxes.get(r), Signs.none(net.units()), Method.BACKWARD, null, 0, false);
                    List<Task> tasks = rows.stream().map(row -> new Task(b, row, null)).toList();
                    inline.rows(tasks, 1, false, 0);
                    multiplications.addAndGet(multiplications(net, b, rows.size()));
                });
                bound[i] = (System.nanoTime() - began) / 1e6;
                work = multiplications.get();
                product[i] = products(workers, work) / 1e6;
            }
            double[] ratio = new double[pairs];
            for (int i = 0; i < pairs; i++) {
                ratio[i] = bound[i + 2] / product[i + 2];
            }
            System.out.printf(
                    Locale.ROOT,
                    "backward %.0f ms, product %.0f ms, median ratio %.2f, %.1f GFLOP, product %.1f GFLOP/s%n",
                    median(Arrays.copyOfRange(bound, 2, bound.length)),
                    median(Arrays.copyOfRange(product, 2, product.length)),
                    median(ratio),
                    2 * work / 1e9,
                    2 * work / 1e6 / median(Arrays.copyOfRange(product, 2, product.length)));
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static ReluNetwork network() {
        SplittableRandom random = new SplittableRandom(1);
        int[] sizes = {784, SIDE, SIDE, SIDE, SIDE, 10};
        double[][][] weights = new double[5][][];
        double[][] biases = new double[5][];
        for (int k = 0; k < 5; k++) {
            double scale = Math.sqrt(6.0 / sizes[k]);
            weights[k] = new double[sizes[k + 1]][];
            for (int j = 0; j < weights[k].length; j++) {
                weights[k][j] = random.doubles(sizes[k], -scale, scale).toArray();
            }
            biases[k] = new double[sizes[k + 1]];
        }
        return ReluNetwork.dense(weights, biases);
    }

    private static List<Box> boxes(int n) {
        SplittableRandom random = new SplittableRandom(2);
        List<Box> boxes = new ArrayList<>();
        for (int r = 0; r < REGIONS; r++) {
            double[] low = random.doubles(n, 0, 0.95).toArray();
            double[] high = low.clone();
            for (int i = 0; i < n; i++) {
                high[i] += 0.03;
            }
            boxes.add(new Box(low, high));
        }
        return boxes;
    }

    /** Multiplications of the rows that were unstable by intervals, and of the margins, at full width. */
    private static long multiplications(ReluNetwork net, Bounds b, int margins) {
        long work = 0;
        for (int k = 2; k <= net.layers() + 1; k++) {
            long rows = k <= net.layers() ? 2L * b.unstableIn(k) : margins;
            long each = k <= net.layers() ? 0 : (long) SIDE * net.outputs();
            for (int s = k <= net.layers() ? k : k - 1; s >= 1; s--) {
                each += (long) SIDE * net.width(s - 1);
            }
            work += rows * each;
        }
        return work;
    }

    private static long products(Workers workers, long work) {
        SplittableRandom random = new SplittableRandom(3);
        PackedMatrix b = PackedMatrix.of(random.doubles(SIDE * SIDE, -1, 1).toArray(), SIDE, SIDE);
        double[] a = random.doubles(48 * SIDE, -1, 1).toArray();
        int calls = Math.toIntExact(Math.max(1, work / (48L * SIDE * SIDE)));
        long began = System.nanoTime();
        workers.run(REGIONS, r -> {
            double[] c = new double[48 * SIDE];
            for (int i = r; i < calls; i += REGIONS) {
                b.multiplyAdd(a, 48, c);
            }
        });
        return System.nanoTime() - began;
    }
}
