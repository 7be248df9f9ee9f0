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
import dev.assay.compute.CostModel;
import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.Kernels;
import dev.assay.compute.measure.Measurement;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Times mining whole MNIST on the 256x4 network, from the compressed files to the pattern file, against the bare forward
 * pass of the same images at the same batch size and threads: of images decoded beforehand, and of images read from the
 * same file on the way, which is what any program has to do. Mining is timed twice, too: from the compressed file, and
 * after somebody has looked at the samples, when they lie unpacked. The four alternate in one process, so that other work
 * on the machine meets all. Arguments: model, images, number of rounds, device of the kernels
 * ({@code cpu}; {@code auto} measures first which calls a graphics processor is worth).
 */
public final class MiningAgainstForward {

    private static final int WARM_UP = 10;

    private final Model model;
    private final Dataset images;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final int batchSize;
    private final FloatBuffer decoded;
    private final int sampleSize;
    private final Devices devices = Devices.detect();
    private final Device device;
    private final CostModel costs;

    private MiningAgainstForward(Path modelFile, Path imagesFile, String device) throws Exception {
        this.device = devices.choose(device).device();
        this.costs = device.equals("auto") && this.device.kind() != Device.Kind.CPU
                ? Measurement.costs(devices, this.device, threads, () -> {})
                : null;
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

    /** What is timed. */
    private interface Job {
        /** Does it once; gives seconds. */
        double run() throws Exception;
    }

    /** Starts it. */
    public static void main(String[] args) throws Exception {
        MiningAgainstForward bench = new MiningAgainstForward(
                Path.of(args[0]), Path.of(args[1]), args.length > 3 ? args[3] : "cpu");
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 11;
        Dataset lookedAt = (Dataset) new IdxKind().open(Location.of(Path.of(args[1])));
        lookedAt.sample(lookedAt.size() - 1);
        lookedAt.sample(0);
        Map<String, Job> jobs = new LinkedHashMap<>();
        jobs.put("forward, decoded before", bench::forward);
        jobs.put("forward, read on the way", bench::readAndForward);
        jobs.put("mining", () -> bench.mine(bench.images));
        jobs.put("mining, samples looked at", () -> bench.mine(lookedAt));
        for (int i = 0; i < WARM_UP; i++) {
            for (Job job : jobs.values()) {
                job.run();
            }
        }
        Map<String, double[]> seconds = new LinkedHashMap<>();
        Map<String, Double> processor = new LinkedHashMap<>();
        jobs.keySet().forEach(name -> seconds.put(name, new double[rounds]));
        for (int i = 0; i < rounds; i++) {
            for (Map.Entry<String, Job> job : jobs.entrySet()) {
                double before = processorSeconds();
                seconds.get(job.getKey())[i] = job.getValue().run();
                processor.merge(job.getKey(), processorSeconds() - before, Double::sum);
            }
        }
        System.out.printf(
                Locale.ROOT, "batch %d, %d threads, kernels on %s, %d rounds%n", bench.batchSize, bench.threads,
                bench.device.name(), rounds);
        for (String name : jobs.keySet()) {
            System.out.printf(
                    Locale.ROOT, "%-26s median %.3f s, fastest %.3f s, processor %.3f s%n", name,
                    median(seconds.get(name)), Arrays.stream(seconds.get(name)).min().orElseThrow(),
                    processor.get(name) / rounds);
        }
        for (String mining : List.of("mining", "mining, samples looked at")) {
            for (String forward : List.of("forward, decoded before", "forward, read on the way")) {
                double[] a = seconds.get(mining);
                double[] b = seconds.get(forward);
                double[] ratios = IntStream.range(0, rounds).mapToDouble(r -> a[r] / b[r]).toArray();
                System.out.printf(
                        Locale.ROOT, "%s : %s = %.3f of medians, %.3f median of ratios, processor %.3f%n", mining,
                        forward, median(a) / median(b), median(ratios), processor.get(mining) / processor.get(forward));
            }
        }
        System.exit(0);
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

    /** Seconds of the bare pass over the file's images, which are read ahead on a thread of their own. */
    private double readAndForward() throws Exception {
        try (Inference inference = model.open(new InferenceOptions(batchSize, threads, List.of()))) {
            long start = System.nanoTime();
            try (ReadAhead ahead = ReadAhead.of(images, batchSize)) {
                for (Optional<ReadAhead.Batch> next = ahead.next(); next.isPresent(); next = ahead.next()) {
                    try (ReadAhead.Batch batch = next.get()) {
                        inference.run(batch.samples(), batch.count()).close();
                    }
                }
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** Seconds of a whole run, everything included. */
    private double mine(Dataset train) throws Exception {
        Path artifacts = Files.createTempDirectory("assay-bench");
        try (Kernels kernels = devices.open(device, threads, costs, System.out::println)) {
            long start = System.nanoTime();
            new NapMining()
                    .run(
                            Inputs.of("model", model).with("train", train),
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
