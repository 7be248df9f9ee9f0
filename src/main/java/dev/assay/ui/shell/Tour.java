package dev.assay.ui.shell;

import dev.assay.run.RunView;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.frame.CoachMark;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.util.Duration;

/**
 * A walk through the window on the sample: what the browser and the inspector are, running the analysis, reading the
 * result, finding it again. A step that asks for something goes on by itself once it is done. JavaFX thread only.
 */
final class Tour {

    private static final Duration LOOK = Duration.millis(250);

    private final Shell shell;
    private final CoachMark mark;
    private final Timeline timer = new Timeline(new KeyFrame(LOOK, e -> look()));
    private final List<Step> steps;
    private int at = -1;

    /**
     * A step.
     *
     * @param key of its texts
     * @param part what is framed, by id
     * @param done whether what it asks for is done; never for a step that is only read
     * @param enter what is done when the step begins
     * @param next what the button does besides going on
     */
    private record Step(String key, String part, BooleanSupplier done, Runnable enter, Runnable next) {}

    Tour(Shell shell) {
        this.shell = shell;
        mark = new CoachMark(this::next, this::stop);
        Runnable nothing = () -> {};
        steps = List.of(
                new Step("browser", "#browser", () -> false, nothing, nothing),
                new Step("inspector", "#inspector", () -> false, nothing, nothing),
                new Step("run", "#run-button", this::ran, nothing, shell.inspector()::run),
                new Step("queue", "#queue", this::ended, nothing, nothing),
                new Step("results", "#tabs", () -> false, nothing, nothing),
                new Step("history", "#tool-history", () -> false, nothing, nothing));
        timer.setCycleCount(Animation.INDEFINITE);
    }

    /** The card, to lie over the window. */
    CoachMark mark() {
        return mark;
    }

    /** Starts from the beginning, on the sample. */
    void start() {
        shell.help().side().showInspector();
        if (!shell.inspector().hasInputs()) {
            shell.files().openSample();
        }
        at = -1;
        timer.play();
        next();
    }

    /** Ends it. */
    void stop() {
        timer.stop();
        mark.hide();
        at = -1;
    }

    private void next() {
        if (at >= 0 && !steps.get(at).done().getAsBoolean()) {
            steps.get(at).next().run();
        }
        go(at + 1);
    }

    private void go(int step) {
        at = step;
        if (at >= steps.size()) {
            stop();
            return;
        }
        Step now = steps.get(at);
        now.enter().run();
        boolean last = at == steps.size() - 1;
        mark.show(
                part(now), Texts.of("tour." + now.key() + ".title"), Texts.of("tour." + now.key() + ".text"),
                Texts.of("tour.step", at + 1, steps.size()),
                Texts.of(last ? "tour.finish" : now.key().equals("run") ? "tour.run" : "tour.next"));
    }

    private Node part(Step step) {
        return shell.root().lookup(step.part());
    }

    /** Goes on once what a step asks for is done. */
    private void look() {
        if (at >= 0 && steps.get(at).done().getAsBoolean()) {
            go(at + 1);
        }
        mark.requestLayout();
    }

    private boolean ran() {
        return !shell.session().active().isEmpty();
    }

    private boolean ended() {
        List<RunView> runs = shell.parts().runs().session();
        return !runs.isEmpty() && runs.getFirst().state().isFinal();
    }

    /** Whether it is under way. */
    boolean isOn() {
        return at >= 0;
    }
}
