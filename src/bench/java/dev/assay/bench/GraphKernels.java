package dev.assay.bench;

import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.Kernels;
import dev.assay.compute.cpu.PlainGraphConvolution;
import dev.assay.data.graph.GraphBenchmark;
import dev.assay.data.graph.GraphList;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnGraph;
import dev.assay.model.gnn.GnnInit;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.Target;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Perturbed copies per second of BA-2motifs on the reference GCN: one graph at a time, with its edge list made anew, against
 * one call for all copies of a graph. Rounds alternate in one process. Then single nodes of a graph of 100,000 nodes and
 * 1,000,000 edges through their neighbourhoods. Argument: number of rounds.
 */
public final class GraphKernels {

    private static final int GRAPHS = 40;
    private static final int COPIES = 200;
    private static final double REMOVED = 0.1;

    private final GnnModel model;
    private final GraphList data = GraphBenchmark.twoMotifs(GRAPHS, 5);
    private final double[][] features = new double[GRAPHS][];
    private final double[][] masks = new double[GRAPHS][];
    private double checksum;

    private GraphKernels() throws Exception {
        model = GnnModel.of("reference", config(GraphTask.GRAPH), GnnInit.random(config(GraphTask.GRAPH), 1));
        SplittableRandom random = new SplittableRandom(9);
        for (int g = 0; g < GRAPHS; g++) {
            GraphSample graph = data.graph(g);
            features[g] = model.features(data, graph);
            masks[g] = new double[COPIES * graph.edges()];
            for (int i = 0; i < masks[g].length; i += 2) {
                double kept = random.nextDouble() < REMOVED ? 0 : 1;
                masks[g][i] = kept;
                masks[g][i + 1] = kept;
            }
        }
    }

    private static GnnConfig config(GraphTask task) {
        return new GnnConfig(
                GnnConfig.Architecture.GCN, task, 10, 2,
                Collections.nCopies(3, new GnnConfig.GnnLayer(
                        20, List.of(GnnConfig.Step.CONV, GnnConfig.Step.L2, GnnConfig.Step.RELU))),
                task == GraphTask.GRAPH ? List.of(GnnConfig.Readout.MAX, GnnConfig.Readout.MEAN) : List.of(),
                task == GraphTask.NODE, true, 0, true, 1e-5, GnnConfig.FeatureSource.constant(0.1), List.of(),
                Map.of());
    }

    /** Starts it. */
    public static void main(String[] args) throws Exception {
        GraphKernels job = new GraphKernels();
        job.copies(args.length > 0 ? Integer.parseInt(args[0]) : 15);
        job.large();
    }

    private void copies(int rounds) throws Exception {
        PlainGraphConvolution plain = new PlainGraphConvolution();
        try (Kernels one = Kernels.cpu(1); Kernels two = Kernels.cpu(2)) {
            BatchedGraphConvolution single = one.get(BatchedGraphConvolution.class);
            BatchedGraphConvolution both = two.get(BatchedGraphConvolution.class);
            List<Runnable> ways = List.of(
                    () -> oneAtATime(plain), () -> oneAtATime(single), () -> batched(plain), () -> batched(single),
                    () -> batched(both), () -> gradients(single));
            String[] names = {
                "one graph at a time, reference", "one graph at a time, fast kernel", "batched, reference",
                "batched, fast kernel, 1 thread", "batched, fast kernel, 2 threads",
                "batched derivatives by edges, 1 thread"
            };
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            double[][] perSecond = new double[ways.size()][rounds];
            double[][] perBusy = new double[ways.size()][rounds];
            for (int r = -3; r < rounds; r++) {
                for (int w = 0; w < ways.size(); w++) {
                    long start = System.nanoTime();
                    long cpu = threads.getCurrentThreadCpuTime();
                    ways.get(w).run();
                    double seconds = (System.nanoTime() - start) / 1e9;
                    double busy = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
                    if (r >= 0) {
                        perSecond[w][r] = GRAPHS * (double) COPIES / seconds;
                        perBusy[w][r] = GRAPHS * (double) COPIES / busy;
                    }
                }
            }
            double base = median(perSecond[0]);
            double busyBase = median(perBusy[0]);
            for (int w = 0; w < names.length; w++) {
                double found = median(perSecond[w]);
                System.out.printf(
                        Locale.ROOT,
                        "%-42s %,10.0f copies/s  %6.1f times; by processor time of the caller %,10.0f/s %6.1f"
                                + " times%n",
                        names[w], found, found / base, median(perBusy[w]), median(perBusy[w]) / busyBase);
            }
            System.out.printf(Locale.ROOT, "checksum %.6f%n", checksum);
        }
    }

