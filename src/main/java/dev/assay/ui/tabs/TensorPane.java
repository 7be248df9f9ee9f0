package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Result;
import dev.assay.chart.ChartTheme;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.TensorInfo;
import dev.assay.text.Numbers;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.NumberSummary;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultView;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The stored tensors of one layer: facts and a histogram of each, loaded in the background. */
final class TensorPane extends VBox {

    private static final double LEAST_HEIGHT = 180;
    private static final double CHART_HEIGHT = 240;
    private static final double PICTURES_HEIGHT = 300;
    private static final double IMAGE_HEIGHT = 320;

    private final Model model;
    private final Worker worker;
    private final ResultViews views;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final VBox content = new VBox(12);
    private final List<ResultView> shown = new ArrayList<>();
    private ChartTheme theme;
    private volatile long generation;

    private record Loaded(
            NumberSummary summary, Optional<Distribution> histogram, Optional<ImageGrid> pictures,
            Optional<Heatmap> image) {}

    TensorPane(Model model, Worker worker, ResultViews views, ChartTheme theme) {
        this.model = model;
        this.worker = worker;
        this.views = views;
        this.theme = theme;
        getStyleClass().add("tensor-pane");
        setMinHeight(LEAST_HEIGHT);
        title.getStyleClass().add("panel-title");
        subtitle.getStyleClass().add("caption");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, subtitle, scroll);
    }

    /** Shows something that has no tensors of its own: the input, the output, or several layers. */
    void show(String name, String said, Map<String, String> known) {
        generation++;
        shown.clear();
        content.getChildren().clear();
        title.setText(name);
        subtitle.setText(said);
        addFacts(known);
    }

    private void addFacts(Map<String, String> known) {
        if (!known.isEmpty()) {
            FactRow facts = new FactRow();
            known.forEach(facts::set);
            VBox section = new VBox(8, facts);
            section.getStyleClass().add("tensor");
            content.getChildren().add(section);
        }
    }

    /** Shows a layer's tensors; those of another layer still loading are dropped. */
    void show(Layer layer, boolean first) {
        generation++;
        shown.clear();
        content.getChildren().clear();
        title.setText(layer.name());
        subtitle.setText(Texts.of("layer.what", layer.operator(), Numbers.count(layer.parameters())));
        Map<String, String> known = new LinkedHashMap<>();
        known.put(Texts.of("layer.output.shape"), new TensorInfo("", "", layer.outputShape()).shapeText());
        if (!layer.inputs().isEmpty()) {
            known.put(
                    layer.inputs().size() == 1 ? Texts.of("layer.takes")
                            : Texts.of("layer.takes.many", layer.inputs().size()),
                    String.join(", ", layer.inputs()));
        }
        known.putAll(layer.attributes());
        addFacts(known);
        List<TensorInfo> tensors = model.tensors().stream()
                .filter(t -> layer.tensors().contains(t.name()))
                .sorted(Comparator.comparingLong(TensorInfo::size).reversed())
                .toList();
        if (tensors.isEmpty()) {
            Label none = new Label(Texts.of("layer.no.weights"));
            none.getStyleClass().add(Styles.TEXT_MUTED);
            content.getChildren().add(none);
        }
        for (TensorInfo tensor : tensors) {
            add(tensor, first);
        }
    }

    private void add(TensorInfo tensor, boolean first) {
        Label name = new Label(tensor.name());
        name.getStyleClass().add("card-title");
        FactRow facts = new FactRow()
                .set(Texts.of("fact.shape"), tensor.shapeText())
                .set(Texts.of("fact.type"), tensor.type())
                .set(Texts.of("fact.values"), Numbers.count(tensor.size()));
        for (String fact : List.of(Texts.of("fact.min"), Texts.of("fact.max"), Texts.of("fact.mean"),
                Texts.of("fact.std"), Texts.of("fact.zeros"), Texts.of("fact.nan"))) {
            facts.set(fact, "\u2026");
        }
        Region place = new Region();
        place.getStyleClass().add("chart-placeholder");
        place.setMinHeight(CHART_HEIGHT);
        VBox section = new VBox(8, name, facts, place);
        section.getStyleClass().add("tensor");
        content.getChildren().add(section);
        long mine = generation;
        worker.submit(
                // Of what was passed over meanwhile nothing is read: it could be gigabytes.
                () -> mine == generation ? load(tensor, first) : null,
                loaded -> {
                    if (loaded != null && mine == generation) {
                        fill(section, facts, loaded, tensor);
                    }
                },
                problem -> {
                    if (mine == generation) {
                        section.getChildren().set(2, new Strip(Strip.Kind.ERROR, RunStrips.message(problem)));
                    }
                });
    }

    private Loaded load(TensorInfo tensor, boolean first) throws Exception {
        float[] values = model.values(tensor);
        NumberSummary summary = NumberSummary.of(values);
        Optional<ImageGrid> pictures = first && summary.counts().length > 0
                ? FilterImages.of(tensor, values, model.input().shape())
                : Optional.empty();
        return new Loaded(
                summary, summary.histogram("weights", Texts.of("layer.values", tensor.name()), Texts.of("fact.value")),
                pictures,
                summary.counts().length > 0 ? WeightImage.of(tensor, values) : Optional.empty());
    }

    private void fill(VBox section, FactRow facts, Loaded loaded, TensorInfo tensor) {
        NumberSummary s = loaded.summary();
        facts.set(Texts.of("fact.min"), Numbers.value(s.min()))
                .set(Texts.of("fact.max"), Numbers.value(s.max()))
                .set(Texts.of("fact.mean"), Numbers.value(s.mean()))
                .set(Texts.of("fact.std"), Numbers.value(s.std()))
                .set(Texts.of("fact.zeros"), Numbers.percent(s.zeroShare()))
                .set(Texts.of("fact.nan"), Numbers.percent(s.nanShare()));
        section.getChildren().remove(2);
        String setting = Texts.of("layer.setting", model.name(), Numbers.count(s.count()));
        loaded.histogram().ifPresent(h -> section.getChildren().add(card(h, setting, CHART_HEIGHT)));
        if (loaded.histogram().isEmpty()) {
            section.getChildren().add(new Strip(Strip.Kind.WARNING, Texts.of("layer.no.finite", tensor.name())));
        } else if (s.nans() + s.infinities() > 0) {
            section.getChildren()
                    .add(2, new Strip(
                            Strip.Kind.WARNING,
                            Texts.of("layer.not.finite", Numbers.count(s.nans()), Numbers.count(s.infinities()),
                                    (int) Math.min(s.nans(), 2), (int) Math.min(s.infinities(), 2))));
        }
        loaded.image().ifPresent(i -> section.getChildren().add(card(i, setting, IMAGE_HEIGHT)));
        loaded.pictures().ifPresent(p -> section.getChildren().add(card(p, setting, PICTURES_HEIGHT)));
    }

    private ResultCard card(Result result, String setting, double height) {
        ResultView view = views.of(result, theme);
        shown.add(view);
        ResultCard card = new ResultCard(view, null);
        card.show(result, setting);
        card.setMinHeight(height);
        card.setPrefHeight(height);
        return card;
    }

    void setTheme(ChartTheme next) {
        theme = next;
        shown.forEach(v -> v.setTheme(next));
    }
}
