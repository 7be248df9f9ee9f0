package dev.assay.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactTest {

    @Test
    void oneTenthIsNotTheNearestDouble() {
        Exact tenth = Exact.parse("0.1");

        assertThat(tenth.numerator()).isEqualTo(BigInteger.ONE);
        assertThat(tenth.denominator()).isEqualTo(BigInteger.TEN);
        assertThat(tenth.floorTimes(10)).isEqualTo(1);
        assertThat(tenth.floorTimes(9)).isZero();
    }

    @Test
    void fractionsAndDecimalsOfOneValueAreEqualAndKeepTheirText() {
        assertThat(Exact.parse("1/4")).isEqualTo(Exact.parse("0.25")).hasSameHashCodeAs(Exact.parse("2.5e-1"));
        assertThat(Exact.parse("1/4")).hasToString("1/4");
    }

    @Test
    void complementOfASlackIsItsPurity() {
        assertThat(Exact.parse("0.01").complement()).hasToString("0.99");
        assertThat(Exact.parse("1/6").complement()).hasToString("5/6");
    }

    @Property(tries = 200)
    void floorOfAFractionTimesCountIsIntegerDivision(
            @ForAll @IntRange(min = 0, max = 1000) int p,
            @ForAll @IntRange(min = 1, max = 1000) int q,
            @ForAll @IntRange(min = 0, max = 1_000_000) int n) {
        assertThat(Exact.parse(p + "/" + q).floorTimes(n)).isEqualTo((long) p * n / q);
    }

    @Property(tries = 200)
    void orderIsThatOfTheRationals(@ForAll @IntRange(min = -99, max = 99) int a,
            @ForAll @IntRange(min = 1, max = 99) int b) {
        int expected = Integer.signum(a * 100 - 25 * b);
        assertThat(Integer.signum(Exact.parse(a + "/" + b).compareTo(Exact.parse("0.25")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "1/0", "1//2", "NaN", "Infinity", "1e999999", "--1", "0,1"})
    void whatIsNeitherDecimalNorFractionIsRefused(String text) {
        assertThatThrownBy(() -> Exact.parse(text)).isInstanceOf(NumberFormatException.class);
    }
}
