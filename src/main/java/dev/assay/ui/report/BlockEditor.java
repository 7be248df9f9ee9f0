package dev.assay.ui.report;

import dev.assay.report.Block;
import dev.assay.ui.Texts;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What can be changed about the selected block. JavaFX thread only. */
final class BlockEditor extends VBox {

    private final ReportDocument document;
    private int shown = -1;
    private Block block;

    BlockEditor(ReportDocument document) {
        this.document = document;
        setSpacing(6);
        getStyleClass().add("block-editor");
        show(-1);
    }

    /** Shows the block at a place; -1 for none. */
    void show(int index) {
        Block now = index < 0 || index >= document.report().get().blocks().size()
                ? null
                : document.report().get().blocks().get(index);
        if (index == shown && now != null && now.equals(block)) {
            return;
        }
        shown = index;
        block = now;
        getChildren().clear();
        if (now == null) {
            hint(Texts.of("report.choose"));
            return;
        }
        switch (now) {
            case Block.Heading h -> heading(h);
            case Block.Note n -> note(n);
            case Block.Finding f -> caption(f.caption(), text -> new Block.Finding(f.runs(), f.result(), text));
            case Block.Screenshot s -> caption(s.caption(), text -> new Block.Screenshot(s.file(), text));
            case Block.Summary s -> hint(Texts.of("report.hint.summary"));
            case Block.Parameters p -> hint(
                    p.runs().size() > 1
                            ? Texts.of("report.hint.differences")
                            : Texts.of("report.hint.parameters"));
            case Block.Origin o -> hint(Texts.of("report.hint.origin"));
        }
    }

    private void set(Block changed) {
        block = changed;
        document.replace(shown, changed);
    }

    private void heading(Block.Heading heading) {
        TextField text = new TextField(heading.text());
        text.setId("block-heading");
        CheckBox section = new CheckBox(Texts.of("report.section"));
        section.setSelected(heading.level() > 1);
        Runnable change = () -> set(new Block.Heading(text.getText(), section.isSelected() ? 2 : 1));
        text.textProperty().addListener((o, before, now) -> change.run());
        section.selectedProperty().addListener((o, before, now) -> change.run());
        labelled(Texts.of("report.add.heading"), text);
        getChildren().add(section);
    }

    private void note(Block.Note note) {
        TextArea text = new TextArea(note.markdown());
        text.setId("block-note");
        text.setWrapText(true);
        text.setPrefRowCount(7);
        text.textProperty().addListener((o, before, now) -> set(new Block.Note(now)));
        VBox.setVgrow(text, Priority.ALWAYS);
        labelled(Texts.of("report.note"), text);
    }

    private interface WithText {
        Block of(String text);
    }

    private void caption(String before, WithText with) {
        TextArea text = new TextArea(before);
        text.setId("block-caption");
        text.setWrapText(true);
        text.setPrefRowCount(3);
        text.setPromptText(Texts.of("report.caption.prompt"));
        text.textProperty().addListener((o, was, now) -> set(with.of(now)));
        labelled(Texts.of("report.caption"), text);
    }

    private void labelled(String name, Node field) {
        Label label = new Label(name);
        label.getStyleClass().add("caption");
        label.setLabelFor(field);
        getChildren().addAll(label, field);
    }

    private void hint(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add("text-muted");
        getChildren().add(label);
    }
}
