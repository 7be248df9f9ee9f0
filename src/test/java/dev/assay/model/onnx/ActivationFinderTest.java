package dev.assay.model.onnx;

import static dev.assay.model.onnx.Networks.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.SharedData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationFinderTest {

    @TempDir
    Path folder;

    private final OnnxGraphBuilder graph = new OnnxGraphBuilder("g");

    private Model network(UnaryOperator<String> activation) throws Exception {
        String x = graph.input("x", -1, 3);
        String h = graph.named(
                "hidden",
                graph.gemm(
                        x,
                        graph.initializer("w", Networks.random(6, 1), 2, 3),
                        graph.initializer("b", new float[2], 2)));
        String a = activation.apply(h);
        graph.output(
                graph.gemm(
                        a,
                        graph.initializer("v", Networks.random(4, 2), 2, 2),
                        graph.initializer("c", new float[2], 2)),
                -1,
                2);
        return open(folder, graph);
    }

    private void assertUnits(Model model, boolean exact) {
        assertThat(model.withoutRelus()).isEmpty();
        assertThat(model.reluLayers()).singleElement().satisfies(layer -> {
            assertThat(layer.preActivation()).isEqualTo("hidden");
            assertThat(layer.width()).isEqualTo(2);
            assertThat(layer.exact()).isEqualTo(exact);
        });
    }

    @Test
    void leakyReluIsExact() throws Exception {
        assertUnits(network(h -> graph.leakyRelu(h, 0.1f)), true);
    }

    @Test
    void parametricReluIsExact() throws Exception {
        assertUnits(
                network(h -> graph.node("PRelu", List.of(h, graph.initializer("slope", new float[] {0.2f}, 1)))), true);
    }

    @Test
    void clipFromZeroIsRelu() throws Exception {
        assertUnits(network(h -> graph.node("Clip", List.of(h, graph.initializer("zero", new float[1])))), true);
    }

    @Test
    void clipFromZeroToSixHasAThirdPiece() throws Exception {
        assertUnits(
                network(h -> graph.node(
                        "Clip",
                        List.of(h, graph.initializer("zero", new float[1]), graph.initializer("six", new float[] {6
                        })))),
                false);
    }

    @Test
    void clipFromElsewhereIsNoUnit() throws Exception {
        Model model = network(h -> graph.node("Clip", List.of(h, graph.initializer("low", new float[] {-1}))));
        assertThat(model.reluLayers()).isEmpty();
    }

    @Test
    void clipOfOldOperatorSetsIsFoundByItsAttributes() throws Exception {
        graph.versions(9, 4);
        assertUnits(network(h -> graph.node("Clip", List.of(h), Map.of("min", 0f, "max", 6f))), false);
    }

    @Test
    void maximumWithZeroIsRelu() throws Exception {
        assertUnits(network(h -> graph.node("Max", List.of(graph.initializer("zero", new float[1]), h))), true);
    }

    @Test
    void siluAsItIsExportedIsAnApproximation() throws Exception {
        assertUnits(network(h -> graph.mul(h, graph.node("Sigmoid", List.of(h)))), false);
    }

    @Test
    void geluAsItIsExportedIsAnApproximation() throws Exception {
        assertUnits(
                network(h -> {
                    String root = graph.initializer("root", new float[] {1.4142135f});
                    String erf = graph.node("Erf", List.of(graph.div(h, root)));
                    String sum = graph.add(erf, graph.initializer("one", new float[] {1}));
                    return graph.mul(graph.mul(h, sum), graph.initializer("half", new float[] {0.5f}));
                }),
                false);
    }

    @Test
    void geluByTanhIsAnApproximation() throws Exception {
        assertUnits(
                network(h -> {
                    String cube = graph.node("Pow", List.of(h, graph.initializer("three", new float[] {3})));
                    String inner =
                            graph.add(h, graph.mul(cube, graph.initializer("small", new float[] {0.044715f})));
                    String tanh = graph.node(
                            "Tanh", List.of(graph.mul(inner, graph.initializer("root", new float[] {0.79788f}))));
                    String sum = graph.add(tanh, graph.initializer("one", new float[] {1}));
                    return graph.mul(h, graph.mul(sum, graph.initializer("half", new float[] {0.5f})));
                }),
                false);
    }

    @Test
    void tanhOfASumIsNoGelu() throws Exception {
        Model model = network(h -> graph.node(
                "Tanh",
                List.of(graph.mul(graph.add(h, h), graph.initializer("two", new float[] {2})))));
        assertThat(model.reluLayers()).isEmpty();
    }

    @Test
    void hardSwishByHandSwitchesWhereItsInputDoes() throws Exception {
        assertUnits(
                network(h -> {
                    String shifted = graph.add(h, graph.initializer("three", new float[] {3}));
                    String gate = graph.node(
                            "Clip",
                            List.of(
                                    shifted,
                                    graph.initializer("zero", new float[] {0}),
                                    graph.initializer("six", new float[] {6})));
                    return graph.mul(h, graph.div(gate, graph.initializer("by", new float[] {6})));
                }),
                false);
    }

    @Test
    void reluOfASumWithThreeStaysAUnit() throws Exception {
        Model model = network(h -> graph.node(
                "Clip",
                List.of(
                        graph.add(h, graph.initializer("three", new float[] {3})),
                        graph.initializer("zero", new float[1]))));
        assertThat(model.reluLayers()).singleElement().satisfies(l -> assertThat(l.exact()).isTrue());
    }

    @Test
    void geluBySigmoidIsAnApproximation() throws Exception {
        assertUnits(
                network(h -> graph.mul(
                        h,
                        graph.node(
                                "Sigmoid",
                                List.of(graph.mul(h, graph.initializer("factor", new float[] {1.702f})))))),
                false);
    }

    @Test
    void eluIsAnApproximation() throws Exception {
        Model model = network(h -> graph.node("Elu", List.of(h)));
        assertUnits(model, false);
        assertThat(model.summary()).isEqualTo("1x2 units, 14 parameters");
    }

    @Test
    void otherActivationsAreNamedWhenThereIsNoRelu() throws Exception {
        Model model = network(
                h -> graph.node("Tanh", List.of(graph.node("Tanh", List.of(graph.node("Sigmoid", List.of(h)))))));
        assertThat(model.reluLayers()).isEmpty();
        assertThat(model.withoutRelus())
                .isEqualTo("The network has no ReLU units; its activations are Sigmoid, Tanh (2 times).");
        assertThat(model.summary()).isEqualTo("2 scores, 14 parameters");
    }

    @Test
    void aLinearNetworkSaysSo() throws Exception {
        assertThat(network(h -> h).withoutRelus())
                .isEqualTo("The network has no ReLU units and no other activation function.");
    }

    @Test
    void aReluAtTheOutputIsNoHiddenUnit() throws Exception {
        String x = graph.input("x", -1, 2);
        String h = graph.gemm(
                x, graph.initializer("w", Networks.random(4, 1), 2, 2), graph.initializer("b", new float[2], 2));
        graph.output(graph.node("Identity", List.of(graph.named("last", graph.relu(h)))), -1, 2);
        Model model = open(folder, graph);
        assertThat(model.reluLayers()).isEmpty();
        assertThat(model.withoutRelus()).contains("only Relu ('last') comes after the last layer");
    }

    @Test
    void unitsThatTheScoresDoNotDependOnAreLeftOut() throws Exception {
        Model model = network(h -> {
            graph.output(graph.named("aside", graph.relu(graph.add(h, h))), -1, 2);
            return graph.relu(h);
        });
        // The first output is the one aside; the scores are taken from it, so only its own units count.
        assertThat(model.output().name()).isEqualTo("aside");
        assertThat(model.notes()).anyMatch(n -> n.contains("'aside' is taken as the scores; ?output=NAME"));
        assertThat(model.reluLayers()).isEmpty();
    }

    @Test
    void unitsAreNumberedInTheOrderOfTheGraph() throws Exception {
        Model model =
                network(h -> graph.named("second", graph.relu(graph.add(graph.named("first", graph.relu(h)), h))));
        assertThat(model.reluLayers()).extracting(ReluLayer::name).containsExactly("first", "second");
        assertThat(model.reluLayers()).extracting(ReluLayer::offset).containsExactly(0, 2);
    }

    @Test
    void theSmallestRealNetworkHasItsReluAtTheOutput() throws Exception {
        try (Model model = new OnnxKind().open(Location.of(SharedData.file("vnn-small/test_nano.onnx")))) {
            assertThat(model.withoutRelus()).contains("Re_Relu");
        }
    }
}
