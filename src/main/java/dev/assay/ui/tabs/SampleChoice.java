package dev.assay.ui.tabs;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import dev.assay.ui.view.RowFilter;
import dev.assay.ui.view.RowOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Samples by what is known of them. May be called from any thread. */
final class SampleChoice {

    private SampleChoice() {}

    /**
     * The samples that pass, in order.
     *
     * @param facts a row for each sample
     * @param column to order by; -1 for the order of the file
     */
    static int[] of(Table facts, RowFilter filter, int column, boolean descending, IntPredicate passes) {
        List<RowOrder.Key> keys = column < 0 ? List.of() : List.of(new RowOrder.Key(column, descending));
        return Arrays.stream(RowOrder.of(facts, filter, keys)).filter(passes).toArray();
    }

    /** What stands under a sample: what it is ordered by, else a wrong prediction; null for its class. */
    static IntFunction<String> caption(Table facts, int column, Predictions predictions) {
        if (column > SampleFacts.SAMPLE) {
            Column by = facts.columns().get(column);
            return i -> {
                Object value = facts.value(i, column);
                return value == null ? Numbers.ABSENT
                        : SampleFacts.isNumber(by) ? Numbers.value(((Number) value).doubleValue(), by.unit())
                                : Numbers.cell(value, by.unit());
            };
        }
        int said = predictions == null ? -1 : facts.columnIndex("predicted");
        return said < 0 ? null : i -> {
            Object own = facts.value(i, 1);
            Object predicted = facts.value(i, said);
            return own == null || own.equals(predicted) ? String.valueOf(predicted) : own + " \u2192 " + predicted;
        };
    }
}
