package dev.assay.analyses.snr;

import dev.assay.analysis.Location;
import dev.assay.compute.Kernels;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.SquaredDistances;
import dev.assay.data.Dataset;
import dev.assay.data.npy.NpzKind;
import dev.assay.data.npy.NpzWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the signal-to-noise kernels cost, each beside its floor in the same process: the search of nearest rows beside a
 * plain GEMM of the same size, a training step beside the network alone. Medians of some repeats.
 */
public final class SnrSpeed {

    private static final int REPEATS = 5;

    private SnrSpeed() {}

    /** @param args which parts to run: topk, triplet, database, step; all without */
    public static void main(String[] args) throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        String parts = args.length == 0 ? "topk triplet database step" : String.join(" ", args);
        try (Kernels kernels = Kernels.cpu(threads)) {
            if (parts.contains("topk")) {
                topK(kernels.get(NeighbourSearch.class), 20_000, 128, 16);
            }
            if (parts.contains("triplet")) {
                triplet(kernels.get(SquaredDistances.class), 2_048, 128, threads);
            }
            if (parts.contains("database")) {
                database(kernels.get(SquaredDistances.class), threads);
            }
            if (parts.contains("step")) {
                step(kernels.get(SquaredDistances.class));
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double median(int repeats, Work work) throws Exception {
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            long started = System.nanoTime();
            work.run();
            seconds[i] = (System.nanoTime() - started) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[repeats / 2];
    }

    private static float[] values(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static void report(String format, Object... args) {
        System.out.printf(Locale.ROOT, format + "%n", args);
    }

    private static void topK(NeighbourSearch search, int rows, int columns, int k) throws Exception {
        float[] values = values(rows * columns, 1);
        NeighbourSearch.Rows all = new NeighbourSearch.Rows(values, rows, columns, null);
        INDArray matrix = Nd4j.create(values, new long[] {rows, columns}, 'c');
        INDArray other = matrix.dup('c').transpose();
        INDArray product = Nd4j.create(new long[] {rows, rows}, 'f');
        double[] ratios = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            double gemm = median(1, () -> Nd4j.gemm(matrix, other, product, false, false, 1, 0));
            double fused = median(1, () -> search.search(all, all, k, true, () -> {}));
            ratios[i] = fused / gemm;
            report("nearest %d of %,d x %d: %.2f s; plain GEMM of the size %.2f s; ratio %.2f", k, rows, columns,
                    fused, gemm, ratios[i]);
        }
        Arrays.sort(ratios);
        report("median ratio %.2f", ratios[REPEATS / 2]);
    }

    private static void triplet(SquaredDistances kernel, int rows, int columns, int threads) throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        double[] values = random.doubles((long) rows * columns, -1, 1).toArray();
        int[] labels = new int[rows];
        Arrays.setAll(labels, i -> i / 4);
        MetricLoss loss = new MetricLoss(
                TrainingDistance.SNR, LossKind.TRI, 0, 1, 0.2, 0.005, Reduction.NONZERO, 1e-12);
        median(5, () -> loss.of(values, labels, kernel, 1));
        median(5, () -> loss.of(values, labels, kernel, threads));
        for (int round = 0; round < REPEATS; round++) {
            double alone = median(REPEATS, () -> loss.of(values, labels, kernel, 1));
            double shared = median(REPEATS, () -> loss.of(values, labels, kernel, threads));
            report("triplet loss with gradient, %,d rows of %d: %.0f ms by one thread, %.0f ms by %d", rows, columns,
                    1e3 * alone, 1e3 * shared, threads);
        }
    }

    /**
     * A database that is read from its file batch by batch. The file is written first, beside the temporary files, and
     * deleted afterwards; run it with a limited heap.
     */
    private static void database(SquaredDistances kernel, int threads) throws Exception {
        int rows = 1_000_000;
        int columns = 128;
        int queries = 1_000;
        Path file = Files.createTempDirectory("snr-speed").resolve("database.npz");
        try {
            write(file, rows, columns);
            PreparedRows asking = PreparedRows.of(
                    values(queries * columns, 4), queries, columns, Distance.Form.CENTRED, false, 0);
            int[] labels = new int[queries];
            Arrays.setAll(labels, i -> i % 10_000);
            AtomicLong heap = new AtomicLong();
            try (Dataset data = new NpzKind().open(Location.of(file))) {
                long started = System.nanoTime();
                StoredRows stored = StoredRows.scan(data, false, () -> {}, n -> {});
                double checked = (System.nanoTime() - started) / 1e9;
                StreamedRetrieval retrieval = new StreamedRetrieval(
                        asking, labels, stored, stored.labels(), false, 0, StreamedRetrieval.MOST_HELD);
                Runtime runtime = Runtime.getRuntime();
                double seconds = median(1, () -> retrieval.score(
                        Distance.SNR_QUERY, new int[] {1, 2, 4, 8}, 8, kernel, threads, () -> {},
                        n -> heap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max)));
                report("%,d queries against %,d x %d from NPZ (%,d MB), exact in float64: checked in %.1f s, scored in"
                        + " %.1f s by two passes; most heap in use %.2f GB", queries, rows, columns,
                        Files.size(file) >> 20, checked, seconds, heap.get() / 1e9);
            }
            residentPeak();
        } finally {
            Files.deleteIfExists(file);
            Files.delete(file.getParent());
        }
    }

    private static void write(Path file, int rows, int columns) throws IOException {
        int part = 10_000;
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.begin("embeddings", rows, columns);
            for (int at = 0; at < rows; at += part) {
                npz.append(FloatBuffer.wrap(values(part * columns, at)));
            }
            npz.end();
            int[] labels = new int[rows];
            Arrays.setAll(labels, i -> i % 10_000);
            npz.add("labels", labels);
        }
    }

    /** What Linux says the process had in memory at most, code and engine included. */
    private static void residentPeak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .forEach(line -> report("peak resident memory %s", line.substring(6).strip()));
        }
    }

    private static void step(SquaredDistances kernel) throws Exception {
        int batch = 64;
        float[] samples = values(batch * 28 * 28, 5);
        int[] labels = new int[batch];
        Arrays.setAll(labels, i -> i / 4);
        MetricLoss loss = new MetricLoss(
                TrainingDistance.SNR, LossKind.CONT, 0, 1, 0.2, 0.005, Reduction.NONZERO, 1e-12);
        try (Encoder encoder = Encoder.create(
                EncoderKind.CONV, new int[] {1, 28, 28}, 64, false, 0, "generated", false)) {
            float[] ones = new float[batch * 64];
            Arrays.fill(ones, 1e-3f);
            Work alone = () -> encoder.backAndForth(samples, batch, rows -> ones);
            Work whole = () -> encoder.step(samples, batch, 0.001, 0.0001, rows -> {
                double[] values = new double[rows.length];
                Arrays.setAll(values, i -> rows[i]);
                double[] gradient = loss.of(values, labels, kernel).gradient();
                float[] back = new float[rows.length];
                for (int i = 0; i < back.length; i++) {
                    back[i] = (float) gradient[i];
                }
                return back;
            });
            median(20, alone);
            median(20, whole);
            double[] ratios = new double[REPEATS];
            for (int i = 0; i < REPEATS; i++) {
                double floor = median(30, alone);
                double step = median(30, whole);
                ratios[i] = step / floor;
                report("training step %.1f ms, network forward and backward alone %.1f ms", 1e3 * step, 1e3 * floor);
            }
            Arrays.sort(ratios);
            report("median ratio %.2f", ratios[REPEATS / 2]);
        }
    }
}
