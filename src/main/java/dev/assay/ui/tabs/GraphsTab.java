package dev.assay.ui.tabs;

import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Marked;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphPictures;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.text.Numbers;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.Selected;
import dev.assay.ui.view.CopyLabel;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Stages;
import dev.assay.ui.view.Worker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableStringValue;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Graphs: what they are, a gallery of them, and one of them drawn with its nodes, edges and ground truth. */
public final class GraphsTab implements TabContent {

    private static final int MOST_DRAWN = 2000;
    private static final int MOST_AROUND = 400;
    private static final int ALWAYS_WHOLE = 100;
    private static final double GALLERY_SHARE = 0.36;

    /** Lower, the nodes of a small graph would cover each other. */
    private static final double LEAST_CHART = 260;
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("error");

    private final Workbench workbench;
    private final GraphDataset data;
    private final Worker worker = new Worker("graphs-tab", 1);
    private final Worker tiles = new Worker("graph-tiles", 2);
    private final LatestTask loading = new LatestTask(worker);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper();
    private final ChangeListener<ChartTheme> themeListener;
    private final ResultViews views;
    private final ResultTable nodes;
    private final ResultTable edges;
    private final StackPane chartPlace = new StackPane();
    private final VBox problems = new VBox();
    private final Samples samples;
    private final FindingsPage findings;
    private final ScoresPage scores;
    private final NeighboursPage neighbours;
    private final Worker looking = new Worker("graph-looking", 1);
    private final ChangeListener<Selected> selectionListener = (o, before, now) -> follow(now);
    private final TextField around = new TextField();
    private final ComboBox<Integer> hops = new ComboBox<>();
    private final HBox aroundBar = new HBox(8);
    private final VBox root = new VBox();
    private SampleBar bar;
    private GraphGrid grid;
    private Table edgeTable;
    private ResultCard card;
    private int graph;
    /** The graph whose edges are in the table; another one may be on its way. */
    private int shownGraph;
    private int label = -1;
    private String page = "";
    private boolean following;

    private record Loaded(
            int graph, GraphPicture picture, String subtitle, Table nodes, Table edges, boolean whole, int label) {}

    /** The tab of a set of graphs. */
    public GraphsTab(Workbench workbench, GraphDataset data) {
        this.workbench = workbench;
        this.data = data;
        title.set(data.name());
        samples = new GraphSamples(data);
        views = new ResultViews(worker, new FileDialogs(workbench::window), workbench::showProblem);
        nodes = views.table();
        edges = views.table();
        findings = new FindingsPage(workbench, data.location(), samples.noun(), looking, views);
        scores = new ScoresPage(workbench, samples, data.name(), looking, views);
        neighbours = new NeighboursPage(workbench, samples, i -> show((int) i));
        themeListener = (o, before, now) -> {
            if (card != null) {
                card.view().setTheme(now);
            }
            scores.setTheme(now);
            neighbours.setTheme();
            if (grid != null) {
                grid.setTheme(now);
            }
        };
        workbench.theme().addListener(themeListener);
        workbench.selection().selectedProperty().addListener(selectionListener);
        build();
        if (data.size() > 0) {
            show(0);
        }
    }

    /** The key of the tab. */
    public static String key(GraphDataset data) {
        return "graphs:" + data.location();
    }

    private void build() {
        Node body = data.size() == 0 ? new EmptyState("fth-inbox", Texts.of("graphs.none"))
                : data.size() == 1 ? detail() : split();
        VBox.setVgrow(body, Priority.ALWAYS);
        root.getStyleClass().addAll("assay-tab", "graphs-tab");
        Stages.fill(root, List.of(header(), problems, body));
    }

    private Node header() {
        Label name = new Label(data.name());
        name.getStyleClass().add("page-title");
        CopyLabel path = new CopyLabel(Texts.of("file.path"), 48);
        path.setText(data.location().toString());
        FactRow facts = new FactRow()
                .set(Texts.of("graphs.task"),
                        data.task() == GraphTask.GRAPH ? Texts.of("graphs.task.graphs") : Texts.of("graphs.task.nodes"))
                .set(Texts.of("graphs.title"), Numbers.count(data.size()))
                .set(Texts.of("graphs.nodes"), Numbers.count(data.nodes()))
                .set(Texts.of("graphs.edges.directed"), Numbers.count(data.edges()))
                .set(Texts.of("dataset.classes"),
                        data.labelled() ? Numbers.count(data.classes().size()) : Texts.of("dataset.no.labels"))
                .set(Texts.of("graphs.features"), data.featureWidth() > 0 ? Numbers.count(data.featureWidth())
                        : data.nodeLabels().isEmpty() ? Texts.of("none")
                                : Texts.of("graphs.node.labels", Numbers.count(data.nodeLabels().size()),
                                        data.nodeLabels().size()))
                .set(Texts.of("graphs.truth"),
                        data.hasTruth() ? Texts.of("graphs.truth.known") : Texts.of("graphs.truth.unknown"))
                .addNode(Texts.of("file.title"), path);
        VBox header = new VBox(name, facts);
        header.getStyleClass().add("tab-header");
        data.notes().forEach(n -> header.getChildren().add(new Strip(Strip.Kind.INFO, n)));
        return header;
    }

