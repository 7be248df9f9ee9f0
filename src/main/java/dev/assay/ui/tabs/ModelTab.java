package dev.assay.ui.tabs;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import dev.assay.text.Numbers;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.network.LayerGraph;
import dev.assay.ui.network.NetworkPane;
import dev.assay.ui.view.CopyLabel;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A model: what it is, its layers as a table and as a graph, and the weights of the layer that is selected. */
public final class ModelTab implements TabContent {

    private static final double BESIDE_FROM = 900;

    private final Workbench workbench;
    private final Model model;
    private final List<Layer> layers;
    private final Worker worker = new Worker("model-tab", 1);
    /** A file of gigabytes takes its time; weights are not to wait for it. */
    private final Worker hashing = new Worker("model-hash", 1);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final ChangeListener<ChartTheme> themeListener;
    private final ResultTable table;
    private final TensorPane tensors;
    private final NetworkPane network;
    private final ModelSelection links;
    private final VBox root = new VBox();
    private int selected = -1;
    private boolean following;

    /** The tab of a model. */
    public ModelTab(Workbench workbench, Model model) {
        this(workbench, model, new FileDialogs(workbench::window));
    }

    ModelTab(Workbench workbench, Model model, FileAsker files) {
        this.workbench = workbench;
        this.model = model;
        layers = model.layers();
        title.set(model.name());
        ResultViews views = new ResultViews(worker, files, workbench::showProblem);
        table = views.table();
        tensors = new TensorPane(model, worker, views, workbench.theme().getValue());
        network = new NetworkPane(
                model, worker, files, workbench.theme().getValue(),
                saved -> workbench.notice(Texts.of("saved", saved.getFileName())), workbench::showProblem);
        themeListener = (o, before, now) -> {
            tensors.setTheme(now);
            network.setTheme(now);
        };
        workbench.theme().addListener(themeListener);
        links = new ModelSelection(workbench, model, this::follow);
        worker.submit(this::layerTable, this::showLayers, workbench::showProblem);
        table.setOnRow(row -> {
            selected = row;
            if (!following) {
                showLayer(row);
                links.select(layers.get(row).name());
            }
        });
        table.setId("layers");
        network.setOnNode(this::showNode);
        Paging pages = new Paging();
        pages.add(Texts.of("models.layers"), "fth-list", table);
        pages.add(Texts.of("models.graph"), "fth-share-2", network);
        pages.setOnSelected(page -> {
            if (page.equals(Texts.of("models.graph"))) {
                network.start();
                links.scores(worker, network::setScores);
            }
        });
        SplitPane split = new SplitPane(padded(pages), tensors);
        split.widthProperty()
                .addListener((o, before, now) -> split.setOrientation(
                        now.doubleValue() < BESIDE_FROM ? Orientation.VERTICAL : Orientation.HORIZONTAL));
        split.setDividerPositions(0.5);
        VBox.setVgrow(split, Priority.ALWAYS);
        root.getStyleClass().addAll("assay-tab", "model-tab");
        Stages.fill(root, List.of(header(), split));
    }

    private void showLayers(Table layersTable) {
        table.show(layersTable);
        if (selected < 0 && !layers.isEmpty()) {
            selected = firstWithWeights().orElse(0);
            showLayer(selected);
        }
        // Nobody has selected it: what is selected in the window stays so.
        if (selected >= 0) {
            selectQuietly(selected);
        }
    }

    /** The key of a model's tab. */
    public static String key(Model model) {
        return "model:" + model.location();
    }

    private static Node padded(Node page) {
        VBox box = new VBox(page);
        box.getStyleClass().add("tab-panel");
        VBox.setVgrow(page, Priority.ALWAYS);
        return box;
    }

    private void showLayer(int index) {
        tensors.show(layers.get(index), index == firstWithWeights().orElse(-1));
    }

    /** Shows what a node of the graph stands for; a layer of it becomes the window's selection. */
    private void showNode(LayerGraph.Node node) {
        switch (node.kind()) {
            case LAYER -> {
                selected = node.first();
                showLayer(node.first());
                links.select(layers.get(node.first()).name());
            }
            case BLOCK -> {
                Map<String, String> facts = new LinkedHashMap<>();
                facts.put(Texts.of("models.layers"), Numbers.count(node.layers()));
                facts.put(Texts.of("parameters.title"), node.note().isEmpty() ? Texts.of("none") : node.note());
                facts.put(Texts.of("models.repetition"), node.detail());
                tensors.show(node.title(), Texts.of("models.repeated"), facts);
                links.select(layers.subList(node.first(), node.first() + node.layers()).stream()
                        .map(Layer::name).toList());
            }
            default -> tensors.show(node.title(), node.detail(), Map.of());
        }
    }

