package dev.assay.ui.shell;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** How to read a file: one field for each option of its kind, with what it does beneath. */
final class OptionsForm extends VBox {

    private final Location location;
    private final Map<String, TextField> fields = new LinkedHashMap<>();

    OptionsForm(InputKind kind, Location location) {
        this.location = location;
        setId("options-form");
        setSpacing(12);
        Label what = new Label(Texts.of("options.read.as", kind.title()));
        what.getStyleClass().add(Styles.TEXT_MUTED);
        GridPane grid = new GridPane(16, 8);
        int row = 0;
        for (InputOption option : kind.options()) {
            TextField field = new TextField(location.options().getOrDefault(option.name(), ""));
            field.setId("option-" + option.name());
            field.setPrefWidth(180);
            field.setPromptText(option.defaultValue());
            field.setAccessibleText(option.label());
            Tips.on(field, Texts.of("options.command", option.name()));
            fields.put(option.name(), field);
            Label label = new Label(option.label());
            label.setMinWidth(USE_PREF_SIZE);
            label.setLabelFor(field);
            Label help = new Label(option.help());
            help.setWrapText(true);
            help.setPrefWidth(320);
            help.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
            grid.addRow(row++, label, field, help);
        }
        getChildren().addAll(what, grid);
    }

    /** The location with the options that were filled in. */
    Location location() {
        Map<String, String> options = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            if (!field.getText().isBlank()) {
                options.put(name, field.getText().strip());
            }
        });
        return location.withOptions(options);
    }
}
