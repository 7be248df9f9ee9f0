package dev.assay.ui.tabs;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnFiles;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.GnnWeights;
import dev.assay.text.Numbers;
import dev.assay.ui.Icons;
import dev.assay.ui.Strip;
import dev.assay.ui.Tips;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.CopyLabel;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A graph neural network: its layers, tensors and the facts of its training; saves it as a folder, or as JSON where that holds it. */
public final class GnnTab implements TabContent {

    private final Workbench workbench;
    private final GnnModel model;
    private final Worker worker = new Worker("gnn-tab", 1);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final FileAsker files;
    private final VBox root = new VBox();

    /** The tab of a network. */
    public GnnTab(Workbench workbench, GnnModel model) {
        this(workbench, model, new FileDialogs(workbench::window));
    }

    /** As above, with another way to ask for files. */
    GnnTab(Workbench workbench, GnnModel model, FileAsker files) {
        this.workbench = workbench;
        this.model = model;
        this.files = files;
        title.set(model.name());
        ResultViews views = new ResultViews(worker, files, workbench::showProblem);
        Paging pages = new Paging();
        pages.add("Layers", "fth-layers", table(views, layers(), "gnn-layers"));
        pages.add("Tensors", "fth-hash", table(views, tensors(), "gnn-tensors"));
        if (!model.config().training().isEmpty()) {
            pages.add("Training", "fth-activity", table(views, training(), "gnn-training-facts"));
        }
        VBox body = new VBox(pages);
        body.getStyleClass().add("tab-panel");
        VBox.setVgrow(pages, Priority.ALWAYS);
        VBox.setVgrow(body, Priority.ALWAYS);
        root.getStyleClass().addAll("assay-tab", "gnn-tab");
        Stages.fill(root, List.of(header(), body));
    }

    private static Node table(ResultViews views, Table content, String id) {
        ResultTable table = views.table();
        table.setId(id);
        table.show(content);
        return table;
    }

    private Node header() {
        Label name = new Label(model.name());
        name.getStyleClass().add("page-title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button save = new Button("Save as folder", Icons.of("fth-save"));
        save.setId("save-gnn-folder");
        save.setOnAction(e -> save());
        Button export = new Button("Export as JSON", Icons.of("fth-download"));
        export.setId("export-gnn-json");
        export.setOnAction(e -> export());
        Label why = new Label();
        GnnFiles.whyNotJson(model).ifPresent(reason -> {
            export.setDisable(true);
            Tips.on(why, reason);
        });
        why.setGraphic(export);
        HBox first = new HBox(8, name, gap, save, why);
        first.setAlignment(Pos.CENTER_LEFT);
        GnnConfig config = model.config();
        CopyLabel path = new CopyLabel("path", 48);
        path.setText(model.location().path().toString());
        FactRow facts = new FactRow()
                .set("Architecture", config.architecture().name())
                .set("Task", config.task() == GraphTask.GRAPH ? "classes of graphs" : "classes of nodes")
                .set("Input", Numbers.count(config.inputWidth()) + switch (config.features().kind()) {
                    case STORED -> " stored features";
                    case LABELS -> " one-hot node labels";
                    case CONSTANT -> " times " + Numbers.value(config.features().value());
                })
                .set("Classes", Numbers.count(config.classes()))
                .set("Layers", Numbers.count(config.layers().size()))
                .set("Readout", config.task() == GraphTask.NODE ? "none"
                        : config.readout().stream().map(Object::toString).collect(Collectors.joining(", ")))
                .set("Parameters", Numbers.count(model.parameterCount()))
                .addNode("File", path);
        VBox header = new VBox(first, facts);
        header.getStyleClass().add("tab-header");
        model.notes().forEach(n -> header.getChildren().add(new Strip(Strip.Kind.WARNING, n)));
        return header;
    }

    private String plainName() {
        return model.name().replaceFirst("\\.json$", "");
    }

    /** Writes a folder of the network's name into the one that is chosen; what is there already is left alone. */
    private void save() {
        files.open("Folder in which the network's folder is made", true).ifPresent(place -> {
            Path folder = place.resolve(plainName());
            worker.submit(
                    () -> {
                        if (Files.exists(folder)) {
                            throw new AnalysisException(
                                    "there is something of that name already", folder.toString(),
                                    "choose another folder");
                        }
                        GnnFiles.writeFolder(model, folder);
                        return folder;
                    },
                    written -> workbench.notice("Saved " + written.getFileName()),
                    workbench::showProblem);
        });
    }

    private void export() {
        files.save(plainName() + ".json", "JSON model")
                .ifPresent(path -> worker.submit(
                        () -> {
                            GnnFiles.writeJson(model, path);
                            return path;
                        },
                        written -> workbench.notice("Saved " + written.getFileName()),
                        workbench::showProblem));
    }

    private Table layers() {
        GnnConfig config = model.config();
        Table.Builder table = new Table.Builder("layers", "Layers of " + model.name(), List.of(
                Column.text("layer", "Layer"),
                Column.text("steps", "Steps"),
                Column.integer("input_width", "Input width"),
                Column.integer("output_width", "Output width"),
                Column.integer("parameters", "Parameters")));
        for (int i = 0; i < config.layers().size(); i++) {
            String steps = config.layers().get(i).steps().stream()
                    .map(s -> s == GnnConfig.Step.CONV ? config.architecture().toString() : s.toString())
                    .collect(Collectors.joining(", "));
            table.add(
                    "convs." + i, steps, config.layerInput(i), config.layers().get(i).width(),
                    parameters("convs." + i + ".") + parameters("norms." + i + "."));
        }
        table.add("lin", "linear", config.headInput(), config.classes(), parameters("lin."));
        return table.snapshot();
    }

    private long parameters(String prefix) {
        return model.weights().tensors().entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix) && !e.getKey().contains(".running_"))
                .mapToLong(e -> e.getValue().values().length)
                .sum();
    }

    private Table tensors() {
        Table.Builder table = new Table.Builder("tensors", "Tensors of " + model.name(), List.of(
                Column.text("name", "Name"),
                Column.text("shape", "Shape"),
                Column.integer("values", "Values"),
                Column.real("least", "Least", ""),
                Column.real("greatest", "Greatest", "")));
        for (Map.Entry<String, GnnWeights.Tensor> e : model.weights().tensors().entrySet()) {
            double[] values = e.getValue().values();
            table.add(
                    e.getKey(),
                    Arrays.stream(e.getValue().shape()).mapToObj(String::valueOf)
                            .collect(Collectors.joining(" x ")),
                    values.length, Arrays.stream(values).min().orElse(Double.NaN),
                    Arrays.stream(values).max().orElse(Double.NaN));
        }
        return table.snapshot();
    }

    private Table training() {
        Table.Builder table = new Table.Builder("training", "Training of " + model.name(), List.of(
                Column.text("fact", "Fact"), Column.text("value", "Value")));
        new TreeMap<>(model.config().training()).forEach((k, v) -> table.add(k, String.valueOf(v)));
        return table.snapshot();
    }

    @Override
    public String key() {
        return "gnn:" + model.location();
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-box";
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void close() {
        worker.close();
    }
}
