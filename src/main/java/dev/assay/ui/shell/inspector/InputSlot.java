package dev.assay.ui.shell.inspector;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputRole;
import dev.assay.text.Numbers;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.shell.open.OpenItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** One input of the analysis: a place to drop a file or something from the browser, or to choose what is open. */
final class InputSlot extends VBox {

    private static final PseudoClass OVER = PseudoClass.getPseudoClass("drag-over");
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final int NAME_LENGTH = 34;

    /** What a slot asks of the inspector. */
    interface Owner {

        /** The open inputs that a role could take. */
        List<Input> candidates(InputRole role);

        /** The user has chosen; an empty list clears the role. */
        void chosen(InputRole role, List<Input> inputs);

        /** Asks for a file and puts it into the role. */
        void browse(InputRole role);

        /** Opens files that were dropped and puts them into the role. */
        void dropped(InputRole role, List<Path> files);

        /** The open input at that location text, or null. */
        Input find(String location);
    }

    private final InputRole role;
    private final Owner owner;
    private final VBox target = new VBox(4);
    private final Label problem = new Label();
    private final Supplier<Button> chooser;
    private List<Input> inputs = List.of();

    InputSlot(InputRole role, Owner owner) {
        this.role = role;
        this.owner = owner;
        setId("slot-" + role.name());
        getStyleClass().add("input-slot");
        setSpacing(4);
        Label label = new Label(role.label());
        Tips.on(label, role.help());
        Label note = new Label(role.required() ? "" : Texts.of("inputs.optional"));
        note.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        HBox heading = new HBox(8, label, note);
        heading.setAlignment(Pos.BASELINE_LEFT);
        target.getStyleClass().add("drop-target");
        problem.getStyleClass().addAll("caption", "field-problem");
        problem.setWrapText(true);
        showProblem("");
        chooser = this::chooser;
        getChildren().addAll(heading, target, problem);
        installDrop();
        show(List.of());
    }

    private void installDrop() {
        target.setOnDragOver(e -> {
            if (accepts(e.getDragboard())) {
                e.acceptTransferModes(TransferMode.COPY);
                e.consume();
            }
        });
        target.setOnDragEntered(e -> target.pseudoClassStateChanged(OVER, accepts(e.getDragboard())));
        target.setOnDragExited(e -> target.pseudoClassStateChanged(OVER, false));
        target.setOnDragDropped(this::drop);
    }

    private boolean accepts(Dragboard board) {
        if (board.hasFiles()) {
            return true;
        }
        Object location = board.getContent(OpenItem.DRAG_FORMAT);
        return location != null && role.type().isInstance(owner.find(location.toString()));
    }

    private void drop(DragEvent e) {
        Dragboard board = e.getDragboard();
        boolean done = accepts(board);
        if (done && board.hasFiles()) {
            owner.dropped(role, board.getFiles().stream().map(f -> f.toPath()).toList());
        } else if (done) {
            add(owner.find(board.getContent(OpenItem.DRAG_FORMAT).toString()));
        }
        e.setDropCompleted(done);
        e.consume();
    }

    private void add(Input input) {
        List<Input> list = new ArrayList<>(role.repeatable() ? inputs : List.of());
        if (!list.contains(input)) {
            list.add(input);
        }
        owner.chosen(role, list);
    }

    private Button chooser() {
        Button button = new Button(inputs.isEmpty() ? Texts.of("inputs.drop") : Texts.of("inputs.add"));
        button.setId("choose-" + role.name());
        button.setAccessibleText(Texts.of("choose.what", Texts.inside(role.label())));
        button.setAccessibleHelp(role.help());
        button.getStyleClass().addAll(Styles.FLAT, "slot-button");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        button.setGraphic(Icons.of("fth-plus"));
        button.setOnAction(e -> menu().show(button, Side.BOTTOM, 0, 2));
        return button;
    }

    private ContextMenu menu() {
        ContextMenu menu = new ContextMenu();
        for (Input input : owner.candidates(role)) {
            MenuItem item = new MenuItem(input.name() + "   " + input.summary(), Icons.of(OpenItem.iconOf(input)));
            // An underscore in a file's name is no mnemonic.
            item.setMnemonicParsing(false);
            item.setOnAction(e -> add(input));
            menu.getItems().add(item);
        }
        if (!menu.getItems().isEmpty()) {
            menu.getItems().add(new SeparatorMenuItem());
        }
        MenuItem browse = new MenuItem(Texts.of("inputs.browse"), Icons.of("fth-folder"));
        browse.setOnAction(e -> owner.browse(role));
        menu.getItems().add(browse);
        return menu;
    }

    /** Shows what fills the role. */
    void show(List<Input> filled) {
        inputs = List.copyOf(filled);
        target.getChildren().clear();
        inputs.forEach(i -> target.getChildren().add(chip(i)));
        if (inputs.isEmpty() || role.repeatable()) {
            target.getChildren().add(chooser.get());
        }
        if (!inputs.isEmpty()) {
            showProblem("");
        }
    }

    private HBox chip(Input input) {
        Label name = new Label(Numbers.shortened(input.name(), NAME_LENGTH), Icons.of(OpenItem.iconOf(input)));
        Tips.on(name, input.location().toString());
        Label fact = new Label(input.summary());
        fact.getStyleClass().addAll("caption", Styles.TEXT_MUTED, "chip-fact");
        VBox texts = new VBox(1, name, fact);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        Consumer<Void> clear = v -> owner.chosen(
                role, inputs.stream().filter(i -> i != input).toList());
        IconButton change =
                new IconButton("fth-chevron-down", Texts.of("inputs.another", Texts.inside(role.label())), () -> {});
        change.setOnAction(e -> menu().show(change, Side.BOTTOM, 0, 2));
        HBox chip = new HBox(4, texts);
        if (!role.repeatable()) {
            chip.getChildren().add(change);
        }
        chip.getChildren()
                .add(new IconButton("fth-x", Texts.of("inputs.take.out", Texts.inside(role.label())),
                        () -> clear.accept(null)));
        chip.setAlignment(Pos.CENTER_LEFT);
        chip.getStyleClass().add("chip");
        chip.setAccessibleText(role.label() + ": " + input.name());
        return chip;
    }

    /** Says what is wrong with the role; empty for nothing. */
    void showProblem(String text) {
        problem.setText(text);
        problem.setVisible(!text.isEmpty());
        problem.setManaged(!text.isEmpty());
        target.pseudoClassStateChanged(INVALID, !text.isEmpty());
    }

    InputRole role() {
        return role;
    }
}
