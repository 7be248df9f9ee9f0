package dev.assay.analyses.fidelity;

import dev.assay.analysis.result.Table;
import dev.assay.run.fake.TestRun;
import java.nio.file.Path;
import java.util.List;

/** A run without a queue, and the tables by explainer that it leaves. */
final class FakeRun extends TestRun {

    FakeRun(Path artifacts, int threads, long seed) {
        super(artifacts, threads);
        seed(seed);
    }

    @Override
    public FakeRun cancelAfter(long count) {
        super.cancelAfter(count);
        return this;
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
}