    private Node split() {
        grid = new GraphGrid(data, tiles, workbench.theme().getValue(), this::show);
        bar = new SampleBar(
                workbench, samples, "graph-",
                choice -> grid.show(choice.samples(), choice.caption()), this::fail);
        bar.setCounts(data.classCounts());
        VBox chooser = new VBox(bar);
        chooser.getStyleClass().add("tab-panel");
        chooser.setMinHeight(Region.USE_PREF_SIZE);
        VBox gallery = new VBox(grid);
        gallery.getStyleClass().add("tab-panel");
        VBox.setVgrow(grid, Priority.ALWAYS);
        SplitPane split = new SplitPane(gallery, detail());
        split.setDividerPositions(GALLERY_SHARE);
        VBox.setVgrow(split, Priority.ALWAYS);
        return new VBox(chooser, split);
    }

    private Node detail() {
        around.setPromptText(Texts.of("graphs.around.prompt"));
        around.setPrefColumnCount(6);
        around.setId("around-node");
        around.setAccessibleText(Texts.of("graphs.around.name"));
        around.setOnAction(e -> showAround());
        hops.getItems().setAll(1, 2, 3, 4);
        hops.getSelectionModel().select(Integer.valueOf(2));
        hops.setAccessibleText(Texts.of("graphs.hops.name"));
        hops.setOnAction(e -> showAround());
        aroundBar.getChildren().setAll(
                new Label(Texts.of("graphs.around")), around, new Label(Texts.of("graphs.hops")), hops,
                new Label(Texts.of("graphs.away")));
        aroundBar.setAlignment(Pos.CENTER_LEFT);
        nodes.setId("graph-nodes");
        edges.setId("graph-edges");
        Paging pages = new Paging();
        pages.add(Texts.of("graphs.nodes"), "fth-circle", nodesPage());
        pages.add(Texts.of("graphs.edges"), "fth-share-2", edges);
        if (data.task() == GraphTask.GRAPH) {
            pages.add(Texts.of("scores.title"), "fth-box", scores);
        }
        pages.add(Texts.of("findings.title"), "fth-activity", findings);
        if (data.size() > 1) {
            pages.add(Texts.of("neighbours.heading"), "fth-target", neighbours);
        }
        pages.setOnSelected(name -> {
            page = name;
            showPage();
        });
        edges.setOnRow(row -> {
            if (!following) {
                workbench.selection().select(
                        this, scope(GraphPictures.EDGE.kind()),
                        shownGraph + ":" + edgeTable.value(row, 0) + "-" + edgeTable.value(row, 1));
            }
        });
        VBox drawing = new VBox(8, aroundBar, chartPlace);
        drawing.getStyleClass().add("tab-panel");
        chartPlace.setMinHeight(LEAST_CHART);
        VBox.setVgrow(chartPlace, Priority.ALWAYS);
        VBox tables = new VBox(pages);
        tables.getStyleClass().add("tab-panel");
        VBox.setVgrow(pages, Priority.ALWAYS);
        SplitPane split = new SplitPane(drawing, tables);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.64);
        return split;
    }

    private Node nodesPage() {
        VBox page = new VBox(4, nodes);
        VBox.setVgrow(nodes, Priority.ALWAYS);
        if (data.featureWidth() > GraphTables.MOST_FEATURES) {
            Label more = new Label(Texts.of("graphs.features.first", GraphTables.MOST_FEATURES,
                    Numbers.count(data.featureWidth())));
            more.getStyleClass().add("caption");
            page.getChildren().add(more);
        }
        return page;
    }

    /** Shows the same graph around the node that is written; what is no number is marked as such. */
    private void showAround() {
        String text = around.getText() == null ? "" : around.getText().strip();
        boolean bad = !text.matches("\\d{0,9}");
        around.pseudoClassStateChanged(BAD, bad);
        if (!bad) {
            show(graph, false);
        }
    }

    /** Shows a graph; a number outside the data shows the first or last. */
    public void show(int wanted) {
        show(wanted, true);
    }

    private void show(int wanted, boolean announce) {
        if (data.size() == 0) {
            return;
        }
        graph = Math.clamp(wanted, 0, data.size() - 1);
        if (grid != null) {
            grid.select(graph);
        }
        if (announce) {
            workbench.selection().select(this, scope(Scope.SAMPLE), String.valueOf(graph));
        }
        int asked = graph;
        String text = around.getText() == null ? "" : around.getText().strip();
        int reach = hops.getValue() == null ? 2 : hops.getValue();
        loading.cancel();
        loading.request(() -> load(asked, text, reach), this::fill, this::fail);
    }

    private Loaded load(int asked, String text, int reach) throws Exception {
        GraphSample sample = data.graph(asked);
        boolean tooMany = sample.nodes() > MOST_DRAWN;
        boolean whole = sample.nodes() == 0 || text.isEmpty() && !tooMany;
        String label = data.task() == GraphTask.GRAPH && sample.label() >= 0
                ? Texts.of("graphs.class", data.classes().get(sample.label())) + ", "
                : "";
        String size =
                Texts.of("graphs.size", Numbers.count(sample.nodes()), sample.nodes(), Numbers.count(sample.edges()));
        Table nodeTable = GraphTables.nodes(data, sample);
        Table edgeTable = GraphTables.edges(sample);
        if (whole) {
            return new Loaded(
                    asked, GraphPictures.of(data, sample), label + size, nodeTable, edgeTable, true, sample.label());
        }
        int node;
        try {
            node = text.isEmpty() ? 0 : Math.clamp(Long.parseLong(text), 0, sample.nodes() - 1);
        } catch (NumberFormatException e) {
            node = 0;
        }
        int[] near = GraphPictures.around(sample, node, reach, MOST_AROUND);
        String part = Texts.of("graphs.part", node, near.length - 1, String.valueOf(reach), reach)
                + (near.length == MOST_AROUND ? Texts.of("graphs.nearest", MOST_AROUND) : "");
        return new Loaded(
                asked, GraphPictures.of(data, sample, near), Texts.of("graphs.part.of", label, part, size), nodeTable,
                edgeTable, false,
                sample.label());
    }

    private void fill(Loaded loaded) {
        problems.getChildren().clear();
        boolean choice = loaded.nodes().rowCount() > ALWAYS_WHOLE || !loaded.whole();
        aroundBar.setVisible(choice);
        aroundBar.setManaged(choice);
        if (card == null) {
            card = new ResultCard(views.of(loaded.picture(), workbench.theme().getValue()), null);
            card.setId("graph-card");
            card.view().setHandlers(this::clicked, this::clicked);
            chartPlace.getChildren().setAll(card);
        }
        card.show(loaded.picture(), loaded.subtitle());
        nodes.show(loaded.nodes());
        edgeTable = loaded.edges();
        shownGraph = loaded.graph();
        edges.show(edgeTable);
        label = loaded.label();
        markEdges(workbench.selection().selected());
        showPage();
    }

    /** What takes time is looked up only while it is looked at. */
    private void showPage() {
        if (page.equals(Texts.of("scores.title"))) {
            scores.show(graph, label);
        } else if (page.equals(Texts.of("findings.title"))) {
            findings.show(graph);
        } else if (page.equals(Texts.of("neighbours.heading"))) {
            neighbours.show(graph);
        }
    }

    private Scope scope(String kind) {
        return new Scope(kind, workbench.selection().origin(data.location()));
    }

    /** Shows the graph that was selected elsewhere, and marks the graphs and the edge that are. */
    private void follow(Selected now) {
        if (grid != null) {
            grid.mark(now.of(scope(Scope.SAMPLE)));
        }
        markEdges(now);
        if (now.by() != this && !now.isBrush()) {
            now.index(scope(Scope.SAMPLE), data.size())
                    .filter(i -> i != graph)
                    .ifPresent(i -> show(i.intValue(), false));
        }
    }

    private void markEdges(Selected now) {
        if (card == null || edgeTable == null) {
            return;
        }
        Set<String> keys = now.of(scope(GraphPictures.EDGE.kind()));
        card.view().mark(keys.isEmpty() ? Marked.NONE
                : new Marked(
                        Map.of(GraphPictures.EDGE, GraphTables.bothWays(keys)), false));
        int row = keys.size() == 1 ? GraphTables.edgeRow(edgeTable, shownGraph, keys.iterator().next()) : -1;
        if (row >= 0 && now.by() != this) {
            following = true;
            try {
                edges.select(row);
            } finally {
                following = false;
            }
        }
    }

    private void clicked(Selection selection) {
        selection.first(GraphPictures.EDGE.kind()).ifPresent(ref -> {
            // Nobody: the table of this tab follows as well.
            workbench.selection().select(null, scope(ref.kind().kind()), ref.key());
        });
    }

    private void fail(Throwable problem) {
        problems.getChildren().setAll(new Strip(Strip.Kind.ERROR, RunStrips.message(problem))
                .action(Texts.of("try.again"), () -> show(graph)));
    }

    @Override
    public String key() {
        return key(data);
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-share-2";
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void close() {
        workbench.theme().removeListener(themeListener);
        workbench.selection().selectedProperty().removeListener(selectionListener);
        if (bar != null) {
            bar.close();
        }
        neighbours.close();
        looking.close();
        worker.close();
        tiles.close();
    }
}
