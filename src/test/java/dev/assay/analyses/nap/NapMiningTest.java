package dev.assay.analyses.nap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.run.fake.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mining does beyond the golden values: invariants, label sources, units, regions, cancelling. */
class NapMiningTest {

    private static final JavaNetwork NETWORK = JavaNetwork.random(3, 6, 20, 70, 4);

    @TempDir
    Path folder;

    private TestRun mine(Inputs inputs, NapParameters parameters) throws Exception {
        return mine(inputs, parameters, new TestRun(Files.createTempDirectory(folder, "run")));
    }

    private static TestRun mine(Inputs inputs, NapParameters parameters, TestRun run) throws Exception {
        try (run) {
            new NapMining().run(inputs, parameters, run);
            return run;
        }
    }

    private static Inputs inputs(Dataset train, Dataset test) {
        return Inputs.of("model", NETWORK).with("train", train).with("test", test);
    }

    private static Inputs clusters() {
        return inputs(Toy.clusters("train", 1, 700, 6, 4), Toy.clusters("test", 2, 300, 6, 4));
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
    void theInfoCarriesAWholeHelpPage() {
        AnalysisInfo info = new NapMining().info();

        assertThat(info.id()).isEqualTo("nap-mining");
        assertThat(info.help()).contains("# NAP mining", "**Recall table**", "**Conflicts**", "patterns.json",
                "t = floor(s n)");
        assertThat(new NapMining().inputs().roles()).extracting(r -> r.name()).containsExactly("model", "train",
                "test");
    }

    @Property(tries = 12)
    void theOrderOfTheSamplesChangesNothing(@ForAll long seed) throws Exception {
        ArrayDataset train = Toy.clusters("train", 1, 400, 6, 4);
        Path temporary = Files.createTempDirectory("nap-order");
        Table before;
        Table after;
        try (TestRun a = new TestRun(temporary);
                TestRun b = new TestRun(temporary)) {
            before = mine(Inputs.of("model", NETWORK).with("train", train), Toy.parameters("0", "0.02", "0.1"), a)
                    .table("recall");
            after = mine(
                    Inputs.of("model", NETWORK).with("train", shuffled(train, seed)),
                    Toy.parameters("0", "0.02", "0.1"),
                    b)
                    .table("recall");
        } finally {
            delete(temporary);
        }
        assertThat(rows(after)).isEqualTo(rows(before));
    }

    private static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static ArrayDataset shuffled(ArrayDataset data, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        float[][] samples = new float[order.size()][];
        int[] labels = new int[order.size()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = data.sample(order.get(i)).values();
            labels[i] = data.sample(order.get(i)).label();
        }
        return new ArrayDataset("shuffled", samples, labels, data.classes(), data.sampleShape());
    }

    @Test
    void recallNeverRisesAndSizeNeverFallsWithSlack() throws Exception {
        TestRun run = mine(clusters(), NapParameters.defaults());

        for (String id : List.of("train_recall", "test_recall", "constrained")) {
            for (Curve.Series series : run.curve(id).series()) {
                for (int i = 1; i < series.size(); i++) {
                    double step = series.y()[i] - series.y()[i - 1];
                    assertThat(id.equals("constrained") ? -step : step)
                            .as(id + " " + series.name())
                            .isLessThanOrEqualTo(0);
                }
            }
        }
        assertThat(run.curve("train_recall").series().getFirst().x()[0]).isZero();
    }

    @Test
    void onnxRuntimeAndPlainJavaFindTheSamePatterns() throws Exception {
        try (Model onnx = NETWORK.onnx(folder.resolve("net.onnx"))) {
            TestRun java = mine(clusters(), NapParameters.defaults());
            TestRun ort = mine(
                    Inputs.of("model", onnx)
                            .with("train", Toy.clusters("train", 1, 700, 6, 4))
                            .with("test", Toy.clusters("test", 2, 300, 6, 4)),
                    NapParameters.defaults());

            assertThat(rows(ort.table("recall"))).isEqualTo(rows(java.table("recall")));
            assertThat(rows(ort.table("samples"))).isEqualTo(rows(java.table("samples")));
        }
    }

    @Test
    void withoutTestDataTestResultsAreAbsentAndTheSamplesAreThoseOfTraining() throws Exception {
        ArrayDataset train = Toy.clusters("train", 1, 200, 6, 4);
        TestRun run = mine(Inputs.of("model", NETWORK).with("train", train), NapParameters.defaults());

        assertThat(run.results()).extracting(Result::id).noneMatch(id -> id.startsWith("test_"));
        assertThat(TestRun.cell(run.table("recall"), 0.01, "0", "test_size")).isNull();
        assertThat(TestRun.cell(run.table("recall"), 0.01, "all", "test_recall")).isNull();
        assertThat(run.table("samples").rowCount()).isEqualTo(200);
        assertThat(run.table("samples").columns().getFirst().ref().role()).isEqualTo("train");
    }

    @Test
    void predictedLabelsNeedNoLabelsAndArgminPicksTheLeastScore() throws Exception {
        ArrayDataset labelled = Toy.clusters("train", 1, 300, 6, 4);
        float[][] samples = new float[300][];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = labelled.sample(i).values();
        }
        ArrayDataset train = new ArrayDataset("unlabelled", samples, null, List.of(), 6);
        NapParameters d = Toy.parameters(LabelSource.PREDICTED, "0");
        NapParameters argmin = new NapParameters(
                d.slack(), d.slacks(), d.labelSource(), Decision.ARGMIN, d.layers(), d.convUnits(), false, 0, 0);

        TestRun run = mine(Inputs.of("model", NETWORK).with("train", train), argmin);

        long[] expected = new long[4];
        for (float[] sample : samples) {
            float[] scores = NETWORK.forward(sample)[2];
            int least = 0;
            for (int c = 1; c < 4; c++) {
                least = scores[c] < scores[least] ? c : least;
            }
            expected[least]++;
        }
        for (int c = 0; c < 4; c++) {
            assertThat(TestRun.cell(run.table("recall"), 0, String.valueOf(c), "support")).isEqualTo(expected[c]);
        }
        assertThat(run.results()).extracting(Result::id).doesNotContain("train_accuracy");
        assertThat(run.scalar("train_recall")).isEqualTo(1);
    }

