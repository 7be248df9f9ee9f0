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
import dev.assay.ui.Texts;
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
import java.util.concurrent.Callable;
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
        pages.add(Texts.of("models.layers"), "fth-layers", table(views, this::layers, "gnn-layers"));
        pages.add(Texts.of("gnn.tensors"), "fth-hash", table(views, this::tensors, "gnn-tensors"));
        if (!model.config().training().isEmpty()) {
            pages.add(Texts.of("gnn.training"), "fth-activity", table(views, this::training, "gnn-training-facts"));
        }
        VBox body = new VBox(pages);
        body.getStyleClass().add("tab-panel");
        VBox.setVgrow(pages, Priority.ALWAYS);
        VBox.setVgrow(body, Priority.ALWAYS);
        root.getStyleClass().addAll("assay-tab", "gnn-tab");
        Stages.fill(root, List.of(header(), body));
    }

    private Node table(ResultViews views, Callable<Table> content, String id) {
        ResultTable table = views.table();
        table.setId(id);
        worker.submit(content, table::show, workbench::showProblem);
        return table;
    }

    private Node header() {
        Label name = new Label(model.name());
        name.getStyleClass().add("page-title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button save = new Button(Texts.of("gnn.save"), Icons.of("fth-save"));
        save.setId("save-gnn-folder");
        save.setOnAction(e -> save());
        Button export = new Button(Texts.of("gnn.export"), Icons.of("fth-download"));
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
        CopyLabel path = new CopyLabel(Texts.of("file.path"), 48);
        path.setText(model.location().path().toString());
        FactRow facts = new FactRow()
                .set(Texts.of("gnn.architecture"), config.architecture().name())
                .set(Texts.of("graphs.task"),
                        config.task() == GraphTask.GRAPH ? Texts.of("graphs.task.graphs")
                                : Texts.of("graphs.task.nodes"))
                .set(Texts.of("network.input"), switch (config.features().kind()) {
                    case STORED -> Texts.of("gnn.input.stored", Numbers.count(config.inputWidth()));
                    case LABELS -> Texts.of("gnn.input.labels", Numbers.count(config.inputWidth()));
                    case CONSTANT -> Texts.of(
                            "gnn.input.constant",
                            Numbers.count(config.inputWidth()),
                            Numbers.value(config.features().value()));
                })
                .set(Texts.of("dataset.classes"), Numbers.count(config.classes()))
                .set(Texts.of("models.layers"), Numbers.count(config.layers().size()))
                .set(Texts.of("gnn.readout"), config.task() == GraphTask.NODE ? Texts.of("none")
                        : config.readout().stream().map(Object::toString).collect(Collectors.joining(", ")))
                .set(Texts.of("parameters.title"), Numbers.count(model.parameterCount()))
                .addNode(Texts.of("file.title"), path);
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
        files.open(Texts.of("gnn.save.where"), true).ifPresent(place -> {
            Path folder = place.resolve(plainName());
            worker.submit(
                    () -> {
                        if (Files.exists(folder)) {
                            throw new AnalysisException(
                                    Texts.of("gnn.save.taken"), folder.toString(),
                                    Texts.of("gnn.save.mend"));
                        }
                        GnnFiles.writeFolder(model, folder);
                        return folder;
                    },
                    written -> workbench.notice(Texts.of("saved", written.getFileName())),
                    workbench::showProblem);
        });
    }

    private void export() {
        files.save(plainName() + ".json", Texts.of("file.json.model"))
                .ifPresent(path -> worker.submit(
                        () -> {
                            GnnFiles.writeJson(model, path);
                            return path;
                        },
                        written -> workbench.notice(Texts.of("saved", written.getFileName())),
                        workbench::showProblem));
    }

    private Table layers() {
        GnnConfig config = model.config();
        Table.Builder table = new Table.Builder("layers", Texts.of("models.layers.of", model.name()), List.of(
                Column.text("layer", Texts.of("gnn.layer")),
                Column.text("steps", Texts.of("gnn.steps")),
                Column.integer("input_width", Texts.of("gnn.width.in")),
                Column.integer("output_width", Texts.of("gnn.width.out")),
                Column.integer("parameters", Texts.of("parameters.title"))));
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
        Table.Builder table = new Table.Builder("tensors", Texts.of("gnn.tensors.of", model.name()), List.of(
                Column.text("name", Texts.of("history.name")),
                Column.text("shape", Texts.of("fact.shape")),
                Column.integer("values", Texts.of("fact.values")),
                Column.real("least", Texts.of("gnn.least"), ""),
                Column.real("greatest", Texts.of("gnn.greatest"), "")));
        for (Map.Entry<String, GnnWeights.Tensor> e : model.weights().tensors().entrySet()) {
            double[] values = e.getValue().values();
            table.add(
                    e.getKey(),
                    Arrays.stream(e.getValue().shape()).mapToObj(String::valueOf)
                            .collect(Collectors.joining("x")),
                    values.length, Arrays.stream(values).min().orElse(Double.NaN),
                    Arrays.stream(values).max().orElse(Double.NaN));
        }
        return table.snapshot();
    }

    private Table training() {
        Table.Builder table = new Table.Builder("training", Texts.of("gnn.training.of", model.name()), List.of(
                Column.text("fact", Texts.of("gnn.fact")), Column.text("value", Texts.of("fact.value"))));
        new TreeMap<>(model.config().training()).forEach((k, v) -> table.add(k, switch (v) {
            case Double d -> Numbers.value(d);
            case Integer n -> Numbers.count(n);
            default -> String.valueOf(v);
        }));
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
