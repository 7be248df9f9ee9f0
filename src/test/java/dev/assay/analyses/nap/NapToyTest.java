package dev.assay.analyses.nap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.model.Model;
import dev.assay.run.fake.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Golden values G1 of the method's file, on the network written as ONNX. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NapToyTest {

    private static final double SIXTH = 1 / 6.0;
    private static final double THIRD = 1 / 3.0;

    private Path artifacts;
    private Model model;
    private TestRun run;

    @BeforeAll
    void mine(@TempDir Path folder) throws Exception {
        artifacts = Files.createDirectory(folder.resolve("run"));
        model = JavaNetwork.toy().onnx(folder.resolve("toy.onnx"));
        try (TestRun toy = new TestRun(artifacts)) {
            new NapMining().run(Toy.inputs(model), Toy.parameters("0", "1/6", "1/3"), toy);
            run = toy;
        }
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void everyRowOfTheTable() {
        //              slack, class, A, D, train in, foreign, held-out in, size, foreign
        assertRow(0, "0", 0, 0, 6, 6, 5, 5, 3);
        assertRow(0, "1", 1, 1, 6, 0, 3, 3, 1);
        assertRow(SIXTH, "0", 0, 1, 5, 3, 4, 5, 2);
        assertRow(SIXTH, "1", 1, 1, 6, 0, 3, 3, 1);
        assertRow(THIRD, "0", 0, 2, 3, 0, 2, 5, 0);
        assertRow(THIRD, "1", 1, 1, 6, 0, 3, 3, 1);
    }

    private void assertRow(
            double slack, String ofClass, long a, long d, long train, long trainForeign, long test, long testSize,
            long testForeign) {
        Table recall = run.table("recall");
        List<Object> row = new ArrayList<>();
        for (String column : List.of(
                "support", "active", "inactive", "free", "train_size", "train_followers", "train_foreign",
                "test_followers", "test_size", "test_foreign")) {
            row.add(TestRun.cell(recall, slack, ofClass, column));
        }
        assertThat(row).containsExactly(6L, a, d, 4 - a - d, 6L, train, trainForeign, test, testSize, testForeign);
    }

    @Test
    void countsAreTheNumbersOfActiveSamples() {
        Heatmap activity = run.heatmap("activity");
        assertThat(activity.rows()).containsExactly("1:0", "1:1", "1:2", "1:3");
        assertThat(activity.values()).isDeepEqualTo(new double[][] {
            {3 / 6.0, 1}, {3 / 6.0, 0}, {2 / 6.0, 3 / 6.0}, {1 / 6.0, 3 / 6.0},
        });
    }

    @Test
    void theFileHoldsTheStatesOfEverySlack() throws Exception {
        JsonNode file = new ObjectMapper().readTree(artifacts.resolve("patterns.json").toFile());

        assertThat(file.get("schema").asText()).isEqualTo("assay.nap/1");
        assertThat(file.get("modelSha256").asText()).isEqualTo(model.sha256());
        assertThat(file.get("labelSource").asText()).isEqualTo("provided");
        assertThat(file.get("decision").asText()).isEqualTo("argmax");
        assertThat(file.get("layers").get(0).get("name").asText()).isEqualTo("relu1");
        assertThat(file.get("layers").get(0).get("width").asInt()).isEqualTo(4);
        assertThat(file.get("layers").get(0).get("offset").asInt()).isZero();
        assertThat(file.get("sets")).hasSize(3);
        assertThat(pattern(file, 0, 0)).isEqualTo("0 6 [] []");
        assertThat(pattern(file, 0, 1)).isEqualTo("1 6 [0] [1]");
        assertThat(pattern(file, 1, 0)).isEqualTo("0 6 [] [3]");
        assertThat(pattern(file, 2, 0)).isEqualTo("0 6 [] [2,3]");
        assertThat(pattern(file, 2, 1)).isEqualTo("1 6 [0] [1]");
        assertThat(file.get("sets").get(1).get("slack").asText()).isEqualTo("1/6");
    }

    private static String pattern(JsonNode file, int set, int ofClass) {
        JsonNode p = file.get("sets").get(set).get("classes").get(ofClass);
        return p.get("class").asText() + " " + p.get("support").asInt() + " " + p.get("active") + " "
                + p.get("inactive");
    }

    @Test
    void noFileIsLeftHalfWritten() throws Exception {
        try (var files = Files.walk(artifacts)) {
            assertThat(files.map(f -> f.getFileName().toString())).noneMatch(n -> n.endsWith(".part"));
        }
    }

    @Test
    void noPairConflictsAtAnySlack() {
        Table pairs = run.table("conflict_pairs");
        assertThat(pairs.rowCount()).isEqualTo(3);
        for (int r = 0; r < 3; r++) {
            assertThat(pairs.value(r, pairs.columnIndex("neurons"))).isEqualTo(0L);
        }
        assertThat(run.scalar("zero_conflict_pairs")).isEqualTo(1);
    }

    @Test
    void accuracyCountsTheOneSampleThatIsWrong() {
        assertThat(run.scalar("train_accuracy")).isEqualTo(11 / 12.0);
    }

    @Test
    void accuracyIsPublishedBeforeAnythingElse() {
        Result first = run.emitted().getFirst();
        assertThat(first).isInstanceOf(Scalar.class);
        assertThat(first.id()).isEqualTo("train_accuracy");
    }

    @Test
    void statesAtTheChosenSlack() {
        assertThat(run.heatmap("states").values())
                .isDeepEqualTo(new double[][] {{0, 1}, {0, -1}, {0, 0}, {0, 0}});
    }

    @Test
    void samplesSayWhatTheyFollow() {
        Table samples = run.table("samples");
        assertThat(samples.rowCount()).isEqualTo(8);
        // (.95,.95): the second neuron is on, so only the unconstrained pattern of class 0 is followed.
        assertThat(row(samples, 1)).containsExactly(1L, "0", "0", "0", 0L);
        // (.6,.4) belongs to class 1 and follows both.
        assertThat(row(samples, 7)).containsExactly(7L, "1", "1", "0,1", 0L);
    }

    private static List<Object> row(Table table, int row) {
        List<Object> cells = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            cells.add(table.value(row, c));
        }
        return cells;
    }

    @Test
    void patternConfusionCountsFollowersByPrediction() {
        Heatmap confusion = run.heatmap("pattern_confusion");
        assertThat(confusion.columns()).containsExactly("0", "1", "none");
        double all = 0;
        for (double[] row : confusion.values()) {
            all += row[0];
            assertThat(row[2]).as("everything follows the unconstrained pattern").isZero();
        }
        assertThat(all).isEqualTo(8);
    }

    @Test
    void totalsAreSumsDividedBySums() {
        assertThat(run.scalar("test_recall")).isEqualTo(1);
        assertThat(run.scalar("test_foreign")).isEqualTo(4);
        assertThat(TestRun.cell(run.table("recall"), THIRD, "all", "test_recall")).isEqualTo(5 / 8.0);
        assertThat(TestRun.cell(run.table("recall"), THIRD, "all", "test_precision")).isEqualTo(5 / 6.0);
        assertThat(TestRun.cell(run.table("recall"), THIRD, "all", "inactive")).isEqualTo(3L);
    }

    @Test
    void counterexamplesAreFollowersThatTheNetworkPutsElsewhere() {
        // Class 0's unconstrained pattern is followed by all: 6 of class 1, and (.9,.9) which is called class 1 as well.
        assertThat(TestRun.cell(run.table("recall"), 0, "0", "train_counterexamples")).isEqualTo(7L);
        assertThat(TestRun.cell(run.table("recall"), 0, "1", "train_counterexamples")).isEqualTo(0L);
    }
}