    @Test
    void classNamesThatAreNumbersNameTheScores() throws Exception {
        ArrayDataset all = Toy.clusters("train", 1, 300, 6, 4);
        List<float[]> samples = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int label = all.sample(i).label();
            if (label == 1 || label == 3) {
                samples.add(all.sample(i).values());
                labels.add(label == 1 ? 0 : 1);
            }
        }
        ArrayDataset two = new ArrayDataset(
                "two classes",
                samples.toArray(float[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                List.of("1", "3"),
                6);

        TestRun run = mine(Inputs.of("model", NETWORK).with("train", two), Toy.parameters("0.01"));

        Table recall = run.table("recall");
        long ones = labels.stream().filter(l -> l == 0).count();
        assertThat(TestRun.cell(recall, 0.01, "1", "support")).isEqualTo(ones);
        assertThat(TestRun.cell(recall, 0.01, "3", "support")).isEqualTo(labels.size() - ones);
        assertThat(TestRun.cell(recall, 0.01, "0", "active")).as("a class without samples has no pattern").isNull();
        assertThat(run.warnings()).anyMatch(w -> w.contains("these classes") && w.contains("no pattern: 0, 2"));
        assertThat(run.heatmap("states").values()[0][0]).isNaN();
    }

    @Test
    void deadNeuronsAreListedApartAndCanBeLeftOutOfTheSizes() throws Exception {
        float[][][] weights = {{{1, 0}, {0, 0}, {0, 1}}, {{1, 0, 0}, {0, 0, 1}}};
        JavaNetwork network = new JavaNetwork(weights, new float[][] {{0, -1, 0}, {0, 0}});
        ArrayDataset train = new ArrayDataset(
                "train", new float[][] {{1, 1}, {2, 1}, {-1, 1}, {-1, 2}}, new int[] {0, 0, 1, 1}, Toy.numbered(2), 2);
        Inputs inputs = Inputs.of("model", network).with("train", train);
        NapParameters p = Toy.parameters("0");
        NapParameters excluding = new NapParameters(
                p.slack(), p.slacks(), p.labelSource(), p.decision(), p.layers(), p.convUnits(), true, 0, 0);

        TestRun with = mine(inputs, p);
        TestRun without = mine(inputs, excluding);

        assertThat(with.scalar("dead_neurons")).isEqualTo(1);
        assertThat(with.table("dead").value(0, 0)).isEqualTo("1:1");
        assertThat(TestRun.cell(with.table("recall"), 0, "1", "inactive")).isEqualTo(2L);
        assertThat(TestRun.cell(without.table("recall"), 0, "1", "inactive")).isEqualTo(1L);
        assertThat(TestRun.cell(without.table("recall"), 0, "1", "free")).isEqualTo(0L);
        assertThat(without.heatmap("states").values()[1][1]).as("it constrains the region all the same").isEqualTo(-1);
    }

    @Test
    void aChannelIsActiveWhenItIsAboveZeroAnywhere() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("conv");
        String x = g.input("x", -1, 1, 3, 3);
        String kernel = g.initializer("k", new float[] {1, -1}, 2, 1, 1, 1);
        String bias = g.initializer("kb", new float[] {0, -2}, 2);
        String h = g.flatten(g.relu(g.conv(x, kernel, bias, 1, 0)), 1);
        float[] w = new float[2 * 18];
        w[0] = 1;
        w[35] = 1;
        String y = g.gemm(h, g.initializer("w", w, 2, 18), g.initializer("b", new float[2], 2));
        g.output(y, -1, 2);
        Path file = folder.resolve("conv.onnx");
        g.write(file);
        float[] allBelow = {-1, -1, -1, -1, -1, -1, -1, -1, -1};
        float[] oneAbove = {-1, -1, -1, -1, -1, -1, -1, -1, 0.5f};
        float[] secondOn = {-1, -1, -3, -1, -1, -1, -1, -1, -1};
        ArrayDataset train = new ArrayDataset(
                "images", new float[][] {allBelow, oneAbove, secondOn}, new int[] {0, 1, 1}, Toy.numbered(2), 1, 3, 3);
        try (Model model = (Model) new OnnxKind()
                .open(Location.of(file))) {
            NapParameters p = Toy.parameters("0");
            NapParameters channels = new NapParameters(
                    p.slack(), p.slacks(), p.labelSource(), p.decision(), p.layers(), ConvUnits.CHANNEL, false, 0, 0);
            Inputs inputs = Inputs.of("model", model).with("train", train);

            TestRun positions = mine(inputs, p);
            TestRun run = mine(inputs, channels);

            assertThat(positions.scalar("neurons")).isEqualTo(18);
            assertThat(run.scalar("neurons")).isEqualTo(2);
            assertThat(run.heatmap("activity").values()).isDeepEqualTo(new double[][] {{0, 0.5}, {0, 0.5}});
            assertThat(positions.heatmap("activity").values()[8][1]).isEqualTo(0.5);
            assertThat(positions.heatmap("activity").values()[11][1]).isEqualTo(0.5);
        }
    }

