package dev.assay.analyses.fidelity.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.result.Table;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.Kernels;
import dev.assay.data.graph.GraphBenchmark;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphList;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.GnnFolderKind;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.Scoring;
import dev.assay.model.gnn.Split;
import dev.assay.run.fake.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GnnTrainingTest {

    @TempDir
    Path folder;

    private final Kernels kernels = Kernels.cpu(1);
    private final List<TestRun> runs = new ArrayList<>();

    @AfterEach
    void close() {
        runs.forEach(TestRun::close);
        kernels.close();
    }

    private static GnnTrainingParameters parameters(Map<String, String> changes) throws Exception {
        return ParameterSet.of(GnnTrainingParameters.class).parse(changes);
    }

    private TestRun recorded() {
        TestRun run = new TestRun(folder, 1);
        runs.add(run);
        return run;
    }

    private TestRun run(GraphDataset data, Map<String, String> changes) throws Exception {
        TestRun recorded = recorded();
        new GnnTraining().run(Inputs.of("graphs", data), parameters(changes), recorded);
        return recorded;
    }

    @Test
    void theQuickStartLearnsAndTheSavedFolderIsTheNetwork() throws Exception {
        GraphList data = GraphBenchmark.twoMotifs(200, 3);
        TestRun recorded = run(data, Map.of("quickStart", "true", "batchSize", "16"));
        assertThat(recorded.scalar("epochs_run")).isEqualTo(30);
        assertThat(recorded.scalar("train_accuracy")).isGreaterThan(0.7);
        assertThat(recorded.table("epochs").rowCount()).isEqualTo(30);
        GnnModel model = new GnnFolderKind().open(Location.of(folder.resolve("model")));
        Split split = Split.of(IntStream.range(0, 200).toArray(), new double[] {0.8, 0.1, 0.1}, 42);
        Scoring scoring = new Scoring(kernels.get(BatchedGraphConvolution.class), model, data);
        assertThat(scoring.score(model.weights(), split.test()).accuracy())
                .isEqualTo(recorded.scalar("test_accuracy"));
        assertThat(scoring.score(model.weights(), split.train()).accuracy())
                .isEqualTo(recorded.scalar("train_accuracy"));
        assertThat(model.config().training()).containsKeys("bestEpoch", "testAccuracy");
        Table confusion = recorded.table("confusion");
        assertThat(confusion.rowCount()).isEqualTo(4);
        assertThat(IntStream.range(0, 4).mapToLong(r -> (Long) confusion.value(r, 2)).sum()).isEqualTo(20);
    }

    @Test
    void aNetworkThatOnlyGuessesIsSaidToHaveLearntNothing() throws Exception {
        GraphList data = GraphBenchmark.twoMotifs(40, 3);
        assertThat(run(data, Map.of("epochs", "1")).warnings()).anyMatch(w -> w.contains("has learnt nothing"));
        TestRun learnt = run(GraphBenchmark.twoMotifs(200, 3), Map.of("quickStart", "true", "batchSize", "16"));
        assertThat(learnt.scalar("train_accuracy")).isGreaterThan(0.7);
        assertThat(learnt.warnings()).noneMatch(w -> w.contains("has learnt nothing"));
    }

    @Test
    void nodesAreLearntAndLayersAreThoseOfTheParameters() throws Exception {
        GraphList data = GraphBenchmark.TREE_GRID.generate(1);
        TestRun recorded =
                run(data, Map.of("epochs", "40", "architecture", "gin", "learningRate", "0.01", "features", "1"));
        assertThat(recorded.scalar("train_accuracy")).isGreaterThan(0.75);
        Table layers = recorded.table("layers");
        assertThat(layers.rowCount()).isEqualTo(4);
        assertThat(layers.value(3, layers.columnIndex("input_width"))).isEqualTo(60L);
        assertThat(recorded.scalar("parameters")).isEqualTo(10 * 20 + 20 + 420 + 2 * 840 + 122);
    }

    @Test
    void batchNormalisationTrainsAndKeepsItsStatistics() throws Exception {
        run(GraphBenchmark.twoMotifs(20, 3), Map.of("epochs", "3", "batchNorm", "true"));
        GnnModel model = new GnnFolderKind().open(Location.of(folder.resolve("model")));
        assertThat(model.weights().get("norms.0.running_var").values()).isNotEqualTo(new double[20]);
        assertThat(model.weights().get("norms.0.running_mean").values()).isNotEqualTo(new double[20]);
        assertThat(model.weights().get("norms.2.weight")).isNull();
    }

    @Test
    void theSameSeedTrainsTheSameNetwork() throws Exception {
        GraphList data = GraphBenchmark.twoMotifs(30, 3);
        Map<String, String> few = Map.of("epochs", "4", "quickStart", "false", "architecture", "gin");
        run(data, few);
        byte[] first = Files.readAllBytes(folder.resolve("model/model.safetensors"));
        run(data, few);
        assertThat(Files.readAllBytes(folder.resolve("model/model.safetensors"))).isEqualTo(first);
    }

    @Test
    void aCancelledTrainingKeepsTheBestSoFar() throws Exception {
        TestRun recorded = recorded().cancelAfter(5);
        assertThatThrownBy(() -> new GnnTraining().run(
                Inputs.of("graphs", GraphBenchmark.twoMotifs(30, 3)), parameters(Map.of()), recorded))
                .isInstanceOf(CancellationException.class);
        assertThat(recorded.scalar("epochs_run")).isEqualTo(5);
        assertThat(new GnnFolderKind().open(Location.of(folder.resolve("model"))).config().classes()).isEqualTo(2);
    }

    /** Scoring thousands of graphs behind an epoch takes seconds. */
    @Test
    void aCancelIsLookedForBeforeEveryGraphThatIsScored() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        try (TestRun counting = new TestRun(folder, 1) {
            @Override
            public void checkCancelled() {
                checks.incrementAndGet();
                super.checkCancelled();
            }
        }) {
            new GnnTraining().run(
                    Inputs.of("graphs", GraphBenchmark.twoMotifs(40, 3)), parameters(Map.of("epochs", "1")), counting);
        }
        assertThat(checks.get()).isGreaterThanOrEqualTo(36);
    }

    @Test
    void patienceEndsTheTraining() throws Exception {
        GraphList data = GraphBenchmark.twoMotifs(40, 3);
        TestRun recorded = run(data, Map.of("patience", "3", "learningRate", "0.0000001"));
        assertThat(recorded.scalar("epochs_run")).isEqualTo(4);
    }

    @Test
    void aLossThatIsNoNumberEndsItWithWhatWasGood() throws Exception {
        GraphSample huge = GraphSample.of(2).undirected(new int[][] {{0, 1}})
                .features(1, new double[] {3e38, 3e38}).label(0).build();
        GraphSample other = GraphSample.of(2).index(1).undirected(new int[][] {{0, 1}})
                .features(1, new double[] {-3e38, 3e38}).label(1).build();
        GraphList data = GraphList.of("huge", GraphTask.GRAPH, List.of(huge, other), List.of("0", "1"));
        assertThatThrownBy(() -> run(data, Map.of("split", "1,0,0", "architecture", "gin")))
                .isInstanceOf(AnalysisException.class).hasMessageContaining("no number in the first epoch");
    }

    @Test
    void dataWithoutClassesAreRefusedBefore() throws Exception {
        GraphList data = GraphList.of(
                "bare", GraphTask.GRAPH, List.of(GraphSample.of(1).build()), List.of());
        assertThat(new GnnTraining().fits(Inputs.of("graphs", data)).reason()).contains("no classes");
        assertThatThrownBy(() -> run(data, Map.of())).isInstanceOf(AnalysisException.class)
                .hasMessageContaining("no classes");
    }

    @Test
    void aClassWithoutTrainingGraphIsWarnedOf() throws Exception {
        List<GraphSample> graphs = new ArrayList<>();
        for (int g = 0; g < 4; g++) {
            graphs.add(GraphSample.of(2).index(g).undirected(new int[][] {{0, 1}}).label(0).build());
        }
        GraphList data = GraphList.of("one", GraphTask.GRAPH, graphs, List.of("0", "1"));
        TestRun recorded = run(data, Map.of("epochs", "1"));
        assertThat(recorded.warnings()).anyMatch(w -> w.contains("The class 1 has no training graph"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "readout|median|is not one of max, mean, sum",
        "features|green|neither auto, stored, labels nor a number",
        "split|0.8,0.2|three shares are needed",
        "split|0.8,0.2,0.2|three shares are needed",
        "layers|7|out of range",
        "architecture|gat|is not one of gcn, gin"})
    void wrongParametersAreExplained(String name, String value, String what) {
        assertThatThrownBy(() -> parameters(Map.of(name, value))).hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "stored|the data stores no node features", "labels|the nodes of the data have no labels"})
    void featuresThatAreNotThereAreNamed(String features, String what) {
        assertThatThrownBy(() -> run(GraphBenchmark.twoMotifs(4, 1), Map.of("features", features)))
                .isInstanceOf(AnalysisException.class).hasMessageContaining(what);
    }
}
