package dev.assay.analysis.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final List<Column> COLUMNS = List.of(
            Column.integer("sample", "Sample").to(RefKind.sample("test")),
            Column.text("label", "Label"),
            Column.share("recall", "Recall"),
            Column.bool("follows", "Follows"));

    @Test
    void aSnapshotDoesNotSeeLaterRows() {
        Table.Builder builder = new Table.Builder("t", "T", COLUMNS);
        for (int i = 0; i < 1000; i++) {
            builder.add(i, "seven", i / 1000.0, i % 2 == 0);
        }
        Table before = builder.snapshot();
        builder.add(1000, "eight", 1.0, true);

        assertThat(before.rowCount()).isEqualTo(1000);
        assertThat(before.value(999, 0)).isEqualTo(999L);
        assertThat(before.value(999, 2)).isEqualTo(0.999);
        assertThat(builder.snapshot().value(1000, 1)).isEqualTo("eight");
        assertThatThrownBy(() -> before.value(1000, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void absentCellsAreNullAndHaveNoReference() {
        Table table = new Table.Builder("t", "T", COLUMNS).add(null, null, Double.NaN, null).snapshot();

        for (int c = 0; c < COLUMNS.size(); c++) {
            assertThat(table.value(0, c)).isNull();
        }
        assertThat(table.refs(0)).isEmpty();
    }

    @Test
    void aRowLeadsToItsSample() {
        Table table = new Table.Builder("t", "T", COLUMNS).add(7, "x", 0.5, true).snapshot();

        assertThat(table.refs(0)).containsExactly(RefKind.sample("test").at(7));
    }

    @Test
    void cellsOfTheWrongTypeOrNumberAreRefused() {
        Table.Builder builder = new Table.Builder("t", "T", COLUMNS);

        assertThatThrownBy(() -> builder.add(1, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(1.5, "x", 0.5, true)).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.snapshot().rowCount()).isZero();
    }
}
