package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.view.Paging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks the window and every kind of tab and dialog: whatever can be used has a name that a screen reader can say. */
class AccessibleNamesTest {

    /** Parts that JavaFX makes itself inside of controls, which have the name. */
    private static final Set<String> INNER = Set.of(
            "increment-button", "decrement-button", "increment-arrow-button", "decrement-arrow-button", "arrow-button",
            "tab-close-button", "open-button", "control-buttons-tab");

    private static final Set<String> OUTER =
            Set.of("spinner", "combo-box-base", "combo-box", "scroll-bar", "color-picker",
                    "check-box-list-cell");

    @TempDir
    Path folder;

    private final Set<String> nameless = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();

    private void walk(String where, ShellDriver window) {
        window.settle();
        window.fx(() -> {
            for (Node node : window.stage().getScene().getRoot().lookupAll("*")) {
                check(where, node);
            }
            return null;
        });
    }

    private void check(String where, Node node) {
        if (!(node instanceof Control) || node instanceof Label || !isShown(node) || isInner(node)) {
            return;
        }
        boolean used = node instanceof ButtonBase || node instanceof TextInputControl || node instanceof ComboBoxBase<?>
                || node instanceof ChoiceBox<?> || node instanceof ListView<?> || node instanceof TableView<?>
                || node instanceof TreeView<?> || node instanceof Slider || node instanceof Spinner<?>
                || node instanceof ProgressBar || node instanceof ProgressIndicator;
        if (used) {
            seen.add(node.getClass().getSimpleName());
            if (!isNamed(node)) {
                nameless.add(where + ": " + path(node));
            }
        }
    }

    private static boolean isNamed(Node node) {
        if (node.getAccessibleText() != null && !node.getAccessibleText().isBlank()) {
            return true;
        }
        if (node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank()) {
            return true;
        }
        return node.getScene().getRoot().lookupAll(".label").stream()
                .anyMatch(l -> l instanceof Label label && label.getLabelFor() == node);
    }

    private static boolean isShown(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInner(Node node) {
        if (node.getStyleClass().stream().anyMatch(INNER::contains)) {
            return true;
        }
        for (Node n = node.getParent(); n != null; n = n.getParent()) {
            if (n.getStyleClass().stream().anyMatch(OUTER::contains)) {
                return true;
            }
        }
        return false;
    }

    private static String path(Node node) {
        List<String> names = new ArrayList<>();
        for (Node n = node; n != null && names.size() < 5; n = n.getParent()) {
            names.addFirst(n.getClass().getSimpleName() + (n.getId() == null ? "" : "#" + n.getId())
                    + (n.getStyleClass().isEmpty() ? "" : "." + n.getStyleClass().getLast()));
        }
        return String.join(" > ", names);
    }

    @Test
    void everythingThatCanBeUsedHasAName() throws Exception {
        SampleData sample = TestData.sample();
        try (ShellDriver window = new ShellDriver(folder, Catalogue::load, 1440, 900)) {
            Shell shell = window.shell();
            walk("empty window", window);
            window.fx(() -> {
                shell.open(sample.test());
                shell.open(sample.train());
                shell.open(sample.model());
                return null;
            });
            window.await("all three open",
                    () -> shell.parts().open().items().stream().filter(i -> i.isReady()).count() == 3);
            for (String key : window.fx(() -> shell.tabs().keys())) {
                window.fx(() -> {
                    shell.tabs().select(key);
                    return null;
                });
                walk("tab " + key.replaceAll(".*/", ""), window);
            }
            window.fx(() -> {
                shell.showSample((dev.assay.data.Dataset) shell.parts().open().items().stream()
                        .filter(i -> i.isDataset()).findFirst().orElseThrow().input(), 3);
                return null;
            });
            walk("sample", window);
            run(window);
            for (String page : List.of("Charts", "Tables", "Log", "Provenance")) {
                window.fx(() -> {
                    ((Paging) shell.tabs().lookup(".paging")).select(page);
                    return null;
                });
                walk("run, " + page, window);
            }
            List<RunView> runs = window.runs();
            window.fx(() -> {
                shell.reports().compare(List.of(runs.getFirst(), runs.getFirst()));
                return null;
            });
            window.await("compared", () -> shell.tabs().lookup("#compare-summary") != null);
            walk("comparison", window);
            window.fx(() -> {
                shell.reports().create(dev.assay.report.Templates.ONE_RUN, List.of(runs.getFirst()));
                return null;
            });
            window.await("a report", () -> shell.tabs().selectedKey().orElse("").startsWith("report:"));
            walk("report", window);
            window.act("history");
            window.await("listed", () -> shell.tabs().lookup("#history-table") != null);
            walk("history", window);
            window.act("log-file");
            walk("log file", window);
            for (String dialog : List.of("palette", "preferences", "keys", "shortcuts", "about", "get-dataset",
                    "compare",
                    "report", "analysis-help", "sweep")) {
                window.act(dialog);
                walk(dialog, window);
                window.fx(() -> {
                    shell.parts().overlay().hideNow();
                    return null;
                });
            }
            window.fx(() -> {
                shell.dialogs().showCrash("It broke.", new IllegalStateException("on purpose"));
                return null;
            });
            walk("crash", window);
            window.fx(() -> {
                shell.parts().overlay().hideNow();
                shell.tour().start();
                return null;
            });
            walk("tour", window);
        }
        assertThat(seen).contains("IconButton", "RowsView", "ComboBox", "TreeView");
        assertThat(nameless).isEmpty();
    }

    private void run(ShellDriver window) {
        int before = window.runs().size();
        window.choose("nap-mining");
        window.press("#run-button");
        window.await("done", () -> window.runs().size() > before
                && window.runs().getFirst().state() == RunState.DONE);
        window.settle();
    }
}
