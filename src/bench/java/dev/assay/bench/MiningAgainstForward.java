package dev.assay.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.assay.analyses.nap.NapMining;
import dev.assay.analyses.nap.NapParameters;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Result;
import dev.assay.compute.Kernels;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.idx.IdxKind;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.run.ResultBoard;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Times mining whole MNIST on the 256x4 network, from the compressed files to the pattern file, against the bare forward
 * pass of the same images, decoded beforehand, at the same batch size and threads. Pairs alternate in one process, so that
 * other work on the machine meets both. Arguments: model, images, number of pairs.
 */
public final class MiningAgainstForward {

    private static final int WARM_UP = 10;

    private final Model model;
    private final Dataset images;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final int batchSize;
    private final FloatBuffer decoded;
    private final int sampleSize;

    private MiningAgainstForward(Path modelFile, Path imagesFile) throws Exception {
        model = (Model) new OnnxKind().open(Location.of(modelFile));
        images = (Dataset) new IdxKind().open(Location.of(imagesFile));
        batchSize = InferenceOptions.goodBatchSize(model, model.reluLayers());
        sampleSize = (int) model.input().size();
        decoded = ByteBuffer.allocateDirect(Math.toIntExact(images.size() * sampleSize * Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        int[] labels = new int[batchSize];
        FloatBuffer batch = ByteBuffer.allocateDirect(batchSize * sampleSize * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        try (BatchReader reader = images.read(0, batchSize)) {
            for (int n = reader.next(batch, labels); n > 0; n = reader.next(batch, labels)) {
                decoded.put(batch.position(0).limit(n * sampleSize));
                batch.clear();
            }
        }
    }

    /** Starts it. */
    public static void main(String[] args) throws Exception {
        MiningAgainstForward job = new MiningAgainstForward(Path.of(args[0]), Path.of(args[1]));
        int pairs = args.length > 2 ? Integer.parseInt(args[2]) : 11;
        for (int i = 0; i < WARM_UP; i++) {
            job.forward();
            job.mine();
        }
        double[] forward = new double[pairs];
        double[] mining = new double[pairs];
        double[] ratios = new double[pairs];
        double forwardCpu = 0;
        double miningCpu = 0;
        for (int i = 0; i < pairs; i++) {
            double before = processorSeconds();
            forward[i] = job.forward();
            double between = processorSeconds();
            mining[i] = job.mine();
            forwardCpu += between - before;
            miningCpu += processorSeconds() - between;
            ratios[i] = mining[i] / forward[i];
            System.out.printf(
                    Locale.ROOT, "pair %d: forward %.3f s, mining %.3f s, ratio %.3f%n", i + 1, forward[i], mining[i],
                    ratios[i]);
        }
        System.out.printf(
                Locale.ROOT,
                "batch %d, %d threads, %d pairs: forward %.3f s, mining %.3f s, ratio of medians %.3f, median ratio %.3f,"
                        + " ratio of the fastest %.3f%n",
                job.batchSize,
                job.threads,
                pairs,
                median(forward),
                median(mining),
                median(mining) / median(forward),
                median(ratios),
                Arrays.stream(mining).min().orElseThrow()
                        / Arrays.stream(forward).min().orElseThrow());
        System.out.printf(
                Locale.ROOT,
                "processor time: forward %.3f s, mining %.3f s, ratio %.3f%n",
                forwardCpu / pairs,
                miningCpu / pairs,
                miningCpu / forwardCpu);
    }

    private static double processorSeconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Seconds of the bare pass, the session's preparation left out. */
    private double forward() throws Exception {
        try (Inference inference = model.open(new InferenceOptions(batchSize, threads, List.of()))) {
            long start = System.nanoTime();
            int count = (int) images.size();
            for (int first = 0; first < count; first += batchSize) {
                int n = Math.min(batchSize, count - first);
                FloatBuffer batch = decoded.duplicate();
                batch.position(first * sampleSize).limit((first + n) * sampleSize);
                inference.run(batch, n).close();
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** Seconds of a whole run, everything included. */
    private double mine() throws Exception {
        Path artifacts = Files.createTempDirectory("assay-bench");
        try (Kernels kernels = Kernels.cpu(threads)) {
            long start = System.nanoTime();
            new NapMining()
                    .run(
                            Inputs.of("model", model).with("train", images),
                            NapParameters.defaults(),
                            new BenchRun(artifacts, threads, kernels));
            return (System.nanoTime() - start) / 1e9;
        } finally {
            try (Stream<Path> files = Files.walk(artifacts)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** A run without a queue. */
    private record BenchRun(Path artifacts, int threads, Kernels kernels, ResultBoard board,
            AtomicLong done) implements RunContext {

        BenchRun(Path artifacts, int threads, Kernels kernels) {
            this(artifacts, threads, kernels, new ResultBoard(), new AtomicLong());
        }

        @Override
        public Progress phase(String name, long total, String unit) {
            return done::addAndGet;
        }

        @Override
        public void checkCancelled() {}

        @Override
        public long seed() {
            return 0;
        }

        @Override
        public <K> K kernel(Class<K> type) {
            return kernels.get(type);
        }

        @Override
        public void log(String message) {}

        @Override
        public void warn(String message) {}

        @Override
        public void emit(Result result) {
            board.emit(result);
        }

        @Override
        public Rows table(String id, String title, List<Column> columns) {
            return board.table(id, title, columns);
        }

        @Override
        public Points curve(String id, String title, Axis x, Axis y) {
            return board.curve(id, title, x, y);
        }
    }
}