    /** The edge list of every copy is made anew and runs by itself. */
    private void oneAtATime(BatchedGraphConvolution kernel) {
        for (int g = 0; g < GRAPHS; g++) {
            GraphSample graph = data.graph(g);
            int edges = graph.edges();
            for (int c = 0; c < COPIES; c++) {
                int[] from = new int[edges];
                int[] to = new int[edges];
                int kept = 0;
                for (int e = 0; e < edges; e++) {
                    if (masks[g][c * edges + e] > 0) {
                        from[kept] = graph.from()[e];
                        to[kept++] = graph.to()[e];
                    }
                }
                GraphSample copy = GraphSample.of(graph.nodes())
                        .edges(Arrays.copyOf(from, kept), Arrays.copyOf(to, kept)).build();
                checksum += model.prepare(kernel, copy, features[g]).probabilities()[0];
            }
        }
    }

    private void batched(BatchedGraphConvolution kernel) {
        for (int g = 0; g < GRAPHS; g++) {
            double[] p = model.prepare(kernel, data.graph(g), features[g])
                    .probabilities(masks[g], COPIES, EdgeRemoval.STRUCTURAL);
            checksum += p[0];
        }
    }

    private void gradients(BatchedGraphConvolution kernel) {
        for (int g = 0; g < GRAPHS; g++) {
            checksum += model.prepare(kernel, data.graph(g), features[g])
                    .gradients(masks[g], COPIES, EdgeRemoval.STRUCTURAL, 0, Target.PROBABILITY, false).byEdge()[0];
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Neighbourhoods in a large random graph whose edges mostly join near nodes. */
    private void large() throws Exception {
        int nodes = 100_000;
        int pairs = 500_000;
        SplittableRandom random = new SplittableRandom(4);
        java.util.Set<Long> present = new java.util.HashSet<>();
        int[][] list = new int[pairs][];
        for (int i = 0; i < pairs;) {
            int a = random.nextInt(nodes);
            int b = random.nextInt(20) == 0 ? random.nextInt(nodes) : Math.floorMod(a + 1 + random.nextInt(30), nodes);
            if (a != b && present.add((long) Math.min(a, b) << 32 | Math.max(a, b))) {
                list[i++] = new int[] {a, b};
            }
        }
        GnnModel node = GnnModel.of("node", config(GraphTask.NODE), GnnInit.random(config(GraphTask.NODE), 1));
        GraphSample graph = GraphSample.of(nodes).undirected(list).nodeClasses(new int[nodes]).build();
        double[] x = new double[nodes * 10];
        Arrays.fill(x, 0.1);
        try (Kernels kernels = Kernels.cpu(2)) {
            BatchedGraphConvolution kernel = kernels.get(BatchedGraphConvolution.class);
            long start = System.nanoTime();
            graph.incoming();
            double[] all = node.prepare(kernel, graph, x).logits();
            System.out.printf(
                    Locale.ROOT, "whole graph of %,d nodes and %,d directed edges: index and one forward %.2f s%n",
                    nodes, graph.edges(), (System.nanoTime() - start) / 1e9);
            double[] seconds = new double[21];
            long members = 0;
            long changeable = 0;
            double worst = 0;
            int copies = 100;
            for (int i = 0; i < seconds.length; i++) {
                int v = random.nextInt(nodes);
                start = System.nanoTime();
                GnnGraph near = node.prepareNode(kernel, graph, x, v, 0);
                double[] masks = new double[copies * near.edgeCount()];
                for (int e = 0; e < masks.length; e++) {
                    masks[e] = e < near.edgeCount() || random.nextDouble() >= REMOVED ? 1 : 0;
                }
                double[] scores = near.logits(masks, copies, EdgeRemoval.STRUCTURAL);
                seconds[i] = (System.nanoTime() - start) / 1e9;
                members += near.nodes().length;
                changeable += near.edgeCount();
                worst = Math.max(worst, Math.abs(scores[0] - all[2 * v]));
            }
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    Locale.ROOT,
                    "a node's 3 hops: %,d nodes and %,d edges in the mean; extraction and %d copies %.3f s (median);"
                            + " greatest difference to the whole graph %.1e; heap %,d MB of %,d MB%n",
                    members / seconds.length, changeable / seconds.length, copies, median(seconds), worst,
                    (runtime.totalMemory() - runtime.freeMemory()) >> 20, runtime.maxMemory() >> 20);
        }
    }
}
