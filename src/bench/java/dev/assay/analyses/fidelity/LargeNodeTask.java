package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.Kernels;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnInit;
import dev.assay.model.gnn.GnnModel;
import dev.assay.run.ResultBoard;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Robust fidelity of nodes of one random graph of 100,000 nodes and 1,000,000 edges, through their neighbourhoods. Prints
 * time and the greatest heap. Arguments: number of nodes that are explained, layers.
 */
public final class LargeNodeTask {

    private static final int NODES = 100_000;
    private static final int PAIRS = 500_000;
    private static final double MIB = 1 << 20;

    private LargeNodeTask() {}

    /** Starts it. */
    public static void main(String[] args) throws Exception {
        int explained = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int layers = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        SplittableRandom random = new SplittableRandom(1);
        int[][] pairs = new int[PAIRS][];
        for (int i = 0; i < PAIRS; i++) {
            int u = random.nextInt(NODES);
            pairs[i] = new int[] {u, (u + 1 + random.nextInt(NODES - 1)) % NODES};
        }
        int[] classes = random.ints(NODES, 0, 4).toArray();
        GraphSample graph = GraphSample.of(NODES).undirected(pairs).nodeClasses(classes).build();
        List<GnnConfig.Step> steps = List.of(GnnConfig.Step.CONV, GnnConfig.Step.RELU);
        GnnConfig.GnnLayer[] all = new GnnConfig.GnnLayer[layers];
        Arrays.fill(all, new GnnConfig.GnnLayer(20, steps));
        GnnConfig config = new GnnConfig(
                GnnConfig.Architecture.GCN, GraphTask.NODE, 10, 4, List.of(all), List.of(), true, true, 0, true, 1e-5,
                GnnConfig.FeatureSource.constant(0.1), List.of(), Map.of());
        GnnModel model = GnnModel.of("large", config, GnnInit.random(config, 1));
        Path folder = Files.createTempDirectory("assay-bench");
        try (Kernels kernels = Kernels.cpu(Runtime.getRuntime().availableProcessors())) {
            RobustFidelityParameters parameters = ParameterSet.of(RobustFidelityParameters.class)
                    .parse(Map.of(
                            "instances", "0-" + (explained - 1), "explainers", "random,gradient", "ratios", "none"));
            Bench run = new Bench(folder, kernels);
            long start = System.nanoTime();
            InstanceSource source = new InstanceSource(
                    model, new One(graph), kernels.get(BatchedGraphConvolution.class),
                    new InstanceSource.Options(EdgeRemoval.STRUCTURAL, 0, true, false));
            new RobustRun(source, List.of(), parameters, run).run();
            double seconds = (System.nanoTime() - start) / 1e9;
            double peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(p -> p.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getPeakUsage)
                    .mapToDouble(u -> u.getUsed() / MIB)
                    .sum();
            System.out.printf(
                    Locale.ROOT,
                    "%d nodes explained, %d layers: %.1f s, %.0f forward passes, heap at most %.0f MiB%n", explained,
                    layers, seconds, run.scalar("distinct_forwards"), peak);
        }
    }

    /** The graph as a dataset. */
    private record One(GraphSample sample) implements GraphDataset {

        @Override
        public GraphTask task() {
            return GraphTask.NODE;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public GraphSample graph(int index) {
            return sample;
        }

        @Override
        public List<String> classes() {
            return List.of("0", "1", "2", "3");
        }

        @Override
        public long[] classCounts() {
            return new long[4];
        }

        @Override
        public List<String> nodeLabels() {
            return List.of();
        }

        @Override
        public int featureWidth() {
            return 0;
        }

        @Override
        public boolean hasTruth() {
            return false;
        }

        @Override
        public long nodes() {
            return sample.nodes();
        }

        @Override
        public long edges() {
            return sample.edges();
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public String name() {
            return "large";
        }

        @Override
        public Location location() {
            return Location.of(Path.of("large"));
        }

        @Override
        public List<Path> files() {
            return List.of();
        }

        @Override
        public String summary() {
            return "random graph";
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    /** A run without a queue. */
    private record Bench(Path artifacts, Kernels kernels, ResultBoard board) implements RunContext {

        Bench(Path artifacts, Kernels kernels) {
            this(artifacts, kernels, new ResultBoard());
        }

        double scalar(String id) {
            return board.results().stream()
                    .filter(r -> r instanceof Scalar && r.id().equals(id))
                    .mapToDouble(r -> ((Scalar) r).value())
                    .findFirst()
                    .orElse(Double.NaN);
        }

        @Override
        public Progress phase(String name, long total, String unit) {
            return items -> {};
        }

        @Override
        public void checkCancelled() {}

        @Override
        public long seed() {
            return 0;
        }

        @Override
        public int threads() {
            return Runtime.getRuntime().availableProcessors();
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
