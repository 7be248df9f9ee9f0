package dev.assay.model.gnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.AnalysisException;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.Kernels;
import dev.assay.data.graph.GraphList;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Autograd's derivatives by the weights against differences of the loss that the float64 kernel computes. */
class TrainingGradientTest {

    @ParameterizedTest
    @CsvSource({"GCN,GRAPH,true", "GCN,GRAPH,false", "GIN,GRAPH,false", "GIN,GRAPH,true", "GCN,NODE,true",
        "GIN,NODE,false"})
    void derivativesAgreeWithDifferences(GnnConfig.Architecture architecture, GraphTask task, boolean unit)
            throws AnalysisException {
        GnnConfig config = ExampleA.config(architecture, task, unit, true);
        GraphSample first = ExampleA.graph();
        GraphSample second = GraphSample.of(3).index(1).undirected(new int[][] {{0, 1}, {1, 2}})
                .features(3, new double[] {.3, .1, .9, .2, .8, .4, .5, .6, .7}).label(1).build();
        int[] classes = {0, 1, 0, 1, 1, 0, 0, 1};
        GraphList data = task == GraphTask.GRAPH
                ? GraphList.of("two", task, List.of(first, second), List.of("0", "1"))
                : GraphList.of(
                        "one", task,
                        List.of(GraphSample.of(8).undirected(ExampleA.PAIRS).features(3, ExampleA.FEATURES)
                                .nodeClasses(classes).build()),
                        List.of("0", "1"));
        int[] samples = task == GraphTask.GRAPH ? new int[] {0, 1} : new int[] {1, 2, 5, 7};
        GnnWeights weights = awayFromKinks(GnnInit.random(config, 3));
        GnnModel model = GnnModel.of("start", config, weights);
        List<GraphSample> graphs =
                task == GraphTask.GRAPH ? List.of(first, second) : List.of(data.graph(0));
        int[] targets = task == GraphTask.GRAPH ? new int[] {0, 1} : new int[] {1, 0, 0, 1};
        TrainingBatch batch = TrainingBatch.of(
                config, graphs, graphs.stream().map(GraphSample::features).toList(), targets,
                task == GraphTask.GRAPH ? null : samples, 0, new SplittableRandom(1));
        try (Kernels kernels = Kernels.cpu(1); TorchGnn torch = new TorchGnn(config)) {
            Scoring scoring = new Scoring(kernels.get(BatchedGraphConvolution.class), model, data);
            TorchGnn.Step step = torch.step(model.weights(), batch, new HashMap<>());
            assertThat(step.loss()).isCloseTo(scoring.score(weights, samples).loss(), within(1e-5));
            for (String name : weights.tensors().keySet()) {
                double[] values = weights.get(name).values();
                for (int i = 0; i < values.length; i++) {
                    double h = 1e-5;
                    double difference = (loss(scoring, weights, samples, name, i, h)
                            - loss(scoring, weights, samples, name, i, -h)) / (2 * h);
                    assertThat((double) step.byWeight().get(name)[i]).as(name + " " + i)
                            .isCloseTo(difference, within(1e-4));
                }
            }
        }
    }

    /** Memory that the engine shares with the heap must not be freed while it computes. */
    @Test
    void stepsComeToTheSameWhileGarbageIsCollected() throws Exception {
        GnnConfig config = ExampleA.config(GnnConfig.Architecture.GCN, GraphTask.GRAPH, true, true);
        GnnWeights weights = awayFromKinks(GnnInit.random(config, 3));
        List<GraphSample> graphs = Collections.nCopies(200, ExampleA.graph());
        AtomicBoolean going = new AtomicBoolean(true);
        Thread collector = Thread.ofPlatform().daemon().start(() -> {
            while (going.get()) {
                System.gc();
            }
        });
        try (TorchGnn torch = new TorchGnn(config)) {
            double expected = Double.NaN;
            for (int i = 0; i < 25; i++) {
                TrainingBatch batch = TrainingBatch.of(
                        config, graphs, Collections.nCopies(200, ExampleA.FEATURES), new int[200], null, 0,
                        new SplittableRandom(1));
                double loss = torch.step(weights, batch, new HashMap<>()).loss();
                expected = i == 0 ? loss : expected;
                assertThat(loss).isEqualTo(expected);
            }
        } finally {
            going.set(false);
            collector.join();
        }
    }

    /** Biases of 0 put rows exactly on the kink of the ReLU, where there is no derivative to compare. */
    private static GnnWeights awayFromKinks(GnnWeights start) {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>();
        start.tensors().forEach((name, t) -> {
            double[] values = t.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += name.endsWith("bias") ? 0.2 + 0.3 * random.nextDouble() : 0;
            }
            tensors.put(name, new GnnWeights.Tensor(t.shape(), values));
        });
        return new GnnWeights(tensors);
    }

    private static double loss(
            Scoring scoring, GnnWeights weights, int[] samples, String name, int i, double change) {
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>(weights.tensors());
        double[] values = weights.get(name).values().clone();
        values[i] += change;
        tensors.put(name, new GnnWeights.Tensor(weights.get(name).shape(), values));
        return scoring.score(new GnnWeights(tensors), samples).loss();
    }

    /** A layer's own epsilon counts in training as it does in predictions, in place of the configuration's. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theEpsilonOfALayerIsTrainedWith(boolean self) throws AnalysisException {
        GnnConfig config = ExampleA.config(GnnConfig.Architecture.GIN, GraphTask.GRAPH, false, self);
        Map<String, GnnWeights.Tensor> tensors =
                new LinkedHashMap<>(awayFromKinks(GnnInit.random(config, 3)).tensors());
        tensors.put("convs.0.eps", GnnWeights.Tensor.vector(1.5));
        tensors.put("convs.1.eps", new GnnWeights.Tensor(new int[0], new double[] {-0.75}));
        GnnModel model = GnnModel.of("start", config, new GnnWeights(tensors));
        GraphSample graph = ExampleA.graph();
        GraphList data = GraphList.of("one", GraphTask.GRAPH, List.of(graph), List.of("0", "1"));
        TrainingBatch batch = TrainingBatch.of(
                config, List.of(graph), List.of(graph.features()), new int[] {0}, null, 0, new SplittableRandom(1));
        try (Kernels kernels = Kernels.cpu(1); TorchGnn torch = new TorchGnn(config)) {
            Scoring scoring = new Scoring(kernels.get(BatchedGraphConvolution.class), model, data);
            assertThat(torch.step(model.weights(), batch, new HashMap<>()).loss())
                    .isCloseTo(scoring.score(model.weights(), new int[] {0}).loss(), within(1e-5));
        }
    }
}
