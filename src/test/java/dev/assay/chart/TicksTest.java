package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Heatmap;
import dev.assay.text.Numbers;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.ui.RectangleEdge;
import org.junit.jupiter.api.Test;

class TicksTest {

    private static List<String> labels(Ticks ticks, Span span, double pixels, boolean horizontal) {
        return ticks.marks(span, pixels, horizontal).stream()
                .map(m -> m.label().replace(Numbers.THIN_SPACE, "_"))
                .filter(l -> !l.isEmpty())
                .toList();
    }

    private static List<String> linear(String unit, double low, double high, double pixels) {
        return labels(Ticks.numbers(Scaling.linear(), unit), new Span(low, high), pixels, false);
    }

    private static Scaling log(double... values) {
        return Scaling.of(true, new Scaling.Extent().add(values));
    }

    @Test
    void numbersAreRoundAndAlikeInDecimals() {
        assertThat(linear("", 0, 1.04, 200)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(linear("", -3, 4, 150)).containsExactly("\u22122", "0", "2", "4");
    }

    @Test
    void thousandsAreApart() {
        assertThat(linear("", 0, 60_000, 200)).containsExactly("0", "20_000", "40_000", "60_000");
    }

    @Test
    void sharesAreInPercent() {
        assertThat(linear("share", 0, 1, 150)).containsExactly("0_%", "50_%", "100_%");
        assertThat(linear("share", 0.001, 0.004, 150)).containsExactly("0.1_%", "0.2_%", "0.3_%", "0.4_%");
    }

    @Test
    void numbersThatDifferInTheirLastDigitsAreWrittenInFull() {
        assertThat(linear("", 1.7e9, 1.7e9 + 200, 150))
                .containsExactly("1_700_000_000", "1_700_000_050", "1_700_000_100", "1_700_000_150", "1_700_000_200");
        assertThat(linear("share", 0.5, 0.5 + 2e-7, 150)).startsWith("50.000000_%", "50.000005_%");
    }

    @Test
    void longNumbersSideBySideDoNotTouch() {
        Font font = ChartFonts.forTexts(List.of("0")).regular(ChartFonts.CAPTION);
        Span span = new Span(1.7e9, 1.7e9 + 200);
        List<Ticks.Mark> marks = Ticks.numbers(Scaling.linear(), "").marks(span, 330, true);

        assertThat(marks).hasSizeGreaterThan(1);
        double apart = (marks.get(1).at() - marks.get(0).at()) / span.length() * 330;
        assertThat(ChartFonts.width(font, marks.get(0).label())).isLessThan(apart - 6);
    }

    @Test
    void largeNumbersHaveAPowerOfTen() {
        assertThat(linear("", 0, 4e9, 150)).containsExactly("0", "1×10⁹", "2×10⁹", "3×10⁹", "4×10⁹");
    }

    @Test
    void countsAreWhole() {
        assertThat(labels(Ticks.counts(Scaling.linear()), new Span(0, 2.1), 400, false)).containsExactly("0", "1", "2");
    }

    @Test
    void logarithmicAxisShowsPowersOfTenAndZero() {
        Scaling scaling = log(0, 0.001, 0.5);
        Span span = new Span(scaling.zeroAt() - 0.05, Math.log10(0.5) + 0.05);

        assertThat(labels(Ticks.numbers(scaling, ""), span, 500, true)).containsExactly("0", "10⁻³", "10⁻²", "10⁻¹");
    }

    @Test
    void whereThereIsRoomBetweenTheDecadesAllNumbersAreWrittenOut() {
        Scaling scaling = log(0.001, 0.2);

        assertThat(labels(Ticks.numbers(scaling, ""), new Span(-3, Math.log10(0.2)), 800, true))
                .containsExactly("0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2");
    }

    @Test
    void manyDecadesAreNotAllNamed() {
        Scaling scaling = log(1e-30, 1e30);
        List<String> labels = labels(Ticks.numbers(scaling, ""), new Span(-30, 30), 400, true);

        assertThat(labels.size()).isBetween(4, 12);
        assertThat(labels).doesNotHaveDuplicates();
    }

    @Test
    void lessThanADecadeIsMarkedWithRoundNumbers() {
        Scaling scaling = log(2, 5);

        assertThat(labels(Ticks.numbers(scaling, ""), new Span(Math.log10(2), Math.log10(5)), 300, false))
                .contains("2.0", "3.0", "4.0", "5.0");
    }

    @Property(tries = 500)
    void marksAreSeenAscendingFewAndNamedApart(
            @ForAll @DoubleRange(min = -1e12, max = 1e12) double low,
            @ForAll @DoubleRange(min = 1e-6, max = 1e12) @Scale(8) double length,
            @ForAll @IntRange(min = 20, max = 2000) int pixels,
            @ForAll boolean horizontal) {
        Assume.that(length > Math.abs(low) * 1e-9);
        Span span = new Span(low, low + length);
        List<Ticks.Mark> marks = Ticks.numbers(Scaling.linear(), "").marks(span, pixels, horizontal);

        assertThat(marks).extracting(Ticks.Mark::at).isSorted();
        assertThat(marks).allMatch(m -> span.padded(0.001, 0.001).contains(m.at()));
        assertThat(marks.size()).isLessThanOrEqualTo(pixels / 15 + 2);
        assertThat(marks).extracting(Ticks.Mark::label).doesNotHaveDuplicates();
    }

    @Test
    void marksBetweenGroupsEndWhereTheirNamesDo() {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        List<String> rows = IntStream.range(0, 200).mapToObj(String::valueOf).toList();
        List<Heatmap.Group> groups =
                IntStream.range(0, 10).mapToObj(g -> new Heatmap.Group(String.valueOf(g), 20)).toList();
        TickedAxis axis = new TickedAxis(new BandTicks(rows, groups, font, 150), new Span(-0.5, 199.5));
        axis.setTickLabelFont(font);
        axis.setMinorTickMarkOutsideLength(28);
        Rectangle2D area = new Rectangle2D.Double(0, 0, 40, 200);
        List<?> ticks = axis.refreshTicks(null, new AxisState(), area, RectangleEdge.LEFT);
        assertThat(ticks).hasSize(19);
        // One digit is all there is between the axis and its title.
        assertThat((double) axis.getMinorTickMarkOutsideLength())
                .isPositive()
                .isLessThanOrEqualTo(ChartFonts.width(font, "0") + 0.01);
        axis.refreshTicks(null, new AxisState(), new Rectangle2D.Double(0, 0, 40, 50), RectangleEdge.LEFT);
        assertThat(axis.getMinorTickMarkOutsideLength()).as("no names, no marks").isZero();
    }
}
