package dev.assay.ui.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javafx.animation.AnimationTimer;

/**
 * Builds a heavy view in steps, one a pulse, so that no step holds the window up for long: most of the cost of a control
 * is styling and laying it out in the pulse after it was put in. JavaFX thread only.
 */
public final class Stages {

    private final Deque<Runnable> steps;

    private Stages(List<Runnable> steps) {
        this.steps = new ArrayDeque<>(steps);
    }

    /**
     * Does the first step at once and each further one a pulse later. A step that comes too late must find out itself.
     */
    public static void run(Runnable... steps) {
        Stages stages = new Stages(List.of(steps));
        stages.next();
        new AnimationTimer() {
            @Override
            public void handle(long now) {
                if (stages.steps.isEmpty()) {
                    stop();
                } else {
                    stages.next();
                }
            }
        }.start();
    }

    private void next() {
        if (!steps.isEmpty()) {
            steps.remove().run();
        }
    }
}
