package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.RunProgress;
import dev.assay.text.Numbers;
import org.junit.jupiter.api.Test;

class ProgressTextTest {

    private static String plain(String text) {
        return text.replace(Numbers.THIN_SPACE, " ");
    }

    @Test
    void runningNamesPhaseCountRateAndTimeLeft() {
        RunProgress progress = new RunProgress("Mining", 31_000, 60_000, "images", 84_000, 0.35);
        assertThat(plain(ProgressText.running(progress))).isEqualTo("Mining: 31 000 / 60 000 images, 84k/s, 0:01 left");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        RunProgress progress = new RunProgress("Reading", 12, -1, "rows", Double.NaN, Double.NaN);
        assertThat(ProgressText.running(progress)).isEqualTo("Reading: 12 rows");
    }

    @Test
    void partialSaysHowMuchThereIs() {
        FakeRun run = new FakeRun();
        run.progress(new RunProgress("Mining", 31_000, 60_000, "images", 0, 0));
        assertThat(plain(ProgressText.partial(run))).isEqualTo("partial: 31 000 of 60 000 images");
    }

    @Test
    void partialOfNothingSaysSo() {
        assertThat(ProgressText.partial(new FakeRun())).isEqualTo("nothing was found yet");
    }
}
