package dev.assay.model.gnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.InputException;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.EdgeSets;
import dev.assay.compute.Kernels;
import dev.assay.compute.cpu.PlainGraphConvolution;
import dev.assay.compute.opencl.OpenClDevice;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import org.assertj.core.data.Offset;

/** What holds for every graph and network, on random ones of awkward sizes. */
class GraphConvolutionProperties {

    private static final Offset<Double> TIGHT = within(1e-9);
    private static final Kernels KERNELS = Kernels.cpu(2);
    private static final BatchedGraphConvolution FAST = KERNELS.get(BatchedGraphConvolution.class);

    @AfterContainer
    static void close() {
        KERNELS.close();
    }

    /** A random network and a random directed graph with loops, one-way edges and lonely nodes. */
    private record Case(GnnModel model, GraphSample graph, double[] features, SplittableRandom random) {

        static Case of(int seed, GraphTask task) throws InputException {
            return of(seed, task, List.of(GnnConfig.Readout.MAX, GnnConfig.Readout.MEAN, GnnConfig.Readout.SUM));
        }

        static Case of(int seed, GraphTask task, List<GnnConfig.Readout> readouts) throws InputException {
            SplittableRandom random = new SplittableRandom(seed);
            int input = 1 + random.nextInt(9);
            int layers = 1 + random.nextInt(3);
            boolean gcn = random.nextBoolean();
            List<GnnConfig.GnnLayer> list = new ArrayList<>();
            for (int i = 0; i < layers; i++) {
                List<GnnConfig.Step> steps = switch (random.nextInt(3)) {
                    case 0 -> List.of(GnnConfig.Step.CONV, GnnConfig.Step.L2, GnnConfig.Step.RELU);
                    case 1 -> List.of(GnnConfig.Step.CONV, GnnConfig.Step.RELU, GnnConfig.Step.BATCHNORM);
                    default -> List.of(GnnConfig.Step.CONV, GnnConfig.Step.RELU);
                };
                list.add(new GnnConfig.GnnLayer(1 + random.nextInt(19), steps));
            }
            GnnConfig config = new GnnConfig(
                    gcn ? GnnConfig.Architecture.GCN : GnnConfig.Architecture.GIN, task, input,
                    2 + random.nextInt(4), list,
                    readouts.subList(0, 1 + random.nextInt(readouts.size())),
                    random.nextBoolean(), random.nextBoolean(), 0.3, random.nextBoolean(), 1e-5,
                    GnnConfig.FeatureSource.stored(), List.of(), Map.of());
            GnnModel model = GnnModel.of("random", config, shaken(GnnInit.random(config, seed), random));
            int nodes = 2 + random.nextInt(23);
            boolean[] present = new boolean[nodes * nodes];
            List<int[]> edges = new ArrayList<>();
            for (int e = 0; e < 2 * nodes; e++) {
                int a = random.nextInt(nodes);
                int b = random.nextInt(nodes);
                if (!present[a * nodes + b]) {
                    present[a * nodes + b] = true;
                    edges.add(new int[] {a, b});
                }
                if (random.nextInt(3) > 0 && !present[b * nodes + a]) {
                    present[b * nodes + a] = true;
                    edges.add(new int[] {b, a});
                }
            }
            double[] features = random.doubles(nodes * (long) input, -1, 1).toArray();
            GraphSample graph = GraphSample.of(nodes)
                    .edges(edges.stream().mapToInt(e -> e[0]).toArray(), edges.stream().mapToInt(e -> e[1]).toArray())
                    .features(input, features)
                    .build();
            return new Case(model, graph, features, random);
        }

        private static GnnWeights shaken(GnnWeights start, SplittableRandom random) {
            Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>();
            start.tensors().forEach((name, t) -> {
                double[] values = t.values().clone();
                for (int i = 0; i < values.length; i++) {
                    values[i] += name.endsWith("weight") ? 0 : 0.5 * random.nextDouble();
                }
                tensors.put(name, new GnnWeights.Tensor(t.shape(), values));
            });
            return new GnnWeights(tensors);
        }

