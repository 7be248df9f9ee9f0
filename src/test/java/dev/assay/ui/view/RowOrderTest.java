package dev.assay.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowOrderTest {

    private static Table table(String[] texts, Double[] numbers) {
        Table.Builder builder =
                new Table.Builder("t", "T", List.of(Column.text("text", "Text"), Column.real("number", "Number", "")));
        for (int i = 0; i < texts.length; i++) {
            builder.add(texts[i], numbers[i]);
        }
        return builder.snapshot();
    }

    @Test
    void numbersInsideTextsCompareAsNumbers() {
        Table table = table(new String[] {"2:10", "10:1", "2:9", "all"}, new Double[4]);
        assertThat(RowOrder.of(table, RowFilter.all(), List.of(new RowOrder.Key(0, false))))
                .containsExactly(2, 0, 1, 3);
    }

    @Test
    void absentValuesComeLastInEitherDirection() {
        Table table = table(new String[] {"a", "b", "c"}, new Double[] {2.0, null, 1.0});
        assertThat(RowOrder.of(table, RowFilter.all(), List.of(new RowOrder.Key(1, false)))).containsExactly(2, 0, 1);
        assertThat(RowOrder.of(table, RowFilter.all(), List.of(new RowOrder.Key(1, true)))).containsExactly(0, 2, 1);
    }

    @Test
    void wideLettersTakeTheRoomOfTwo() {
        assertThat(ColumnWidths.letters("ab\u56fe\u50cf\ud83d\ude42")).isEqualTo(7);
    }

    @Test
    void rowsThatNothingNamesHaveNoPlaceInAnotherRun() {
        Table now = table(new String[] {"a", "a", "a"}, new Double[] {3.0, 3.0, 1.0});
        Table ranked = RankChange.of(now, now, new RowOrder.Key(1, true));

        assertThat(ranked.value(2, ranked.columnIndex("rank"))).isEqualTo(3L);
        assertThat(ranked.value(2, ranked.columnIndex("rank_before"))).isNull();
        assertThat(ranked.value(2, ranked.columnIndex("rank_climbed"))).isNull();
    }

    @Test
    void tiesGoToTheNextKeyAndThenKeepTheirOrder() {
        Table table = table(new String[] {"b", "a", "b", "a"}, new Double[] {1.0, 1.0, 0.0, 1.0});
        assertThat(RowOrder.of(table, RowFilter.all(), List.of(new RowOrder.Key(1, true), new RowOrder.Key(0, false))))
                .containsExactly(1, 3, 0, 2);
    }

    @Property(tries = 100)
    void sortingIsAPermutationInOrder(@ForAll @Size(max = 40) List<Double> values) {
        Table table = table(new String[values.size()], values.toArray(Double[]::new));
        int[] order = RowOrder.of(table, RowFilter.all(), List.of(new RowOrder.Key(1, false)));
        assertThat(Arrays.stream(order).sorted().toArray())
                .containsExactly(IntStream.range(0, values.size()).toArray());
        for (int i = 1; i < order.length; i++) {
            assertThat(Double.compare(values.get(order[i - 1]), values.get(order[i]))).isLessThanOrEqualTo(0);
        }
    }

    @Property(tries = 200)
    void naturalOrderIsConsistent(@ForAll String a, @ForAll String b, @ForAll String c) {
        assertThat(Integer.signum(NaturalOrder.compare(a, b))).isEqualTo(-Integer.signum(NaturalOrder.compare(b, a)));
        if (NaturalOrder.compare(a, b) <= 0 && NaturalOrder.compare(b, c) <= 0) {
            assertThat(NaturalOrder.compare(a, c)).isLessThanOrEqualTo(0);
        }
    }
}
