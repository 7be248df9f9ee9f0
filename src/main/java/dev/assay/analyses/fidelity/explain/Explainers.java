package dev.assay.analyses.fidelity.explain;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The explainers of a run: those that were chosen, then those of files. */
public final class Explainers {

    private static final int MOST_TRAINING_INSTANCES = 1_000;

    private Explainers() {}

    /** What is wrong with a choice, in words for the user; empty when nothing is. */
    public static Optional<String> problem(List<ExplainerKind> kinds) {
        return kinds.contains(ExplainerKind.NONE) && kinds.size() > 1
                ? Optional.of("none stands alone, for explanations from files only")
                : Optional.empty();
    }

    /**
     * Makes them. PGExplainer is trained here.
     *
     * @param instances indices of the instances that are explained
     * @param lowest whether scores in files that are no finite numbers count as lowest
     * @throws AnalysisException when there is none, or a file does not belong to the data
     */
    public static List<Explainer> of(
            List<ExplainerKind> kinds, ExplainerSettings settings, List<ExplanationFile> files, boolean lowest,
            InstanceSource source, int[] instances, RunContext context)
            throws AnalysisException {
        List<Explainer> explainers = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        for (ExplainerKind kind : kinds) {
            if (kind == ExplainerKind.TRUTH && !source.data().hasTruth()) {
                context.log("The data has no ground truth; the explainer truth is left out.");
            } else if (kind != ExplainerKind.NONE) {
                explainers.add(new BuiltIn(kind.toString(), method(kind, settings, source, instances, context)));
                taken.add(kind.toString());
            }
        }
        for (ExplanationFile file : files) {
            file.check(source.data(), source.size());
            long bad = file.nonFinite();
            if (bad > 0 && !lowest) {
                throw new AnalysisException(
                        bad + (bad == 1 ? " score is" : " scores are") + " no finite number", file.name(),
                        "mend the file, or use nonFinite=lowest to count them as lowest");
            }
            for (ExplanationFile.Part part : file.parts()) {
                String name = part.name();
                for (int i = 2; !taken.add(name); i++) {
                    name = part.name() + " (" + i + ")";
                }
                explainers.add(new FileExplainer(name, part, lowest));
            }
        }
        if (explainers.isEmpty()) {
            throw new AnalysisException(
                    "there is no explanation to look at", "parameter explainers",
                    "name explainers, or give an explanation file");
        }
        return explainers;
    }

    /** The scores that a run wrote, under the name that the explainer had there. */
    public static Explainer stored(String name, ExplanationFile file) {
        return new FileExplainer(name, file.parts().getFirst(), false);
    }

    private static Method method(
            ExplainerKind kind, ExplainerSettings s, InstanceSource source, int[] instances, RunContext context)
            throws AnalysisException {
        long seed = context.seed();
        return switch (kind) {
            case TRUTH -> (i, c) -> SimpleExplainers.truth(i);
            case RANDOM -> (i, c) -> SimpleExplainers.random(i, seed);
            case OCCLUSION -> (i, c) -> SimpleExplainers.occlusion(i, s.target(), false, c);
            case INVERSE_OCCLUSION -> (i, c) -> SimpleExplainers.occlusion(i, s.target(), true, c);
            case GRADIENT -> (i, c) -> s.gradientByNodes()
                    ? SimpleExplainers.nodeGradient(i, s.target(), s.gradientAbsolute())
                    : SimpleExplainers.gradient(i, s.target(), s.gradientAbsolute());
            case INTEGRATED_GRADIENTS ->
                (i, c) -> SimpleExplainers.integrated(i, s.target(), s.gradientAbsolute(), s.igSteps(), c);
            case GNN_EXPLAINER -> (i, c) -> GnnExplainer.seeded(i, s, seed).run(c);
            case PG_EXPLAINER -> {
                PgExplainer trained = pg(s, source, instances, context);
                yield (i, c) -> trained.explain(i);
            }
            case NONE -> throw new IllegalArgumentException("none explains nothing");
        };
    }

    private static PgExplainer pg(
            ExplainerSettings settings, InstanceSource source, int[] instances, RunContext context)
            throws AnalysisException {
        int count = Math.min(instances.length, MOST_TRAINING_INSTANCES);
        if (count < instances.length) {
            context.log("PGExplainer learns from " + count + " of " + instances.length
                    + " instances, evenly spread.");
        }
        List<Instance> training = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            context.checkCancelled();
            training.add(source.open(instances[(int) ((long) i * instances.length / count)]));
        }
        RunContext.Progress progress =
                context.phase("Training PGExplainer", (long) settings.pgEpochs() * count, "steps");
        PgExplainer trained = PgExplainer.train(training, settings, context.seed(), () -> {
            context.checkCancelled();
            progress.advance(1);
        });
        if (trained.saturated()) {
            double[] edges = new double[trained.masks().length + 1];
            Arrays.setAll(edges, b -> (double) b / trained.masks().length);
            context.emit(new Distribution(
                    "pg_explainer_masks", "Masks of PGExplainer after training", Axis.of("Mask", ""), edges,
                    List.of(new Distribution.Series("masks", trained.masks()))));
            context.warn("PGExplainer ended with all its masks above 0.99 or all below 0.01, so it tells no edges"
                    + " apart; change pgSize, pgEntropy or pgLearningRate.");
        }
        return trained;
    }

    private interface Method {
        Explanation explain(Instance instance, Runnable cancelled) throws AnalysisException;
    }

    private record BuiltIn(String name, Method method) implements Explainer {

        @Override
        public Explanation explain(Instance instance, Runnable cancelled) throws AnalysisException {
            return method.explain(instance, cancelled);
        }
    }
}
