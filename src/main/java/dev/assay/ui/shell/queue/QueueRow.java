package dev.assay.ui.shell.queue;

import atlantafx.base.theme.Styles;
import dev.assay.run.RunControl;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import dev.assay.ui.IconButton;
import dev.assay.ui.RunFacts;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;

/** A run in one line: name, progress bar, how far and how fast, pause and stop. */
final class QueueRow extends ListCell<RunView> {

    static final double HEIGHT = 34;

    private final QueuePane.Handler handler;
    private final StackPane icon = new StackPane();
    private final Label name = new Label();
    private final ProgressBar bar = new ProgressBar();
    private final Label text = new Label();
    private final IconButton pause = new IconButton("fth-pause", Texts.of("queue.pause"), this::pauseOrGoOn);
    private final IconButton stop = new IconButton("fth-square", Texts.of("stop"), this::stop);
    private final IconButton remove = new IconButton("fth-x", Texts.of("queue.take.off"), this::remove);
    private final HBox row = new HBox(8);
    private RunState shown;

    QueueRow(QueuePane.Handler handler) {
        this.handler = handler;
        getStyleClass().add("queue-row");
        icon.setMinWidth(18);
        name.setMinWidth(100);
        name.setPrefWidth(200);
        name.getStyleClass().add("run-name");
        bar.setPrefWidth(120);
        bar.setMinWidth(60);
        bar.setAccessibleText(Texts.of("queue.progress"));
        text.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        text.setMaxWidth(Double.MAX_VALUE);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        pause.getStyleClass().add("pause-button");
        stop.getStyleClass().add("stop-button");
        row.setAlignment(Pos.CENTER_LEFT);
        row.getChildren().setAll(icon, name, bar, text, pause, stop, remove);
        setPrefWidth(0);
        setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2 && getItem() != null) {
                handler.show(getItem());
            }
        });
    }

    @Override
    protected void updateItem(RunView run, boolean empty) {
        super.updateItem(run, empty);
        shown = null;
        if (empty || run == null) {
            setGraphic(null);
            Tips.on(this, "");
            setAccessibleText(null);
            return;
        }
        setGraphic(row);
        refresh();
    }

    /** Asks the run how far it is. */
    void refresh() {
        RunView run = getItem();
        if (run == null || isEmpty()) {
            return;
        }
        RunState state = run.state();
        String title = handler.title(run);
        if (state != shown || !title.equals(name.getText())) {
            name.setText(title);
            Tips.on(this, title + "\n" + run.id());
            showState(run, state);
        }
        double share = run.progress().share();
        boolean waits = state == RunState.QUEUED;
        bar.setProgress(
                state == RunState.DONE ? 1 : waits ? 0 : share < 0 && !state.isFinal() ? -1 : Math.max(0, share));
        text.setText(words(run, state));
    }

    private void showState(RunView run, RunState state) {
        shown = state;
        icon.getChildren().setAll(RunFacts.icon(run));
        boolean live = !state.isFinal() && run instanceof RunControl;
        show(pause, live && state != RunState.QUEUED);
        show(stop, live);
        show(remove, state.isFinal());
        if (state == RunState.PAUSED) {
            pause.show("fth-play", Texts.of("history.go.on"));
        } else {
            pause.show("fth-pause", Texts.of("queue.pause"));
        }
        bar.getStyleClass().removeIf(c -> c.startsWith("state-"));
        bar.getStyleClass().add(RunFacts.styleClass(state));
        setAccessibleText(name.getText() + ", " + RunFacts.word(state));
    }

    private static void show(IconButton button, boolean visible) {
        button.setVisible(visible);
        button.setManaged(visible);
    }

    private static String words(RunView run, RunState state) {
        return switch (state) {
            case QUEUED -> Texts.of("queue.waiting");
            case RUNNING -> {
                String progress = RunFacts.progress(run.progress());
                yield progress.isEmpty() ? Texts.of("queue.starting") : progress;
            }
            case PAUSED -> Texts.of("queue.paused", RunFacts.progress(run.progress()));
            case DONE -> Texts.of("queue.done", Numbers.duration(run.elapsed()), device(run));
            case CANCELLED -> Texts.of("queue.stopped", RunFacts.partial(run.progress()));
            case FAILED -> run.failure().map(f -> f.message()).orElse(Texts.of("state.failed"));
            case INTERRUPTED -> Texts.of("state.interrupted");
        };
    }

    private static String device(RunView run) {
        return run.device().isEmpty() ? "" : "  \u00b7  " + run.device();
    }

    private void pauseOrGoOn() {
        if (getItem() instanceof RunControl control) {
            if (getItem().state() == RunState.PAUSED) {
                control.resume();
            } else {
                control.pause();
            }
        }
    }

    private void stop() {
        if (getItem() instanceof RunControl control) {
            control.cancel();
        }
    }

    private void remove() {
        if (getItem() != null) {
            handler.remove(getItem());
        }
    }
}
