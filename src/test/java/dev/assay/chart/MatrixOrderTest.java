package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Heatmap;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixOrderTest {

    private static final double NAN = Double.NaN;

    private static Heatmap map(Heatmap.Group... groups) {
        return new Heatmap("m", "M", List.of("a", "b", "c", "d"), List.of("x", "y"),
                new double[][] {{1, 0}, {3, 5}, {NAN, 9}, {2, 7}}, "Row", "Column", null, null,
                Heatmap.Palette.SEQUENTIAL, List.of(groups));
    }

    @Test
    void givenOrderIsTheSameMatrix() {
        Heatmap map = map();

        assertThat(MatrixOrder.GIVEN.of(map)).isSameAs(map);
    }

    @Test
    void rowsByAColumnPutTheHighestFirstAndTheAbsentLast() {
        Heatmap ordered = MatrixOrder.GIVEN.withRows(MatrixOrder.By.line("x")).of(map());

        assertThat(ordered.rows()).containsExactly("b", "d", "a", "c");
        assertThat(ordered.values()[1]).containsExactly(2, 7);
    }

    @Test
    void zerosOfEitherSignAreEqualAndTheLeastValueComesBeforeAnAbsentOne() {
        Heatmap map = new Heatmap("m", "M", List.of("a", "b", "c", "d"), List.of("x"),
                new double[][] {{-0.0}, {0.0}, {NAN}, {Double.NEGATIVE_INFINITY}}, "Row", "Column", null, null,
                Heatmap.Palette.SEQUENTIAL, List.of());

        assertThat(MatrixOrder.GIVEN.withRows(MatrixOrder.By.line("x")).of(map).rows())
                .containsExactly("a", "b", "d", "c");
    }

    @Test
    void rowsStayWithinTheirGroup() {
        Heatmap ordered = MatrixOrder.GIVEN.withRows(MatrixOrder.By.MEAN)
                .of(map(new Heatmap.Group("g", 2), new Heatmap.Group("h", 2)));

        assertThat(ordered.rows()).containsExactly("b", "a", "c", "d");
    }

    @Test
    void columnsAreOrderedByMeanOrByARow() {
        assertThat(MatrixOrder.GIVEN.withColumns(MatrixOrder.By.MEAN).of(map()).columns()).containsExactly("y", "x");
        Heatmap byRow = MatrixOrder.GIVEN.withColumns(MatrixOrder.By.line("a")).of(map());
        assertThat(byRow.columns()).containsExactly("x", "y");
        assertThat(byRow.values()[1]).containsExactly(3, 5);
    }

    @Test
    void lineThatIsNoLongerThereLeavesTheOrder() {
        assertThat(MatrixOrder.GIVEN.withRows(MatrixOrder.By.line("gone")).of(map()).rows())
                .containsExactly("a", "b", "c", "d");
    }
}
