package dev.assay.ui.tabs;

import dev.assay.run.RunProgress;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;

/** How far a run is, in words. */
final class ProgressText {

    private ProgressText() {}

    /** E.g. {@code Mining: 31 000 / 60 000 images, 84k/s, 0:01 left}. */
    static String running(RunProgress progress) {
        if (progress.phase().isEmpty()) {
            return Texts.of("queue.starting");
        }
        StringBuilder text = new StringBuilder(progress.phase());
        if (progress.total() > 0 || progress.done() > 0) {
            text.append(": ").append(Numbers.count(progress.done()));
            if (progress.total() > 0) {
                text.append(" / ").append(Numbers.count(progress.total()));
            }
            text.append(' ').append(progress.unit());
        }
        if (Double.isFinite(progress.rate()) && progress.rate() > 0) {
            text.append(", ").append(Numbers.rate(progress.rate()));
        }
        if (Double.isFinite(progress.secondsLeft())) {
            text.append(", ").append(Texts.of("progress.left", Numbers.timeLeft(progress.secondsLeft())));
        }
        return text.toString();
    }

    /** What there is of an unfinished run, e.g. {@code partial: 31 000 of 60 000 images}. */
    static String partial(RunView run) {
        RunProgress progress = run.progress();
        if (progress.done() <= 0) {
            return run.results().isEmpty() ? Texts.of("progress.nothing") : Texts.of("progress.results");
        }

        return progress.total() > 0
                ? Texts.of("progress.partial.of", Numbers.count(progress.done()), Numbers.count(progress.total()),
                        progress.unit())
                : Texts.of("progress.partial", Numbers.count(progress.done()), progress.unit());
    }
}
