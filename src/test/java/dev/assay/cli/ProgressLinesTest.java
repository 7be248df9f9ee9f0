package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.RunProgress;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private static String plain(RunProgress progress) {
        return ProgressLines.line(progress);
    }

    @Test
    void aKnownTotalGivesShareRateAndTimeLeft() {
        assertThat(plain(new RunProgress("Mining", 20_000, 60_000, "images", 45_000, 1)))
                .isEqualTo("Mining  33.3 %  20 000 of 60 000 images  45k/s  0:01 left");
    }

    @Test
    void anUnknownTotalGivesTheCount() {
        assertThat(plain(new RunProgress("Opening inputs", 3, -1, "files", Double.NaN, Double.NaN)))
                .isEqualTo("Opening inputs  3 files");
    }

    @Test
    void theStartOfAPhaseTellsHowMuchThereIs() {
        assertThat(plain(new RunProgress("Mining", 0, 60_000, "images", Double.NaN, Double.NaN)))
                .isEqualTo("Mining  60 000 images");
    }

    @Test
    void aPhaseWithoutAnythingDoneIsNamed() {
        assertThat(plain(new RunProgress("Opening inputs", 0, -1, "files", Double.NaN, Double.NaN)))
                .isEqualTo("Opening inputs");
    }
}
