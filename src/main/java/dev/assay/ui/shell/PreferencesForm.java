package dev.assay.ui.shell;

import atlantafx.base.theme.Styles;
import dev.assay.text.Numbers;
import dev.assay.ui.Tips;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.ui.shell.theme.ThemeChoice;
import dev.assay.workspace.UserFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** The preferences. Every control works at once, but for the scale, which says when it does. */
final class PreferencesForm extends VBox {

    private static final int PATH_LENGTH = 52;

    private final GridPane grid = new GridPane(24, 12);
    private int row;

    PreferencesForm(
            WindowPrefs prefs,
            Consumer<ThemeChoice> onTheme,
            Optional<Path> workspace,
            Runnable chooseWorkspace,
            Consumer<Path> reveal,
            Supplier<Optional<Path>> askFolder,
            Consumer<Consumer<List<String>>> engines) {
        setId("preferences");
        setSpacing(8);
        getChildren().add(grid);
        heading("Appearance");
        add("Theme", theme(prefs, onTheme), "Follows the system unless you choose.");
        add("Size of text and controls", scale(prefs), "Takes effect when Assay starts again.");
        heading("Runs");
        add("Threads", threads(prefs), "Most that one run may use on this machine.");
        heading("Engines");
        Label problem = new Label();
        add("PyTorch", new PyTorchChoice(prefs, askFolder, problem), problem);
        Label status = new Label("Looking\u2026");
        status.setId("pref-engines");
        status.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        status.setWrapText(true);
        grid.add(status, 1, row++, 2, 1);
        engines.accept(lines -> status.setText(String.join("\n", lines)));
        heading("Folders");
        workspace.ifPresent(folder -> {
            Button other = new Button("Open another\u2026");
            other.setId("pref-workspace");
            other.getStyleClass().add(Styles.SMALL);
            other.setOnAction(e -> chooseWorkspace.run());
            add("Workspace", folder(folder, reveal, other), "Holds the runs and their results.");
        });
        UserFolders folders = UserFolders.find();
        add("Settings", folder(folders.config(), reveal), "");
        add("Logs", folder(folders.state(), reveal), "");
    }

    private void heading(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("panel-title");
        if (row > 0) {
            label.setStyle("-fx-padding: 12 0 0 0;");
        }
        grid.add(label, 0, row++, 3, 1);
    }

    private void add(String text, Node control, String note) {
        add(text, control, new Label(note));
    }

    private void add(String text, Node control, Label muted) {
        Label label = new Label(text);
        label.setLabelFor(control);
        muted.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        grid.addRow(row++, label, control, muted);
    }

    private static ComboBox<ThemeChoice> theme(WindowPrefs prefs, Consumer<ThemeChoice> onTheme) {
        ComboBox<ThemeChoice> combo = new ComboBox<>();
        combo.setId("pref-theme");
        combo.setAccessibleText("Theme");
        combo.getItems().setAll(ThemeChoice.values());
        combo.setValue(prefs.theme());
        combo.setPrefWidth(180);
        combo.valueProperty().addListener((o, was, is) -> onTheme.accept(is));
        return combo;
    }

    private static ComboBox<Integer> scale(WindowPrefs prefs) {
        ComboBox<Integer> combo = new ComboBox<>();
        combo.setId("pref-scale");
        combo.setAccessibleText("Size of text and controls");
        combo.getItems().setAll(WindowPrefs.SCALES);
        combo.setConverter(new StringConverter<>() {
            @Override
            public String toString(Integer percent) {
                return percent == null ? "" : percent + Numbers.THIN_SPACE + "%";
            }

            @Override
            public Integer fromString(String text) {
                return Integer.parseInt(text.replaceAll("\\D", ""));
            }
        });
        combo.setValue(prefs.scale());
        combo.setPrefWidth(180);
        combo.valueProperty().addListener((o, was, is) -> prefs.setScale(is));
        return combo;
    }

    private static Spinner<Integer> threads(WindowPrefs prefs) {
        int most = Runtime.getRuntime().availableProcessors();
        Spinner<Integer> spinner = new Spinner<>(1, most, prefs.threads());
        spinner.setId("pref-threads");
        spinner.setAccessibleText("Threads");
        spinner.setPrefWidth(180);
        spinner.valueProperty().addListener((o, was, is) -> prefs.setThreads(is));
        return spinner;
    }

    private static HBox folder(Path folder, Consumer<Path> reveal, Node... more) {
        Label path = new Label(Numbers.shortened(folder.toString(), PATH_LENGTH));
        Tips.on(path, folder.toString());
        path.getStyleClass().add("mono");
        Button show = new Button("Show");
        show.getStyleClass().add(Styles.SMALL);
        show.setAccessibleText("Show " + folder);
        show.setOnAction(e -> reveal.accept(folder));
        HBox box = new HBox(8, path, show);
        box.getChildren().addAll(more);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }
}
