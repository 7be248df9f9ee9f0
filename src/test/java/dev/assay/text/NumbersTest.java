package dev.assay.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class NumbersTest {

    private static String plain(String text) {
        return text.replace(Numbers.THIN_SPACE, "_").replace('\u2212', '-');
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", "-0.0, 0", "1024, 1_024", "-1234567, -1_234_567", "0.5, 0.5", "0.12345, 0.1235", "12.3456, 12.35",
        "999.96, 1_000", "1234.56, 1_235", "1234567.8, 1_234_568", "0.00012345, 0.0001234", "-0.25, -0.25",
        "12345678.5, 1.235×10⁷", "0.0000123456, 1.235×10⁻⁵", "1e300, 1×10³⁰⁰", "NaN, –", "-Infinity, -∞"
    })
    void valuesKeepFourSignificantDigits(double value, String expected) {
        assertThat(plain(Numbers.value(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0_%", "1, 100.0_%", "0.78186, 78.2_%", "0.0004, <_0.1_%", "0.9996, >_99.9_%", "1.5, 150.0_%",
        "-0.25, -25.0_%", "NaN, –"
    })
    void sharesArePercentAndNeverRoundedToNothingOrAll(double share, String expected) {
        assertThat(plain(Numbers.percent(share))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0_s", "0.04, 40_ms", "0.5, 0.5_s", "12.34, 12.3_s", "59.94, 59.9_s", "59.96, 1:00", "247, 4:07",
        "3599.4, 59:59", "4320, 1_h 12_min", "7199, 2_h 0_min", "-1, –", "NaN, –"
    })
    void durationsGrowFromSecondsToHours(double seconds, String expected) {
        assertThat(plain(Numbers.duration(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0:01", "75.4, 1:15", "3700, 1_h 2_min", "NaN, –"})
    void timeLeftIsWholeSeconds(double seconds, String expected) {
        assertThat(plain(Numbers.timeLeft(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0_B", "1023, 1023_B", "1024, 1.0_KiB", "268435456, 256_MiB", "1073741823, 1.0_GiB"})
    void bytesUseBinaryUnits(long bytes, String expected) {
        assertThat(plain(Numbers.bytes(bytes))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.25/s", "950, 950/s", "84321, 84k/s", "999600, 1M/s", "1234567, 1.2M/s", "NaN, –"})
    void ratesAreCompact(double rate, String expected) {
        assertThat(plain(Numbers.rate(rate))).isEqualTo(expected);
    }

    @Test
    void cellsFollowTheirTypeAndUnit() {
        assertThat(plain(Numbers.cell(60_000L, ""))).isEqualTo("60_000");
        assertThat(plain(Numbers.cell(0.5, "share"))).isEqualTo("50.0_%");
        assertThat(Numbers.cell(null, "")).isEqualTo("–");
        assertThat(Numbers.cell(true, "")).isEqualTo("yes");
        assertThat(Numbers.cell("7", "share")).isEqualTo("7");
    }

    @Test
    void longTextsAreShortenedInTheMiddle() {
        assertThat(Numbers.shortened("0123456789abcdef", 9)).isEqualTo("0123…cdef");
        assertThat(Numbers.shortened("short", 9)).isEqualTo("short");
    }

    @Property(tries = 500)
    void fullTextReadsBackAsTheSameNumber(@ForAll double value) {
        assertThat(Double.parseDouble(Numbers.full(value))).isEqualTo(value == 0 ? 0.0 : value);
    }

    @Property(tries = 500)
    void shownValuesAreWithinHalfOfTheFourthDigit(
            @ForAll @DoubleRange(min = 1e-4, max = 9.9e6) @Scale(8) double value) {
        double shown = Double.parseDouble(Numbers.value(value).replace(Numbers.THIN_SPACE, ""));
        assertThat(Math.abs(shown - value)).isLessThanOrEqualTo(0.5 * fourthDigit(value) * 1.000001);
    }

    private static double fourthDigit(double value) {
        return Math.pow(10, Math.min(0, Math.floor(Math.log10(value)) - 3));
    }

    @Test
    void textDoesNotDependOnTheUsersLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(plain(Numbers.value(1234.5678))).isEqualTo("1_235");
            assertThat(plain(Numbers.duration(1.5))).isEqualTo("1.5_s");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aSmallLossIsNotSaidToBeNone() {
        assertThat(plain(Numbers.percent(-0.0003))).isEqualTo(">_-0.1_%");
        assertThat(plain(Numbers.percent(-0.0006))).isEqualTo("-0.1_%");
        assertThat(plain(Numbers.percent(-0.0))).isEqualTo("0.0_%");
    }
}
