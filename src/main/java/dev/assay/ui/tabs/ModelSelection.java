package dev.assay.ui.tabs;

import dev.assay.analysis.result.RefKind;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.run.RunView;
import dev.assay.ui.Workbench;
import dev.assay.ui.network.LayerScore;
import dev.assay.ui.network.LayerScores;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.Selected;
import dev.assay.ui.selection.SelectionService;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.beans.value.ChangeListener;

/**
 * Between the layers of one model and the window: which of them are selected, and what runs found about them. JavaFX
 * thread only.
 */
final class ModelSelection implements AutoCloseable {

    private static final String NEURON = "neuron";
    private static final String TENSOR = "tensor";

    /** Told of selected layers. */
    interface Listener {

        /**
         * Layers of the model are selected, or no longer.
         *
         * @param layers their indices, ascending
         * @param elsewhere whether another view selected them
         */
        void selected(List<Integer> layers, boolean elsewhere);
    }

    private final Workbench workbench;
    private final SelectionService service;
    private final Model model;
    private final Listener listener;
    private final Map<String, Integer> layers = new HashMap<>();
    private final Map<String, Integer> tensors = new HashMap<>();
    private final Map<String, Integer> relus = new HashMap<>();
    private final ChangeListener<Selected> follower = (o, before, now) -> follow(now);

    ModelSelection(Workbench workbench, Model model, Listener listener) {
        this.workbench = workbench;
        this.service = workbench.selection();
        this.model = model;
        this.listener = listener;
        List<Layer> all = model.layers();
        for (int i = 0; i < all.size(); i++) {
            layers.put(all.get(i).name(), i);
            for (String tensor : all.get(i).tensors()) {
                tensors.putIfAbsent(tensor, i);
            }
        }
        for (ReluLayer relu : model.reluLayers()) {
            relus.put(String.valueOf(relu.number()), layers.getOrDefault(relu.name(), -1));
        }
        service.selectedProperty().addListener(follower);
    }

    private Scope scope(String kind) {
        return new Scope(kind, service.origin(model.location()));
    }

    /** A layer was selected here. */
    void select(String layer) {
        service.select(this, scope(Scope.LAYER), layer);
    }

    /** Several layers were selected here. */
    void select(List<String> names) {
        service.select(this, Map.of(scope(Scope.LAYER), new LinkedHashSet<>(names)));
    }

    private void follow(Selected now) {
        Set<Integer> chosen = new TreeSet<>();
        now.of(scope(Scope.LAYER)).forEach(key -> chosen.add(layers.getOrDefault(key, -1)));
        now.of(scope(TENSOR)).forEach(key -> chosen.add(tensors.getOrDefault(key, -1)));
        now.of(scope(NEURON)).forEach(
                key -> chosen.add(relus.getOrDefault(key.substring(0, Math.max(0, key.indexOf(':'))), -1)));
        chosen.remove(-1);
        listener.selected(List.copyOf(chosen), now.by() != this);
    }

    /** Looks up in the background what runs on this model found about its layers. */
    void scores(Worker worker, Consumer<List<LayerScore>> onFound) {
        String origin = service.origin(model.location());
        record Candidate(RunView run, String title, Set<String> roles) {}
        List<Candidate> candidates = new ArrayList<>();
        for (RunView run : workbench.allRuns()) {
            Set<String> roles = run.request().inputs().entrySet().stream()
                    .filter(e -> e.getValue().stream().map(service::origin).anyMatch(origin::equals))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (!roles.isEmpty()) {
                candidates.add(new Candidate(run, workbench.title(run), roles));
            }
        }
        worker.submit(
                () -> {
                    LayerScores reader = new LayerScores(model);
                    List<LayerScore> found = new ArrayList<>();
                    for (Candidate candidate : candidates) {
                        Predicate<RefKind> ours = kind -> candidate.roles().contains(kind.role());
                        for (LayerScore score : reader.in(candidate.run().results(), ours)) {
                            found.add(new LayerScore(
                                    score.title() + " (" + candidate.title() + ")", score.unit(), score.values()));
                        }
                    }
                    return found;
                },
                onFound,
                workbench::showProblem);
    }

    @Override
    public void close() {
        service.selectedProperty().removeListener(follower);
    }
}
