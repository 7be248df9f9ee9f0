package dev.assay.ui.network;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import dev.assay.chart.ChartFiles;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Drawing;
import dev.assay.model.Model;
import dev.assay.text.Numbers;
import dev.assay.ui.EmptyState;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.view.FileAsker;
import dev.assay.ui.view.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * A model's graph with its tools: search, zoom, folding of repeated blocks, colours by what runs found, export. The layout
 * works in the background with progress and can be cancelled. JavaFX thread only.
 */
public final class NetworkPane extends VBox {

    private static final String NO_SCORE = Texts.of("network.colour.operator");
    private static final double MOST_PIXELS = 40e6;

    /** Lower, the texts of a few layers below each other could not be read. */
    private static final double LEAST_HEIGHT = 360;

    /** A network of so few layers is drawn whole at first. */
    private static final int MOST_UNFOLDED = 40;

    private final Model model;
    private final Worker worker;
    private final FileAsker files;
    private final Consumer<Path> onSaved;
    private final Consumer<Throwable> onProblem;
    private final Set<RepeatedBlocks.Block> folded = new LinkedHashSet<>();
    private final NetworkView view = new NetworkView();
    private final StackPane place = new StackPane();
    private final CustomTextField search = new CustomTextField();
    private final Label hits = new Label();
    private final ToggleButton fold = new ToggleButton(Texts.of("network.fold"), Icons.of("fth-layers"));
    private final ComboBox<String> colours = new ComboBox<>();
    private final MenuButton export = new MenuButton(Texts.of("export"));
    private Consumer<LayerGraph.Node> onNode = node -> {};
    private List<RepeatedBlocks.Block> blocks = List.of();
    private List<LayerScore> scores = List.of();
    private LayerScore score;
    private ChartTheme theme;
    private Placement placed;
    private Job job;
    private Set<Integer> selectedLayers = Set.of();
    private int selectedNode = -1;
    private Set<Integer> found = Set.of();
    private int foundAt = -1;
    private boolean started;

    private static final class Job {
        private volatile boolean cancelled;
    }

    /**
     * The pane of a model; nothing is laid out before {@link #start}.
     *
     * @param files asked where to export to
     * @param onSaved told of a file that was exported
     * @param onProblem told what goes wrong while exporting
     */
    public NetworkPane(
            Model model, Worker worker, FileAsker files, ChartTheme theme, Consumer<Path> onSaved,
            Consumer<Throwable> onProblem) {
        this.model = model;
        this.worker = worker;
        this.files = files;
        this.theme = theme;
        this.onSaved = onSaved;
        this.onProblem = onProblem;
        getStyleClass().add("network-pane");
        view.setOnSelect(this::select);
        view.setOnOpen(this::open);
        VBox.setVgrow(place, Priority.ALWAYS);
        place.setMinHeight(LEAST_HEIGHT);
        getChildren().addAll(toolbar(), place);
    }

    /** Called with the node that was clicked. */
    public void setOnNode(Consumer<LayerGraph.Node> handler) {
        onNode = handler;
    }

