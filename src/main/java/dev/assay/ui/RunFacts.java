package dev.assay.ui;

import dev.assay.analysis.result.Scalar;
import dev.assay.run.RunProgress;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import dev.assay.workspace.StoredRun;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.scene.Node;
import org.kordamp.ikonli.javafx.FontIcon;

/** A run in few words. */
public final class RunFacts {

    private RunFacts() {}

    /** The state in one word. */
    public static String word(RunState state) {
        return switch (state) {
            case QUEUED -> Texts.of("state.queued");
            case RUNNING -> Texts.of("state.running");
            case PAUSED -> Texts.of("state.paused");
            case DONE -> Texts.of("state.done");
            case CANCELLED -> Texts.of("state.cancelled");
            case FAILED -> Texts.of("state.failed");
            case INTERRUPTED -> Texts.of("state.interrupted");
        };
    }

    /** An icon coloured by the state. */
    public static Node icon(RunView run) {
        FontIcon icon = Icons.of(
                switch (run.state()) {
                    case QUEUED -> "fth-clock";
                    case RUNNING -> "fth-play-circle";
                    case PAUSED -> "fth-pause-circle";
                    case DONE -> "fth-check-circle";
                    case CANCELLED -> "fth-x-circle";
                    case FAILED -> "fth-alert-circle";
                    case INTERRUPTED -> "fth-alert-triangle";
                });
        icon.getStyleClass().add(styleClass(run.state()));
        return icon;
    }

    /** The style class of a state, e.g. {@code state-running}. */
    public static String styleClass(RunState state) {
        return "state-" + state.name().toLowerCase(Locale.ROOT);
    }

    /** The muted fact of a run's row: state, time, first score. */
    public static String fact(RunView run) {
        RunState state = run.state();
        if (state == RunState.RUNNING || state == RunState.PAUSED) {
            RunProgress progress = run.progress();
            // A share alone would seem to go back when the next phase begins.
            return progress.share() < 0 ? word(state)
                    : word(state) + ", " + progress.phase() + " " + Numbers.percent(progress.share());
        }
        if (!state.isFinal()) {
            return word(state);
        }
        String time = Numbers.duration(run.elapsed());
        if (state != RunState.DONE) {
            return run.elapsed().isZero() ? word(state) : word(state) + ", " + time;
        }
        return scalars(run)
                .filter(s -> Numbers.SHARE.equals(s.unit()) && !Double.isNaN(s.value()))
                .findFirst()
                .map(s -> time + ", " + s.title() + " " + Numbers.percent(s.value()))
                .orElse(word(state) + ", " + time);
    }

    /** A stored run has its numbers at hand; its other results would have to be read from the disk. */
    private static Stream<Scalar> scalars(RunView run) {
        return run instanceof StoredRun stored
                ? stored.scalars().stream()
                : run.results().stream().filter(Scalar.class::isInstance).map(Scalar.class::cast);
    }

    /** When the run was asked for, in the user's time. */
    public static String created(RunView run) {
        return Times.shown(run.created());
    }

    /** The progress in words: {@code 31,000 / 60,000 images, 84k/s, 0:01 left}. */
    public static String progress(RunProgress p) {
        if (p.phase().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(p.phase()).append("  \u00b7  ").append(Numbers.count(p.done()));
        if (p.total() >= 0) {
            text.append(" / ").append(Numbers.count(p.total()));
        }
        text.append(' ').append(p.unit());
        if (Double.isFinite(p.rate())) {
            text.append(", ").append(Numbers.rate(p.rate()));
        }
        if (Double.isFinite(p.secondsLeft())) {
            text.append(", ").append(Texts.of("progress.left", Numbers.timeLeft(p.secondsLeft())));
        }
        return text.toString();
    }

    /** What a run that did not finish has: {@code partial: 31,000 of 60,000 images}. */
    public static String partial(RunProgress p) {
        if (p.phase().isEmpty() || p.done() == 0) {
            return Texts.of("progress.nothing");
        }

        return p.total() < 0
                ? Texts.of("progress.partial", Numbers.count(p.done()), p.unit())
                : Texts.of("progress.partial.of", Numbers.count(p.done()), Numbers.count(p.total()), p.unit());
    }
}
