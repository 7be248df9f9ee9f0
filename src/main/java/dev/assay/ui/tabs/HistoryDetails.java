package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Icons;
import dev.assay.ui.RunFacts;
import dev.assay.ui.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the user can do with the runs that are selected in the history: names, tags, notes and actions. */
final class HistoryDetails extends VBox {

    private final HistoryTab.Handler handler;
    private List<HistoryEntry> shown = List.of();
    private Editable nameText;
    private Editable tagsText;
    private Editable notesText;

    HistoryDetails(HistoryTab.Handler handler) {
        super(12);
        this.handler = handler;
        setId("history-details");
        getStyleClass().add("history-details");
        setMinWidth(240);
        setPrefWidth(280);
        show(List.of());
    }

    /** Shows these runs; what is being written stays as long as it is about the same run. */
    void show(List<HistoryEntry> entries) {
        boolean same = !shown.isEmpty() && ids(shown).equals(ids(entries))
                && shown.getFirst().run().state() == entries.getFirst().run().state();
        boolean writing = getScene() != null
                && getScene().getFocusOwner() instanceof TextInputControl field
                && isUnder(field);
        shown = List.copyOf(entries);
        if (same && writing && entries.size() == 1) {
            HistoryEntry entry = entries.getFirst();
            nameText.show(entry.name());
            tagsText.show(String.join(", ", entry.tags()));
            notesText.show(entry.notes());
            return;
        }
        if (same && writing) {
            return;
        }
        if (entries.isEmpty()) {
            EmptyState empty = new EmptyState("fth-mouse-pointer", Texts.of("history.select"));
            VBox.setVgrow(empty, Priority.ALWAYS);
            getChildren().setAll(empty);
        } else if (entries.size() == 1) {
            getChildren().setAll(one(entries.getFirst()));
        } else {
            getChildren().setAll(many(entries));
        }
    }

    private static List<String> ids(List<HistoryEntry> entries) {
        return entries.stream().map(e -> e.run().id()).toList();
    }

    private boolean isUnder(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n == this) {
                return true;
            }
        }
        return false;
    }

    private List<Node> one(HistoryEntry entry) {
        RunView run = entry.run();
        TextField name = new TextField();
        name.setId("history-name");
        name.setAccessibleText(Texts.of("history.name"));
        nameText = new Editable(name, entry.name(), text -> handler.rename(run, text));
        Label fact = new Label(RunFacts.fact(run), RunFacts.icon(run));
        fact.getStyleClass().add(Styles.TEXT_MUTED);
        fact.setWrapText(true);
        TextField tags = new TextField();
        tags.setId("history-tags");
        tags.setPromptText(Texts.of("history.tags.prompt"));
        tags.setAccessibleText(Texts.of("history.tags"));
        tagsText = new Editable(
                tags, String.join(", ", entry.tags()), text -> handler.setTags(List.of(run), tags(text)));
        TextArea notes = new TextArea();
        notes.setId("history-notes");
        notes.setWrapText(true);
        notes.setPrefRowCount(5);
        notes.setPromptText(Texts.of("history.notes.prompt"));
        notes.setAccessibleText(Texts.of("history.notes"));
        notesText = new Editable(notes, entry.notes(), text -> handler.setNotes(run, text));
        boolean ended = run.state().isFinal();
        boolean unfinished = ended && run.state() != RunState.DONE && Sweep.is(run.request());
        FlowPane buttons = new FlowPane(8, 8);
        buttons.getChildren().add(button("history-show", "history.show", "fth-eye", () -> handler.show(run)));
        if (unfinished) {
            buttons.getChildren().add(
                    button("history-go-on", "history.go.on", "fth-play", () -> handler.goOn(run)));
        }
        buttons.getChildren().addAll(
                button("history-again", "history.again", "fth-repeat", () -> handler.again(run)),
                button("history-change", "history.change", "fth-edit-3", () -> handler.change(run)),
                button("history-folder", "history.folder", "fth-folder", () -> handler.reveal(run)),
                ended
                        ? button("history-delete", "history.delete", "fth-trash-2", () -> handler.delete(List.of(run)))
                        : button("history-stop", "history.stop", "fth-square", () -> handler.stop(run)));
        return List.of(
                field("history.name", name), fact, field("history.tags", tags), field("history.notes", notes), buttons);
    }

    private List<Node> many(List<HistoryEntry> entries) {
        List<RunView> runs = entries.stream().map(HistoryEntry::run).toList();
        Label title = new Label(Texts.of("history.many", runs.size()));
        title.getStyleClass().add("panel-title");
        TextField tags = new TextField();
        tags.setId("history-tags");
        tags.setPromptText(Texts.of("history.tags.add"));
        tags.setAccessibleText(Texts.of("history.tags.add"));
        tags.setOnAction(e -> {
            handler.addTags(runs, tags(tags.getText()));
            tags.clear();
        });
        List<RunView> ended = runs.stream().filter(r -> r.state().isFinal()).toList();
        Button delete = button("history-delete", "history.delete", "fth-trash-2", () -> handler.delete(ended));
        delete.setDisable(ended.isEmpty());
        FlowPane buttons = new FlowPane(
                8,
                8,
                button("history-compare", "history.compare", "fth-columns", () -> handler.compare(runs)),
                button("history-report", "history.report", "fth-file-text", () -> handler.report(runs)),
                delete);
        return List.of(title, field("history.tags", tags), buttons);
    }

    private static VBox field(String label, TextInputControl control) {
        Label heading = new Label(Texts.of(label));
        heading.setLabelFor(control);
        heading.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        return new VBox(4, heading, control);
    }

    private static Button button(String id, String text, String icon, Runnable run) {
        Button button = new Button(Texts.of(text), Icons.of(icon));
        button.setId(id);
        button.getStyleClass().add(Styles.SMALL);
        button.setOnAction(e -> run.run());
        return button;
    }

    /** A field whose text is taken over, once, when Enter is pressed or the field is left. */
    private static final class Editable {

        private final TextInputControl field;
        private String last;

        Editable(TextInputControl field, String text, Consumer<String> then) {
            this.field = field;
            last = text;
            field.setText(text);
            Runnable take = () -> {
                if (!field.getText().equals(last)) {
                    last = field.getText();
                    then.accept(last.strip());
                }
            };
            if (field instanceof TextField line) {
                line.setOnAction(e -> take.run());
            }
            field.focusedProperty().addListener((o, was, is) -> {
                if (!is) {
                    take.run();
                }
            });
        }

        /** Shows what has come of the text elsewhere, unless the user is writing here. */
        void show(String text) {
            if (!field.isFocused()) {
                last = text;
                field.setText(text);
            }
        }
    }

    private static List<String> tags(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
    }
}
