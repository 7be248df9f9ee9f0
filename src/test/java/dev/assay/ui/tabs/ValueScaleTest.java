package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.Exact;
import dev.assay.analysis.ParameterSet;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ValueScaleTest {

    private static final ParameterSet<FakeMining.Settings> SET = ParameterSet.of(FakeMining.Settings.class);

    private static ValueScale slack(String slack, String slacks) {
        return ValueScale.of(
                SET, SET.descriptor("slack").orElseThrow(), Map.of("slack", slack, "slacks", slacks))
                .orElseThrow();
    }

    @Test
    void theListOfTheSameNameGivesTheStops() {
        ValueScale scale = slack("0.02", "0,0.01,0.1");
        assertThat(scale.stops()).extracting(Exact::text).containsExactly("0", "0.01", "0.02", "0.1");
        assertThat(scale.marksStops()).isTrue();
    }

    @Test
    void fractionsAreKeptAsTheyWereWritten() {
        ValueScale scale = slack("1/6", "0,1/6,1/3");
        assertThat(scale.valueAt(1.02).text()).isEqualTo("1/6");
    }

    @Test
    void betweenTwoStopsTheValueIsSpreadByRatioAndHasTwoDigits() {
        assertThat(slack("0.01", "0,0.01,0.1").valueAt(1.5).text()).isEqualTo("0.032");
    }

    @Test
    void betweenZeroAndTheFirstStopTheValueIsSpreadEvenly() {
        assertThat(slack("0.01", "0,0.01,0.1").valueAt(0.5).text()).isEqualTo("0.005");
    }

    @Test
    void aListWithoutValuesIsNoStop() {
        assertThat(ValueScale.of(
                SET, SET.descriptor("slack").orElseThrow(), Map.of("slack", "0.01", "slacks", "")))
                .isEmpty();
    }

    @Test
    void oneStopAloneMakesNoSlider() {
        assertThat(ValueScale.of(
                SET, SET.descriptor("slack").orElseThrow(), Map.of("slack", "0.01", "slacks", "0.01")))
                .isEmpty();
    }

    @Test
    void aListHasNoSlider() {
        assertThat(ValueScale.of(SET, SET.descriptor("slacks").orElseThrow(), Map.of())).isEmpty();
    }

    @Test
    void aRangeOverDecadesIsSpreadByPowersOfTen() {
        ValueScale scale = ValueScale.ofRange(Exact.parse("0.001"), Exact.parse("10"), false, false);
        assertThat(scale.valueAt(scale.length() / 2).toDouble()).isCloseTo(0.1, within(0.01));
    }

    @Test
    void anExcludedMaximumIsNotReached() {
        ValueScale scale = ValueScale.ofRange(Exact.parse("0"), Exact.parse("0.5"), true, false);
        assertThat(scale.valueAt(scale.length())).isLessThan(Exact.parse("0.5"));
    }

    @Test
    void wholeNumbersStayWhole() {
        ValueScale scale = ValueScale.ofRange(Exact.parse("1"), Exact.parse("5"), false, true);
        assertThat(scale.stops()).extracting(Exact::text).containsExactly("1", "2", "3", "4", "5");
    }

    @Property(tries = 200)
    void theSliderStandsWhereItsValueIs(@ForAll @DoubleRange(min = 0, max = 3) double position) {
        ValueScale scale = slack("0.01", "0,0.005,0.01,0.05");
        Exact value = scale.valueAt(position);
        assertThat(scale.position(value)).isCloseTo(position, within(0.15));
    }
}