    private Node toolbar() {
        search.setLeft(Icons.of("fth-search"));
        search.setPromptText(Texts.of("network.find"));
        search.setAccessibleText(Texts.of("network.find"));
        search.setId("network-search");
        search.setPrefColumnCount(12);
        search.textProperty().addListener((o, before, now) -> search(now));
        search.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) {
                step(e.isShiftDown() ? -1 : 1);
                e.consume();
            } else if (e.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
                search.clear();
                e.consume();
            }
        });
        hits.getStyleClass().add(Styles.TEXT_MUTED);
        fold.setId("network-fold");
        fold.setSelected(true);
        Tips.on(fold, () -> blocks.isEmpty()
                ? Texts.of("network.fold.none")
                : Texts.of("network.fold.tip"));
        fold.setOnAction(e -> {
            folded.clear();
            if (fold.isSelected()) {
                folded.addAll(blocks);
            }
            layOut();
        });
        colours.setId("network-colours");
        colours.setAccessibleText(Texts.of("network.colours"));
        Tips.on(colours,
                Texts.of("network.colours.tip"));
        colours.setPrefWidth(168);
        colours.getItems().setAll(NO_SCORE);
        colours.getSelectionModel().select(0);
        colours.setOnAction(e -> {
            int index = colours.getSelectionModel().getSelectedIndex();
            score = index <= 0 ? null : scores.get(index - 1);
            relook();
        });
        MenuItem png = new MenuItem(Texts.of("export.png"));
        png.setOnAction(e -> export(true));
        MenuItem svg = new MenuItem(Texts.of("export.svg"));
        svg.setOnAction(e -> export(false));
        export.getItems().setAll(png, svg);
        export.setId("network-export");
        HBox zoom = new HBox(
                new IconButton("fth-zoom-out", Texts.of("network.zoom.out"), () -> view.zoom(1 / 1.4)),
                new IconButton("fth-zoom-in", Texts.of("network.zoom.in"), () -> view.zoom(1.4)),
                new IconButton("fth-maximize", Texts.of("network.zoom.fit"), view::fit));
        HBox find = new HBox(4, search, hits);
        find.setAlignment(Pos.CENTER_LEFT);
        FlowPane bar = new FlowPane(10, 8, find, zoom, fold, colours, export);
        bar.getStyleClass().add("network-toolbar");
        bar.setRowValignment(VPos.CENTER);
        return bar;
    }

    /** Lays the graph out when it is first looked at. */
    public void start() {
        if (started) {
            return;
        }
        started = true;
        if (LayerGraph.isKnown(model)) {
            worker.submit(
                    () -> RepeatedBlocks.find(model.layers()),
                    repeated -> {
                        blocks = repeated;
                        if (model.layers().size() > MOST_UNFOLDED) {
                            folded.addAll(blocks);
                        }
                        fold.setSelected(!folded.isEmpty());
                        fold.setDisable(blocks.isEmpty());
                        layOut();
                    },
                    this::failed);
        } else {
            setToolsDisabled(true);
            place.getChildren().setAll(new EmptyState(
                    "fth-share-2", Texts.of("network.not.said", model.format())));
        }
    }

    private void setToolsDisabled(boolean disabled) {
        getChildren().getFirst().setDisable(disabled);
    }

    private void layOut() {
        cancel();
        Job mine = new Job();
        job = mine;
        placed = null;
        List<RepeatedBlocks.Block> drawnAsOne = List.copyOf(folded);
        int nodes = model.layers().size() - drawnAsOne.stream().mapToInt(b -> b.size() - 1).sum();
        ProgressBar bar = new ProgressBar(0);
        bar.setPrefWidth(240);
        Label text = new Label(Texts.of("network.laying", Numbers.count(nodes)));
        Button stop = new Button(Texts.of("cancel"));
        stop.setId("network-cancel");
        stop.setOnAction(e -> {
            cancel();
            cancelled();
        });
        VBox box = new VBox(12, text, bar, stop);
        box.setAlignment(Pos.CENTER);
        place.getChildren().setAll(box);
        setToolsDisabled(true);
        Thread.ofVirtual().name("network-layout").start(() -> {
            try {
                Placement done = LayerLayout.place(
                        LayerGraph.of(model, drawnAsOne), () -> mine.cancelled,
                        share -> Platform.runLater(() -> bar.setProgress(Math.max(bar.getProgress(), share))));
                Platform.runLater(() -> {
                    if (mine == job) {
                        show(done);
                    }
                });
            } catch (CancellationException e) {
                // Whoever cancelled shows what comes instead.
            } catch (IllegalStateException e) {
                Platform.runLater(() -> {
                    if (mine == job) {
                        failed(e);
                    }
                });
            }
        });
    }

    private void cancelled() {
        Button again = new Button(Texts.of("network.lay.out"), Icons.of("fth-share-2"));
        again.getStyleClass().add(Styles.ACCENT);
        again.setOnAction(e -> layOut());
        VBox box = new VBox(12, new EmptyState("fth-share-2", Texts.of("network.not.laid")), again);
        box.setAlignment(Pos.CENTER);
        place.getChildren().setAll(box);
        setToolsDisabled(false);
    }

    private void failed(Throwable problem) {
        place.getChildren()
                .setAll(new Strip(Strip.Kind.ERROR, problem.getMessage()).action(Texts.of("try.again"), this::layOut));
        StackPane.setAlignment(place.getChildren().getFirst(), Pos.TOP_LEFT);
    }

    private void show(Placement done) {
        placed = done;
        place.getChildren().setAll(view);
        setToolsDisabled(false);
        found = done.graph().find(search.getText());
        selectedNode = -1;
        view.show(done, look());
        describeHits();
    }

    /** Gives up a layout that is at work. */
    public void cancel() {
        if (job != null) {
            job.cancelled = true;
            job = null;
        }
    }

    private LayerDrawing.Look look() {
        Set<Integer> nodes = new TreeSet<>();
        if (selectedNode >= 0) {
            nodes.add(selectedNode);
        }
        selectedLayers.forEach(l -> nodes.add(placed.graph().nodeOf()[l]));
        return new LayerDrawing.Look(theme, score, nodes, found);
    }

    private void relook() {
        if (placed != null) {
            view.setLook(look());
        }
    }

    private void select(int node) {
        selectedNode = node;
        selectedLayers = Set.of();
        relook();
        if (node >= 0) {
            onNode.accept(placed.graph().nodes().get(node));
        }
    }

    private void open(int node) {
        LayerGraph.Node opened = placed.graph().nodes().get(node);
        if (opened.kind() == LayerGraph.Kind.BLOCK) {
            unfold(opened);
        } else {
            view.reveal(node);
        }
    }

    /** Draws the layers of a block one by one. */
    public void unfold(LayerGraph.Node block) {
        folded.removeIf(b -> b.first() == block.first());
        fold.setSelected(!folded.isEmpty());
        layOut();
    }

    /** Marks the nodes of layers that are selected, here or elsewhere; of a single one brings it into view. */
    public void mark(Collection<Integer> layers, boolean reveal) {
        selectedLayers = Set.copyOf(layers);
        selectedNode = -1;
        relook();
        if (reveal && placed != null && layers.size() == 1) {
            view.reveal(placed.graph().nodeOf()[layers.iterator().next()]);
        }
    }

    /** The numbers for layers that can be painted onto the nodes. */
    public void setScores(List<LayerScore> now) {
        String chosen = colours.getValue();
        scores = List.copyOf(now);
        List<String> names = new ArrayList<>(List.of(NO_SCORE));
        scores.forEach(s -> names.add(s.title()));
        var action = colours.getOnAction();
        colours.setOnAction(null);
        colours.getItems().setAll(names);
        int index = Math.max(0, names.indexOf(chosen));
        colours.getSelectionModel().select(index);
        score = index == 0 ? null : scores.get(index - 1);
        colours.setOnAction(action);
        relook();
    }

    private void search(String text) {
        found = placed == null ? Set.of() : placed.graph().find(text);
        foundAt = -1;
        describeHits();
        relook();
    }

    private void step(int by) {
        if (!found.isEmpty()) {
            List<Integer> order = List.copyOf(found);
            foundAt = Math.floorMod(foundAt < 0 && by < 0 ? -1 : foundAt + by, order.size());
            describeHits();
            view.reveal(order.get(foundAt));
            select(order.get(foundAt));
        }
    }

    private void describeHits() {
        hits.setText(search.getText().isBlank() ? ""
                : foundAt < 0 ? Texts.of("network.found", Numbers.count(found.size()))
                        : Texts.of("network.found.at", Numbers.count(foundAt + 1), Numbers.count(found.size())));
    }

    private void export(boolean png) {
        if (placed == null) {
            return;
        }
        String name = ChartFiles.fileName(model.name()) + (png ? ".png" : ".svg");
        Drawing drawing = LayerDrawing.whole(placed, look(), Texts.of("network.title", model.name()));
        files.save(name, png ? Texts.of("file.png") : Texts.of("file.svg")).ifPresent(file -> {
            export.setDisable(true);
            worker.submit(
                    () -> {
                        if (png) {
                            double pixels = (double) drawing.width() * drawing.height();
                            ChartFiles.png(drawing, file, Math.min(2, Math.sqrt(MOST_PIXELS / pixels)));
                        } else {
                            ChartFiles.svg(drawing, file);
                        }
                        return file;
                    },
                    written -> {
                        export.setDisable(false);
                        onSaved.accept(written);
                    },
                    problem -> {
                        export.setDisable(false);
                        onProblem.accept(problem);
                    });
        });
    }

    /** Changes the theme. */
    public void setTheme(ChartTheme next) {
        theme = next;
        relook();
    }

    /** The drawing. */
    public NetworkView view() {
        return view;
    }

    /** What is drawn, or null while it is not. */
    public LayerGraph graph() {
        return placed == null ? null : placed.graph();
    }
}
