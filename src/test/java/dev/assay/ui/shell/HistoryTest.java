package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Catalogue;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    @TempDir
    Path folder;

    private final StepAnalysis steps = new StepAnalysis();

    private ShellDriver open() throws Exception {
        return new ShellDriver(folder, () -> new Catalogue(List.of(steps), List.of()), 1280, 800);
    }

    private void run(ShellDriver window, String gain) {
        int before = window.runs().size();
        window.choose("steps");
        window.type("#param-gain", gain);
        steps.allow(10);
        window.press("#run-button");
        window.await("a run that is done", () -> window.runs().size() > before
                && window.runs().getFirst().state() == RunState.DONE);
    }

    private static List<String> queue(ShellDriver window) {
        return window.fx(() -> window.node("#queue-list").lookupAll(".run-name").stream()
                .map(n -> ((Label) n).getText())
                .toList());
    }

    private static TableView<?> table(ShellDriver window) {
        return (TableView<?>) window.node("#history-table .table-view");
    }

    private static void select(ShellDriver window, int... rows) {
        TableView<?> table = table(window);
        window.fx(() -> {
            table.getSelectionModel().clearSelection();
            for (int row : rows) {
                table.getSelectionModel().select(row);
            }
            return null;
        });
        window.settle();
    }

    private static void commit(ShellDriver window, String query, String text) {
        window.type(query, text);
        TextInputControl field = (TextInputControl) window.node(query);
        window.fx(() -> {
            if (field instanceof TextField line) {
                line.getOnAction().handle(null);
            } else {
                window.node("#history-table .table-view").requestFocus();
            }
            return null;
        });
        window.settle();
    }

    @Test
    void runsAreListedTaggedNotedFilteredRenamedDeletedAndComeBack() throws Exception {
        try (ShellDriver window = open()) {
            window.act("history");
            window.awaitText("No runs yet: choose an analysis and press Run.");
            window.screenshot("history-empty");
            for (String gain : List.of("0.5", "0.25", "0.75")) {
                run(window, gain);
            }
            assertThat(tabs(window)).as("runs of one name are told apart")
                    .containsSubsequence("Step counting", "Step counting #2", "Step counting #3");
            window.await("in the queue too",
                    () -> queue(window).equals(List.of("Step counting #3", "Step counting #2", "Step counting")));
            window.act("history");
            window.await("three rows", () -> table(window).getItems().size() == 3);
            select(window, 0);
            commit(window, "#history-tags", "baseline, to check");
            commit(window, "#history-notes", "Looks right; the second step is slow.");
            window.await("notes are kept",
                    () -> !window.shell().session().backend().workspace().runs().getFirst().notes()
                            .isEmpty());
            commit(window, "#history-name", "High gain");
            window.awaitText("High gain");
            window.await("the tab follows", () -> tabs(window).contains("High gain"));
            window.await("so does the queue", () -> queue(window).contains("High gain"));
            window.await("tags shown", () -> window.texts().contains("baseline, to check"));
            window.screenshot("history");
            window.act("toggle-theme");
            window.screenshot("history-dark");
            window.act("toggle-theme");
            window.type("#history-table #row-filter", "tags:baseline");
            window.await("one row", () -> table(window).getItems().size() == 1);
            window.type("#history-table #row-filter", "");
            window.await("all rows", () -> table(window).getItems().size() == 3);
            ComboBox<?> analysis = (ComboBox<?>) window.node("#history-analysis");
            window.fx(() -> {
                analysis.getSelectionModel().select(1);
                return null;
            });
            window.await("a column for the gain", () -> columns(window).containsAll(
                    List.of("parameter_gain", "score_sum_total")));
            window.screenshot("history-one-analysis");
            select(window, 1, 2);
            window.awaitText("2 runs");
            window.press("#history-delete");
            window.awaitText("Deleted 2 runs.");
            window.await("one left", () -> table(window).getItems().size() == 1);
            window.screenshot("history-undo");
            window.press("#problem-strips .strip-button");
            window.await("all back", () -> table(window).getItems().size() == 3);
            window.act("undo");
            window.await("the old name", () -> window.shell().parts().runs().all().stream()
                    .noneMatch(r -> window.shell().title(r).equals("High gain")));
        }
        try (ShellDriver window = open()) {
            window.act("history");
            window.await("three rows", () -> table(window).getItems().size() == 3);
            select(window, 0);
            window.awaitText("baseline, to check");
            commit(window, "#history-name", "");
            window.await("it has a name again", () -> window.texts().contains("Step counting #3"));
        }
    }

    @Test
    void theSelectedRunStaysSelectedInASortedTableWhenAnotherOneEnds() throws Exception {
        try (ShellDriver window = open()) {
            run(window, "0.5");
            run(window, "0.25");
            window.act("history");
            window.await("two rows", () -> table(window).getItems().size() == 2);
            TableColumn<?, ?> name = table(window).getColumns().stream().filter(c -> "name".equals(c.getId()))
                    .findFirst().orElseThrow();
            window.fx(() -> {
                name.setSortType(TableColumn.SortType.DESCENDING);
                sortBy(table(window), name);
                return null;
            });
            window.settle();
            // The oldest run, which every new one moves to another row.
            select(window, 1);
            window.await("the run beside", () -> window.isShown("#history-name"));
            RunView oldest = window.runs().getLast();
            run(window, "0.75");
            window.act("history");
            window.await("three rows", () -> table(window).getItems().size() == 3);
            window.settle();
            assertThat(window.<Object>fx(() -> table(window).getSelectionModel().getSelectedItem())).isEqualTo(2);
            assertThat(oldest).isEqualTo(window.runs().getLast());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void sortBy(TableView table, TableColumn column) {
        table.getSortOrder().setAll(column);
    }

    private static List<String> tabs(ShellDriver window) {
        return window.fx(() -> window.stage().getScene().getRoot().lookupAll(".tab-pane").stream()
                .filter(TabPane.class::isInstance)
                .flatMap(p -> ((TabPane) p).getTabs().stream())
                .map(Tab::getText)
                .toList());
    }

    private static List<String> columns(ShellDriver window) {
        return table(window).getColumns().stream().map(TableColumnBase::getId).toList();
    }

    @Test
    void aRunIsDoneAgainAsItWasAndWithAParameterChanged() throws Exception {
        try (ShellDriver window = open()) {
            run(window, "0.25");
            window.act("history");
            window.await("a row", () -> table(window).getItems().size() == 1);
            select(window, 0);
            steps.allow(10);
            window.press("#history-again");
            window.await("two done", () -> window.runs().stream().filter(r -> r.state() == RunState.DONE).count() == 2);
            assertThat(window.runs().get(0).request()).isEqualTo(window.runs().get(1).request());
            window.type("#param-gain", "0.9");
            window.act("history");
            select(window, 1);
            window.press("#history-change");
            assertThat(window.textOf("#param-gain")).isEqualTo("0.25");
        }
    }

    @Test
    void presetsAreSavedTakenOverAndDeletedWithUndo() throws Exception {
        try (ShellDriver window = open()) {
            window.choose("steps");
            window.type("#param-gain", "0.125");
            menu(window, "preset-save").fire();
            window.settle();
            window.type("#preset-name", "Gentle");
            window.screenshot("preset-save");
            window.press("#preset-go");
            window.await("saved", () -> !window.shell().session().backend().workspace().presets("steps").isEmpty());
            window.type("#param-gain", "0.9");
            MenuItem gentle = menu(window, "preset-Gentle");
            window.fx(() -> {
                gentle.fire();
                return null;
            });
            assertThat(window.textOf("#param-gain")).isEqualTo("0.125");
            window.act("undo");
            window.await("gone", () -> window.shell().session().backend().workspace().presets("steps").isEmpty());
        }
    }

    private static MenuItem menu(ShellDriver window, String id) {
        MenuButton presets = (MenuButton) window.node("#presets");
        window.fx(() -> {
            presets.getOnShowing().handle(null);
            return null;
        });
        window.await("the entry " + id, () -> presets.getItems().stream().anyMatch(i -> id.equals(i.getId())));
        return window.fx(() -> new MenuItem() {
            @Override
            public void fire() {
                window.fx(() -> {
                    presets.getItems().stream().filter(i -> id.equals(i.getId())).findFirst().orElseThrow().fire();
                    return null;
                });
            }
        });
    }

    @Test
    void aSweepIsOneEntryOfTheQueueWithItsOwnCharts() throws Exception {
        try (ShellDriver window = open()) {
            window.choose("steps");
            window.type("#param-steps", "2");
            window.act("sweep");
            fillSteps(window);
            assertThat(window.textOf("#sweep-outcome")).contains("5 values", "2 seeds", "10 runs");
            window.type("#sweep-values", "0.1..0.9:0.2, 1");
            assertThat(window.textOf("#sweep-outcome")).contains("gain=1", "out of range");
            assertThat(window.fx(() -> window.node("#sweep-go").isDisabled())).isTrue();
            window.screenshot("sweep-problem");
            fillSteps(window);
            window.screenshot("sweep-form");
            steps.allow(9);
            window.press("#sweep-go");
            window.await("started", () -> !window.runs().isEmpty());
            window.await("four done", () -> window.runs().getFirst().progress().done() >= 4);
            assertThat(window.runs()).as("one entry").hasSize(1);
            window.screenshot("sweep-live");
            steps.allow(11);
            window.await("done", () -> window.runs().getFirst().state() == RunState.DONE);
            window.atRest();
            window.screenshot("sweep-done");
            window.act("toggle-theme");
            window.atRest();
            window.screenshot("sweep-done-dark");
            window.act("toggle-theme");
            RunView sweep = window.runs().getFirst();
            assertThat(Sweep.is(sweep.request())).isTrue();
            window.act("history");
            window.await("one row", () -> table(window).getItems().size() == 1);
            window.press("#history-members");
            window.await("members too", () -> table(window).getItems().size() == 11);
            window.fx(() -> {
                window.shell().showRun(sweep.id() + ".0003");
                return null;
            });
            window.awaitText("of 2 steps");
        }
    }

    private static void fillSteps(ShellDriver window) {
        window.type("#sweep-seeds", "0..1");
        ComboBox<?> parameter = (ComboBox<?>) window.node("#sweep-parameter");
        window.fx(() -> {
            parameter.getSelectionModel().select(1);
            return null;
        });
        window.type("#sweep-values", "0.1..0.9:0.2");
    }

    @Test
    void anInterruptedSweepGoesOnWithWhatIsLeft() throws Exception {
        String id;
        RunRecord cut;
        try (ShellDriver window = open()) {
            Sweep sweep = new Sweep(
                    new dev.assay.run.RunRequest("steps", Map.of(), Map.of("steps", "1"), 0, "cpu", 1),
                    "gain", List.of("0.1", "0.2", "0.3"), List.of(0L));
            steps.allow(3);
            RunView run = window.fx(() -> window.shell().session().submit(sweep.request(), null).orElseThrow());
            id = run.id();
            window.await("done", () -> run.state() == RunState.DONE);
            cut = ((dev.assay.run.Run) run).record();
        }
        try (Workspace workspace = Workspace.open(folder.resolve("workspace"))) {
            // As a program leaves it that was killed before the last member.
            workspace.delete(id + ".0003");
            workspace.reopened(cut.in(RunState.RUNNING));
        }
        try (ShellDriver window = open()) {
            window.awaitText("was interrupted when Assay last ended");
            window.screenshot("sweep-interrupted");
            steps.allow(1);
            window.press("#problem-strips .strip-button");
            window.await("done", () -> window.runs().size() == 1 && window.runs().getFirst().state() == RunState.DONE);
            assertThat(window.runs().getFirst().id()).isEqualTo(id);
            assertThat(window.runs().getFirst().log()).anyMatch(l -> l.text().contains("was done before"));
        }
    }
}
