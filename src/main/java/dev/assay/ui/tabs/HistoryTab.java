package dev.assay.ui.tabs;

import dev.assay.analysis.result.Table;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.StringConverter;

/**
 * All runs of the workspace as a table, with tags, notes and what can be done with them. Looks at the runs twice a second
 * and builds the table in the background when something has changed. Used on the JavaFX thread.
 */
public final class HistoryTab implements TabContent {

    /** The key of the tab. */
    public static final String KEY = "history";

    private static final Duration LOOK = Duration.millis(500);
    private static final String ALL = "";

    /** What the history asks of the window; called on the JavaFX thread. */
    public interface Handler {

        /** The runs, newest first. */
        List<HistoryEntry> entries();

        /** Shows a run in its tab. */
        void show(RunView run);

        /** Runs the same once more. */
        void again(RunView run);

        /** Puts a run into the inspector, to be run with something changed. */
        void change(RunView run);

        /** Lets a sweep that was stopped go on. */
        void goOn(RunView sweep);

        /** Stops a run. */
        void stop(RunView run);

        /** Shows a run's folder. */
        void reveal(RunView run);

        /** Copies a run as a command line. */
        void copyCommand(RunView run);

        /** Deletes ended runs; can be undone. */
        void delete(List<RunView> runs);

        /** Compares runs. */
        void compare(List<RunView> runs);

        /** Makes a report of runs. */
        void report(List<RunView> runs);

        /** Gives a run another name. */
        void rename(RunView run, String name);

        /** Replaces the tags of runs. */
        void setTags(List<RunView> runs, List<String> tags);

        /** Adds tags to runs. */
        void addTags(List<RunView> runs, List<String> tags);

        /** Replaces the notes of a run. */
        void setNotes(RunView run, String notes);
    }

    private record Row(
            String id, RunState state, String device, String name, List<String> tags, String notes, int scalars) {}

    private record Shown(List<HistoryEntry> entries, Table table) {}

    private final Workbench workbench;
    private final Handler handler;
    private final Worker worker = new Worker("history", 1);
    private final LatestTask building = new LatestTask(worker);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(Texts.of("history.title"));
    private final ComboBox<String> analysis = new ComboBox<>();
    private final CheckBox members = new CheckBox(Texts.of("history.members"));
    private final Map<String, String> analyses = new LinkedHashMap<>();
    private final ResultTable table;
    private final HistoryDetails details;
    private final SplitPane split = new SplitPane();
    private final StackPane body = new StackPane();
    private final VBox root = new VBox();
    private final Timeline timer = new Timeline(new KeyFrame(LOOK, e -> look()));
    private List<HistoryEntry> entries = List.of();
    private List<HistoryEntry> shown = List.of();
    private List<Row> known;

    /** The history. */
    public HistoryTab(Workbench workbench, Handler handler) {
        this(workbench, handler, new FileDialogs(workbench::window));
    }

