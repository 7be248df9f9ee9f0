package dev.assay.analyses.fidelity;

import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.compute.Kernels;
import dev.assay.run.ResultBoard;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A run without a queue: collects what the analysis emits. */
final class FakeRun implements RunContext, AutoCloseable {

    private final Path artifacts;
    private final int threads;
    private final long seed;
    private final Kernels kernels;
    private final ResultBoard board = new ResultBoard();
    private final List<Result> emitted = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final AtomicLong items = new AtomicLong();
    private volatile long cancelAfter = Long.MAX_VALUE;

    FakeRun(Path artifacts, int threads, long seed) {
        this.artifacts = artifacts;
        this.threads = threads;
        this.seed = seed;
        this.kernels = Kernels.cpu(threads);
    }

    /** Cancels once that many items are done. */
    FakeRun cancelAfter(long count) {
        cancelAfter = count;
        return this;
    }

    @Override
    public Progress phase(String name, long total, String unit) {
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
    public void log(String message) {
        logged.add(message);
    }

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

    List<Result> emitted() {
        return emitted;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> logged() {
        return logged;
    }

    <R extends Result> R get(Class<R> kind, String id) {
        return board.results().stream()
                .filter(r -> r.getClass() == kind && r.id().equals(id))
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + id + " among "
                        + board.results().stream().map(Result::id).toList()));
    }

    double scalar(String id) {
        return get(Scalar.class, id).value();
    }

    Table table(String id) {
        return get(Table.class, id);
    }

    /** The value in the row of an explainer. */
    Object of(String table, String explainer, String column) {
        Table t = table(table);
        for (int r = 0; r < t.rowCount(); r++) {
            if (explainer.equals(t.value(r, t.columnIndex("explainer")))) {
                return t.value(r, t.columnIndex(column));
            }
        }
        throw new AssertionError("no row of " + explainer);
    }

    double number(String table, String explainer, String column) {
        return ((Number) of(table, explainer, column)).doubleValue();
    }

    /** All cells of a table but those of some columns, as text. */
    String text(String table, String... without) {
        Table t = table(table);
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < t.rowCount(); r++) {
            for (int c = 0; c < t.columns().size(); c++) {
                if (!List.of(without).contains(t.columns().get(c).name())) {
                    text.append(t.value(r, c)).append(' ');
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        kernels.close();
    }
}
