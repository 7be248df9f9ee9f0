package dev.assay.analyses.nap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.Inputs;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Table;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.run.fake.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The golden values G3 of the method's file: whole MNIST on the VNN-COMP networks 256x4 and 256x2. Counts may differ by 1
 * where a different order of summation flips a state at zero.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NapMnistTest {

    private static final double TIE = 1e-4;

    private Path folder;
    private Model model4;
    private Model model2;
    private Dataset train;
    private Dataset test;
    private TestRun whole;

    @BeforeAll
    void mineOnce(@TempDir Path temporary) throws Exception {
        MnistRuns.assumeData();
        folder = temporary;
        model4 = MnistRuns.model("256x4");
        model2 = MnistRuns.model("256x2");
        train = MnistRuns.train();
        test = MnistRuns.test();
        whole = mine(
                model4,
                MnistRuns.parameters(
                        "0.01",
                        "all",
                        LabelSource.PROVIDED,
                        "0", "0.001", "0.005", "0.006", "0.007", "0.0075", "0.02", "0.05", "0.10", "0.15", "0.25"));
    }

    @AfterAll
    void close() {
        Stream.of(model4, model2, train, test).filter(i -> i != null).forEach(i -> i.close());
    }

    private TestRun mine(Model model, NapParameters parameters) throws Exception {
        Path artifacts = Files.createTempDirectory(folder, "run");
        try (TestRun run = new TestRun(artifacts)) {
            new NapMining().run(MnistRuns.inputs(model, train, test), parameters, run);
            return run;
        }
    }

    @Test
    void accuracyAndNeurons() {
        assertThat(whole.scalar("train_accuracy") * 60_000).isCloseTo(59_451, within(1.0));
        assertThat(whole.scalar("test_accuracy") * 10_000).isCloseTo(9_764, within(1.0));
        assertThat(whole.scalar("neurons")).isEqualTo(1024);
    }

    /** Rows: class, train size, test size, then for s = 0, 0.005, 0.01, 0.05: A D train test foreign. */
    private static final String G3 =
            """
                    0 5923 980   1 511 5923 977 1639   7 692 5345 872 6   16 730 4788 775 1   31 821 2258 376 0
                    1 6742 1135  0 511 6742 1132 760   6 700 6142 1034 0  10 731 5666 959 0   18 801 2517 456 0
                    2 5958 1032  0 432 5958 1024 2639  3 580 5408 914 10  9 624 4622 792 4    16 790 1422 261 1
                    3 6131 1010  0 468 6131 1008 4526  2 644 5345 878 9   5 693 4660 789 2    21 827 1800 320 0
                    4 5842 982   0 494 5842 980 3429   11 637 5261 866 7  16 690 4566 766 3   23 807 1417 259 0
                    5 5421 892   0 474 5421 888 4677   9 617 4930 794 3   15 668 4200 677 1   28 785 1293 226 0
                    6 5918 958   0 525 5918 947 1717   10 652 5296 840 6  12 691 4596 726 4   22 791 1290 200 0
                    7 6265 1028  0 488 6265 1026 3509  8 641 5526 894 3   12 692 4916 809 2   23 823 2250 357 0
                    8 5851 974   0 461 5851 966 692    7 649 5044 827 3   11 704 4384 696 3   16 846 1289 192 0
                    9 5949 1009  0 469 5949 1001 5558  1 630 5338 917 17  6 680 4781 829 5    19 838 1493 277 0
                    """;

    @Test
    void everyCellOfTheTable() {
        double[] slacks = {0, 0.005, 0.01, 0.05};
        String[] columns = {"active", "inactive", "train_followers", "test_followers", "test_foreign"};
        Table recall = whole.table("recall");
        SoftAssertions soft = new SoftAssertions();
        for (String line : G3.lines().toList()) {
            String[] cells = line.trim().split("\\s+");
            for (int s = 0; s < slacks.length; s++) {
                assertCell(soft, recall, slacks[s], cells[0], "support", cells[1]);
                assertCell(soft, recall, slacks[s], cells[0], "train_size", cells[1]);
                assertCell(soft, recall, slacks[s], cells[0], "test_size", cells[2]);
                for (int c = 0; c < columns.length; c++) {
                    assertCell(soft, recall, slacks[s], cells[0], columns[c], cells[3 + s * columns.length + c]);
                }
            }
        }
        soft.assertAll();
    }

    private static void assertCell(
            SoftAssertions soft, Table recall, double slack, String ofClass, String column, String expected) {
        soft.assertThat(((Number) TestRun.cell(recall, slack, ofClass, column)).longValue())
                .as("slack " + slack + ", class " + ofClass + ", " + column)
                .isCloseTo(Long.parseLong(expected), within(1L));
    }

    @Test
    void totalsAgainstSlack() {
        assertRecall(whole, 0, 1.0000, 0.9949);
        assertRecall(whole, 0.001, Double.NaN, 0.9740);
        assertRecall(whole, 0.005, 0.8939, 0.8836);
        assertRecall(whole, 0.006, Double.NaN, 0.8614);
        assertRecall(whole, 0.007, Double.NaN, 0.8450);
        assertRecall(whole, 0.0075, Double.NaN, 0.8342);
        assertRecall(whole, 0.01, 0.7863, 0.7818);
        assertRecall(whole, 0.02, Double.NaN, 0.6115);
        assertRecall(whole, 0.05, 0.2838, 0.2924);
        assertRecall(whole, 0.1, Double.NaN, 0.0778);
        assertRecall(whole, 0.15, Double.NaN, 0.0228);
        assertRecall(whole, 0.25, Double.NaN, 0.0007);
        assertThat(whole.scalar("test_recall")).isCloseTo(0.7818, within(TIE));
        assertThat(whole.scalar("train_recall")).isCloseTo(0.7863, within(TIE));
        assertThat(whole.scalar("test_foreign")).isEqualTo(25);
    }

    private static void assertRecall(TestRun run, double slack, double train, double test) {
        Table recall = run.table("recall");
        assertThat((double) TestRun.cell(recall, slack, "all", "test_recall"))
                .as("test recall at " + slack)
                .isCloseTo(test, within(TIE));
        if (!Double.isNaN(train)) {
            assertThat((double) TestRun.cell(recall, slack, "all", "train_recall"))
                    .as("train recall at " + slack)
                    .isCloseTo(train, within(TIE));
        }
    }

    @Test
    void conflicts() {
        assertThat(conflicts(0)).hasSize(45).allMatch(c -> c.endsWith(" 0"));
        assertThat(conflicts(0.005).stream().filter(c -> c.endsWith(" 0")).map(c -> c.substring(0, 3)))
                .containsExactlyInAnyOrder("2,3", "2,4", "3,5", "2,8", "3,8", "2,9", "3,9", "4,9", "5,9", "7,9", "8,9");
        assertThat(conflicts(0.01).stream().filter(c -> c.endsWith(" 0"))).containsExactly("2,3 0");
        assertThat(conflicts(0.01)).contains("0,4 18");
        assertThat(largest(0.01)).isEqualTo(18);
        assertThat(conflicts(0.05)).contains("2,8 17", "6,7 39");
        assertThat(smallest(0.05)).isEqualTo(17);
        assertThat(largest(0.05)).isEqualTo(39);
        assertThat(whole.scalar("zero_conflict_pairs")).isEqualTo(1);
        assertThat(whole.heatmap("conflicts").values()[0][4]).isEqualTo(18);
        assertThat(whole.heatmap("conflicts").values()[4][0]).isEqualTo(18);
    }

    /** Lines {@code a,b neurons}. */
    private List<String> conflicts(double slack) {
        Table pairs = whole.table("conflict_pairs");
        List<Object> a = TestRun.column(pairs, slack, "class_a");
        List<Object> b = TestRun.column(pairs, slack, "class_b");
        List<Object> neurons = TestRun.column(pairs, slack, "neurons");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            lines.add(a.get(i) + "," + b.get(i) + " " + neurons.get(i));
        }
        return lines;
    }

    private long largest(double slack) {
        return counts(slack).mapToLong(n -> n).max().orElseThrow();
    }

    private long smallest(double slack) {
        return counts(slack).mapToLong(n -> n).min().orElseThrow();
    }

    private Stream<Long> counts(double slack) {
        return TestRun.column(whole.table("conflict_pairs"), slack, "neurons").stream().map(n -> (Long) n);
    }

    @Test
    void recallNeverRisesWithSlackForAnyClassAndSplit() {
        for (String id : List.of("train_recall", "test_recall")) {
            assertThat(whole.curve(id).series()).hasSize(11);
            for (Curve.Series series : whole.curve(id).series()) {
                for (int i = 1; i < series.size(); i++) {
                    assertThat(series.y()[i]).as(id + " " + series.name()).isLessThanOrEqualTo(series.y()[i - 1]);
                }
            }
        }
    }

    @Test
    void testFollowersOfOtherClassesOverAllClassesAtSlackZero() {
        assertThat(TestRun.cell(whole.table("recall"), 0, "all", "test_foreign")).isEqualTo(29_146L);
    }

    @Test
    void layersTwoToFour() throws Exception {
        TestRun run = mine(model4, MnistRuns.parameters("0.01", "2,3,4", LabelSource.PROVIDED, "0.01"));

        assertRecall(run, 0.01, Double.NaN, 0.8489);
        assertThat(run.scalar("neurons")).isEqualTo(768);
        assertThat(run.heatmap("states").rows().getFirst()).isEqualTo("2:0");
    }

    @Test
    void singleLayers() throws Exception {
        double[] expected = {0.8788, 0.8626, 0.9615, 0.9595};
        for (int layer = 1; layer <= expected.length; layer++) {
            TestRun run = mine(
                    model4, MnistRuns.parameters("0.01", String.valueOf(layer), LabelSource.PROVIDED, "0.01"));
            assertRecall(run, 0.01, Double.NaN, expected[layer - 1]);
        }
    }

    @Test
    void onlySamplesThatTheNetworkGetsRight() throws Exception {
        TestRun run = mine(
                model4,
                MnistRuns.parameters("0.01", "all", LabelSource.PROVIDED_AND_CORRECT, "0", "0.005", "0.01", "0.05"));

        assertRecall(run, 0, Double.NaN, 0.9783);
        assertRecall(run, 0.005, Double.NaN, 0.8691);
        assertRecall(run, 0.01, Double.NaN, 0.7675);
        assertRecall(run, 0.05, Double.NaN, 0.2895);
        Table recall = run.table("recall");
        assertThat(TestRun.cell(recall, 0, "all", "test_foreign")).isEqualTo(350L);
        assertThat(perClass(recall, 0, "active")).containsExactly(2L, 4L, 2L, 3L, 1L, 4L, 3L, 1L, 3L, 2L);
        assertThat(perClass(recall, 0, "inactive"))
                .containsExactly(552L, 552L, 447L, 516L, 518L, 497L, 533L, 502L, 482L, 506L);
        assertThat((Long) TestRun.cell(recall, 0, "all", "test_size")).isEqualTo(10_000);
    }

    @Test
    void twoLayers() throws Exception {
        TestRun run = mine(model2, MnistRuns.parameters("0.01", "all", LabelSource.PROVIDED, "0", "0.05", "0.1"));

        assertThat(run.scalar("train_accuracy") * 60_000).isCloseTo(59_713, within(1.0));
        assertThat(run.scalar("test_accuracy") * 10_000).isCloseTo(9_808, within(1.0));
        assertRecall(run, 0, Double.NaN, 0.9935);
        assertRecall(run, 0.01, Double.NaN, 0.8098);
        assertRecall(run, 0.05, Double.NaN, 0.5393);
        assertRecall(run, 0.1, Double.NaN, 0.3545);
        Table recall = run.table("recall");
        assertThat(perClass(recall, 0.01, "active")).containsExactly(6L, 3L, 3L, 3L, 4L, 3L, 4L, 5L, 8L, 4L);
        assertThat(perClass(recall, 0.01, "inactive"))
                .containsExactly(457L, 426L, 426L, 420L, 433L, 415L, 441L, 418L, 414L, 423L);
    }

    private static List<Object> perClass(Table recall, double slack, String column) {
        return TestRun.column(recall, slack, column).subList(0, 10);
    }

    /** Golden values G2: the authors' own audit on the first 1,024 training images. */
    @Test
    void authorsAudit() throws Exception {
        assertAudit(
                model2,
                LabelSource.PROVIDED,
                List.of(496, 466, 472, 480, 485, 469, 487, 466, 486, 483));
        assertAudit(
                model2,
                LabelSource.PREDICTED,
                List.of(495, 466, 473, 478, 482, 470, 486, 465, 486, 484));
        assertAudit(
                model4,
                LabelSource.PREDICTED,
                List.of(862, 823, 805, 861, 833, 824, 819, 848, 868, 838));
        TestRun run = assertAudit(
                model4, LabelSource.PROVIDED, List.of(863, 823, 808, 849, 834, 819, 821, 845, 868, 838));
        assertThat(perClass(run.table("recall"), 0.05, "active"))
                .containsExactly(33L, 19L, 18L, 19L, 27L, 29L, 24L, 23L, 19L, 14L);
        assertThat(perClass(run.table("recall"), 0.05, "support"))
                .containsExactly(100L, 120L, 101L, 95L, 108L, 92L, 95L, 122L, 90L, 101L);
    }

    private TestRun assertAudit(Model model, LabelSource source, List<Integer> constrained) throws Exception {
        Path artifacts = Files.createTempDirectory(folder, "audit");
        try (Dataset first = MnistRuns.train(1024);
                TestRun run = new TestRun(artifacts)) {
            Inputs inputs = MnistRuns.inputs(model, first, null);
            new NapMining().run(inputs, MnistRuns.parameters("0.05", "all", source), run);
            List<Object> active = perClass(run.table("recall"), 0.05, "active");
            List<Object> inactive = perClass(run.table("recall"), 0.05, "inactive");
            List<Integer> sums = new ArrayList<>();
            for (int c = 0; c < 10; c++) {
                sums.add((int) ((Long) active.get(c) + (Long) inactive.get(c)));
            }
            assertThat(sums).as(source + " on " + model.name()).isEqualTo(constrained);
            return run;
        }
    }
}
