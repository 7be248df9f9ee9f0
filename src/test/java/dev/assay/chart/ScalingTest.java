package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ScalingTest {

    private static Scaling log(double... values) {
        return Scaling.of(true, new Scaling.Extent().add(values));
    }

    @Test
    void zeroHasAPlaceLeftOfTheSmallestPositiveValue() {
        Scaling scaling = log(0, 0.001, 0.5);

        assertThat(scaling.isLog()).isTrue();
        assertThat(scaling.at(0)).isLessThan(scaling.at(0.001) - 0.29);
        assertThat(scaling.value(scaling.at(0))).isZero();
    }

    @Test
    void withoutAZeroThereIsNoPlaceForIt() {
        assertThat(log(0.001, 0.5).at(0)).isNaN();
    }

    @Test
    void negativeValuesMakeTheAxisLinear() {
        assertThat(log(-1, 10).isLog()).isFalse();
    }

    @Test
    void nothingPositiveMakesTheAxisLinear() {
        assertThat(log(0, 0).isLog()).isFalse();
        assertThat(log(Double.NaN).isLog()).isFalse();
    }

    @Property(tries = 200)
    void placesAscendWithValuesAndLeadBack(
            @ForAll @DoubleRange(min = 1e-9, max = 1e9) @Scale(12) double a,
            @ForAll @DoubleRange(min = 1e-9, max = 1e9) @Scale(12) double b) {
        Scaling scaling = log(0, a, b);

        assertThat(Double.compare(scaling.at(a), scaling.at(b))).isEqualTo(Double.compare(a, b));
        assertThat(scaling.value(scaling.at(a))).isCloseTo(a, Percentage.withPercentage(1e-9));
        assertThat(scaling.at(0)).isLessThan(Math.min(scaling.at(a), scaling.at(b)));
    }
}
