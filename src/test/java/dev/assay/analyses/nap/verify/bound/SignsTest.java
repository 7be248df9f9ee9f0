package dev.assay.analyses.nap.verify.bound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignsTest {

    /** Otherwise the two sides of a split would leave out what lies between the margins. */
    @Test
    void aSignThatIsTakenAwayTakesItsMarginAlong() {
        Signs pattern = Signs.pattern(3, new int[] {0, 1}, new int[0], 0.5);

        Signs split = pattern.without(1).with(1, -1);

        assertThat(split.margin(0)).isEqualTo(0.5);
        assertThat(split.margin(1)).isZero();
        assertThat(pattern.margin(1)).isEqualTo(0.5);
        assertThat(pattern.without(1)).isEqualTo(Signs.pattern(3, new int[] {0}, new int[0], 0.5));
    }
}
