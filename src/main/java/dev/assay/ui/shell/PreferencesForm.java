package dev.assay.ui.shell;

import atlantafx.base.theme.Styles;
import com.sun.management.OperatingSystemMXBean;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.shell.prefs.HeapOption;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.ui.shell.theme.ThemeChoice;
import dev.assay.workspace.UserFolders;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** The preferences. Every control works at once, but for the scale, which says when it does. */
final class PreferencesForm extends VBox {

    private static final int PATH_LENGTH = 52;

    /** The default size of the heap. */
    private static final int HALF = 0;

    private final GridPane grid = new GridPane(24, 12);
    private int row;

    PreferencesForm(
            WindowPrefs prefs,
            Consumer<ThemeChoice> onTheme,
            Optional<Path> workspace,
            Runnable chooseWorkspace,
            Consumer<Path> reveal,
            Runnable showKeys,
            Consumer<Optional<Integer>> onHeap,
            Supplier<Optional<Path>> askFolder,
            BiConsumer<Path, Consumer<String>> checkPyTorch,
            Consumer<Consumer<List<String>>> engines) {
        setId("preferences");
        setSpacing(8);
        ColumnConstraints labels = new ColumnConstraints();
        labels.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints controls = new ColumnConstraints();
        controls.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints notes = new ColumnConstraints();
        notes.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(labels, controls, notes);
        getChildren().add(grid);
        heading(Texts.of("prefs.appearance"));
        add(Texts.of("prefs.theme"), theme(prefs, onTheme), Texts.of("prefs.theme.note"));
        add(Texts.of("prefs.scale"), scale(prefs), Texts.of("prefs.restart"));
        add(Texts.of("prefs.tabs"), tabs(prefs), Texts.of("prefs.tabs.note"));
        Button keys = new Button(Texts.of("prefs.keys.change"));
        keys.setId("pref-keys");
        keys.getStyleClass().add(Styles.SMALL);
        keys.setOnAction(e -> showKeys.run());
        add(Texts.of("prefs.keys"), keys, Texts.of("prefs.keys.note"));
        heading(Texts.of("prefs.runs"));
        add(Texts.of("prefs.threads"), threads(prefs), Texts.of("prefs.threads.note"));
        if (HeapOption.works()) {
            add(Texts.of("prefs.heap"), heap(prefs, onHeap),
                    Texts.of("prefs.heap.note", Numbers.bytes(Runtime.getRuntime().maxMemory())));
        } else {
            HeapOption.installedOptions().ifPresent(this::installedHeap);
        }
        heading(Texts.of("prefs.engines"));
        Label problem = muted(new Label());
        problem.setWrapText(true);
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        addWide("PyTorch", new PyTorchChoice(prefs, askFolder, checkPyTorch, problem));
        grid.add(problem, 1, row++, 2, 1);
        Label status = muted(new Label(Texts.of("prefs.engines.looking")));
        status.setId("pref-engines");
        status.setWrapText(true);
        grid.add(status, 1, row++, 2, 1);
        engines.accept(lines -> status.setText(String.join("\n", lines)));
        heading(Texts.of("prefs.folders"));
        workspace.ifPresent(folder -> {
            Button other = new Button(Texts.of("prefs.workspace.open"));
            other.setId("pref-workspace");
            other.getStyleClass().add(Styles.SMALL);
            other.setOnAction(e -> chooseWorkspace.run());
            add(Texts.of("prefs.workspace"), folder(folder, reveal, other), Texts.of("prefs.workspace.note"));
        });
        UserFolders folders = UserFolders.find();
        add(Texts.of("prefs.settings"), folder(folders.config(), reveal), "");
        add(Texts.of("prefs.logs"), folder(folders.state(), reveal), "");
        add(Texts.of("prefs.plugins"), folder(folders.plugins(), reveal), Texts.of("prefs.plugins.note"));
    }

