package dev.assay.ui.tabs;

import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.Stages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, styles and lays out what tabs consist of once, unseen, in small steps while the window has nothing to do: what the
 * first tab of a kind needs of classes and compiled code is then there already, and opening it does not hold the window up.
 * JavaFX thread only; what can be made in the background is.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 700;

    private final Workbench workbench;
    private final VBox place = new VBox();
    private final Scene scene = new Scene(new VBox(place), WIDTH, HEIGHT);
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            pulse();
        }
    };
    private boolean isLaidOut = true;
    private RunTab tab;

    private WarmUp(Workbench workbench, List<String> sheets) {
        this.workbench = workbench;
        place.getStyleClass().add("assay-tab");
        scene.getStylesheets().setAll(sheets);
    }

    /**
     * Begins.
     *
     * @param sheets the style sheets of the window
     * @param others what to make beside the parts of tabs; called in the background
     */
    public static void begin(Workbench workbench, List<String> sheets, List<Supplier<Node>> others) {
        WarmUp warmUp = new WarmUp(workbench, List.copyOf(sheets));
        Thread.ofPlatform().daemon().name("warm-up").priority(Thread.MIN_PRIORITY).start(() -> {
            try {
                List<Node> parts = WarmParts.make(others);
                Platform.runLater(() -> warmUp.begin(parts));
            } catch (RuntimeException e) {
                // Whatever it is, the first tab that needs it will say so.
                LOG.debug("the warm-up was given up", e);
            }
        });
    }

    private void begin(List<Node> parts) {
        parts.forEach(part -> waiting.add(() -> style(part)));
        // A window of its own, which is why it is not among the parts.
        waiting.add(() -> new Tooltip("Text").getScene().getRoot().applyCss());
        waiting.add(() -> tab = new RunTab(workbench, run(), Optional.empty()));
        waiting.add(() -> style(tab.node()));
        timer.start();
    }

    private void pulse() {
        if (!isLaidOut) {
            scene.getRoot().layout();
            isLaidOut = true;
        } else if (Stages.isBuilding(scene)) {
            // A part that is built in steps itself.
            isLaidOut = false;
        } else if (waiting.isEmpty()) {
            timer.stop();
            place.getChildren().clear();
            tab.close();
        } else {
            waiting.remove().run();
            isLaidOut = false;
        }
    }

    private void style(Node part) {
        place.getChildren().setAll(part);
        part.applyCss();
    }

    private static RunRecord run() {
        return new RunRecord(
                "",
                "",
                new RunRequest("", Map.of(), Map.of(), 0, "cpu", 1),
                RunState.DONE,
                RunProgress.NONE,
                WarmParts.results(),
                List.of(),
                Optional.empty(),
                "cpu",
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                Duration.ZERO,
                Path.of(""),
                Optional.empty());
    }
}