    HistoryTab(Workbench workbench, Handler handler, FileAsker files) {
        this.workbench = workbench;
        this.handler = handler;
        table = new ResultTable(worker, files, workbench::showProblem);
        details = new HistoryDetails(handler);
        table.setId("history-table");
        table.setOnRows(rows -> details.show(entriesOf(rows)));
        table.setOnOpen(s -> selected().stream().findFirst().ifPresent(e -> handler.show(e.run())));
        table.setRowMenu(rows -> menu(entriesOf(rows)));
        table.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.DELETE && !(e.getTarget() instanceof javafx.scene.control.TextInputControl)) {
                handler.delete(selected().stream().map(HistoryEntry::run).filter(r -> r.state().isFinal()).toList());
                e.consume();
            }
        });
        root.setId("history-tab");
        root.getStyleClass().addAll("assay-tab", "history-tab");
        VBox page = new VBox(table);
        page.getStyleClass().add("history-page");
        VBox.setVgrow(table, Priority.ALWAYS);
        split.getItems().addAll(page, details);
        split.setDividerPositions(0.76);
        SplitPane.setResizableWithParent(details, false);
        VBox.setVgrow(body, Priority.ALWAYS);
        Stages.fill(root, List.of(header(), body));
        timer.setCycleCount(Animation.INDEFINITE);
        timer.play();
        look();
    }

    private Node header() {
        Label heading = new Label(Texts.of("history.title"));
        heading.getStyleClass().add("page-title");
        analysis.setId("history-analysis");
        analysis.setAccessibleText(Texts.of("history.analysis"));
        analysis.setPrefWidth(240);
        analysis.setConverter(new StringConverter<>() {
            @Override
            public String toString(String id) {
                return id == null || id.isEmpty() ? Texts.of("history.all") : analyses.getOrDefault(id, id);
            }

            @Override
            public String fromString(String text) {
                throw new UnsupportedOperationException("an analysis is not typed");
            }
        });
        analysis.getItems().setAll(ALL);
        analysis.setValue(ALL);
        analysis.valueProperty().addListener((o, was, is) -> rebuild());
        members.setId("history-members");
        members.selectedProperty().addListener((o, was, is) -> rebuild());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox header = new HBox(12, heading, space, members, analysis);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("tab-header");
        return header;
    }

    /** Looks whether anything has changed. */
    private void look() {
        List<HistoryEntry> all = handler.entries();
        List<Row> now = all.stream()
                .map(e -> new Row(
                        e.run().id(), e.run().state(), e.run().device(), e.title(), e.tags(), e.notes(),
                        e.scalars().size()))
                .toList();
        if (!now.equals(known)) {
            known = now;
            entries = all;
            offerAnalyses();
            rebuild();
        }
    }

    private void offerAnalyses() {
        Map<String, String> found = new LinkedHashMap<>();
        entries.forEach(e -> found.putIfAbsent(Sweep.analysisOf(e.run().request()), e.analysis()));
        if (!found.equals(analyses)) {
            analyses.clear();
            analyses.putAll(found);
            String chosen = analysis.getValue();
            List<String> items = new ArrayList<>(List.of(ALL));
            items.addAll(found.keySet());
            analysis.getItems().setAll(items);
            analysis.setValue(items.contains(chosen) ? chosen : ALL);
        }
    }

    private void rebuild() {
        String only = Objects.requireNonNullElse(analysis.getValue(), ALL);
        boolean all = members.isSelected();
        List<HistoryEntry> wanted = entries.stream()
                .filter(e -> all || Sweep.ofMember(e.run().id()).isEmpty())
                .filter(e -> only.isEmpty() || Sweep.analysisOf(e.run().request()).equals(only))
                .toList();
        building.request(
                () -> new Shown(wanted, HistoryTable.of(wanted, !only.isEmpty())),
                this::show,
                workbench::showProblem);
    }

    private void show(Shown next) {
        List<String> selected = selected().stream().map(e -> e.run().id()).toList();
        shown = next.entries();
        if (entries.isEmpty()) {
            body.getChildren().setAll(new EmptyState("fth-clock", Texts.of("history.empty")));
            return;
        }
        if (!body.getChildren().contains(split)) {
            body.getChildren().setAll(split);
        }
        table.show(next.table());
        List<HistoryEntry> still = shown.stream().filter(e -> selected.contains(e.run().id())).toList();
        table.selectRows(still.stream().map(shown::indexOf).toList());
        details.show(still);
    }

    private List<HistoryEntry> entriesOf(List<Integer> rows) {
        return rows.stream().filter(r -> r < shown.size()).map(shown::get).toList();
    }

    private List<HistoryEntry> selected() {
        return entriesOf(table.selectedRows());
    }

    private List<MenuItem> menu(List<HistoryEntry> chosen) {
        List<RunView> runs = chosen.stream().map(HistoryEntry::run).toList();
        List<MenuItem> items = new ArrayList<>();
        if (runs.size() == 1) {
            RunView run = runs.getFirst();
            items.add(item("history.show", "fth-eye", () -> handler.show(run)));
            items.add(item("history.again", "fth-repeat", () -> handler.again(run)));
            items.add(item("history.change", "fth-edit-3", () -> handler.change(run)));
            items.add(item("history.copy", "fth-terminal", () -> handler.copyCommand(run)));
        }
        if (runs.size() > 1) {
            items.add(item("history.compare", "fth-columns", () -> handler.compare(runs)));
        }
        if (!runs.isEmpty()) {
            items.add(item("history.report", "fth-file-text", () -> handler.report(runs)));
            List<RunView> ended = runs.stream().filter(r -> r.state().isFinal()).toList();
            MenuItem delete = item("history.delete", "fth-trash-2", () -> handler.delete(ended));
            delete.setDisable(ended.isEmpty());
            items.add(delete);
        }
        return items;
    }

    private static MenuItem item(String text, String icon, Runnable run) {
        MenuItem item = new MenuItem(Texts.of(text), Icons.of(icon));
        item.setOnAction(e -> run.run());
        return item;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-clock";
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void close() {
        timer.stop();
        worker.close();
    }
}
