package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SpanTest {

    @Test
    void emptyOrReversedRangeIsRefused() {
        assertThatThrownBy(() -> new Span(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Span(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void anAxisOfSharesDoesNotStepBelowZeroOrAboveOneHundredPercent() {
        Span stepped = new Span(0, 1).padded(0.02, 0.02).stepped();
        assertThat(stepped.lower()).isBetween(-0.03, 0.0);
        assertThat(stepped.upper()).isBetween(1.0, 1.03);
        Span growing = new Span(0, 0.34).padded(0.02, 0.04).stepped();
        assertThat(growing.lower()).isBetween(-0.02, 0.0);
        assertThat(growing.upper()).isBetween(0.4, 0.42);
    }

    @Property(tries = 300)
    void steppedRangeHoldsTheOriginalAndIsNotMuchLarger(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
            @ForAll @DoubleRange(min = 1e-3, max = 1e6) @Scale(6) double length) {
        Span span = new Span(a, a + length);
        Span stepped = span.stepped();

        double slack = 1e-9 * Math.max(Math.abs(span.lower()), Math.abs(span.upper()));
        assertThat(stepped.lower()).isLessThanOrEqualTo(span.lower() + slack);
        assertThat(stepped.upper()).isGreaterThanOrEqualTo(span.upper() - slack);
        assertThat(stepped.length()).isLessThanOrEqualTo(3 * span.length() + slack);
    }

    @Property(tries = 200)
    void zoomKeepsThePointThatItIsAround(
            @ForAll @DoubleRange(min = -100, max = 100) double lower,
            @ForAll @DoubleRange(min = 0.1, max = 10) double factor,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        Span span = new Span(lower, lower + 10);
        double around = lower + share * 10;
        Span zoomed = span.zoomed(factor, around);

        assertThat((around - zoomed.lower()) / zoomed.length()).isCloseTo(share, Offset.offset(1e-9));
        assertThat(zoomed.length()).isCloseTo(10 * factor, Offset.offset(1e-9));
    }

    @Test
    void zoomEndsWhereDoublePrecisionEnds() {
        Span span = new Span(1, 2);
        for (int i = 0; i < 200; i++) {
            span = span.zoomed(0.5, 1.5);
        }

        assertThat(span.length()).isGreaterThan(1e-13);
    }

    @Test
    void aPartOfAPartEndsWhereDoublePrecisionEnds() {
        Span span = new Span(1, 2);
        for (int i = 0; i < 50; i++) {
            span = span.part(0.4, 0.45);
        }

        assertThat(span.length()).isGreaterThan(1e-13);
        assertThat(new Span(0, 10).part(0.25, 0.5)).isEqualTo(new Span(2.5, 5));
    }
}
