package dev.assay.model.gnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.InputException;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.Kernels;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.cpu.PlainGraphConvolution;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden values of gnn-models-and-explainers and robust-fidelity, on the fast kernel and on the reference. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GnnGoldenTest {

    private static final Offset<Double> EXACT = within(2e-10);
    private static final Offset<Double> TIGHT = within(1e-8);

    private final Kernels kernels = Kernels.cpu(2);

    BatchedGraphConvolution[] kernels() {
        return new BatchedGraphConvolution[] {
            new PlainGraphConvolution(), kernels.get(BatchedGraphConvolution.class)
        };
    }

    @AfterAll
    void close() {
        kernels.close();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void forwardOfExampleA(BatchedGraphConvolution kernel) throws InputException {
        GnnGraph graph = example(kernel, ExampleA.gcn());
        assertThat(graph.logits()).containsExactly(new double[] {-0.7899776011, -1.8777328834}, EXACT);
        assertThat(graph.probabilities()).containsExactly(new double[] {0.747958791, 0.252041209}, EXACT);
        assertThat(Arrays.copyOf(graph.embeddings(), 3))
                .containsExactly(new double[] {0.1655969478, 0.9495116677, 0.3976926833}, EXACT);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void bothRemovalModes(BatchedGraphConvolution kernel) throws InputException {
        GnnGraph graph = example(kernel, ExampleA.gcn());
        double[] copies = new double[3 * 20];
        for (int e = 0; e < 20; e++) {
            boolean explained = ExampleA.graph().truth()[e];
            copies[e] = explained ? 0 : 1;
            copies[20 + e] = explained ? 1 : 0;
        }
        double[] structural = graph.probabilities(copies, 3, EdgeRemoval.STRUCTURAL);
        assertThat(new double[] {structural[0], structural[2], structural[4]})
                .containsExactly(new double[] {0.0004638083, 0.7710559579, 0.0002723500}, TIGHT);
        double[] message = graph.probabilities(copies, 3, EdgeRemoval.MESSAGE);
        assertThat(new double[] {message[0], message[2], message[4]})
                .containsExactly(new double[] {0.9813314860, 0.4200225292, 0.7725891106}, TIGHT);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void occlusionInBothModes(BatchedGraphConvolution kernel) throws InputException {
        GnnGraph graph = example(kernel, ExampleA.gcn());
        double[] copies = new double[10 * 20];
        Arrays.fill(copies, 1);
        for (int pair = 0; pair < 10; pair++) {
            copies[pair * 20 + 2 * pair] = 0;
            copies[pair * 20 + 2 * pair + 1] = 0;
        }
        double whole = graph.probabilities()[0];
        double[] structural = graph.probabilities(copies, 10, EdgeRemoval.STRUCTURAL);
        double[] message = graph.probabilities(copies, 10, EdgeRemoval.MESSAGE);
        double[] found = new double[20];
        for (int pair = 0; pair < 10; pair++) {
            found[pair] = whole - structural[2 * pair];
            found[10 + pair] = whole - message[2 * pair];
        }
        assertThat(found).containsExactly(
                new double[] {
                    -0.1196837647, -0.0065349521, 0.3096777059, 0.6694900279, 0.1993323350, -0.0475336611,
                    -0.0169596216, 0.0622855491, -0.0283642592, -0.0860446706, -0.2304112774, -0.0880060536,
                    0.1501594538, -0.0105989038, -0.0662384495, 0.0343709795, 0.1457539495, 0.1349040718,
                    0.0520725034, 0.0481749265
                },
                EXACT);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void gradients(BatchedGraphConvolution kernel) throws InputException {
        GnnGraph graph = example(kernel, ExampleA.gcn());
        assertThat(pairGradient(graph, EdgeRemoval.STRUCTURAL, Target.PROBABILITY)).containsExactly(
                new double[] {
                    -0.3513323573, 0.0051293751, 0.2994477690, 0.1700432022, -0.0716348979, -0.0253801778,
                    0.0061441506, 0.0759768807, -0.0291179394, -0.0691868691
                },
                EXACT);
        assertThat(pairGradient(graph, EdgeRemoval.STRUCTURAL, Target.LOGIT)).containsExactly(
                new double[] {
                    -0.85229508, 0.06319660, 0.73304801, 0.39475888, -0.24186994, -0.06292162, -0.00199092,
                    0.19225083, -0.05351365, -0.18499368
                },
                TIGHT);
        assertThat(pairGradient(graph, EdgeRemoval.MESSAGE, Target.PROBABILITY)).containsExactly(
                new double[] {
                    -0.84762009, -0.11136160, 0.40074457, -0.19033028, -0.05221163, 0.04485064, 0.24803869,
                    0.35914799, 0.04579638, 0.04700402
                },
                TIGHT);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void gradientsAgreeWithDifferences(BatchedGraphConvolution kernel) throws InputException {
        for (GnnConfig.Architecture architecture : GnnConfig.Architecture.values()) {
            for (EdgeRemoval removal : EdgeRemoval.values()) {
                GnnGraph graph = example(kernel, ExampleA.model(architecture, GraphTask.GRAPH, true, true));
                double[] weights = new double[20];
                for (int e = 0; e < 20; e++) {
                    weights[e] = 0.4 + 0.03 * e;
                }
                GnnGraph.Gradients found =
                        graph.gradients(weights, 1, removal, 1, Target.PROBABILITY, true);
                double step = 1e-6;
                double[] byEdge = new double[20];
                for (int e = 0; e < 20; e++) {
                    double[] pair = new double[40];
                    System.arraycopy(weights, 0, pair, 0, 20);
                    System.arraycopy(weights, 0, pair, 20, 20);
                    pair[e] += step;
                    pair[20 + e] -= step;
                    double[] p = graph.probabilities(pair, 2, removal);
                    byEdge[e] = (p[1] - p[3]) / (2 * step);
                }
                assertThat(found.byEdge()).containsExactly(byEdge, within(1e-8));
                double[] byFeature = new double[24];
                for (int i = 0; i < 24; i++) {
                    double[] up = graph.features().clone();
                    double[] down = graph.features().clone();
                    up[i] += step;
                    down[i] -= step;
                    byFeature[i] = (graph.withFeatures(up).probabilities(weights, 1, removal)[1]
                            - graph.withFeatures(down).probabilities(weights, 1, removal)[1]) / (2 * step);
                }
                assertThat(found.byFeature()).containsExactly(byFeature, within(1e-8));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void unitRows(BatchedGraphConvolution kernel) throws InputException {
        GnnGraph graph =
                example(kernel, ExampleA.model(GnnConfig.Architecture.GCN, GraphTask.GRAPH, true, true));
        assertThat(graph.logits()).containsExactly(new double[] {-0.3060711979, -2.2613614487}, EXACT);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void nodeHead(BatchedGraphConvolution kernel) throws InputException {
        GnnModel plain = ExampleA.model(GnnConfig.Architecture.GCN, GraphTask.NODE, false, true);
        assertThat(plain.prepareNode(kernel, ExampleA.graph(), ExampleA.FEATURES, 2, 0).logits())
                .containsExactly(new double[] {-3.5407867067, 0.3703422751}, EXACT);
        double[] all = example(kernel, plain).logits();
        assertThat(Arrays.copyOfRange(all, 4, 6))
                .containsExactly(new double[] {-3.5407867067, 0.3703422751}, EXACT);
        GnnModel unit = ExampleA.model(GnnConfig.Architecture.GCN, GraphTask.NODE, true, true);
        assertThat(unit.prepareNode(kernel, ExampleA.graph(), ExampleA.FEATURES, 2, 0).logits())
                .containsExactly(new double[] {-3.6786475, 0.46745742}, TIGHT);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void gin(BatchedGraphConvolution kernel) throws InputException {
        GnnModel with = ExampleA.model(GnnConfig.Architecture.GIN, GraphTask.GRAPH, false, true);
        assertThat(example(kernel, with).logits())
                .containsExactly(new double[] {9.2840172525, -25.5363000425}, EXACT);
        GnnModel without = ExampleA.model(GnnConfig.Architecture.GIN, GraphTask.GRAPH, false, false);
        assertThat(example(kernel, without).logits())
                .containsExactly(new double[] {3.50587325, -12.30184625}, TIGHT);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aCallHoldsManySmallGraphsAndFewLargeOnes(BatchedGraphConvolution kernel) throws InputException {
        assertThat(example(kernel, ExampleA.gcn()).copiesPerCall()).isEqualTo(4096);
        int nodes = 200_000;
        int[] from = new int[nodes];
        int[] to = new int[nodes];
        Arrays.setAll(from, v -> v);
        Arrays.setAll(to, v -> (v + 1) % nodes);
        GraphSample large = GraphSample.of(nodes).edges(from, to).build();
        assertThat(ExampleA.gcn().prepare(kernel, large, new double[3 * nodes]).copiesPerCall()).isBetween(1, 50);
    }

    private static GnnGraph example(BatchedGraphConvolution kernel, GnnModel model) {
        return model.prepare(kernel, ExampleA.graph(), ExampleA.FEATURES);
    }

    private static double[] pairGradient(GnnGraph graph, EdgeRemoval removal, Target target) {
        double[] byEdge = graph.gradients(graph.ones(), 1, removal, 0, target, false).byEdge();
        double[] pairs = new double[10];
        for (int e = 0; e < 20; e++) {
            pairs[e / 2] += byEdge[e];
        }
        return pairs;
    }

    /** A cancel is looked for between calls, so that wide features must not make one last. */
    @Test
    void fewerCopiesGoToACallWhereGinHasWideFeatures() throws Exception {
        int nodes = 100;
        int width = 16;
        int input = 1433;
        GnnConfig config = new GnnConfig(
                GnnConfig.Architecture.GIN, GraphTask.GRAPH, input, 2,
                List.of(new GnnConfig.GnnLayer(width, List.of(GnnConfig.Step.CONV))), List.of(GnnConfig.Readout.MEAN),
                false, true, 0, true, 1e-5, GnnConfig.FeatureSource.stored(), List.of(), Map.of());
        GnnModel model = GnnModel.of("wide", config, GnnInit.random(config, 1));
        GraphSample graph = GraphSample.of(nodes).undirected(new int[][] {{0, 1}}).build();
        try (Kernels kernels = Kernels.cpu(1)) {
            GnnGraph ready = model.prepare(
                    kernels.get(BatchedGraphConvolution.class), graph, new double[nodes * input]);
            long multiplications = (long) ready.copiesPerCall() * nodes * input * width;
            assertThat(multiplications).isLessThanOrEqualTo(100_000_000);
        }
    }
}
