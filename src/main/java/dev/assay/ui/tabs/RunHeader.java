package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Location;
import dev.assay.run.RunControl;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Times;
import dev.assay.ui.Tips;
import dev.assay.ui.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The head of a run's tab: what ran on what, how it stands, and the buttons that steer it. */
final class RunHeader extends VBox {

    private static final double LEAST_TITLE = 96;
    private static final double STATUS_WIDTH = 400;

    private final RunView run;
    private final StatePill pill = new StatePill();
    private final Label liveDot = new Label();
    private final Label status = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Button pause = new Button(Texts.of("queue.pause"), Icons.of("fth-pause"));
    private final Button stop = new Button(Texts.of("stop"), Icons.of("fth-square"));
    private final Button again = new Button(Texts.of("run.again"), Icons.of("fth-repeat"));
    private boolean stopping;

    RunHeader(Workbench workbench, RunView run, String analysisTitle, Supplier<String> command) {
        this.run = run;
        getStyleClass().add("run-header");
        Label title = new Label(analysisTitle);
        title.getStyleClass().add("page-title");
        liveDot.getStyleClass().add("live-dot");
        liveDot.setAccessibleText(Texts.of("run.live"));
        List<Region> buttons = List.of(
                pause,
                stop,
                again,
                new IconButton("fth-terminal", Texts.of("copy.command"), () -> {
                    ClipboardText.put(command.get());
                    workbench.notice(Texts.of("run.command.copied.long"));
                }),
                new IconButton("fth-folder", Texts.of("run.folder"), () -> workbench.showFolder(run.folder())),
                help(workbench, run));
        // Where there is little room the title gives way; buttons are always whole.
        title.setMinWidth(LEAST_TITLE);
        Tips.on(title, title::getText);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox first = new HBox(8, title, pill, liveDot, gap);
        first.getChildren().addAll(buttons);
        buttons.forEach(b -> b.setMinWidth(USE_PREF_SIZE));
        first.setAlignment(Pos.CENTER_LEFT);
        FlowPane chips = new FlowPane(8, 4);
        chips.setAlignment(Pos.CENTER_LEFT);
        run.request().inputs().forEach((role, locations) -> locations.forEach(
                location -> chips.getChildren().add(chip(workbench, role, location))));
        // Of one width, so that nothing moves while the words in it change: they hold the time that is left.
        status.setMinWidth(0);
        status.setPrefWidth(STATUS_WIDTH);
        chips.getChildren().add(status);
        status.getStyleClass().addAll(Styles.TEXT_MUTED, "run-status");
        Tips.on(status, status::getText);
        bar.getStyleClass().add("thin-progress");
        bar.setMaxWidth(Double.MAX_VALUE);
        Tips.on(bar, this::barText);
        pause.setId("pause-run");
        stop.setId("stop-run");
        again.setId("run-again");
        pause.setOnAction(e -> control(c -> {
            if (run.state() == RunState.PAUSED) {
                c.resume();
            } else {
                c.pause();
            }
        }));
        stop.setOnAction(e -> control(c -> {
            stopping = true;
            c.cancel();
        }));
        again.setOnAction(e -> workbench.prepareAgain(run));
        getChildren().addAll(first, chips, bar);
        refresh();
    }

    private void control(Consumer<RunControl> action) {
        if (run instanceof RunControl control) {
            action.accept(control);
            refresh();
        }
    }

    private static Button chip(Workbench workbench, String role, Location location) {
        Label roleLabel = new Label(role);
        roleLabel.getStyleClass().add("input-chip-role");
        Button chip = new Button(Numbers.shortened(location.fileName(), 36), roleLabel);
        chip.setMnemonicParsing(false);
        chip.getStyleClass().add("input-chip");
        Tips.on(chip, Texts.of("run.input.tip", location));
        chip.setAccessibleText(Texts.of("run.input.name", role, location.fileName()));
        chip.setOnAction(e -> workbench.open(location));
        return chip;
    }

    private static IconButton help(Workbench workbench, RunView run) {
        IconButton button = new IconButton(
                "fth-help-circle", Texts.of("inspector.help"), () -> workbench.showHelp(run));
        button.setId("run-help");
        return button;
    }

    /** Shows how the run stands. */
    void refresh() {
        RunState state = run.state();
        boolean steerable = run instanceof RunControl && !state.isFinal();
        pill.show(state);
        liveDot.setVisible(state == RunState.RUNNING);
        liveDot.setManaged(liveDot.isVisible());
        show(pause, steerable && state != RunState.QUEUED);
        show(stop, steerable);
        show(again, state.isFinal());
        boolean paused = state == RunState.PAUSED;
        pause.setText(paused ? Texts.of("run.resume") : Texts.of("queue.pause"));
        pause.setGraphic(Icons.of(paused ? "fth-play" : "fth-pause"));
        pause.setDisable(stopping);
        stop.setText(stopping ? Texts.of("run.stopping") : Texts.of("stop"));
        stop.setDisable(stopping);
        status.setText(statusText(state));
        double share = run.progress().share();
        bar.setProgress(
                state == RunState.QUEUED ? 0 : state.isFinal() ? Math.max(0, share) : share < 0 ? -1 : share);
        bar.setVisible(!state.isFinal());
        bar.setAccessibleText(barText());
    }

    /** How many phases there will be is not known, so the bar is that of one. */
    private String barText() {
        String phase = run.progress().phase();
        return phase.isEmpty() ? Texts.of("queue.starting") : Texts.of("progress.bar", phase);
    }

    private static void show(Region button, boolean visible) {
        button.setVisible(visible);
        button.setManaged(visible);
    }

    private String statusText(RunState state) {
        List<String> parts = new ArrayList<>();
        if (state == RunState.QUEUED) {
            parts.add(Texts.of("run.waits"));
        } else if (!state.isFinal()) {
            parts.add(ProgressText.running(run.progress()));
        } else {
            parts.add(Texts.of("run.took", Numbers.duration(run.elapsed())));
        }
        String device = run.device().isEmpty() ? run.request().device() : run.device();
        parts.add(device);
        if (state.isFinal()) {
            parts.add(Texts.of("run.seed", run.request().seed()));
            run.started().ifPresent(at -> parts.add(Times.shown(at)));
        }
        return String.join("  \u00b7  ", parts);
    }
}