    /** Marks layers that are selected; of a single one that was selected elsewhere the weights are shown. */
    private void follow(List<Integer> chosen, boolean elsewhere) {
        network.mark(chosen, elsewhere);
        if (elsewhere && chosen.size() == 1) {
            selected = chosen.getFirst();
            showLayer(chosen.getFirst());
            selectQuietly(chosen.getFirst());
        }
    }

    private void selectQuietly(int row) {
        following = true;
        try {
            table.select(row);
        } finally {
            following = false;
        }
    }

    private Node header() {
        Label name = new Label(model.name());
        name.getStyleClass().add("page-title");
        CopyLabel sha = new CopyLabel("SHA-256", 17);
        sha.setText("\u2026");
        CopyLabel path = new CopyLabel(Texts.of("file.path"), 48);
        path.setText(model.location().path().toString());
        long relus = model.reluLayers().stream().mapToLong(ReluLayer::width).sum();
        FactRow facts = new FactRow()
                .set(Texts.of("models.format"), model.format())
                .set(Texts.of("network.input"), described(model.input()))
                .set(Texts.of("network.output"), described(model.output()))
                .set(Texts.of("models.layers"), Numbers.count(layers.size()))
                .set(Texts.of("parameters.title"), Numbers.count(model.parameterCount()))
                .set(
                        Texts.of("models.relus"),
                        relus == 0
                                ? Texts.of("none")
                                : Texts.of("models.relus.in", Numbers.count(relus),
                                        Numbers.count(model.reluLayers().size()), model.reluLayers().size()))
                .addNode(Texts.of("file.title"), path)
                .addNode("SHA-256", sha);
        hashing.submit(model::sha256, found -> {
            sha.setText(found);
            workbench.selection().learn(model.location(), found);
        }, problem -> sha.setText(Texts.of("models.unreadable")));
        VBox header = new VBox(name, facts);
        header.getStyleClass().add("tab-header");
        if (model.reluLayers().isEmpty() && !model.withoutRelus().isEmpty()) {
            header.getChildren().add(new Strip(Strip.Kind.INFO, model.withoutRelus()));
        }
        model.notes().stream()
                .filter(note -> !note.equals(model.withoutRelus()))
                .forEach(note -> header.getChildren().add(new Strip(Strip.Kind.INFO, note)));
        return header;
    }

    private static String described(TensorInfo tensor) {
        return tensor.shapeText() + " " + tensor.type();
    }

    private Table layerTable() {
        Map<String, ReluLayer> relus = model.reluLayers().stream()
                .collect(Collectors.toMap(ReluLayer::name, Function.identity(), (a, b) -> a));
        Table.Builder builder = new Table.Builder(
                "layers",
                Texts.of("models.layers.of", model.name()),
                List.of(
                        Column.integer("number", Texts.of("models.number")),
                        Column.text("name", Texts.of("history.name")).to(RefKind.layer("")),
                        Column.text("operator", Texts.of("models.operator")),
                        Column.text("output_shape", Texts.of("layer.output.shape")),
                        Column.integer("parameters", Texts.of("parameters.title")),
                        Column.integer("relu_units", Texts.of("models.relus"))));
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            ReluLayer relu = relus.get(layer.name());
            builder.add(
                    i + 1,
                    layer.name(),
                    layer.operator(),
                    new TensorInfo("", "", layer.outputShape()).shapeText(),
                    layer.parameters(),
                    relu == null ? null : (Object) relu.width());
        }
        return builder.snapshot();
    }

    private OptionalInt firstWithWeights() {
        return IntStream.range(0, layers.size())
                .filter(i -> layers.get(i).parameters() > 0)
                .findFirst();
    }

    /** Selects the layer of that name, if there is one. */
    public void selectLayer(String name) {
        IntStream.range(0, layers.size())
                .filter(i -> layers.get(i).name().equals(name))
                .findFirst()
                .ifPresent(i -> follow(List.of(i), true));
    }

    @Override
    public String key() {
        return key(model);
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
        workbench.theme().removeListener(themeListener);
        links.close();
        network.cancel();
        hashing.close();
        worker.close();
    }
}
