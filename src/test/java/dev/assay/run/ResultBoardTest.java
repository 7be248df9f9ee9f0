package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResultBoardTest {

    private final ResultBoard board = new ResultBoard();

    private static Scalar scalar(String id, double value) {
        return new Scalar(id, id, value, "", "");
    }

    @Test
    void aResultReplacesTheOneOfItsKindAndIdInItsPlace() {
        board.emit(scalar("a", 1));
        board.emit(scalar("b", 2));
        board.emit(scalar("a", 3));
        assertThat(board.results()).containsExactly(scalar("a", 3), scalar("b", 2));
    }

    @Test
    void arrangedResultsStandInTheirOrderWheneverTheyComeAndOthersBehind() {
        board.arrange(List.of("first", "second", "absent", "third"));
        board.emit(scalar("other", 0));
        board.emit(scalar("third", 3));
        board.emit(scalar("second", 2));
        assertThat(board.results()).extracting(Result::id).containsExactly("second", "third", "other");
        board.emit(scalar("first", 1));
        board.emit(scalar("last", 4));
        assertThat(board.results()).extracting(Result::id)
                .containsExactly("first", "second", "third", "other", "last");
    }

    @Test
    void aScalarAndACurveMayShareAnId() {
        board.emit(scalar("train_recall", 0.5));
        board.curve("train_recall", "Recall", Axis.of("x", ""), Axis.of("y", "")).add("all", 1, 2);
        assertThat(board.results()).hasSize(2);
    }

    @Test
    void theSameListIsGivenWhileNothingChanges() {
        board.emit(scalar("a", 1));
        List<Result> first = board.results();
        assertThat(board.results()).isSameAs(first);
        board.emit(scalar("a", 2));
        assertThat(board.results()).isNotSameAs(first);
    }

    @Test
    void aSnapshotDoesNotGrow() {
        ResultSink.Rows rows = board.table("t", "T", List.of(Column.integer("n", "N")));
        rows.add(1L);
        Table before = (Table) board.results().getFirst();
        rows.add(2L);
        assertThat(before.rowCount()).isEqualTo(1);
        assertThat(((Table) board.results().getFirst()).rowCount()).isEqualTo(2);
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        ResultSink.Rows rows = board.table("t", "T", List.of(Column.integer("n", "N")));
        ResultSink.Points points = board.curve("c", "C", Axis.of("x", ""), Axis.of("y", ""));
        board.seal();
        long version = board.version();
        rows.add(1L);
        points.add("s", 1, 1);
        board.emit(scalar("late", 1));
        assertThat(board.version()).isEqualTo(version);
        assertThat(board.results()).hasSize(2);
        assertThat(((Table) board.results().getFirst()).rowCount()).isZero();
    }

    @Test
    void aLargeCurveIsCopiedBesideAndItsVersionGrowsWhenTheCopyIsReady() {
        ResultSink.Points points = board.curve("c", "C", Axis.of("x", ""), Axis.of("y", ""));
        for (int i = 0; i <= ResultBoard.MOST_POINTS_AT_ONCE; i++) {
            points.add("s", i, i);
        }
        List<Result> first = board.results();
        points.add("s", -1, -1);
        assertThat(board.results()).as("no viewer waits").isSameAs(first);
        long seen = board.version();
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (board.version() == seen && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(board.version()).isGreaterThan(seen);
        assertThat(((Curve) board.results().getFirst()).series().getFirst().size())
                .isEqualTo((int) ResultBoard.MOST_POINTS_AT_ONCE + 2);
    }

    @Test
    void theFinalResultsAreWholeHoweverLarge() {
        ResultSink.Points points = board.curve("c", "C", Axis.of("x", ""), Axis.of("y", ""));
        for (int i = 0; i <= ResultBoard.MOST_POINTS_AT_ONCE; i++) {
            points.add("s", i, i);
        }
        board.results();
        points.add("s", -1, -1);
        board.seal();
        assertThat(((Curve) board.results().getFirst()).series().getFirst().size())
                .isEqualTo((int) ResultBoard.MOST_POINTS_AT_ONCE + 2);
    }

    @Test
    void aMillionPointsAndRowsFromManyThreadsAllArriveWhileAViewerLooks() throws InterruptedException {
        int threads = 4;
        int each = 250_000;
        ResultSink.Points points = board.curve("c", "C", Axis.of("x", ""), Axis.of("y", ""));
        ResultSink.Rows rows = board.table("t", "T", List.of(Column.integer("n", "N")));
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong torn = new AtomicLong();
        Thread viewer = Thread.ofPlatform().start(() -> {
            long last = 0;
            while (!done.get()) {
                for (Result result : board.results()) {
                    if (result instanceof Curve curve && !curve.series().isEmpty()) {
                        Curve.Series series = curve.series().getFirst();
                        for (int i = Math.max(0, series.size() - 100); i < series.size(); i++) {
                            if (series.y()[i] != series.x()[i] + 1) {
                                torn.incrementAndGet();
                            }
                        }
                        if (series.size() < last) {
                            torn.incrementAndGet();
                        }
                        last = series.size();
                    }
                }
            }
        });
        CountDownLatch emitted = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    points.add("s", i, i + 1.0);
                    rows.add((long) i);
                }
                emitted.countDown();
            });
        }
        emitted.await();
        done.set(true);
        viewer.join();
        board.seal();
        assertThat(torn).hasValue(0);
        Curve curve = (Curve) board.results().getFirst();
        assertThat(curve.series().getFirst().size()).isEqualTo(threads * each);
        assertThat(((Table) board.results().get(1)).rowCount()).isEqualTo(threads * each);
    }
}
