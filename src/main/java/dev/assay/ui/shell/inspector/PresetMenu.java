package dev.assay.ui.shell.inspector;

import atlantafx.base.theme.Styles;
import dev.assay.ui.Texts;
import dev.assay.workspace.Preset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/** The saved parameters of an analysis: taken over, saved under a name, deleted. JavaFX thread only. */
final class PresetMenu extends MenuButton {

    private final InspectorPane.Handler handler;
    private Supplier<String> analysis = () -> "";
    private ParameterForm form;

    PresetMenu(InspectorPane.Handler handler) {
        this.handler = handler;
        setId("presets");
        setText(Texts.of("presets"));
        setAccessibleText(Texts.of("presets.name"));
        getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        getItems().setAll(save());
        setOnShowing(e -> handler.presets(analysis.get(), this::fill));
    }

    /** The form whose values are meant. */
    void follow(Supplier<String> analysisId, ParameterForm parameters) {
        analysis = analysisId;
        form = parameters;
    }

    private MenuItem save() {
        MenuItem save = new MenuItem(Texts.of("presets.save"));
        save.setId("preset-save");
        save.setOnAction(e -> handler.savePreset(analysis.get(), form.values()));
        return save;
    }

    private void fill(List<Preset> presets) {
        getItems().clear();
        for (Preset preset : presets) {
            MenuItem item = new MenuItem(preset.name());
            item.setMnemonicParsing(false);
            item.setId("preset-" + preset.name());
            Map<String, String> values = preset.parameters();
            item.setOnAction(e -> form.setValues(values));
            getItems().add(item);
        }
        if (!presets.isEmpty()) {
            getItems().add(new SeparatorMenuItem());
        }
        getItems().add(save());
        if (!presets.isEmpty()) {
            Menu delete = new Menu(Texts.of("presets.delete"));
            for (Preset preset : presets) {
                MenuItem item = new MenuItem(preset.name());
                item.setMnemonicParsing(false);
                item.setOnAction(e -> handler.deletePreset(preset));
                delete.getItems().add(item);
            }
            getItems().add(delete);
        }
    }
}
