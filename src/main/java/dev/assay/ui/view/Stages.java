package dev.assay.ui.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * Builds a heavy view in steps over several pulses, so that no pulse is held up for long: most of the cost of a control is
 * making its parts and styling them when it is put in. JavaFX thread only.
 */
public final class Stages {

    /** Steps follow each other within a pulse until they have taken so long. */
    private static final long BUDGET_NANOS = 8_000_000;

    private static final int ROWS_AT_ONCE = 4;

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final long budget;
    private boolean running;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            work();
        }
    };

    private Stages(long budget) {
        this.budget = budget;
    }

    /**
     * Does the first step at once and each further one a pulse later. A step that comes too late must find out itself.
     */
    public static void run(Runnable... steps) {
        Stages stages = new Stages(0);
        List.of(steps).forEach(stages.steps::add);
        stages.next();
        stages.start();
    }

    /**
     * Makes these the children of a pane, in this order: once it is in a scene, one after the other over as many pulses as
     * it takes. A later call, or children put in meanwhile, take the place of what has not come yet.
     */
    public static void fill(Pane pane, List<? extends Node> children) {
        Object mine = new Object();
        pane.getProperties().put(Stages.class, mine);
        pane.getChildren().clear();
        whenInScene(pane, stages -> stages.add(pane, children, mine));
    }

    private static void whenInScene(Node node, Consumer<Stages> then) {
        if (node.getScene() != null) {
            then.accept(of(node.getScene()));
            return;
        }
        node.sceneProperty().addListener(new ChangeListener<>() {
            @Override
            public void changed(ObservableValue<? extends Scene> o, Scene was, Scene is) {
                node.sceneProperty().removeListener(this);
                then.accept(of(is));
            }
        });
    }

    /**
     * Lets a view whose rows have one height grow to its own over several pulses when it first comes into a scene: the rows
     * of a large one, each with all its cells, are otherwise all made in one pulse. Its place must begin at the top.
     */
    public static void grow(Region view, double rowHeight) {
        double step = ROWS_AT_ONCE * rowHeight;
        view.setMaxHeight(step);
        whenInScene(view, stages -> stages.growBy(view, step));
    }

    private void growBy(Region view, double step) {
        steps.add(() -> {
            if (view.getScene() != null) {
                // Now and not later in the pulse, so that it counts.
                view.getScene().getRoot().layout();
            }
            if (view.getHeight() < view.getMaxHeight()) {
                view.setMaxHeight(Double.MAX_VALUE);
            } else {
                view.setMaxHeight(view.getMaxHeight() + step);
                growBy(view, step);
            }
        });
        start();
    }

    /** Whether something in that scene is still to come. */
    public static boolean isBuilding(Scene scene) {
        return scene.getProperties().get(Stages.class) instanceof Stages stages && stages.running;
    }

    /** The steps of a scene take turns. */
    private static Stages of(Scene scene) {
        return (Stages) scene.getProperties().computeIfAbsent(Stages.class, k -> new Stages(BUDGET_NANOS));
    }

    private void add(Pane pane, List<? extends Node> children, Object mine) {
        for (Node child : children) {
            steps.add(() -> {
                if (pane.getProperties().get(Stages.class) == mine && child.getParent() == null) {
                    pane.getChildren().add(child);
                    // Now and not later in the pulse, so that it counts.
                    child.applyCss();
                }
            });
        }
        start();
    }

    private void start() {
        if (!running) {
            running = true;
            timer.start();
        }
    }

    private void work() {
        long start = System.nanoTime();
        do {
            next();
        } while (!steps.isEmpty() && System.nanoTime() - start < budget);
        if (steps.isEmpty()) {
            running = false;
            timer.stop();
        }
    }

    private void next() {
        if (!steps.isEmpty()) {
            steps.remove().run();
        }
    }
}
