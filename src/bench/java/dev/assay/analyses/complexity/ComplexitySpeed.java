package dev.assay.analyses.complexity;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times the parts of feature complexity on made-up weights and prints each next to its floor in the same run: the Gram
 * matrix and Ward's linkage of 4,096 features next to a plain matrix product, Ward's linkage of 1,000 features, and the
 * incremental published sweeps next to naive recomputation. An argument, if any, is the number of repetitions.
 */
public final class ComplexitySpeed {

    private static final int FEATURES = 4096;
    private static final int LENGTH = 9216;
    private static final int CHANNELS = 512;
    private static final int CHANNEL_LENGTH = 4608;

    private ComplexitySpeed() {}

    /** Starts it. */
    public static void main(String[] args) throws Exception {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        ward(times);
        double thousand = median(times, () -> {
            double[] d = distances(random(1000 * 64, 1), 1000, 64);
            long start = System.nanoTime();
            WardLinkage.link(d, 1000, Linking.QUIET);
            return seconds(start);
        });
        print("ward linkage, 1,000 features", thousand);
        reference(times);
    }

    private static void ward(int times) throws Exception {
        float[] weights = new float[FEATURES * LENGTH];
        Random random = new Random(1);
        IntStream.range(0, weights.length).forEach(i -> weights[i] = (float) random.nextGaussian());
        StoredWeight stored = new StoredWeight(
                "w", FEATURES, LENGTH, 1, 0, -1, weights, new StoredWeight.Layout(0, LENGTH, 1, 1, 1));
        double[] product = new double[times];
        double[] gram = new double[times];
        double[] distances = new double[times];
        double[] linkage = new double[times];
        double[] productCpu = new double[times];
        double[] gramCpu = new double[times];
        try (INDArray v = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {FEATURES, LENGTH}, 'c');
                INDArray out = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {FEATURES, FEATURES}, 'f')) {
            v.assign(0.5);
            for (int i = 0; i < times + 1; i++) {
                int to = Math.max(0, i - 1);
                double cpu = processorSeconds();
                long start = System.nanoTime();
                Nd4j.gemm(v, v, out, false, true, 1.0, 0.0);
                product[to] = seconds(start);
                productCpu[to] = processorSeconds() - cpu;
                cpu = processorSeconds();
                start = System.nanoTime();
                double[] sums = new double[FEATURES * FEATURES];
                Pairs.KERNEL.addProducts(List.of(Gram.incoming(stored)), FEATURES, sums, () -> {});
                gram[to] = seconds(start);
                gramCpu[to] = processorSeconds() - cpu;
                start = System.nanoTime();
                double[] d = Gram.squaredDistances(sums, FEATURES);
                distances[to] = seconds(start);
                start = System.nanoTime();
                WardLinkage.link(d, FEATURES, Linking.QUIET);
                linkage[to] = seconds(start);
            }
        }
        print("plain product, 4,096 x 9,216", median(product));
        print("Gram matrix", median(gram));
        print("distances", median(distances));
        print("ward linkage, 4,096 features", median(linkage));
        System.out.printf(
                Locale.ROOT,
                "Gram / product %.2f (processor time %.2f s / %.2f s = %.2f), linkage / Gram %.2f%n",
                median(gram) / median(product),
                median(gramCpu),
                median(productCpu),
                median(gramCpu) / median(productCpu),
                median(linkage) / median(gram));
    }

    /** One group of 512 channels whose neighbours are frozen, then three convolutions of a network that are coupled. */
    private static void reference(int times) throws Exception {
        double[] values = random(CHANNELS * CHANNEL_LENGTH, 2);
        compare(
                "512 channels, d 4,608",
                times,
                () -> new MergeState(
                        List.of(new WeightTensor("w", CHANNELS, CHANNEL_LENGTH, 1, values, 0, -1)),
                        new int[] {CHANNELS}));
        double[] second = random(CHANNELS * CHANNEL_LENGTH, 3);
        compare(
                "3 coupled groups of 512 channels, d 4,608 each way",
                times,
                () -> new MergeState(
                        List.of(
                                new WeightTensor("a", CHANNELS, CHANNELS, 9, values, 0, -1),
                                new WeightTensor("b", CHANNELS, CHANNELS, 9, second, 1, 0),
                                new WeightTensor("c", CHANNELS, CHANNELS, 9, values, 2, 1)),
                        new int[] {CHANNELS, CHANNELS, CHANNELS}));
    }

    private static final int MERGES = 24;

    private static void compare(String what, int times, Callable<MergeState> states) throws Exception {
        double[] ratios = new double[times];
        double[] incremental = new double[times];
        double[] naive = new double[times];
        for (int i = 0; i < times + 1; i++) {
            int to = Math.max(0, i - 1);
            List<Merge> found = new java.util.ArrayList<>();
            MergeState state = states.call();
            ReferenceMerging fast = new ReferenceMerging(state, true, Pairs.KERNEL, () -> {});
            double share = MERGES / (double) CHANNELS;
            long start = System.nanoTime();
            fast.run(0.999, share, (g, merge, left) -> found.add(merge));
            incremental[to] = seconds(start) / found.size();
            List<Merge> expected = new java.util.ArrayList<>();
            MergeState other = states.call();
            start = System.nanoTime();
            NaiveSweeps.run(other, 0.999, share, expected::add);
            naive[to] = seconds(start) / expected.size();
            ratios[to] = naive[to] / incremental[to];
            boolean same = found.size() == expected.size();
            for (int m = 0; same && m < found.size(); m++) {
                same = found.get(m).first() == expected.get(m).first()
                        && found.get(m).second() == expected.get(m).second();
            }
            if (!same) {
                throw new IllegalStateException("the merges differ");
            }
        }
        System.out.printf(
                Locale.ROOT,
                "reference, %s: %.3f ms a merge, naive %.1f ms, ratio %.0f, same merges%n",
                what,
                1e3 * median(incremental),
                1e3 * median(naive),
                median(ratios));
    }

    private static double[] random(int size, long seed) {
        Random random = new Random(seed);
        double[] values = new double[size];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    private static double[] distances(double[] vectors, int n, int d) {
        double[] gram = new double[n * n];
        Pairs.add(vectors, n, d, gram);
        return Gram.squaredDistances(gram, n);
    }

    /** Processor time of the process: what others do on the machine hardly shows in it. */
    private static double processorSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(int times, Callable<Double> run) throws Exception {
        run.call();
        double[] all = new double[times];
        for (int i = 0; i < times; i++) {
            all[i] = run.call();
        }
        return median(all);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String what, double seconds) {
        System.out.printf(Locale.ROOT, "%-34s %8.3f s%n", what, seconds);
    }
}
