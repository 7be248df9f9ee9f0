package dev.assay.analyses.nap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.run.fake.TestRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finished run opened again: another slack without the network, and what is behind a click. */
class NapExplorerTest {

    private static final JavaNetwork NETWORK = JavaNetwork.random(3, 9, 20, 70, 4);
    private static final NapParameters PARAMETERS = Toy.parameters("0.02", "0", "0.05", "0.2");

    @TempDir
    Path folder;

    private final ArrayDataset train = pictures("train", 1, 700);
    private final ArrayDataset test = pictures("test", 2, 300);
    private final Inputs inputs =
            Inputs.of("model", NETWORK).with("train", train).with("test", test);
    private TestRun run;

    /** Samples that are 3x3 pictures. */
    private static ArrayDataset pictures(String name, long seed, int rows) {
        ArrayDataset flat = Toy.clusters(name, seed, rows, 9, 4);
        float[][] samples = new float[rows][];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            samples[i] = flat.sample(i).values();
            labels[i] = flat.sample(i).label();
        }
        return new ArrayDataset(name, samples, labels, flat.classes(), 1, 3, 3);
    }

    @BeforeEach
    void mine() throws Exception {
        try (TestRun first = new TestRun(folder)) {
            new NapMining().run(inputs, PARAMETERS, first);
            run = first;
        }
    }

    private Explorer<NapParameters> explorer() throws AnalysisException {
        return new NapMining().explore(inputs, PARAMETERS, folder).orElseThrow();
    }

    @Test
    void anotherSlackGivesWhatARunAtThatSlackGives(@TempDir Path other) throws Exception {
        NapParameters changed = PARAMETERS.withSlack(Exact.parse("0.07"));
        try (TestRun again = new TestRun(other);
                TestRun live = new TestRun(other);
                Explorer<NapParameters> explorer = explorer()) {
            new NapMining().run(inputs, changed, again);
            explorer.update(changed, live);

            for (Result result : live.emitted()) {
                Result expected = again.find(result.getClass(), result.id()).orElseThrow();
                assertSame(result, expected);
            }
            assertThat(live.emitted()).extracting(Result::id).contains(
                    "recall", "states", "conflicts", "conflict_pairs", "pattern_confusion", "samples", "layers",
                    "train_recall", "test_recall", "test_foreign", "zero_conflict_pairs", "constrained");
        }
    }

    private static void assertSame(Result a, Result b) {
        assertThat(a.title()).isEqualTo(b.title());
        switch (a) {
            case Scalar s -> assertThat(s).isEqualTo(b);
            case Heatmap h ->
                assertThat(Arrays.deepToString(h.values())).as(h.id())
                        .isEqualTo(Arrays.deepToString(((Heatmap) b).values()));
            case Table t -> assertThat(rows(t)).as(t.id()).isEqualTo(rows((Table) b));
            case Curve c -> {
                assertThat(c.series()).hasSameSizeAs(((Curve) b).series());
                for (int i = 0; i < c.series().size(); i++) {
                    assertThat(c.series().get(i).x()).isEqualTo(((Curve) b).series().get(i).x());
                    assertThat(c.series().get(i).y()).isEqualTo(((Curve) b).series().get(i).y());
                }
            }
            default -> throw new AssertionError("unexpected " + a);
        }
    }

    private static List<List<Object>> rows(Table table) {
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; r < table.rowCount(); r++) {
            List<Object> row = new ArrayList<>();
            for (int c = 0; c < table.columns().size(); c++) {
                row.add(table.value(r, c));
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void theRunsOwnSlackGivesTheRunsOwnResults() throws Exception {
        try (TestRun live = new TestRun(folder);
                Explorer<NapParameters> explorer = explorer()) {
            explorer.update(PARAMETERS, live);
            for (Result result : live.emitted()) {
                assertSame(result, run.find(result.getClass(), result.id()).orElseThrow());
            }
        }
    }

    @Test
    void aSlackOutOfRangeIsRefused() throws Exception {
        try (TestRun live = new TestRun(folder);
                Explorer<NapParameters> explorer = explorer()) {
            assertThatExceptionOfType(AnalysisException.class)
                    .isThrownBy(() -> explorer.update(PARAMETERS.withSlack(Exact.parse("0.7")), live))
                    .withMessageContaining("0 <= slack < 0.5");
            assertThat(live.emitted()).isEmpty();
        }
    }

    private List<Result> details(String resultId, Ref... refs) throws Exception {
        try (Explorer<NapParameters> explorer = explorer()) {
            return explorer.details(new Selection(resultId, List.of(refs)), PARAMETERS);
        }
    }

    private static Ref neuron(String key) {
        return RefKind.neuron("model").at(key);
    }

    private static Ref ofClass(Object key) {
        return RefKind.ofClass().at(key);
    }

    private boolean active(float[] sample, String neuron) {
        String[] parts = neuron.split(":");
        return NETWORK.forward(sample)[Integer.parseInt(parts[0]) - 1][Integer.parseInt(parts[1])] > 0;
    }

    @Test
    void aCellOfTheStatesLeadsToCountsAndToTheSamplesThatBreakIt() throws Exception {
        Heatmap states = run.heatmap("states");
        int checked = 0;
        for (int j = 0; j < states.rows().size() && checked < 3; j++) {
            long violations = 0;
            for (int i = 0; i < 700; i++) {
                if (train.sample(i).label() == 2
                        && active(train.sample(i).values(), states.rows().get(j)) != states.values()[j][2] > 0) {
                    violations++;
                }
            }
            if (states.values()[j][2] == 0 || violations == 0) {
                continue;
            }
            List<Result> found = details("states", neuron(states.rows().get(j)), ofClass("2"));

            assertThat(found).hasSize(2);
            Table counts = (Table) found.getFirst();
            assertThat(counts.rowCount()).isEqualTo(4);
            ImageGrid images = (ImageGrid) found.get(1);
            assertThat(images.title()).startsWith("Violations: ");
            assertThat(count(images)).isEqualTo(violations);
            assertThat(images.items()).hasSize((int) Math.min(24, violations)).allSatisfy(item -> {
                assertThat(item.ref().kind()).isEqualTo(RefKind.sample("train"));
                assertThat(train.sample(Long.parseLong(item.ref().key())).label()).isEqualTo(2);
            });
            checked++;
        }
        assertThat(checked).as("states that some sample breaks").isEqualTo(3);
    }

    @Test
    void aFreeCellShowsBothSides() throws Exception {
        Heatmap states = run.heatmap("states");
        int free = 0;
        while (states.values()[free][1] != 0) {
            free++;
        }
        List<Result> found = details("states", neuron(states.rows().get(free)), ofClass("1"));
        assertThat(found).hasSize(3);
        assertThat(found.get(1).title()).startsWith("Active on");
        assertThat(found.get(2).title()).startsWith("Inactive on");
        assertThat(((ImageGrid) found.get(1)).items()).hasSizeLessThanOrEqualTo(24);
    }

    @Test
    void aConflictLeadsToItsNeurons() throws Exception {
        double[][] conflicts = run.heatmap("conflicts").values();
        Heatmap states = run.heatmap("states");
        int most = 1;
        for (int b = 2; b < 4; b++) {
            most = conflicts[0][b] > conflicts[0][most] ? b : most;
        }
        Table neurons = (Table) details("conflicts", ofClass("0"), ofClass(most)).getFirst();

        assertThat(neurons.rowCount()).isEqualTo((int) conflicts[0][most]).isPositive();
        for (List<Object> row : rows(neurons)) {
            int j = states.rows().indexOf(row.getFirst());
            assertThat(states.values()[j][0] * states.values()[j][most]).isEqualTo(-1);
        }
    }

    @Test
    void aRowOfTheRecallTableLeadsToForeignFollowersAndToThoseThatDoNotFollow() throws Exception {
        Ref slack = NapResults.SLACK.at(0.05);
        List<Result> found = details("recall", slack, ofClass("1"));
        Table recall = run.table("recall");
        long size = (Long) TestRun.cell(recall, 0.05, "1", "test_size");
        long followers = (Long) TestRun.cell(recall, 0.05, "1", "test_followers");
        long foreign = (Long) TestRun.cell(recall, 0.05, "1", "test_foreign");
        long elsewhere = (Long) TestRun.cell(recall, 0.05, "1", "test_counterexamples");

        assertThat(found.get(0).title()).startsWith("Samples of other classes").contains("slack 0.05");
        assertThat(count(found.get(0))).isEqualTo(foreign);
        assertThat(found.get(1).title()).startsWith("Followers that the network puts elsewhere");
        assertThat(count(found.get(1))).isEqualTo(elsewhere);
        assertThat(found.get(2).title()).contains("do not follow");
        assertThat(count(found.get(2))).isEqualTo(size - followers);
        assertThat(details("recall", slack, ofClass("all"))).isEmpty();
    }

    private static long count(Result result) {
        return total(result.title());
    }

    private static long total(String title) {
        String inside = title.substring(title.lastIndexOf('(') + 1, title.length() - 1);
        return Long.parseLong(inside.substring(inside.lastIndexOf(' ') + 1));
    }

    @Test
    void aSampleLeadsToItsPatternsAndTheNeuronsThatBreakItsOwn() throws Exception {
        Table samples = run.table("samples");
        int row = 0;
        while ((Long) samples.value(row, samples.columnIndex("violations")) == 0) {
            row++;
        }
        long violations = (Long) samples.value(row, samples.columnIndex("violations"));
        List<Result> found = details("samples", RefKind.sample("test").at(row));

        assertThat(found).hasSize(3);
        assertThat(((ImageGrid) found.get(0)).items()).hasSize(1);
        Table patterns = (Table) found.get(1);
        int label = test.sample(row).label();
        assertThat(patterns.value(label, patterns.columnIndex("violations"))).isEqualTo(violations);
        assertThat(patterns.value(label, patterns.columnIndex("follows"))).isEqualTo(false);
        Table neurons = (Table) found.get(2);
        assertThat(neurons.rowCount()).isEqualTo((int) violations);
        for (List<Object> broken : rows(neurons)) {
            assertThat(active(test.sample(row).values(), (String) broken.get(0)))
                    .isNotEqualTo(broken.get(1).equals("active"));
        }
    }

    @Test
    void aCellOfThePatternConfusionLeadsToItsSamples() throws Exception {
        Heatmap confusion = run.heatmap("pattern_confusion");
        for (int p = 0; p < 4; p++) {
            for (int f = 0; f < confusion.columns().size(); f++) {
                Result found = details(
                        "pattern_confusion",
                        ofClass(confusion.rows().get(p)),
                        ofClass(confusion.columns().get(f)))
                        .getFirst();
                assertThat(count(found)).isEqualTo((long) confusion.values()[p][f]);
            }
        }
    }

    @Test
    void anUnknownSelectionHasNothingToAdd() throws Exception {
        assertThat(details("states", neuron("9:1"), ofClass("0"))).isEmpty();
        assertThat(details("states", neuron("nonsense"))).isEmpty();
        assertThat(details("recall", ofClass("unheard of"))).isEmpty();
        assertThat(details("layers")).isEmpty();
        assertThatThrownBy(() -> details("samples", RefKind.sample("test").at(300)))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("no sample 300");
    }

    @Test
    void anotherModelIsRefused() {
        Inputs other = Inputs.of("model", JavaNetwork.random(4, 9, 21, 70, 4))
                .with("train", train)
                .with("test", test);
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> new NapMining().explore(other, PARAMETERS, folder))
                .withMessageContaining("another model");
    }
}
