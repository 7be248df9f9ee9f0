package dev.assay.ui.shell;

import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.shell.jobs.PulseSteps;
import dev.assay.ui.view.Paging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * Measures how long the window's thread is held up by a table of 100,000 rows: shown, sorted, filtered, scrolled, pinned,
 * set against another run, copied; and by the history of many runs. Prints for each step the longest time that the thread
 * computed and the longest time between two pulses.
 */
public final class TablePulses {

    private static final int RUNS = 2_000;

    private final ShellDriver window;
    private final PulseSteps steps;

    private TablePulses(ShellDriver window) {
        this.window = window;
        this.steps = new PulseSteps(window.pulses(), work -> window.fx(() -> {
            work.run();
            return null;
        }), window::settle, 28);
    }

    /** Measures; the number of rounds is 3 unless given. */
    public static void main(String[] arguments) throws Exception {
        PulseSteps.headless();
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Path folder = Files.createTempDirectory("table-pulses");
        HistoryOf.runs(folder.resolve("workspace"), RUNS);
        try (ShellDriver window = new ShellDriver(
                folder, () -> new Catalogue(List.of(new RowsAnalysis()), List.of()), 1440, 900)) {
            TablePulses bench = new TablePulses(window);
            bench.steps.round(0);
            bench.steps.step("nothing to do yet", () -> LockSupport.parkNanos(2_000_000_000L));
            for (int round = 1; round <= rounds; round++) {
                bench.steps.round(round);
                bench.round();
            }
        }
        System.exit(0);
    }

    private void round() throws InterruptedException {
        steps.step("run twice, 100,000 rows", () -> {
            run(0);
            run(1);
        });
        steps.step("show the table", () -> {
            window.fx(() -> {
                ((Paging) window.shell().tabs().lookup(".paging")).select("Tables");
                return null;
            });
            window.await("rows", () -> table().getItems().size() == 100_000);
        });
        steps.step("sort by a number", () -> sort("score"));
        steps.step("sort by a text", () -> sort("class"));
        steps.step("filter while typing", () -> {
            for (String text : List.of("s", "sc", "score < 0.2", "score < 0.2 class:7")) {
                window.type("#row-filter", text);
            }
            window.await("fewer", () -> table().getItems().size() < 30_000);
        });
        steps.step("clear the filter", () -> {
            window.type("#row-filter", "");
            window.await("all", () -> table().getItems().size() == 100_000);
        });
        steps.step("scroll from end to end", () -> {
            for (int i = 0; i <= 100; i++) {
                int row = i * 999;
                window.fx(() -> {
                    table().scrollTo(row);
                    return null;
                });
                window.settle();
            }
        });
        steps.step("pin 3 rows", () -> {
            window.fx(() -> {
                table().getSelectionModel().clearSelection();
                for (int row : new int[] {10, 50_000, 99_999}) {
                    table().getSelectionModel().select(row);
                }
                return null;
            });
            window.press("#pin-rows");
        });
        steps.step("places against another run", () -> {
            MenuButton menu = (MenuButton) window.node("#rank-menu");
            window.fx(() -> {
                menu.getOnShowing().handle(null);
                MenuItem other = menu.getItems().get(2);
                other.fire();
                return null;
            });
            window.await("three more columns", () -> table().getColumns().size() == 8);
        });
        steps.step("copy all rows", () -> {
            window.fx(() -> {
                table().getSelectionModel().clearSelection();
                ((dev.assay.ui.view.ResultTable) window.node("#result-table-samples")).copy();
                return null;
            });
        });
        steps.step("history of " + RUNS + " runs", () -> {
            window.act("history");
            window.await("listed", () -> window.shell().tabs().lookup("#history-table .table-view") != null);
        });
        steps.step("history, filter", () -> window.type("#history-table #row-filter", "seed < 50"));
        window.tidy();
    }

    private TableView<?> table() {
        return (TableView<?>) window.shell().tabs().lookup("#result-table-samples .table-view");
    }

    private void sort(String column) {
        window.fx(() -> {
            sortNow(table(), column);
            return null;
        });
        window.settle();
    }

    private static <T> void sortNow(TableView<T> table, String id) {
        TableColumn<T, ?> column =
                table.getColumns().stream().filter(c -> id.equals(c.getId())).findFirst().orElseThrow();
        table.getSortOrder().setAll(List.of(column));
    }

    private void run(long seed) {
        int before = window.runs().size();
        window.choose("rows");
        window.type("#seed", String.valueOf(seed));
        window.press("#run-button");
        window.await("done", () -> {
            List<RunView> runs = window.runs();
            return runs.size() > before && runs.getFirst().state() == RunState.DONE;
        });
    }
}
