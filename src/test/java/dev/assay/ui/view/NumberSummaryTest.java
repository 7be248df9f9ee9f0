package dev.assay.ui.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NumberSummaryTest {

    @Test
    void figuresOfAFewValues() {
        NumberSummary s = NumberSummary.of(new float[] {0, 1, 2, 5, 0});
        assertThat(s.min()).isZero();
        assertThat(s.max()).isEqualTo(5);
        assertThat(s.mean()).isCloseTo(1.6, within(1e-12));
        assertThat(s.std()).isCloseTo(Math.sqrt(3.44), within(1e-12));
        assertThat(s.zeroShare()).isEqualTo(0.4);
        assertThat(s.counts()[0]).isEqualTo(2);
        assertThat(s.counts()[63]).isEqualTo(1);
    }

    @Test
    void notANumberAndInfiniteAreCountedApart() {
        NumberSummary s = NumberSummary.of(new float[] {Float.NaN, Float.POSITIVE_INFINITY, 2, 4});
        assertThat(s.nanShare()).isEqualTo(0.25);
        assertThat(s.infinities()).isEqualTo(1);
        assertThat(s.mean()).isEqualTo(3);
        assertThat(Arrays.stream(s.counts()).sum()).isEqualTo(2);
    }

    @Test
    void valuesThatAreAllNotNumbersHaveNoHistogram() {
        NumberSummary s = NumberSummary.of(new float[] {Float.NaN, Float.NaN});
        assertThat(s.histogram("h", "H", "Value")).isEmpty();
        assertThat(s.min()).isNaN();
    }

    @Test
    void nothingHasNoHistogram() {
        assertThat(NumberSummary.of(new float[0]).histogram("h", "H", "Value")).isEmpty();
    }

    @Test
    void aConstantGetsOneBinAroundIt() {
        NumberSummary s = NumberSummary.of(new float[] {3, 3, 3});
        assertThat(s.counts()).containsExactly(3);
        assertThat(s.edges()[0]).isLessThan(3);
        assertThat(s.edges()[1]).isGreaterThan(3);
        assertThat(s.std()).isZero();
    }

    @Property(tries = 200)
    void everyFiniteValueIsInOneBin(@ForAll @Size(min = 1, max = 50) float[] values) {
        NumberSummary s = NumberSummary.of(values);
        assertThat(Arrays.stream(s.counts()).sum()).isEqualTo(s.count() - s.nans() - s.infinities());
    }
}
