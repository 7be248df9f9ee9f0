package dev.assay.ui.tabs;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Table;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Every row of every run that names a sample; a double click leads to the run. JavaFX thread only. */
final class FindingsPage extends VBox {

    private static final int MOST_ROWS = 50;

    private final Workbench workbench;
    private final Location location;
    private final String noun;
    private final LatestTask looking;
    private final ResultTable table;
    private final StackPane place = new StackPane();
    private List<RunView> runs = List.of();

    /**
     * An empty page.
     *
     * @param location where the samples lie
     * @param noun what one of them is called
     */
    FindingsPage(Workbench workbench, Location location, String noun, Worker worker, ResultViews views) {
        super(8);
        this.workbench = workbench;
        this.location = location;
        this.noun = noun;
        looking = new LatestTask(worker);
        table = views.table();
        table.setId("findings");
        table.setOnOpen(selection -> selection.first(Scope.RUN).ifPresent(ref -> runs.stream()
                .filter(r -> r.id().equals(ref.key()))
                .findFirst()
                .ifPresent(workbench::showRun)));
        table.setOnSelection(selection -> selection.first(Scope.RUN)
                .ifPresent(ref -> workbench.selection().select(this, Scope.RUNS, ref.key())));
        VBox.setVgrow(place, Priority.ALWAYS);
        Label hint = new Label(Texts.of("findings.hint"));
        hint.getStyleClass().add("caption");
        getChildren().addAll(place, hint);
    }

    private record Listed(List<RunView> runs, Table table) {}

    /** Looks up what runs say of a sample. */
    void show(long sample) {
        List<SampleFindings.OnRun> on = SampleFindings.runs(workbench, location);
        looking.cancel();
        if (on.isEmpty()) {
            place.getChildren().setAll(new EmptyState(
                    "fth-activity", Texts.of("findings.no.runs")));
            return;
        }
        if (!place.getChildren().contains(table)) {
            ProgressIndicator busy = new ProgressIndicator();
            busy.setMaxSize(24, 24);
            place.getChildren().setAll(busy);
        }
        looking.request(
                () -> new Listed(on.stream().map(SampleFindings.OnRun::run).toList(),
                        rows(SampleFindings.in(on), sample)),
                this::fill, workbench::showProblem);
    }

    private void fill(Listed listed) {
        runs = listed.runs();
        if (listed.table().rowCount() == 0) {
            place.getChildren().setAll(new EmptyState(
                    "fth-activity",
                    Texts.of("findings.none", Numbers.count(runs.size()), noun)));
        } else {
            place.getChildren().setAll(table);
            table.show(listed.table());
        }
    }

    private static Table rows(List<SampleFindings.Found> found, long sample) {
        Table.Builder table = new Table.Builder(
                "findings", Texts.of("findings.title"),
                List.of(
                        Column.text("run_name", Texts.of("run")), Column.text("result", Texts.of("findings.result")),
                        Column.text("finding", Texts.of("findings.finding")),
                        Column.text("run", Texts.of("findings.run.id")).to(new RefKind(Scope.RUN, ""))));
        for (SampleFindings.Found f : found) {
            int[] rows = f.rowsOf(sample);
            for (int i = 0; i < Math.min(rows.length, MOST_ROWS); i++) {
                table.add(f.on().title(), f.result().title(), said(f, rows[i]), f.on().run().id());
            }
            if (rows.length > MOST_ROWS) {
                table.add(
                        f.on().title(), f.result().title(),
                        Texts.of("findings.more", Numbers.count(rows.length - MOST_ROWS)), f.on().run().id());
            }
        }
        return table.snapshot();
    }

    /** A row without the sample itself, e.g. {@code Label 7, Violations 3}. */
    private static String said(SampleFindings.Found f, int row) {
        List<String> parts = new ArrayList<>();
        IntStream.range(0, f.table().columns().size()).filter(c -> c != f.keys()[0]).forEach(c -> {
            Column column = f.table().columns().get(c);
            Object value = f.table().value(row, c);
            if (value != null && !value.toString().isEmpty()) {
                parts.add(column.label() + " " + Numbers.cell(value, column.unit()));
            }
        });
        return parts.stream().collect(Collectors.joining(", "));
    }
}
