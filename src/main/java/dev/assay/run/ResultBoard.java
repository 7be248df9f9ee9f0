package dev.assay.run;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Holds what a run has found. Emitting costs tens of nanoseconds and never waits for a viewer; a viewer pulls a snapshot
 * when the version has grown. Safe for any number of threads on both sides.
 */
public final class ResultBoard implements ResultSink {

    /** Curves of more points than this are copied beside, so that no viewer waits for it. */
    static final long MOST_POINTS_AT_ONCE = 200_000;

    /** After such a copy there is a rest of so many times the time it took. */
    private static final long REST = 5;

    private final Map<Key, Supplier<? extends Result>> results = new LinkedHashMap<>();
    private final LongAdder version = new LongAdder();
    private final LongAdder points = new LongAdder();
    private final LongAccumulator reported = new LongAccumulator(Math::max, 0);
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private List<String> arranged = List.of();
    private volatile boolean sealed;
    private volatile Snapshot last = new Snapshot(0, List.of(), 0, 0);

    private record Key(Class<? extends Result> kind, String id) {}

    /**
     * A copy of the results.
     *
     * @param points how many points of growing curves were copied
     * @param restUntil no sooner is the next one made, if there were many
     */
    private record Snapshot(long version, List<Result> results, long points, long restUntil) {}

    @Override
    public void arrange(List<String> ids) {
        List<String> fixed = List.copyOf(ids);
        synchronized (results) {
            arranged = fixed;
        }
        version.increment();
    }

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
                points.increment();
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

    /**
     * Grows with every change. Read it before {@link #results()}, which is then at least as new. While the results are so
     * large that copying them takes time, it grows when a copy is ready.
     */
    public long version() {
        Snapshot known = last;
        long now = version.sum();
        if (sealed || known.points <= MOST_POINTS_AT_ONCE) {
            reported.accumulate(now);
            return now;
        }
        if (now != known.version && System.nanoTime() >= known.restUntil && refreshing.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("assay-snapshot").start(this::refreshBeside);
        }
        return Math.max(known.version, reported.get());
    }

    /** The results as they stand, those that are arranged first, the others as they appeared. The same list while nothing changes. */
    public List<Result> results() {
        Snapshot known = last;
        long wanted = version();
        return known.version >= wanted || last.version >= wanted ? last.results : refresh().results;
    }

    private void refreshBeside() {
        try {
            refresh();
        } finally {
            refreshing.set(false);
        }
    }

    private Snapshot refresh() {
        long now = version.sum();
        long copied = points.sum();
        long begun = System.nanoTime();
        List<Supplier<? extends Result>> sources;
        List<String> order;
        synchronized (results) {
            sources = new ArrayList<>(results.values());
            order = arranged;
        }
        List<Result> list = new ArrayList<>(sources.size());
        sources.forEach(s -> list.add(s.get()));
        list.sort(Comparator.comparingInt(r -> place(order, r.id())));
        long done = System.nanoTime();
        Snapshot fresh = new Snapshot(now, List.copyOf(list), copied, done + REST * (done - begun));
        synchronized (results) {
            if (fresh.version >= last.version) {
                last = fresh;
            }
            return last;
        }
    }

    private static int place(List<String> order, String id) {
        int place = order.indexOf(id);
        return place < 0 ? order.size() : place;
    }

    /** Takes no more results: what a stray thread emits after the end of its run is dropped. */
    void seal() {
        synchronized (results) {
            sealed = true;
        }
        refresh();
    }
}
