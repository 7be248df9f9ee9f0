package dev.assay.ui.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.text.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class ResultTableTest {

    private static final int MANY = 100_000;
    private static final List<Column> COLUMNS = List.of(
            Column.integer("sample", "Sample").to(RefKind.sample("test")),
            Column.text("class", "Class").to(RefKind.ofClass()),
            Column.share("recall", "Recall"),
            Column.real("margin", "Margin", "nats"),
            Column.bool("correct", "Correct"));

    @TempDir
    Path folder;

    private final Worker worker = new Worker("table-test", 1);
    private final List<Throwable> problems = new ArrayList<>();
    private final List<Selection> selected = new ArrayList<>();
    private final List<Selection> opened = new ArrayList<>();
    private ResultTable table;
    private Scene scene;
    private Path saveAs;

    @Start
    void start(Stage stage) {
        table = new ResultTable(worker, new FileAsker() {
            @Override
            public Optional<Path> save(String suggestedName, String kind) {
                return Optional.ofNullable(saveAs);
            }

            @Override
            public Optional<Path> open(String title, boolean folder) {
                return Optional.empty();
            }
        }, problems::add);
        table.setOnSelection(selected::add);
        table.setOnOpen(opened::add);
        StackPane root = new StackPane(table);
        root.getStyleClass().add("assay-tab");
        root.setStyle("-fx-padding: 16px");
        root.getStylesheets().add("/dev/assay/ui/tabs.css");
        scene = Look.show(stage, root, 1280, 800, ChartTheme.LIGHT);
    }

    @AfterEach
    void close() {
        worker.close();
    }

    private static Table rows(int count) {
        Table.Builder builder = new Table.Builder("samples", "Samples", COLUMNS);
        for (int i = 0; i < count; i++) {
            builder.add(i, String.valueOf(i % 10), (i * 7919L % 1000) / 1000.0, Math.sin(i) * 12.3456789, i % 37 != 5);
        }
        return builder.snapshot();
    }

    private TableView<?> view(FxRobot robot) {
        return robot.lookup(".table-view").queryAs(TableView.class);
    }

    private int first(FxRobot robot) {
        return (Integer) view(robot).getItems().getFirst();
    }

    private String count(FxRobot robot) {
        return robot.lookup(".count").queryAs(Label.class).getText().replace(Numbers.THIN_SPACE, " ");
    }

    @Test
    void sortsAHundredThousandRowsByAColumn(FxRobot robot) {
        robot.interact(() -> table.show(rows(MANY)));
        Look.clickHeader(scene, "margin");
        Look.until(() -> first(robot) != 0);
        Table shown = rows(MANY);
        double before = Double.NEGATIVE_INFINITY;
        for (Object row : view(robot).getItems()) {
            double margin = shown.number((Integer) row, 3);
            assertThat(margin).isGreaterThanOrEqualTo(before);
            before = margin;
        }
        Look.picture(scene, "table-sorted");
    }

    @Test
    void filtersAHundredThousandRowsWhileTyping(FxRobot robot) {
        robot.interact(() -> table.show(rows(MANY)));
        robot.clickOn("#row-filter").write("recall < 0.1 correct = no");
        Table all = rows(MANY);
        List<Integer> expected = IntStream.range(0, MANY)
                .filter(r -> all.number(r, 2) < 0.1 && Boolean.FALSE.equals(all.value(r, 4)))
                .boxed()
                .toList();
        Look.until(() -> view(robot).getItems().equals(expected));
        assertThat(count(robot)).isEqualTo(expected.size() + " of 100 000 rows");
        Look.picture(scene, "table-filtered");
        robot.type(KeyCode.ESCAPE);
        Look.until(() -> count(robot).equals("100 000 rows"));
    }

    @Test
    void saysWhatIsWrongWithAFilterAndKeepsTheRows(FxRobot robot) {
        robot.interact(() -> table.show(rows(20)));
        robot.interact(() -> table.setFilter("recal < 0.1"));
        assertThat(count(robot)).startsWith("there is no column 'recal'");
        assertThat(view(robot).getItems()).hasSize(20);
    }

    @Test
    void numbersAreRoundedAndRightAligned(FxRobot robot) {
        robot.interact(() -> table.show(rows(3)));
        assertThat(robot.lookup(".table-cell").queryAll().stream()
                .map(n -> ((TableCell<?, ?>) n).getText()))
                .contains("91.9" + Numbers.THIN_SPACE + "%", "10.39");
    }

    @Test
    void aRowThatTheNextTableDoesNotHaveIsNotHandedOn(FxRobot robot) {
        List<Integer> chosen = new ArrayList<>();
        table.setOnRow(chosen::add);
        robot.interact(() -> table.show(rows(MANY)));
        Look.clickHeader(scene, "margin");
        Look.until(() -> first(robot) != 0);
        robot.interact(() -> {
            table.show(rows(10));
            table.select(MANY - 1);
        });
        Look.until(() -> view(robot).getItems().size() == 10);
        assertThat(chosen).isEmpty();
        assertThat(selected).isEmpty();
    }

    @Test
    void aSelectedRowHandsOnItsReferences(FxRobot robot) {
        robot.interact(() -> table.show(rows(30)));
        robot.interact(() -> table.select(12));
        assertThat(selected).hasSize(1);
        assertThat(selected.getFirst().first("sample").orElseThrow().key()).isEqualTo("12");
        assertThat(selected.getFirst().first("class").orElseThrow().key()).isEqualTo("2");
    }

    @Test
    void enterAndDoubleClickOpenARow(FxRobot robot) {
        robot.interact(() -> table.show(rows(30)));
        robot.interact(() -> table.select(3));
        robot.interact(() -> view(robot).requestFocus());
        robot.type(KeyCode.ENTER);
        assertThat(opened).hasSize(1);
        robot.doubleClickOn("5");
        assertThat(opened).hasSize(2);
    }

    @Test
    void theSelectionFollowsItsRowThroughSortingAndIsNotAnnouncedAgain(FxRobot robot) {
        robot.interact(() -> table.show(rows(200)));
        robot.interact(() -> table.select(12));
        Look.clickHeader(scene, "recall");
        Look.until(() -> (Integer) view(robot).getItems().get(12) != 12);
        assertThat(view(robot).getSelectionModel().getSelectedItem()).isEqualTo(12);
        assertThat(selected).hasSize(1);
    }

    @Test
    void aGrowingTableKeepsSelectionAndFilter(FxRobot robot) {
        robot.interact(() -> table.show(rows(50)));
        robot.interact(() -> table.setFilter("class = 3"));
        Look.until(() -> view(robot).getItems().size() == 5);
        robot.interact(() -> table.select(13));
        robot.interact(() -> table.show(rows(100)));
        Look.until(() -> view(robot).getItems().size() == 10);
        assertThat(view(robot).getSelectionModel().getSelectedItem()).isEqualTo(13);
    }

    @Test
    void copiesTheSelectedRowsWithAllDigits(FxRobot robot) {
        robot.interact(() -> table.show(rows(10)));
        robot.interact(() -> table.select(1));
        robot.interact(() -> table.copy());
        String[] text = new String[1];
        robot.interact(() -> text[0] = Clipboard.getSystemClipboard().getString());
        assertThat(text[0]).isEqualTo(
                "sample\tclass\trecall\tmargin\tcorrect\n1\t1\t0.919\t" + Math.sin(1) * 12.3456789 + "\ttrue\n");
    }

    @Test
    void exportsTheRowsShownInTheirOrder(FxRobot robot) throws Exception {
        saveAs = folder.resolve("out.csv");
        robot.interact(() -> table.show(rows(30)));
        robot.interact(() -> table.setFilter("class = 7"));
        Look.until(() -> view(robot).getItems().size() == 3);
        robot.interact(() -> table.export());
        Look.until(() -> Files.exists(saveAs));
        assertThat(Files.readAllLines(saveAs)).hasSize(4).element(1).asString().startsWith("7,7,0.433,");
    }

    @Test
    void anExportThatFailsIsReportedAndLeavesNothing(FxRobot robot) throws Exception {
        saveAs = folder.resolve("missing/out.csv");
        robot.interact(() -> table.show(rows(3)));
        robot.interact(() -> table.export());
        Look.until(() -> !problems.isEmpty());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void hiddenColumnsStayHiddenWhileTheTableGrows(FxRobot robot) {
        robot.interact(() -> table.show(rows(3)));
        robot.interact(() -> robot.lookup("#column-menu")
                .queryAs(MenuButton.class)
                .getItems()
                .stream()
                .map(CheckMenuItem.class::cast)
                .filter(i -> i.getText().equals("Correct"))
                .forEach(i -> i.setSelected(false)));
        robot.interact(() -> table.show(rows(6)));
        assertThat(view(robot).getVisibleLeafColumns()).hasSize(4);
    }

    @Test
    void anEmptyTableSaysSo(FxRobot robot) {
        robot.interact(() -> table.show(rows(0)));
        assertThat(robot.lookup("This table has no rows").tryQuery()).isPresent();
        robot.interact(() -> table.setLive(true));
        assertThat(robot.lookup("Rows appear here as they are found").tryQuery()).isPresent();
        Look.picture(scene, "table-empty");
    }

    @Test
    void pinnedRowsStayOnTopThroughSortingFilteringAndGrowth(FxRobot robot) {
        robot.interact(() -> table.show(rows(MANY)));
        robot.interact(() -> table.select(70_000));
        robot.interact(() -> robot.lookup("#pin-rows").queryButton().fire());
        Look.until(() -> first(robot) == 70_000);
        assertThat(view(robot).getItems()).hasSize(MANY);
        Look.clickHeader(scene, "margin");
        Look.until(() -> (Integer) view(robot).getItems().get(1) != 0);
        assertThat(first(robot)).isEqualTo(70_000);
        robot.interact(() -> table.setFilter("class = 3"));
        Look.until(() -> view(robot).getItems().size() == MANY / 10 + 1);
        assertThat(first(robot)).isEqualTo(70_000);
        Look.picture(scene, "table-pinned");
        robot.interact(() -> table.show(rows(MANY + 100)));
        Look.until(() -> view(robot).getItems().size() == MANY / 10 + 11);
        assertThat(first(robot)).isEqualTo(70_000);
        robot.interact(() -> table.select(70_000));
        robot.interact(() -> robot.lookup("#pin-rows").queryButton().fire());
        Look.until(() -> view(robot).getItems().size() == MANY / 10 + 10);
    }

    private static Table classes(String... names) {
        Table.Builder builder = new Table.Builder(
                "live", "Live", List.of(Column.text("class", "Class"), Column.integer("step", "Step")));
        for (int i = 0; i < names.length; i++) {
            builder.add(names[i], i);
        }
        return builder.snapshot();
    }

    @Test
    void aPinnedRowIsStillTheOnlyOneWhenLaterRowsHaveItsName(FxRobot robot) {
        robot.interact(() -> table.show(classes("a", "b")));
        robot.interact(() -> table.select(1));
        robot.interact(() -> robot.lookup("#pin-rows").queryButton().fire());
        Look.until(() -> first(robot) == 1);
        robot.interact(() -> table.show(classes("a", "b", "b", "a", "b")));
        Look.until(() -> view(robot).getItems().size() == 5);
        TableView<Integer> pinned = robot.lookup("#pinned-rows").query();
        assertThat(pinned.getItems()).containsExactly(1);
        robot.interact(() -> table.select(4));
        robot.interact(() -> robot.lookup("#pin-rows").queryButton().fire());
        Look.until(() -> pinned.getItems().equals(List.of(1, 4)));
    }

    @Test
    void rowsThatAreToBeSelectedWhileTheyAreSortedAreSelectedThen(FxRobot robot) {
        robot.interact(() -> table.show(classes("c", "a", "b")));
        Look.clickHeader(scene, "class");
        Look.until(() -> first(robot) == 1);
        robot.interact(() -> table.selectRows(List.of(2)));
        robot.interact(() -> {
            table.show(classes("d", "c", "a", "b"));
            table.selectRows(List.of(3));
        });
        Look.until(() -> view(robot).getItems().size() == 4);
        Look.until(() -> table.selectedRows().equals(List.of(3)));
        assertThat(first(robot)).isEqualTo(2);
    }

    @Test
    void pinnedRowsStayInSightWhenTheOthersAreScrolled(FxRobot robot) {
        robot.interact(() -> table.show(rows(MANY)));
        robot.interact(() -> table.selectRows(List.of(500, 70_000)));
        robot.interact(() -> robot.lookup("#pin-rows").queryButton().fire());
        Look.until(() -> first(robot) == 500);
        TableView<Integer> pinned = robot.lookup("#pinned-rows").query();
        assertThat(pinned.getItems()).containsExactly(500, 70_000);
        assertThat(pinned.getParent().isVisible()).as("they are there anyway").isFalse();
        robot.interact(() -> view(robot).scrollTo(4_000));
        Look.until(() -> pinned.getParent().isVisible());
        Look.picture(scene, "table-pinned-scrolled");
        assertThat(pinned.localToScene(0, 0).getY()).isGreaterThan(view(robot).localToScene(0, 0).getY());
        // Up to a row that would lie beneath them.
        robot.interact(() -> view(robot).getSelectionModel().clearAndSelect(4_001));
        VirtualFlow<?> flow = (VirtualFlow<?>) view(robot).lookup(".virtual-flow");
        Look.until(() -> flow.getFirstVisibleCell().getIndex() == 3_999);
        robot.interact(() -> pinned.lookupAll(".table-row-cell").stream()
                .filter(r -> ((TableRow<?>) r).getIndex() == 1)
                .forEach(r -> r.fireEvent(click())));
        assertThat(table.selectedRows()).containsExactly(70_000);
        robot.interact(() -> robot.lookup("#pin-rows").queryButton().fire());
        Look.until(() -> pinned.getItems().size() == 1);
        robot.interact(() -> view(robot).scrollTo(0));
        Look.until(() -> !pinned.getParent().isVisible());
    }

    private static MouseEvent click() {
        return new MouseEvent(
                MouseEvent.MOUSE_CLICKED, 0, 0, 0, 0, MouseButton.PRIMARY, 1, false, false, false, false, false, false,
                false, false, false, true, null);
    }

    @Test
    void placesCanBeSetAgainstThoseOfAnotherRun(FxRobot robot) {
        List<Column> columns = List.of(Column.text("name", "Name"), Column.real("score", "Score", ""));
        Table now = new Table.Builder("t", "T", columns).add("a", 1).add("b", 2).add("c", 3).add("d", 3).snapshot();
        Table before = new Table.Builder("t", "T", columns).add("c", 1).add("b", 2).add("a", 3).snapshot();
        robot.interact(() -> {
            table.setPeers(() -> List.of(new ResultTable.Peer("Yesterday", () -> before)));
            table.show(now);
            ((RankMenu) robot.lookup("#rank-menu").query()).getItems().get(2).fire();
        });
        Look.until(() -> view(robot).getColumns().size() == 5);
        assertThat(cells(robot, 0)).containsExactly("a", "1", "4", "1", "-3");
        assertThat(cells(robot, 2)).containsExactly("c", "3", "1", "3", "2");
        assertThat(cells(robot, 3)).containsExactly("d", "3", "1", Numbers.ABSENT, Numbers.ABSENT);
        Look.picture(scene, "table-rank-change");
        Look.clickHeader(scene, "score");
        Look.until(() -> cells(robot, 0).get(2).equals("1"));
        assertThat(cells(robot, 0)).as("the least is first now").containsExactly("a", "1", "1", "3", "2");
        robot.interact(() -> ((RankMenu) robot.lookup("#rank-menu").query()).getItems().getFirst().fire());
        Look.until(() -> view(robot).getColumns().size() == 2);
    }

    private List<String> cells(FxRobot robot, int row) {
        List<String> texts = new ArrayList<>();
        robot.interact(() -> view(robot).getColumns().forEach(c -> texts.add(
                Numbers.cell(c.getCellData(row), "").replace('\u2212', '-'))));
        return texts;
    }

    @Test
    void rowsOfTotalsStandOut() {
        Table totals =
                new Table.Builder("recall", "Recall", List.of(Column.text("class", "Class"), Column.share("r", "R")))
                        .add("0", 0.5)
                        .add("all", 0.5)
                        .snapshot();
        assertThat(ResultColumns.isTotal(totals, 0)).isFalse();
        assertThat(ResultColumns.isTotal(totals, 1)).isTrue();
    }

    @Test
    void absentValuesAreDashes(FxRobot robot) {
        Table absent = new Table.Builder("t", "T", COLUMNS).add(null, null, Double.NaN, null, null).snapshot();
        robot.interact(() -> table.show(absent));
        assertThat(robot.lookup(".value-cell").queryAll().stream()
                .map(n -> ((TableCell<?, ?>) n).getText())
                .filter(t -> t != null))
                .containsOnly(Numbers.ABSENT);
    }

    @Test
    void theMenuOfARowIsThereWhenItIsAskedFor(FxRobot robot) {
        robot.interact(() -> table.show(rows(20)));
        Look.built(scene);
        TableView<?> view = (TableView<?>) table.lookup(".table-view");
        robot.interact(() -> {
            view.getSelectionModel().select(3);
            Event.fireEvent(view, new ContextMenuEvent(
                    ContextMenuEvent.CONTEXT_MENU_REQUESTED, 40, 80, 40, 80, false, null));
        });
        ContextMenu menu = Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .map(ContextMenu.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(menu.getItems()).extracting(MenuItem::getText).contains("Copy rows", "Export CSV");
        assertThat(menu.getItems().getFirst().isDisable()).isFalse();
        robot.interact(menu::hide);
    }

    private RankMenu ranks(FxRobot robot) {
        return (RankMenu) robot.lookup("#rank-menu").query();
    }

    private static Table scored(String first, String last) {
        List<Column> columns = List.of(Column.text("name", "Name"), Column.real("score", "Score", ""));
        return new Table.Builder("t", "T", columns).add(first, 1).add("b", 2).add(last, 3).snapshot();
    }

    @Test
    void aFilterOnAColumnThatIsThereNoMoreLetsTheRowsBeSeen(FxRobot robot) {
        robot.interact(() -> {
            table.setPeers(() -> List.of(new ResultTable.Peer("Yesterday", () -> scored("c", "a"))));
            table.show(scored("a", "c"));
            ranks(robot).getItems().get(2).fire();
        });
        Look.until(() -> view(robot).getColumns().size() == 5);
        robot.interact(() -> table.setFilter("rank_climbed > 0"));
        Look.until(() -> view(robot).getItems().size() == 1);
        robot.interact(() -> ranks(robot).getItems().getFirst().fire());
        Look.until(() -> view(robot).getColumns().size() == 2);
        Look.until(() -> view(robot).getItems().size() == 3);
        assertThat(problems).isEmpty();
    }

    @Test
    void placesThatAreNoLongerWantedAreNotShownWhenTheyAreFound(FxRobot robot) throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        robot.interact(() -> {
            table.setPeers(() -> List.of(new ResultTable.Peer("Slow", () -> {
                reading.await();
                return scored("c", "a");
            })));
            table.show(scored("a", "c"));
            ranks(robot).getItems().get(2).fire();
            ranks(robot).getItems().getFirst().fire();
        });
        reading.countDown();
        CountDownLatch after = new CountDownLatch(1);
        worker.submit(() -> 0, x -> worker.submit(() -> 0, y -> after.countDown(), problems::add), problems::add);
        assertThat(after.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(view(robot).getColumns()).hasSize(2);
    }

    @Test
    void rowsAreSelectedByMouseAndKeyboardAsInEveryTable(FxRobot robot) {
        robot.interact(() -> table.show(rows(MANY)));
        click(robot, 2, false, false);
        click(robot, 5, true, false);
        assertThat(table.selectedRows()).containsExactly(2, 3, 4, 5);
        click(robot, 3, false, true);
        assertThat(table.selectedRows()).containsExactly(2, 4, 5);
        click(robot, 8, false, true);
        assertThat(table.selectedRows()).containsExactly(2, 4, 5, 8);
        robot.push(new KeyCodeCombination(KeyCode.A, KeyCombination.CONTROL_DOWN));
        assertThat(table.selectedRows()).hasSize(MANY);
        click(robot, 4, false, false);
        assertThat(table.selectedRows()).containsExactly(4);
        click(robot, 6, false, false);
        robot.push(KeyCode.SHIFT, KeyCode.DOWN).push(KeyCode.SHIFT, KeyCode.DOWN);
        assertThat(table.selectedRows()).containsExactly(6, 7, 8);
        robot.push(KeyCode.DOWN);
        assertThat(table.selectedRows()).containsExactly(9);
    }

    /** The robot of the headless platform presses no keys while it clicks. */
    private static void click(FxRobot robot, int row, boolean shift, boolean control) {
        Node cell = robot.lookup((Node n) -> n instanceof TableCell<?, ?> c && c.getIndex() == row
                && c.getText() != null && c.getTableColumn().getId().equals("sample")).query();
        robot.interact(() -> {
            Point2D at = cell.localToScene(5, 5);
            for (var type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                cell.fireEvent(new MouseEvent(
                        type, at.getX(), at.getY(), at.getX(), at.getY(), MouseButton.PRIMARY, 1, shift, control, false,
                        false,
                        type == MouseEvent.MOUSE_PRESSED, false, false, false, false, true, null));
            }
        });
    }

    @Test
    void copiedCellsWithTabsAndLinesStayCells() {
        Table odd = new Table.Builder("t", "T", List.of(Column.text("name", "Name"), Column.integer("n", "N")))
                .add("a\tb", 1L).add("two\nlines", 2L).add("=1+1 \"q\"", 3L).snapshot();

        assertThat(TableFile.tabSeparated(odd, new int[] {0, 1, 2}))
                .isEqualTo("name\tn\n\"a\tb\"\t1\n\"two\nlines\"\t2\n\"=1+1 \"\"q\"\"\"\t3\n");
    }

    @Test
    void aFileWithoutAnEndingGetsTheOneAskedFor() {
        assertThat(FileDialogs.withEnding(Path.of("/x/table"), ".csv")).isEqualTo(Path.of("/x/table.csv"));
        assertThat(FileDialogs.withEnding(Path.of("/x.y/table.txt"), ".csv")).isEqualTo(Path.of("/x.y/table.txt"));
    }

    @Test
    void aTableCanBeSortedWhateverNumberOfItsRowsIsSelected(FxRobot robot) {
        int many = MANY / 2;
        robot.interact(() -> {
            table.show(rows(many));
            view(robot).getSelectionModel().selectAll();
        });
        Look.clickHeader(scene, "margin");
        Look.until(() -> first(robot) != 0);
        assertThat(table.selectedRows()).hasSize(many);
        robot.interact(() -> {
            table.show(rows(50));
            table.selectRows(List.of(7, 3, 49, 60));
        });
        Look.clickHeader(scene, "recall");
        Look.until(() -> first(robot) == 0);
        assertThat(table.selectedRows()).containsExactlyInAnyOrder(3, 7, 49);
    }

    @Test
    void anExportedFileMayBeReadByWhomeverFilesMayBeReadBy(FxRobot robot) throws Exception {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
        saveAs = folder.resolve("out.csv");
        robot.interact(() -> {
            table.show(rows(20));
            table.export();
        });
        Look.until(() -> Files.exists(saveAs));
        assertThat(Files.getPosixFilePermissions(saveAs))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(folder.resolve("plain"))));
    }
}
