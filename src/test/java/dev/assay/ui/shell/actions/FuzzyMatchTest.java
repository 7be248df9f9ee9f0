package dev.assay.ui.shell.actions;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyMatchTest {

    @ParameterizedTest
    @CsvSource({
        "of, Open files, Quit softly",
        "short, Keyboard shortcuts, Show or hide the browser",
        "cl ta, Close tab, Calculate",
        "run, Run the analysis, Return",
        "open, Open, Open folder"
    })
    void theFirstIsMeantBeforeTheSecond(String query, String better, String worse) {
        assertThat(FuzzyMatch.score(query, better)).isGreaterThan(FuzzyMatch.score(query, worse));
    }

    @Test
    void lettersThatAreNotThereInOrderDoNotMatch() {
        assertThat(FuzzyMatch.score("ba", "ab")).isEqualTo(FuzzyMatch.NONE);
        assertThat(FuzzyMatch.score("longer", "long")).isEqualTo(FuzzyMatch.NONE);
    }

    @Test
    void nothingTypedMatchesEverythingAlike() {
        assertThat(FuzzyMatch.score("", "anything")).isZero();
        assertThat(FuzzyMatch.score(" ", "anything")).isZero();
    }

    @Property(tries = 200)
    void aTextMatchesEveryOneOfItsSubsequences(
            @ForAll @AlphaChars @StringLength(min = 1, max = 30) String text, @ForAll @IntRange(min = 1) int mask) {
        StringBuilder some = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if ((mask >> (i % 31) & 1) == 1) {
                some.append(text.charAt(i));
            }
        }
        assertThat(FuzzyMatch.score(some.toString(), text)).isNotEqualTo(FuzzyMatch.NONE);
    }
}