        double[] weights(int copies) {
            double[] weights = new double[copies * graph.edges()];
            Arrays.setAll(weights, i -> switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> random.nextDouble();
                default -> 1;
            });
            for (int c = 0; c < copies; c++) {
                for (int e = 0; e < graph.edges(); e++) {
                    if (graph.from()[e] == graph.to()[e]) {
                        weights[c * graph.edges() + e] = 1;
                    }
                }
            }
            return weights;
        }
    }

    @Property(tries = 150)
    void theFastKernelAgreesWithTheReference(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll GraphTask task, @ForAll EdgeRemoval removal)
            throws InputException {
        Case c = Case.of(seed, task);
        double[] weights = c.weights(3);
        GnnGraph fast = c.model().prepare(FAST, c.graph(), c.features());
        GnnGraph plain = c.model().prepare(new PlainGraphConvolution(), c.graph(), c.features());
        assertThat(fast.logits(weights, 3, removal)).containsExactly(plain.logits(weights, 3, removal), TIGHT);
        assertThat(fast.embeddings()).containsExactly(plain.embeddings(), TIGHT);
    }

    @Property(tries = 60)
    @AddLifecycleHook(OpenClDevice.Wanted.class)
    void theKernelBehindOpenClAgreesWithTheReference(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll GraphTask task, @ForAll EdgeRemoval removal)
            throws InputException {
        BatchedGraphConvolution kernel = OpenClDevice.kernels().get(BatchedGraphConvolution.class);
        Case c = Case.of(seed, task);
        int copies = 1 + c.random().nextInt(7);
        double[] weights = c.weights(copies);
        GnnGraph tested = c.model().prepare(kernel, c.graph(), c.features());
        GnnGraph plain = c.model().prepare(new PlainGraphConvolution(), c.graph(), c.features());

        assertThat(tested.logits(weights, copies, removal))
                .containsExactly(plain.logits(weights, copies, removal), TIGHT);

        EdgeSets sets = sets(c, copies);
        assertThat(tested.probabilities(sets, removal)).containsExactly(plain.probabilities(sets, removal), TIGHT);
        assertThat(tested.probabilities(sets, removal))
                .containsExactly(plain.probabilities(sets.weights(), copies, removal), TIGHT);
    }

    /** What is no number stays none: a device's maximum would make a 0 of it. */
    @Property(tries = 20)
    @AddLifecycleHook(OpenClDevice.Wanted.class)
    void theKernelBehindOpenClKeepsNaN(@ForAll @IntRange(max = 1_000_000) int seed, @ForAll GraphTask task)
            throws InputException {
        BatchedGraphConvolution kernel = OpenClDevice.kernels().get(BatchedGraphConvolution.class);
        Case c = Case.of(seed, task);
        double[] features = c.features().clone();
        Arrays.fill(features, 0, c.model().config().inputWidth(), Double.NaN);
        double[] weights = c.weights(1);
        double[] tested = c.model().prepare(kernel, c.graph(), features).logits(weights, 1, EdgeRemoval.STRUCTURAL);
        double[] plain = c.model().prepare(FAST, c.graph(), features).logits(weights, 1, EdgeRemoval.STRUCTURAL);
        for (int i = 0; i < plain.length; i++) {
            assertThat(Double.isNaN(tested[i])).as("score %d: %s and %s", i, tested[i], plain[i])
                    .isEqualTo(Double.isNaN(plain[i]));
        }
    }

    /** Random sets of units of one or two edges; self-loops stay, and the first copy's words do not come first. */
    private static EdgeSets sets(Case c, int copies) {
        int[] unitOf = new int[c.graph().edges()];
        for (int e = 0; e < unitOf.length; e++) {
            unitOf[e] = c.graph().from()[e] == c.graph().to()[e] ? -1 : e / 2;
        }
        int words = (unitOf.length + 63) / 64 + 1;
        long[] bits = c.random().longs((copies + 2L) * words).toArray();
        return new EdgeSets(bits, 2 * words, words, copies, unitOf);
    }

    /** Without the maximum: where nodes tie up to rounding, its derivative may be that of either. */
    @Property(tries = 150)
    void derivativesOfTheFastKernelAgreeWithTheReference(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll GraphTask task, @ForAll EdgeRemoval removal)
            throws InputException {
        Case c = Case.of(seed, task, List.of(GnnConfig.Readout.MEAN, GnnConfig.Readout.SUM));
        double[] weights = c.weights(3);
        GnnGraph fast = c.model().prepare(FAST, c.graph(), c.features());
        GnnGraph plain = c.model().prepare(new PlainGraphConvolution(), c.graph(), c.features());
        GnnGraph.Gradients a = fast.gradients(weights, 3, removal, 1, Target.PROBABILITY, true);
        GnnGraph.Gradients b = plain.gradients(weights, 3, removal, 1, Target.PROBABILITY, true);
        assertThat(a.values()).containsExactly(b.values(), TIGHT);
        assertThat(a.byEdge()).containsExactly(b.byEdge(), TIGHT);
        assertThat(a.byFeature()).containsExactly(b.byFeature(), TIGHT);
    }

    @Property(tries = 80)
    void aCopyDoesNotDependOnTheOthers(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll GraphTask task, @ForAll EdgeRemoval removal)
            throws InputException {
        Case c = Case.of(seed, task);
        int copies = 19; // Some as many at once as fit into a vector, some alone.
        double[] weights = c.weights(copies);
        GnnGraph graph = c.model().prepare(FAST, c.graph(), c.features());
        double[] together = graph.logits(weights, copies, removal);
        int length = together.length / copies;
        for (int i = 0; i < copies; i++) {
            double[] own = Arrays.copyOfRange(weights, i * c.graph().edges(), (i + 1) * c.graph().edges());
            assertThat(graph.logits(own, 1, removal))
                    .containsExactly(Arrays.copyOfRange(together, i * length, (i + 1) * length));
        }
    }

    @Property(tries = 80)
    void removingNoEdgeChangesNothing(@ForAll @IntRange(max = 1_000_000) int seed, @ForAll GraphTask task)
            throws InputException {
        Case c = Case.of(seed, task);
        GnnGraph graph = c.model().prepare(FAST, c.graph(), c.features());
        assertThat(graph.logits(graph.ones(), 1, EdgeRemoval.MESSAGE))
                .containsExactly(graph.logits(graph.ones(), 1, EdgeRemoval.STRUCTURAL), TIGHT);
    }

    @Property(tries = 80)
    void renumberingNodesRenumbersNothingElse(@ForAll @IntRange(max = 1_000_000) int seed, @ForAll GraphTask task)
            throws InputException {
        Case c = Case.of(seed, task);
        GraphSample g = c.graph();
        int[] number = new int[g.nodes()];
        Arrays.setAll(number, v -> v);
        Split.shuffle(number, c.random());
        int width = g.featureWidth();
        double[] features = new double[c.features().length];
        for (int v = 0; v < g.nodes(); v++) {
            System.arraycopy(c.features(), v * width, features, number[v] * width, width);
        }
        GraphSample other = GraphSample.of(g.nodes())
                .edges(Arrays.stream(g.from()).map(v -> number[v]).toArray(),
                        Arrays.stream(g.to()).map(v -> number[v]).toArray())
                .features(width, features)
                .build();
        double[] weights = c.weights(1);
        double[] before = c.model().prepare(FAST, g, c.features()).logits(weights, 1, EdgeRemoval.STRUCTURAL);
        double[] after = c.model().prepare(FAST, other, features).logits(weights, 1, EdgeRemoval.STRUCTURAL);
        int classes = c.model().config().classes();
        for (int v = 0; v < before.length / classes; v++) {
            int at = task == GraphTask.GRAPH ? 0 : number[v];
            assertThat(Arrays.copyOfRange(after, at * classes, (at + 1) * classes))
                    .containsExactly(Arrays.copyOfRange(before, v * classes, (v + 1) * classes), TIGHT);
        }
    }

    @Property(tries = 150)
    void aNeighbourhoodPredictsAsTheWholeGraph(
            @ForAll @IntRange(max = 1_000_000) int seed, @ForAll @IntRange(max = 4) int hops,
            @ForAll EdgeRemoval removal)
            throws InputException {
        Case c = Case.of(seed, GraphTask.NODE);
        int node = c.random().nextInt(c.graph().nodes());
        GnnGraph near = c.model().prepareNode(FAST, c.graph(), c.features(), node, hops);
        double[] changed = c.weights(1);
        double[] own = new double[near.edgeCount()];
        double[] whole = new double[c.graph().edges()];
        Arrays.fill(whole, 1);
        for (int i = 0; i < own.length; i++) {
            own[i] = changed[near.edges()[i]];
            whole[near.edges()[i]] = own[i];
        }
        GnnGraph all = c.model().prepare(FAST, c.graph(), c.features());
        int classes = c.model().config().classes();
        double[] scores = all.logits(whole, 1, removal);
        assertThat(near.nodes()[0]).isEqualTo(node);
        assertThat(near.logits(own, 1, removal))
                .containsExactly(Arrays.copyOfRange(scores, node * classes, (node + 1) * classes), TIGHT);
        GnnGraph.Gradients a = near.gradients(own, 1, removal, 0, Target.LOGIT, false);
        GnnGraph.Gradients b = all.gradients(whole, 1, removal, false, (copy, s, byScore) -> {
            byScore[node * classes] = 1;
            return s[node * classes];
        });
        for (int i = 0; i < own.length; i++) {
            assertThat(a.byEdge()[i]).isCloseTo(b.byEdge()[near.edges()[i]], TIGHT);
        }
    }

    @Property(tries = 60)
    void bothModesOfRemovalAreOneForPlainSums(@ForAll @IntRange(max = 1_000_000) int seed) throws InputException {
        Case c = Case.of(seed, GraphTask.GRAPH);
        if (c.model().config().architecture() == GnnConfig.Architecture.GIN) {
            double[] weights = c.weights(2);
            GnnGraph graph = c.model().prepare(FAST, c.graph(), c.features());
            assertThat(graph.logits(weights, 2, EdgeRemoval.MESSAGE))
                    .containsExactly(graph.logits(weights, 2, EdgeRemoval.STRUCTURAL));
        }
    }
}
