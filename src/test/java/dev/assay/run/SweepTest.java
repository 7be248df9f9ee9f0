package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.run.fake.Await;
import dev.assay.run.fake.FakeParameters;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.workspace.Workspace;
import dev.assay.workspace.StoredRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {

    @TempDir
    Path folder;

    private Workspace workspace;
    private RunQueue queue;
    private final AtomicInteger runs = new AtomicInteger();
    private final Semaphore gate = new Semaphore(0);

    @BeforeEach
    void open() throws Exception {
        workspace = Workspace.open(folder.resolve("space"));
    }

    @AfterEach
    void close() {
        if (queue != null) {
            queue.close();
        }
        workspace.close();
    }

    private RunQueue queue(ScriptedAnalysis.Script script) {
        queue = new RunQueue(new Catalogue(List.of(ScriptedAnalysis.of("fake", script)), List.of()), workspace);
        return queue;
    }

    private static Sweep sweep(String parameter, List<String> values, Long... seeds) {
        return new Sweep(
                new RunRequest("fake", Map.of(), Map.of("rate", "2"), 0, "cpu", 1), parameter, values, List.of(seeds));
    }

    private static ParameterDescriptor descriptor(String name) {
        return ParameterSet.of(FakeParameters.class).descriptor(name).orElseThrow();
    }

    private void score(FakeParameters p, dev.assay.analysis.RunContext context) {
        runs.incrementAndGet();
        context.emit(new Scalar("score", "Score", p.slack().toDouble() * 10 + context.seed(), "", ""));
        context.emit(new Scalar("fixed", "Fixed", 3, "", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            slack  | 0, 0.01,0.05       | 0;0.01;0.05
            slack  | 0..0.1:0.05        | 0;0.05;0.1
            slack  | 0.1..0:-0.05, 1/6  | 0.1;0.05;0;1/6
            steps  | 1..3               | 1;2;3
            loud   | true,false         | true;false
            slacks | 0,1/6; 0.1         | 0,1/6;0.1
            """)
    void valuesAreReadAsListsAndRanges(String name, String text, String values) throws Exception {
        assertThat(String.join(";", SweepText.values(text, descriptor(name)))).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0,,1        | a value is empty
            0..1:-0.1   | do not lead to its end
            0..1:0      | do not lead to its end
            0..1:0.0001 | more than 1000 values
            """)
    void whatIsNoListIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> SweepText.values(text, descriptor("slack"))).hasMessageContaining(reason);
        assertThatThrownBy(() -> SweepText.seeds("1,x")).hasMessageContaining("'x' is no seed");
    }

    @Test
    void aSweepComesBackFromItsRequestAndFromItsCommand() throws Exception {
        Sweep sweep = sweep("slacks", List.of("0,1/6", "0.1"), 0L, 1L, 2L);
        assertThat(Sweep.of(sweep.request()).members()).isEqualTo(sweep.members());
        assertThat(RunCommand.line(sweep.request()))
                .isEqualTo(
                        "assay sweep fake -p rate=2 --over 'slacks=0,1/6;0.1' --seeds 0..2 --device cpu --threads 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            slack  | 0,0.1
            slacks | 0;0.1
            slacks | 0,1/6;0.1
            """)
    void valuesCanBeTypedAgainWhateverTheirParameter(String name, String text) throws Exception {
        List<String> values = SweepText.values(text, descriptor(name));

        assertThat(values).hasSize(2);
        assertThat(SweepText.values(SweepText.typed(values), descriptor(name))).isEqualTo(values);
    }

    @Test
    void everyMemberIsARunAndTheSweepSumsThemUp() throws Exception {
        Run run = queue((inputs, p, context) -> score(p, context))
                .submit(sweep("slack", List.of("0.1", "0", "0.2"), 1L, 3L).request());
        Await.end(queue, run);
        assertThat(run.failure()).isEmpty();
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.progress().done()).isEqualTo(6);
        assertThat(run.device()).isEqualTo("CPU, 1 thread");
        assertThat(run.provenance().orElseThrow().device()).isEqualTo("cpu");
        assertThat(queue.runs()).containsExactly(run);
        Curve curve = result(run, Curve.class, "score");
        assertThat(curve.x().label()).isEqualTo("Slack s");
        assertThat(curve.series().getFirst().x()).containsExactly(0, 0.1, 0.2);
        assertThat(curve.series().getFirst().y()).containsExactly(new double[] {2, 3, 4}, within(1e-12));
        assertThat(curve.series().getFirst().low()).containsExactly(new double[] {1, 2, 3}, within(1e-12));
        assertThat(curve.series().getFirst().high()).containsExactly(new double[] {3, 4, 5}, within(1e-12));
        assertThat(run.results()).noneMatch(r -> r instanceof Curve c && c.id().equals("fixed"));
        Table table = result(run, Table.class, "runs");
        assertThat(table.rowCount()).isEqualTo(6);
        Table summary = result(run, Table.class, "summary");
        assertThat(summary.number(0, summary.columnIndex("deviation"))).isEqualTo(Math.sqrt(2), within(1e-12));
        StoredRun member = workspace.run(run.id() + ".0002").orElseThrow();
        assertThat(member.state()).isEqualTo(RunState.DONE);
        assertThat(member.request().seed()).isEqualTo(3);
        assertThat(member.request().parameters()).containsEntry("slack", "0.1").containsEntry("rate", "2");
        assertThat(member.load().provenance()).isPresent();
        assertThat(workspace.run(run.id()).orElseThrow().load().results()).hasSameSizeAs(run.results());
    }

    @Test
    void valuesThatAreNoNumbersMakeARanking() {
        Run run = queue((inputs, p, context) -> context.emit(
                new Scalar("score", "Score", p.way() == FakeParameters.Way.ROUND_ABOUT ? 2 : 1, "", "")))
                .submit(sweep("way", List.of("straight-on", "round-about"), 0L).request());
        Await.end(queue, run);
        assertThat(result(run, Ranking.class, "score").entries())
                .extracting(Ranking.Entry::name)
                .containsExactly("round-about", "straight-on");
    }

    @Test
    void aMemberThatFailsDoesNotStopTheOthersAndIsTold() {
        Run run = queue((inputs, p, context) -> {
            if (p.slack().toDouble() == 0) {
                throw new AnalysisException("no slack", "slack", "give some");
            }
            score(p, context);
        }).submit(sweep("slack", List.of("0", "0.1", "0.2"), 0L).request());
        Await.end(queue, run);
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(result(run, Scalar.class, "runs_failed").value()).isEqualTo(1);
        assertThat(run.log()).anyMatch(l -> l.warning() && l.text().contains("slack 0: slack: no slack"));
    }

    @Test
    void aWrongValueIsToldBeforeAnythingRuns() {
        Run run = queue((inputs, p, context) -> score(p, context))
                .submit(sweep("slack", List.of("0", "0.7"), 0L).request());
        Await.end(queue, run);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.failure().orElseThrow().message()).contains("slack=0.7", "out of range");
        assertThat(runs).hasValue(0);
    }

    @Test
    void pauseHoldsTheWholeAndCancelStopsItWithWhatWasFound() throws Exception {
        Run run = queue((inputs, p, context) -> {
            score(p, context);
            while (!gate.tryAcquire()) {
                context.checkCancelled();
            }
        }).submit(sweep("slack", List.of("0", "0.1", "0.2"), 0L).request());
        gate.release();
        Await.state(queue, run, RunState.RUNNING);
        while (runs.get() < 2) {
            Thread.onSpinWait();
        }
        run.pause();
        Thread.sleep(50);
        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(runs).hasValue(2);
        assertThat(queue.runs()).extracting(Run::state).containsExactly(RunState.PAUSED, RunState.PAUSED);
        run.cancel();
        Await.end(queue, run);
        assertThat(run.state()).isEqualTo(RunState.CANCELLED);
        assertThat(result(run, Table.class, "runs").rowCount()).isEqualTo(2);
        assertThat(workspace.runs()).extracting(StoredRun::state)
                .containsExactlyInAnyOrder(RunState.CANCELLED, RunState.CANCELLED, RunState.DONE);
    }

    @Test
    void aStoppedSweepGoesOnWithWhatIsLeft() throws Exception {
        Run run = queue((inputs, p, context) -> {
            score(p, context);
            while (!gate.tryAcquire()) {
                context.checkCancelled();
            }
        }).submit(sweep("slack", List.of("0", "0.1", "0.2"), 0L).request());
        gate.release();
        while (runs.get() < 2) {
            Thread.onSpinWait();
        }
        run.cancel();
        Await.end(queue, run);
        gate.release(5);
        Run again = queue.goOn(workspace.run(run.id()).orElseThrow(), null);
        Await.end(queue, again);
        assertThat(again.id()).isEqualTo(run.id());
        assertThat(again.state()).isEqualTo(RunState.DONE);
        assertThat(runs).as("one done before, one stopped and done again, one left").hasValue(4);
        assertThat(result(again, Table.class, "runs").rowCount()).isEqualTo(3);
        assertThat(workspace.runs()).extracting(StoredRun::state).containsOnly(RunState.DONE).hasSize(4);
    }

    private static <R> R result(Run run, Class<R> kind, String id) {
        return run.results().stream()
                .filter(r -> kind.isInstance(r) && r.id().equals(id))
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}