    @Test
    void theRegionsShareIsTheVolumeOfTheBoxThatFollows() throws Exception {
        // One neuron, on above 0; all samples of class 0 lie at 0.02, so of a box of radius 0.04 three quarters are on.
        JavaNetwork network = new JavaNetwork(
                new float[][][] {{{1}}, {{1}, {-1}}}, new float[][] {{0}, {0, 0}});
        ArrayDataset train = new ArrayDataset(
                "train", new float[][] {{0.02f}, {0.02f}, {-1}}, new int[] {0, 0, 1}, Toy.numbered(2), 1);
        NapParameters p = Toy.parameters("0");
        NapParameters region = new NapParameters(
                p.slack(), p.slacks(), p.labelSource(), p.decision(), p.layers(), p.convUnits(), false, 20_000, 0.04);
        Inputs inputs = Inputs.of("model", network).with("train", train);

        Table recall = mine(inputs, region).table("recall");

        // Five standard deviations of 20,000 draws: 5 sqrt(0.75 * 0.25 / 20000) = 0.0153.
        assertThat((Double) TestRun.cell(recall, 0, "0", "region_share")).isBetween(0.75 - 0.0154, 0.75 + 0.0154);
        assertThat((Double) TestRun.cell(recall, 0, "1", "region_share")).isEqualTo(1);
    }

