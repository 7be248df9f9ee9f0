package dev.assay.run;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Holds what a run has found. Emitting costs tens of nanoseconds and never waits for a viewer; a viewer pulls a snapshot
 * when the version has grown. Safe for any number of threads on both sides.
 */
public final class ResultBoard implements ResultSink {

    private final Map<Key, Supplier<? extends Result>> results = new LinkedHashMap<>();
    private final LongAdder version = new LongAdder();
    private volatile boolean sealed;
    private volatile Snapshot last = new Snapshot(0, List.of());

    private record Key(Class<? extends Result> kind, String id) {}

    private record Snapshot(long version, List<Result> results) {}

    @Override
    public void emit(Result result) {
        put(new Key(result.getClass(), result.id()), () -> result);
    }

    @Override
    public Rows table(String id, String title, List<Column> columns) {
        Table.Builder builder = new Table.Builder(id, title, columns);
        put(new Key(Table.class, id), builder::snapshot);
        return cells -> {
            if (!sealed) {
                builder.add(cells);
                version.increment();
            }
        };
    }

    @Override
    public Points curve(String id, String title, Axis x, Axis y) {
        Curve.Builder builder = new Curve.Builder(id, title, x, y);
        put(new Key(Curve.class, id), builder::snapshot);
        return (series, px, py) -> {
            if (!sealed) {
                builder.add(series, px, py);
                version.increment();
            }
        };
    }

    private void put(Key key, Supplier<? extends Result> source) {
        synchronized (results) {
            if (sealed) {
                return;
            }
            results.put(key, source);
        }
        version.increment();
    }

    /** Grows with every change. Read it before {@link #results()}, which is then at least as new. */
    public long version() {
        return version.sum();
    }

    /** The results as they stand, in the order in which they first appeared. The same list while nothing changes. */
    public List<Result> results() {
        long now = version();
        Snapshot known = last;
        if (known.version == now) {
            return known.results;
        }
        List<Supplier<? extends Result>> sources;
        synchronized (results) {
            sources = new ArrayList<>(results.values());
        }
        List<Result> list = new ArrayList<>(sources.size());
        sources.forEach(s -> list.add(s.get()));
        Snapshot fresh = new Snapshot(now, List.copyOf(list));
        last = fresh;
        return fresh.results;
    }

    /** Takes no more results: what a stray thread emits after the end of its run is dropped. */
    void seal() {
        synchronized (results) {
            sealed = true;
        }
    }
}
