package dev.assay.ui.tabs;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps what an explorer emits during one update. Any thread. */
final class CollectingSink implements ResultSink {

    private final Map<String, Supplier<Result>> results = new LinkedHashMap<>();

    @Override
    public synchronized void emit(Result result) {
        results.put(result.id(), () -> result);
    }

    @Override
    public synchronized Rows table(String id, String title, List<Column> columns) {
        Table.Builder table = new Table.Builder(id, title, columns);
        results.put(id, table::snapshot);
        return table::add;
    }

    @Override
    public synchronized Points curve(String id, String title, Axis x, Axis y) {
        Curve.Builder curve = new Curve.Builder(id, title, x, y);
        results.put(id, curve::snapshot);
        return curve::add;
    }

    /** What was emitted, in order. */
    synchronized List<Result> results() {
        return results.values().stream().map(Supplier::get).toList();
    }
}
