package dev.assay.analyses.snr;

import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.compute.Kernels;
import dev.assay.run.ResultBoard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A run without a queue: collects what the analysis emits. */
final class TestRun implements RunContext, AutoCloseable {

    private final Path artifacts;
    private final int threads;
    private final Kernels kernels;
    private final ResultBoard board = new ResultBoard();
    private final List<Result> emitted = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<String> phases = new CopyOnWriteArrayList<>();
    private final AtomicLong items = new AtomicLong();
    private volatile long cancelAfter = Long.MAX_VALUE;
    private volatile long seed;

    TestRun(Path artifacts) {
        this(artifacts, 2);
    }

    TestRun(Path artifacts, int threads) {
        this.artifacts = artifacts;
        this.threads = threads;
        this.kernels = Kernels.cpu(threads);
    }

    TestRun seed(long value) {
        seed = value;
        return this;
    }

    /** Cancels once that many items are done. */
    TestRun cancelAfter(long count) {
        cancelAfter = count;
        return this;
    }

    @Override
    public Progress phase(String name, long total, String unit) {
        phases.add(name + " " + total + " " + unit);
        return items::addAndGet;
    }

    @Override
    public void checkCancelled() {
        if (items.get() >= cancelAfter) {
            throw new CancellationException("cancelled");
        }
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public <K> K kernel(Class<K> type) {
        return kernels.get(type);
    }

    @Override
    public void log(String message) {}

    @Override
    public void warn(String message) {
        warnings.add(message);
    }

    @Override
    public Path artifacts() {
        return artifacts;
    }

    @Override
    public void emit(Result result) {
        emitted.add(result);
        board.emit(result);
    }

    @Override
    public Rows table(String id, String title, List<Column> columns) {
        return board.table(id, title, columns);
    }

    @Override
    public Points curve(String id, String title, Axis x, Axis y) {
        return board.curve(id, title, x, y);
    }

    /** Everything that was emitted, in order. */
    List<Result> emitted() {
        return emitted;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> phases() {
        return phases;
    }

    List<Result> results() {
        return board.results();
    }

    <R extends Result> Optional<R> find(Class<R> kind, String id) {
        return results().stream()
                .filter(r -> r.getClass() == kind && r.id().equals(id))
                .map(kind::cast)
                .findFirst();
    }

    private <R extends Result> R get(Class<R> kind, String id) {
        return find(kind, id)
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + id + " among "
                        + results().stream().map(Result::id).toList()));
    }

    double scalar(String id) {
        return get(Scalar.class, id).value();
    }

    Table table(String id) {
        return get(Table.class, id);
    }

    Heatmap heatmap(String id) {
        return get(Heatmap.class, id);
    }

    Curve curve(String id) {
        return get(Curve.class, id);
    }

    ImageGrid images(String id) {
        return get(ImageGrid.class, id);
    }

    /** The first row of a table whose first cells are these. */
    static int row(Table table, Object... first) {
        for (int r = 0; r < table.rowCount(); r++) {
            boolean same = true;
            for (int c = 0; c < first.length; c++) {
                same &= first[c].equals(table.value(r, c));
            }
            if (same) {
                return r;
            }
        }
        throw new AssertionError("no row of " + List.of(first) + " in " + table.id());
    }

    /** The cell of a row by the name of its column. */
    static double number(Table table, int row, String column) {
        return table.number(row, table.columnIndex(column));
    }

    @Override
    public void close() {
        kernels.close();
    }
}
