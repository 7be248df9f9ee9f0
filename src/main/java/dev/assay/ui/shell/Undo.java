package dev.assay.ui.shell;

import dev.assay.analysis.AnalysisException;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.frame.Notices;
import dev.assay.ui.shell.jobs.Background;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
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
    private final Deque<Made> done = new ArrayDeque<>();
    private final Deque<Step> undone = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private final PauseTransition offerTime = new PauseTransition(OFFER_TIME);
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int making;
    private int workspace;

    /** Takes a change back; called in the background. */
    @FunctionalInterface
    interface Reverse {
        void run() throws Exception;
    }

    /** A change; made in the background. */
    @FunctionalInterface
    interface Change {
        /** Makes it and hands out what takes it back to how things were at this moment. */
        Reverse make() throws Exception;
    }

    /**
     * A change that can be undone.
     *
     * @param what in the past tense, e.g. {@code Deleted 3 runs}
     */
    record Step(String what, Change change) {}

    private record Made(Step step, Reverse reverse) {}

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
        Runnable change = () -> apply(step.what(), step.change()::make, reverse -> {
            push(done, new Made(step, reverse));
            undone.clear();
            if (offer) {
                notices.add(OFFER, Strip.Kind.INFO, step.what() + ".").action(Texts.of("undo"), this::undo);
                offerTime.playFromStart();
            }
        }, e -> {});
        if (waiting.isEmpty()) {
            change.run(); // not when others are made: a window that is closed meanwhile would lose it
        } else {
            waiting.add(change);
        }
    }

    /** Takes the last change back, once those are made that were asked for before. */
    void undo() {
        notices.remove(OFFER);
        whenFree(() -> {
            if (!done.isEmpty()) {
                Made made = done.pop();
                apply(made.step().what(), () -> {
                    made.reverse().run();
                    return made;
                }, m -> {
                    push(undone, made.step());
                    notices.show(Texts.of("undo.done", made.step().what()));
                }, e -> push(done, made));
            }
        });
    }

    /** Makes the change again that was taken back last. */
    void redo() {
        whenFree(() -> {
            if (!undone.isEmpty()) {
                Step step = undone.pop();
                apply(step.what(), step.change()::make, reverse -> {
                    push(done, new Made(step, reverse));
                    notices.show(Texts.of("redo.done", step.what()));
                }, e -> push(undone, step));
            }
        });
    }

    /** Forgets everything; another workspace is open. */
    void clear() {
        workspace++;
        waiting.clear();
        done.clear();
        undone.clear();
        update();
    }

    private void whenFree(Runnable work) {
        if (making > 0) {
            waiting.add(work);
        } else {
            work.run();
        }
    }

    /** @param again puts back on its stack what failed, but for what the workspace itself refuses, as it would again */
    private <T> void apply(String what, Callable<T> work, Consumer<T> then, Consumer<Throwable> again) {
        int before = workspace;
        making++;
        background.keep(
                what,
                work,
                result -> {
                    if (before == workspace) {
                        then.accept(result);
                    }
                    next();
                },
                e -> {
                    if (before == workspace
                            && !(e instanceof AnalysisException refused && refused.getCause() == null)) {
                        again.accept(e);
                    }
                    onProblem.accept(e);
                    next();
                });
    }

    private void next() {
        making--;
        update();
        while (making == 0 && !waiting.isEmpty()) {
            waiting.poll().run();
        }
    }

    private static <T> void push(Deque<T> stack, T step) {
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
