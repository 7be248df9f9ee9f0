package dev.assay.ui.tabs;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Selection;
import dev.assay.data.Dataset;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.Model;
import dev.assay.run.RunView;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the references of a run's results stand for, and opening those that the window opens itself. */
final class References {

    private static final String SAMPLE = "sample";
    private static final String LAYER = "layer";
    private static final String RUN = "run";

    private static final int MOST_NAMED = 4;

    private final Workbench workbench;
    private final RunView run;
    private final Optional<Analysis<?>> analysis;
    private final Function<String, Optional<Location>> relocated;

    /**
     * The references of a run.
     *
     * @param analysis the run's analysis, if it is installed
     * @param relocated where the input of a role is now, when it was found at another place
     */
    References(
            Workbench workbench, RunView run, Optional<Analysis<?>> analysis,
            Function<String, Optional<Location>> relocated) {
        this.workbench = workbench;
        this.run = run;
        this.analysis = analysis;
        this.relocated = relocated;
    }

    /** Whether the window opens it itself. */
    static boolean opens(Ref ref) {
        return ref.kind().kind().equals(SAMPLE) || ref.kind().kind().equals(LAYER) || ref.kind().kind().equals(RUN);
    }

    /** Opens the sample, layer or run among the references; false when there is none. */
    boolean open(Selection selection) {
        Optional<Ref> ref = selection.first(SAMPLE)
                .or(() -> selection.first(LAYER))
                .or(() -> selection.first(RUN));
        ref.ifPresent(this::open);
        return ref.isPresent();
    }

    /** Opens a sample, a layer or a run. */
    void open(Ref ref) {
        if (ref.kind().kind().equals(RUN)) {
            workbench.showRun(ref.key());
            return;
        }
        Optional<Location> location = location(ref.kind());
        if (location.isEmpty()) {
            workbench.notice(Texts.of("selection.no.input", ref.kind().kind()));
            return;
        }
        workbench.withInput(
                location.get(),
                input -> {
                    if (input instanceof Dataset dataset && ref.kind().kind().equals(SAMPLE)) {
                        workbench.showSample(dataset, Long.parseLong(ref.key()));
                    } else if (input instanceof GraphDataset graphs && ref.kind().kind().equals(SAMPLE)) {
                        workbench.showGraph(graphs, Integer.parseInt(ref.key()));
                    } else if (input instanceof Model model && ref.kind().kind().equals(LAYER)) {
                        workbench.showLayer(model, ref.key());
                    }
                },
                workbench::showProblem);
    }

    /** Where the input is that holds things of a kind. */
    Optional<Location> location(RefKind kind) {
        String role = kind.role().isEmpty() && run.request().inputs().size() == 1
                ? run.request().inputs().keySet().iterator().next()
                : kind.role();
        return relocated.apply(role).or(() -> run.request().inputs().getOrDefault(role, List.of()).stream()
                .findFirst());
    }

    /** A selection in words, e.g. {@code Neuron 2:17, class 3}. */
    String inWords(Selection selection) {
        List<Ref> refs = selection.refs();
        int more = refs.size() - MOST_NAMED;
        if (more > 0 && refs.stream().map(Ref::kind).distinct().count() == 1) {
            return Texts.of(
                    "selection.many",
                    refs.size(),
                    refs.getFirst().kind().kind(),
                    refs.stream().limit(MOST_NAMED).map(Ref::key).collect(Collectors.joining(", ")),
                    more);
        }
        String text = refs.stream().map(this::inWords).collect(Collectors.joining(", "));
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** A reference in words: {@code test sample 7}, {@code graph 7}. */
    String inWords(Ref ref) {
        String role = ref.kind().role();
        if (!ref.kind().kind().equals(SAMPLE) || role.isEmpty()) {
            return ref.kind().kind() + " " + ref.key();
        }
        boolean graphs = analysis.flatMap(a -> a.inputs().role(role))
                .map(r -> GraphDataset.class.isAssignableFrom(r.type()))
                .orElse(false);
        return graphs ? Texts.of("noun.graph") + " " + ref.key() : role + " " + SAMPLE + " " + ref.key();
    }
}
