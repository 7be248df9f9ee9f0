package dev.assay.ui.shell;

import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.frame.Notices;
import dev.assay.ui.shell.jobs.Background;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.util.Duration;

/**
 * What the user has changed in the workspace, so that it can be taken back and done again: deleting, names, tags, notes,
 * presets. Changes are made in the background, one after the other. JavaFX thread only.
 */
final class Undo {

    private static final int MOST = 100;
    private static final String OFFER = "undo-offer";
    private static final Duration OFFER_TIME = Duration.seconds(12);

    private final Background background;
    private final Notices notices;
    private final Consumer<Throwable> onProblem;
    private final Deque<Step> done = new ArrayDeque<>();
    private final Deque<Step> undone = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private final PauseTransition offerTime = new PauseTransition(OFFER_TIME);
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    /** A change or its reverse; made in the background. */
    @FunctionalInterface
    interface Job {
        void run() throws Exception;
    }

    /**
     * A change.
     *
     * @param what in the past tense, e.g. {@code Deleted 3 runs}
     */
    record Step(String what, Job make, Job reverse) {}

    Undo(Background background, Notices notices, Consumer<Throwable> onProblem) {
        this.background = background;
        this.notices = notices;
        this.onProblem = onProblem;
        offerTime.setOnFinished(e -> notices.remove(OFFER));
    }

    /**
     * Makes a change that can be undone.
     *
     * @param offer whether to say so with a button; for changes that one may not have meant
     */
    void make(Step step, boolean offer) {
        apply(step.what(), step.make(), () -> {
            push(done, step);
            undone.clear();
            if (offer) {
                notices.add(OFFER, Strip.Kind.INFO, step.what() + ".").action(Texts.of("undo"), this::undo);
                offerTime.playFromStart();
            }
        });
    }

    /** Takes the last change back. */
    void undo() {
        notices.remove(OFFER);
        if (!done.isEmpty() && !busy) {
            Step step = done.pop();
            apply(step.what(), step.reverse(), () -> {
                push(undone, step);
                notices.show(Texts.of("undo.done", step.what()));
            });
        }
    }

    /** Makes the change again that was taken back last. */
    void redo() {
        if (!undone.isEmpty() && !busy) {
            Step step = undone.pop();
            apply(step.what(), step.make(), () -> {
                push(done, step);
                notices.show(Texts.of("redo.done", step.what()));
            });
        }
    }

    /** Forgets everything; another workspace is open. */
    void clear() {
        done.clear();
        undone.clear();
        update();
    }

    private void apply(String what, Job job, Runnable then) {
        if (busy) {
            waiting.add(() -> apply(what, job, then));
            return;
        }
        busy = true;
        background.quick(
                what,
                () -> {
                    job.run();
                    return what;
                },
                ok -> {
                    then.run();
                    next();
                },
                e -> {
                    onProblem.accept(e);
                    next();
                });
    }

    private void next() {
        busy = false;
        update();
        if (!waiting.isEmpty()) {
            waiting.poll().run();
        }
    }

    private static void push(Deque<Step> stack, Step step) {
        stack.push(step);
        if (stack.size() > MOST) {
            stack.removeLast();
        }
    }

    private void update() {
        canUndo.set(!done.isEmpty());
        canRedo.set(!undone.isEmpty());
    }

    ReadOnlyBooleanProperty canUndo() {
        return canUndo.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canRedo() {
        return canRedo.getReadOnlyProperty();
    }
}
