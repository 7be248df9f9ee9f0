package dev.assay.ui.shell.queue;

import dev.assay.run.RunControl;
import dev.assay.run.RunView;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Texts;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;

/** The runs of this session, newest first, one line each. Polled: it asks the runs, they tell it nothing. */
public final class QueuePane extends BorderPane {

    /** What a row can do; called on the JavaFX thread. */
    public interface Handler {

        /** What a run is called, which may change. */
        String title(RunView run);

        /** Shows a run in its tab. */
        void show(RunView run);

        /** Takes an ended run off the list. */
        void remove(RunView run);
    }

    private final ListView<RunView> list;

    /**
     * A queue.
     *
     * @param runs those to be listed; a run that can be steered is a {@link RunControl} too
     */
    public QueuePane(ObservableList<RunView> runs, Handler handler) {
        setId("queue");
        Label title = new Label(Texts.of("queue.title"));
        title.getStyleClass().addAll("panel-title", "panel-heading");
        setTop(title);
        list = new ListView<>(runs);
        list.setId("queue-list");
        list.setAccessibleText(Texts.of("queue.name"));
        list.getStyleClass().add("edge-to-edge");
        list.setFixedCellSize(QueueRow.HEIGHT);
        list.setPlaceholder(new EmptyState("fth-list", Texts.of("queue.empty")));
        list.setCellFactory(v -> new QueueRow(handler));
        list.setOnKeyPressed(e -> {
            RunView run = list.getSelectionModel().getSelectedItem();
            if (run == null) {
                return;
            }
            if (e.getCode() == KeyCode.ENTER) {
                handler.show(run);
            } else if (e.getCode() == KeyCode.DELETE && run.state().isFinal()) {
                handler.remove(run);
            }
        });
        setCenter(list);
    }

    /** Shows how far the runs are; ten times a second. */
    public void refresh() {
        list.lookupAll(".queue-row").forEach(n -> ((QueueRow) n).refresh());
    }

    /** The run that is selected, or null. */
    public RunView selected() {
        return list.getSelectionModel().getSelectedItem();
    }
}
