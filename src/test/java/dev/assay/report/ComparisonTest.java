package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Path NOWHERE = Path.of("nowhere");

    private static Comparison of(double... values) {
        List<ReportRun> runs = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            runs.add(ReportRun.of(Runs.run("run-" + i, values[i], NOWHERE)));
        }
        return Comparison.of(runs);
    }

    private static Comparison of(Result... one) {
        return Comparison.of(Arrays.stream(one)
                .map(r -> ReportRun.of(Runs.record("r", 1, NOWHERE, RunState.DONE, List.of(r))))
                .toList());
    }

    private static Table table(List<Compared> found) {
        assertThat(found).isNotEmpty();
        return (Table) found.getFirst().result();
    }

    @Test
    void labelsAreWhatDiffers() {
        assertThat(of(0.25, 0.75).labels()).containsExactly("slack 0.25", "slack 0.75");
        assertThat(of(0.25, 0.25, 0.75).labels()).containsExactly("slack 0.25 #1", "slack 0.25 #2", "slack 0.75");
        assertThat(of(0.5, 0.5).labels()).containsExactly("probe #1", "probe #2");
    }

    @Test
    void whatOtherAnalysesLackIsNotSaidOfThoseThatHaveIt() {
        RunView first = Runs.run("a", 0.25, NOWHERE);
        RunView again = Runs.run("b", 0.25, NOWHERE);
        RunView larger = Runs.run("c", 0.5, NOWHERE);
        ReportRun other = new ReportRun("training", Runs.record("d", 1, NOWHERE, RunState.DONE, List.of()), "");
        List<ReportRun> runs = List.of(new ReportRun("probe", first, ""), other, new ReportRun("probe", again, ""));

        assertThat(RunLabels.of(runs)).containsExactly("probe #1", "training", "probe #2");
        assertThat(RunLabels.words(runs)).containsExactly("probe", "training", "probe");
        assertThat(RunLabels.of(List.of(new ReportRun("probe", first, ""), other, new ReportRun("probe", larger, ""))))
                .containsExactly("probe, slack 0.25", "training", "probe, slack 0.5");
    }

    @Test
    void onlyWhatDiffersIsInTheDifferences() {
        Table differences = of(0.25, 0.75, 0.75).differences();
        assertThat(differences.rowCount()).isEqualTo(1);
        assertThat(differences.value(0, 0)).isEqualTo("parameter slack");
        assertThat(differences.value(0, 1)).isEqualTo("0.25");
        assertThat(differences.value(0, 3)).isEqualTo("0.75");
        assertThat(of(0.5, 0.5).differences().rowCount()).isZero();
    }

    @Test
    void figuresHaveTheirDistanceFromTheFirstRun() {
        List<Compared> figures = of(0.75, 0.25).of(ResultName.FIGURES);
        Table shares = (Table) figures.get(0).result();
        assertThat(shares.number(0, shares.columnIndex("change_2"))).isEqualTo(-0.5, within(1e-12));
        assertThat(shares.columns().get(shares.columnIndex("change_2")).unit()).isEqualTo("share");
        Table others = (Table) figures.get(1).result();
        assertThat(others.number(0, others.columnIndex("value_1"))).isEqualTo(75);
        assertThat(others.number(0, others.columnIndex("change_2"))).isEqualTo(-50, within(1e-9));
    }

    @Test
    void tablesAreJoinedByTheirLeadingColumnsAndSayOnceWhatIsTheSame() {
        Table joined = table(of(0.6, 0.9).of("table/layers"));
        assertThat(joined.columns()).extracting("name")
                .containsExactly("layer", "units", "dead_1", "dead_2", "dead_2_change", "last");
        assertThat(joined.number(1, joined.columnIndex("dead_2_change"))).isEqualTo(0.1, within(1e-12));
    }

    @Test
    void aRowThatOneRunLacksIsAbsentThere() {
        Table joined = table(of(Runs.table(1, 2), Runs.table(0.5, 3)).of("table/layers"));
        assertThat(joined.rowCount()).isEqualTo(3);
        assertThat(joined.value(2, joined.columnIndex("dead_1"))).isNull();
        assertThat(joined.value(2, joined.columnIndex("dead_2_change"))).isNull();
        assertThat(joined.value(2, joined.columnIndex("dead_2"))).isNotNull();
    }

    @Test
    void runsThatDifferWhereTheFirstHasNoRowAreNotShownAsOne() {
        List<Column> columns = List.of(Column.text("layer", "Layer"), Column.integer("units", "Units"));
        Table first = new Table.Builder("t", "T", columns).add("a", 1L).snapshot();
        Table second = new Table.Builder("t", "T", columns).add("a", 1L).add("b", 2L).snapshot();
        Table third = new Table.Builder("t", "T", columns).add("a", 1L).add("b", 3L).snapshot();

        Table joined = table(of(first, second, third).of("table/t"));
        assertThat(joined.value(1, joined.columnIndex("units_2"))).isEqualTo(2L);
        assertThat(joined.value(1, joined.columnIndex("units_3"))).isEqualTo(3L);
    }

    @Test
    void linesWithOtherBandsAreNotTheSame() {
        double[] x = {0, 1};
        Curve narrow = new Curve("c", "C", Axis.of("x", ""), Axis.of("y", ""),
                List.of(new Curve.Series("s", x, x, new double[] {0, 0}, new double[] {1, 1})), null);
        Curve wide = new Curve("c", "C", Axis.of("x", ""), Axis.of("y", ""),
                List.of(new Curve.Series("s", x, x, new double[] {-1, -1}, new double[] {2, 2})), null);

        assertThat(of(narrow, narrow).of("curve/c")).singleElement().matches(Compared::same);
        assertThat(of(narrow, wide).of("curve/c")).singleElement().matches(c -> !c.same());
    }

    @Test
    void labelsDifferWhateverRunsAreCalledAndStayShort() {
        RunView run = Runs.run("a", 0.25, NOWHERE);
        assertThat(RunLabels.of(List.of(
                new ReportRun("a", run, ""), new ReportRun("a", run, ""), new ReportRun("a #1", run, ""))))
                .doesNotHaveDuplicates();
        List<ReportRun> runs = List.of(
                new ReportRun("a", withIndices("0,1,2,3,4,5,6,7,8,9".repeat(20)), ""),
                new ReportRun("a", withIndices("9,8,7".repeat(40)), ""));
        assertThat(RunLabels.of(runs)).allMatch(l -> l.length() < 60);
    }

    private static RunView withIndices(String value) {
        RunRecord like = Runs.run("r", 1, NOWHERE);
        RunRequest request =
                new RunRequest("probe", like.request().inputs(), Map.of("indices", value), 7, "cpu", 2);
        return new RunRecord(
                "r", "probe", request, like.state(), like.progress(), like.results(), like.log(), like.failure(),
                like.device(), like.created(), like.started(), like.elapsed(), NOWHERE, like.provenance());
    }

    @Test
    void placesSayWhoClimbed() {
        List<Compared> ranking = of(0.75, 0.25).of("ranking/best");
        Table places = table(ranking);
        assertThat(ranking).hasSize(3);
        assertThat(places.value(0, 0)).isEqualTo("first");
        assertThat(places.value(0, places.columnIndex("climbed_2"))).isEqualTo(-1L);
        assertThat(places.value(2, 0)).isEqualTo("third");
        assertThat(places.value(2, places.columnIndex("climbed_2"))).isEqualTo(2L);
        assertThat(places.value(3, 0)).isEqualTo("new");
        assertThat(places.value(3, places.columnIndex("place_1"))).isNull();
    }

    @Test
    void curvesScattersAndHistogramsAreLaidOverEachOther() {
        Comparison three = of(0.25, 0.5, 0.75);
        assertThat(((Curve) three.of("curve/growth").getFirst().result()).series())
                .extracting(Curve.Series::name)
                .containsExactly("slack 0.25", "slack 0.5", "slack 0.75");
        assertThat(((Scatter) three.of("scatter/cloud").getFirst().result()).series()).hasSize(3);
        assertThat(((Distribution) three.of("distribution/spread").getFirst().result()).series()).hasSize(3);
    }

    @Test
    void matricesHaveTheirDistanceFromTheFirst() {
        List<Compared> maps = of(0.25, 0.75).of("heatmap/confusion");
        Heatmap difference = (Heatmap) maps.get(1).result();
        assertThat(difference.values()).isDeepEqualTo(new double[][] {{0.5, 0}, {0, 0}});
        assertThat(difference.palette()).isEqualTo(Heatmap.Palette.DIVERGING);
    }

    @Test
    void whatCannotBeJoinedStandsSideBySide() {
        Curve a = new Curve(
                "c", "C", Axis.of("x", ""), Axis.of("y", "s"),
                List.of(Curve.Series.of("all", new double[] {1}, new double[] {1})), null);
        Curve b = new Curve("c", "C", Axis.of("x", ""), Axis.of("y", "MB"), a.series(), null);
        assertThat(of(a, b).of("curve/c")).extracting(Compared::result).containsExactly(a, b);
        Runs.Odd odd = new Runs.Odd("odd", "Odd", "one");
        assertThat(of(odd, new Runs.Odd("odd", "Odd", "two")).of("odd/odd")).hasSize(2);
        assertThat(of(0.25, 0.75).of("graphpicture/net")).hasSize(2);
    }

    @Test
    void whatIsTheSameIsShownOnce() {
        List<Compared> curve = of(0.5, 0.5).of("curve/growth");
        assertThat(curve).hasSize(1);
        assertThat(curve.getFirst().same()).isTrue();
    }

    @Test
    void manyLinesOfManyRunsComeOneChartForEachSeries() {
        List<Result> curves = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            List<Curve.Series> series = new ArrayList<>();
            for (int s = 0; s < 3; s++) {
                series.add(Curve.Series.of("class " + s, new double[] {1, 2}, new double[] {run, s}));
            }
            curves.add(new Curve("c", "C", Axis.of("x", ""), Axis.of("y", ""), series, null));
        }
        List<Compared> charts = of(curves.toArray(Result[]::new)).of("curve/c");
        assertThat(charts).hasSize(3);
        assertThat(charts).allSatisfy(c -> assertThat(((Curve) c.result()).series()).hasSize(5));
    }

    @Test
    void thereIsNoLimitToTheNumberOfRuns() {
        double[] values = new double[40];
        Arrays.setAll(values, i -> i / 40.0);
        Comparison forty = of(values);
        assertThat(((Curve) forty.of("curve/growth").getFirst().result()).series()).hasSize(40);
        assertThat(table(forty.of(ResultName.FIGURES)).columns()).hasSize(1 + 40 + 39);
    }

    @Test
    void aRunThatCannotBeReadDoesNotKeepTheOthersFromBeingCompared() {
        Comparison comparison = Comparison.of(List.of(
                ReportRun.of(Runs.run("a", 0.25, NOWHERE)), new ReportRun("broken", null, "it ends too early"),
                ReportRun.of(Runs.run("b", 0.75, NOWHERE))));
        assertThat(comparison.problems()).containsExactly("broken: it ends too early");
        assertThat(comparison.differences().rowCount()).isEqualTo(1);
        assertThat(comparison.all()).isNotEmpty();
    }
}
