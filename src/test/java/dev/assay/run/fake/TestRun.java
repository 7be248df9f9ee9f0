package dev.assay.run.fake;

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
public class TestRun implements RunContext, AutoCloseable {

    private final Path artifacts;
    private final int threads;
    private final Kernels kernels;
    private final ResultBoard board = new ResultBoard();
    private final List<Result> emitted = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<String> phases = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final AtomicLong items = new AtomicLong();
    private volatile long cancelAfter = Long.MAX_VALUE;
    private volatile long seed;

    public TestRun(Path artifacts) {
        this(artifacts, 2);
    }

    public TestRun(Path artifacts, int threads) {
        this.artifacts = artifacts;
        this.threads = threads;
        this.kernels = Kernels.cpu(threads);
    }

    public TestRun seed(long value) {
        seed = value;
        return this;
    }

    /** Cancels once that many items are done. */
    public TestRun cancelAfter(long count) {
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
    public void arrange(List<String> ids) {
        board.arrange(ids);
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
    public List<Result> emitted() {
        return emitted;
    }

    public List<String> warnings() {
        return warnings;
    }

    public List<String> logged() {
        return logged;
    }

    public List<String> phases() {
        return phases;
    }

    public List<Result> results() {
        return board.results();
    }

    public <R extends Result> Optional<R> find(Class<R> kind, String id) {
        return results().stream()
                .filter(r -> r.getClass() == kind && r.id().equals(id))
                .map(kind::cast)
                .findFirst();
    }

    public <R extends Result> R get(Class<R> kind, String id) {
        return find(kind, id)
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + id + " among "
                        + results().stream().map(Result::id).toList()));
    }

    public double scalar(String id) {
        return get(Scalar.class, id).value();
    }

    public Table table(String id) {
        return get(Table.class, id);
    }

    public Heatmap heatmap(String id) {
        return get(Heatmap.class, id);
    }

    public Curve curve(String id) {
        return get(Curve.class, id);
    }

    public ImageGrid images(String id) {
        return get(ImageGrid.class, id);
    }

    /** The first row of a table whose first cells are these. */
    public static int row(Table table, Object... first) {
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
    public static double number(Table table, int row, String column) {
        return table.number(row, table.columnIndex(column));
    }

    /** The values of a column in the rows of a slack, in order. */
    public static List<Object> column(Table table, double slack, String name) {
        List<Object> values = new ArrayList<>();
        for (int r = 0; r < table.rowCount(); r++) {
            if (table.number(r, table.columnIndex("slack")) == slack) {
                values.add(table.value(r, table.columnIndex(name)));
            }
        }
        return values;
    }

    /** The cell of the row of a slack and class. */
    public static Object cell(Table table, double slack, String ofClass, String name) {
        for (int r = 0; r < table.rowCount(); r++) {
            if (table.number(r, table.columnIndex("slack")) == slack
                    && table.value(r, table.columnIndex("class")).equals(ofClass)) {
                return table.value(r, table.columnIndex(name));
            }
        }
        throw new AssertionError("no row of slack " + slack + " and class " + ofClass);
    }

    @Override
    public void close() {
        kernels.close();
    }
}