    @Property(tries = 4)
    void theRegionsShareDependsOnTheSeedAloneNotOnThreads(@ForAll @IntRange(min = 1, max = 4) int threads)
            throws Exception {
        Path temporary = Files.createTempDirectory("nap-region");
        NapParameters p = Toy.parameters("0.05");
        NapParameters region = new NapParameters(
                p.slack(), p.slacks(), p.labelSource(), p.decision(), p.layers(), p.convUnits(), false, 150, 0.3);
        try (TestRun one = new TestRun(temporary, 1).seed(5);
                TestRun many = new TestRun(temporary, threads).seed(5);
                TestRun other = new TestRun(temporary, threads).seed(6)) {
            List<Object> a = TestRun.column(mine(clusters(), region, one).table("recall"), 0.05, "region_share");
            List<Object> b = TestRun.column(mine(clusters(), region, many).table("recall"), 0.05, "region_share");
            List<Object> c = TestRun.column(mine(clusters(), region, other).table("recall"), 0.05, "region_share");
            assertThat(b).isEqualTo(a);
            assertThat(c).isNotEqualTo(a);
        } finally {
            delete(temporary);
        }
    }

    @Test
    void aCancelledRunKeepsWhatItFoundAndLeavesNothingToExplore() throws Exception {
        Path artifacts = Files.createDirectory(folder.resolve("cancelled"));
        Inputs inputs = inputs(Toy.clusters("train", 1, 5000, 6, 4), Toy.clusters("test", 2, 300, 6, 4));
        try (TestRun run = new TestRun(artifacts).cancelAfter(1500)) {
            assertThatThrownBy(() -> new NapMining().run(inputs, NapParameters.defaults(), run))
                    .isInstanceOf(CancellationException.class);
            assertThat(run.heatmap("states").title()).endsWith("so far");
            assertThat(run.scalar("train_accuracy")).isBetween(0.0, 1.0);
            assertThat(run.curve("train_recall").title()).endsWith("so far");
        }
        assertThat(new NapMining().explore(inputs, NapParameters.defaults(), artifacts)).isEmpty();
        assertThat(artifacts.resolve("patterns.json")).doesNotExist();
        try (Stream<Path> files = Files.walk(artifacts)) {
            assertThat(files.filter(Files::isRegularFile)).as("states that nothing can read any more").isEmpty();
        }
    }

    @Test
    void aNetworkOfWhichFewSamplesFitIntoABatchIsMinedAllTheSame() throws Exception {
        JavaNetwork wide = JavaNetwork.random(3, 6, 140_000, 4);
        Inputs inputs = Inputs.of("model", wide).with("train", Toy.clusters("train", 1, 40, 6, 4));

        TestRun run = mine(inputs, Toy.parameters("0"));

        assertThat(run.scalar("neurons")).isEqualTo(140_000);
        assertThat(run.scalar("train_recall")).isEqualTo(1);
    }

    @Test
    void slacksAreReportedOnceEachAscendingWithTheChosenOneAmongThem() throws Exception {
        TestRun run = mine(clusters(), Toy.parameters("0.03", "0.2", "1/5", "0.020", "0"));

        List<Object> slacks = rows(run.table("recall")).stream()
                .map(List::getFirst)
                .distinct()
                .toList();
        assertThat(slacks).containsExactly(0.0, 0.02, 0.03, 0.2);
        assertThat(run.heatmap("states").title()).contains("slack 0.03, purity 0.97");
        assertThat(Exact.parse("0.2")).isEqualTo(Exact.parse("1/5"));
    }

    @Test
    void resultsSoFarAreShownWhileSamplesAreStillComing() throws Exception {
        Path artifacts = Files.createDirectory(folder.resolve("live"));
        ArrayDataset train = Toy.clusters("train", 1, 20_000, 6, 4);
        try (TestRun run = new TestRun(artifacts)) {
            // Gives the next batch when something was shown, or at the latest after the time in which it should have been.
            Dataset slow =
                    new PacedDataset(train, () -> run.emitted().stream().noneMatch(r -> r.title().endsWith("so far")));
            new NapMining().run(inputs(slow, Toy.clusters("test", 2, 300, 6, 4)), NapParameters.defaults(), run);
            List<String> states = run.emitted().stream()
                    .filter(r -> r.id().equals("states"))
                    .map(Result::title)
                    .toList();
            assertThat(states).hasSizeGreaterThan(1);
            assertThat(states.getFirst()).endsWith("so far");
            assertThat(states.getLast()).doesNotContain("so far");
            assertThat(run.emitted().stream().filter(r -> r.id().equals("train_accuracy")).count()).isGreaterThan(1);
            assertThat(run.results()).extracting(Result::id)
                    .as("what the training samples showed first does not stand before the test's")
                    .startsWith("train_accuracy", "test_accuracy", "test_recall");
        }
    }
}