    /** Why the size of the heap cannot be chosen here, and where it can. */
    private void installedHeap(Path options) {
        Label now = new Label(Numbers.bytes(Runtime.getRuntime().maxMemory()));
        Label where = muted(new Label(Texts.of("prefs.heap.installed", options)));
        where.setId("pref-heap-installed");
        where.setWrapText(true);
        addWide(Texts.of("prefs.heap"), now);
        grid.add(where, 1, row++, 2, 1);
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
        if (control instanceof HBox) {
            // A path is as long as it is; what it is for is said on hover.
            Tips.on(addWide(text, control), note);
        } else {
            Label label = label(text, control);
            Label what = muted(new Label(note));
            what.setWrapText(true);
            what.setMinHeight(USE_PREF_SIZE);
            grid.addRow(row++, label, control, what);
        }
    }

    private Label addWide(String text, Node control) {
        Label label = label(text, control);
        grid.add(label, 0, row);
        grid.add(control, 1, row++, 2, 1);
        return label;
    }

    private static Label label(String text, Node control) {
        Label label = new Label(text);
        label.setMinWidth(USE_PREF_SIZE);
        label.setLabelFor(control);
        return label;
    }

    private static Label muted(Label label) {
        label.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        return label;
    }

    private static ComboBox<ThemeChoice> theme(WindowPrefs prefs, Consumer<ThemeChoice> onTheme) {
        ComboBox<ThemeChoice> combo = new ComboBox<>();
        combo.setId("pref-theme");
        combo.setAccessibleText(Texts.of("prefs.theme"));
        combo.getItems().setAll(ThemeChoice.values());
        combo.setValue(prefs.theme());
        combo.setPrefWidth(180);
        combo.valueProperty().addListener((o, was, is) -> onTheme.accept(is));
        return combo;
    }

    private static ComboBox<Integer> scale(WindowPrefs prefs) {
        ComboBox<Integer> combo = new ComboBox<>();
        combo.setId("pref-scale");
        combo.setAccessibleText(Texts.of("prefs.scale"));
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

    private static CheckBox tabs(WindowPrefs prefs) {
        CheckBox box = new CheckBox(Texts.of("prefs.tabs.box"));
        box.setMinWidth(USE_PREF_SIZE);
        box.setId("pref-tabs");
        box.setSelected(prefs.restoresTabs());
        box.selectedProperty().addListener((o, was, is) -> prefs.setRestoresTabs(is));
        return box;
    }

    private static ComboBox<Integer> heap(WindowPrefs prefs, Consumer<Optional<Integer>> onHeap) {
        ComboBox<Integer> combo = new ComboBox<>();
        combo.setId("pref-heap");
        combo.setAccessibleText(Texts.of("prefs.heap"));
        long machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        combo.getItems().add(HALF);
        combo.getItems().addAll(HeapOption.sizes(machine));
        combo.setConverter(new StringConverter<>() {
            @Override
            public String toString(Integer mebibytes) {
                return mebibytes == null || mebibytes == HALF
                        ? Texts.of("prefs.heap.half")
                        : Numbers.bytes((long) mebibytes << 20);
            }

            @Override
            public Integer fromString(String text) {
                throw new UnsupportedOperationException("a size is not typed");
            }
        });
        combo.setValue(prefs.heap().orElse(HALF));
        combo.setPrefWidth(180);
        combo.valueProperty().addListener(
                (o, was, is) -> onHeap.accept(is == HALF ? Optional.empty() : Optional.of(is)));
        return combo;
    }

    private static Spinner<Integer> threads(WindowPrefs prefs) {
        int most = Runtime.getRuntime().availableProcessors();
        Spinner<Integer> spinner = new Spinner<>(1, most, prefs.threads());
        spinner.setId("pref-threads");
        spinner.setAccessibleText(Texts.of("prefs.threads"));
        spinner.setPrefWidth(180);
        spinner.valueProperty().addListener((o, was, is) -> prefs.setThreads(is));
        return spinner;
    }

    private static HBox folder(Path folder, Consumer<Path> reveal, Node... more) {
        Label path = new Label(Numbers.shortened(folder.toString(), PATH_LENGTH));
        Tips.on(path, folder.toString());
        path.getStyleClass().add("mono");
        Button show = new Button(Texts.of("show"));
        show.getStyleClass().add(Styles.SMALL);
        show.setAccessibleText(Texts.of("show.what", folder));
        show.setOnAction(e -> reveal.accept(folder));
        HBox box = new HBox(8, path, show);
        box.getChildren().addAll(more);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }
}
