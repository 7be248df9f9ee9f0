package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.InputStamp;
import dev.assay.run.Provenance;
import dev.assay.run.RunRequest;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import dev.assay.ui.Times;
import dev.assay.ui.Tips;
import dev.assay.ui.view.CopyLabel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Where a run's results come from: method, inputs, parameters, seed, device, versions, times, and the command line. */
final class ProvenancePane extends StackPane {

    private final RunView run;
    private final Optional<Analysis<?>> analysis;
    private final Optional<ParameterSet<?>> parameters;
    private final String command;
    private final VBox sections = new VBox(24);

    ProvenancePane(
            RunView run, Optional<Analysis<?>> analysis, Optional<ParameterSet<?>> parameters, String command) {
        this.run = run;
        this.analysis = analysis;
        this.parameters = parameters;
        this.command = command;
        getStyleClass().add("provenance-pane");
        ScrollPane scroll = new ScrollPane(sections);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        getChildren().add(scroll);
    }

    /** Builds it anew from the run as it stands. */
    void refresh() {
        RunRequest request = run.request();
        GridPane method = section(Texts.of("provenance.method"));
        add(method, Texts.of("gallery.title"), text(analysis.map(a -> a.info().title()).orElse(request.analysis())));
        analysis.ifPresent(a -> add(method, Texts.of("provenance.question"), text(a.info().question())));
        analysis.ifPresent(a -> add(method, Texts.of("provenance.source"), text(a.info().citation())));

        GridPane inputs = section(Texts.of("inputs.title"));
        Map<Location, InputStamp> stamps = new HashMap<>();
        run.provenance().ifPresent(p -> p.inputs().forEach(stamp -> stamps.put(stamp.location(), stamp)));
        request.inputs().forEach((role, list) -> list.forEach(location -> {
            add(inputs, role, copyable("path", location.toString()));
            Optional.ofNullable(stamps.get(location)).ifPresent(stamp -> {
                add(inputs, "", copyable("SHA-256", stamp.sha256()));
                add(inputs, "", muted(Numbers.bytes(stamp.size())));
            });
        }));

        GridPane values = section(Texts.of("parameters.title"));
        request.parameters().forEach((name, value) -> {
            Optional<ParameterDescriptor> descriptor = parameters.flatMap(p -> p.descriptor(name));
            boolean isDefault = descriptor.map(d -> d.isDefault(value)).orElse(false);
            Label label = text(
                    value + (isDefault ? ""
                            : descriptor.map(d -> Texts.of("provenance.default", d.defaultText())).orElse("")));
            Tips.on(label, name);
            add(values, descriptor.map(ParameterDescriptor::label).orElse(name), label);
        });

        GridPane execution = section(Texts.of("provenance.execution"));
        add(execution, Texts.of("run"), copyable(Texts.of("provenance.run.id"), run.id()));
        add(execution, Texts.of("inspector.device"), text(run.device().isEmpty() ? request.device() : run.device()));
        add(execution, Texts.of("inspector.seed"), text(String.valueOf(request.seed())));
        add(execution, Texts.of("prefs.threads"), text(String.valueOf(request.threads())));
        add(execution, Texts.of("provenance.asked"), text(Times.shown(run.created())));
        run.started().ifPresent(at -> add(execution, Texts.of("history.started"), text(Times.shown(at))));
        add(execution, Texts.of("provenance.worked"), text(Numbers.duration(run.elapsed())));
        add(execution, Texts.of("history.folder"), copyable(Texts.of("provenance.folder"), run.folder().toString()));
        add(execution, Texts.of("provenance.command"), copyable(Texts.of("provenance.command.copy"), command));
        sections.getChildren().setAll(titled(method), titled(inputs), titled(values), titled(execution));
        run.provenance().ifPresent(p -> sections.getChildren().addAll(titled(phases(p)), titled(versions(p))));
    }

    private static GridPane phases(Provenance provenance) {
        GridPane grid = section(Texts.of("provenance.time"));
        provenance.seconds().forEach((phase, seconds) -> add(grid, phase, text(Numbers.duration(seconds))));
        return grid;
    }

    private static GridPane versions(Provenance provenance) {
        GridPane grid = section(Texts.of("about.versions"));
        add(grid, "Assay", text(provenance.assay()));
        add(grid, "Java", text(provenance.java()));
        add(grid, Texts.of("provenance.system"), text(provenance.os()));
        add(grid, Texts.of("inspector.device.cpu"), text(provenance.cpu()));
        provenance.libraries().forEach((name, version) -> add(grid, name, text(version)));
        return grid;
    }

    private static Label muted(String value) {
        Label label = text(value);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        return label;
    }

    private static CopyLabel copyable(String what, String text) {
        CopyLabel label = new CopyLabel(what, 96);
        label.setText(text);
        return label;
    }

    private static GridPane section(String title) {
        GridPane grid = new GridPane();
        grid.setHgap(16);
        grid.setVgap(4);
        ColumnConstraints names = new ColumnConstraints(160);
        ColumnConstraints rest = new ColumnConstraints();
        rest.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().setAll(names, rest);
        grid.setUserData(title);
        return grid;
    }

    private static Node titled(GridPane grid) {
        Label title = new Label((String) grid.getUserData());
        title.getStyleClass().add("panel-title");
        return new VBox(8, title, grid);
    }

    private static Label text(String value) {
        Label label = new Label(value);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static void add(GridPane grid, String name, Node value) {
        Label label = new Label(name);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        GridPane.setValignment(label, value instanceof Label ? VPos.TOP : VPos.CENTER);
        grid.addRow(grid.getRowCount(), label, value);
    }
}
