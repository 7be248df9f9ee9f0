package dev.assay.ui.shell;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.ui.tabs.RunTab;
import dev.assay.ui.view.Stages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.Scene;
import javafx.scene.control.Slider;
import javafx.scene.layout.VBox;

/**
 * Makes the tab of a run once, unseen, while the window has nothing to do: what a first run needs of classes, style
 * sheets and controls is then there already, and pressing Run does not hold the window up. JavaFX thread only.
 */
final class WarmUp {

    /** Late enough that the window and its workspace are there and painted. */
    private static final javafx.util.Duration AFTER = javafx.util.Duration.millis(700);

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 700;

    private final Shell shell;
    private RunTab tab;
    private Scene scene;

    private WarmUp(Shell shell) {
        this.shell = shell;
    }

    /** Begins a moment later, unless a tab is open by then: whoever opens one at once has no use for another. */
    static void later(Shell shell) {
        PauseTransition pause = new PauseTransition(AFTER);
        pause.setOnFinished(e -> {
            if (shell.tabs().selectedKey().isEmpty()) {
                new WarmUp(shell).begin();
            }
        });
        pause.play();
    }

    private void begin() {
        Stages.run(this::make, this::put, this::style, this::layOut, this::drop);
    }

    private void make() {
        tab = new RunTab(shell, run(), Optional.empty());
    }

    private void put() {
        // A run that is done has no live parameters; their slider is what is slow of them.
        Slider slider = new Slider();
        slider.setShowTickMarks(true);
        scene = new Scene(new VBox(slider, tab.node()), WIDTH, HEIGHT);
        scene.getStylesheets().setAll(shell.window().getScene().getStylesheets());
    }

    private void style() {
        scene.getRoot().applyCss();
    }

    private void layOut() {
        scene.getRoot().layout();
    }

    private void drop() {
        tab.close();
    }

    private static RunRecord run() {
        Curve.Builder curve = new Curve.Builder("curve", "Curve", Axis.of("x", ""), Axis.of("y", ""));
        curve.add("", 0, 0).add("", 1, 1);
        Table.Builder table = new Table.Builder("table", "Table",
                List.of(Column.text("name", "Name"), Column.real("value", "Value", "")));
        table.add("a", 1.0);
        List<Result> results =
                List.of(new Scalar("scalar", "Scalar", 1, "", ""), curve.snapshot(), table.snapshot());
        return new RunRecord(
                "",
                "",
                new RunRequest("", Map.of(), Map.of(), 0, "cpu", 1),
                RunState.DONE,
                RunProgress.NONE,
                results,
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
