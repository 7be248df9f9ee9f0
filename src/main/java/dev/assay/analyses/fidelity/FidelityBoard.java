package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analyses.fidelity.explain.Ranks;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a run has found so far, over all instances and explainers. Safe to use from several threads at once. */
final class FidelityBoard {

    /** Edge scores that are kept for the pooled AUC. */
    private static final long MOST_POOLED = 20_000_000;

    private final List<String> explainers;
    private final double[] ratios;
    private final int[] schedule;
    private final RobustFidelityParameters parameters;
    private final InstanceSource source;
    private final List<Explained> explained = new ArrayList<>();
    private final List<InstanceScores> scores = new ArrayList<>();
    private final List<List<double[]>> pooledScores = new ArrayList<>();
    private final List<boolean[]> pooledTruth = new ArrayList<>();
    private long pooled;
    private ExplanationPictures pictures;

    FidelityBoard(
            List<String> explainers, double[] ratios, int[] schedule, RobustFidelityParameters parameters,
            InstanceSource source) {
        this.explainers = List.copyOf(explainers);
        this.ratios = ratios;
        this.schedule = schedule;
        this.parameters = parameters;
        this.source = source;
        explainers.forEach(e -> pooledScores.add(new ArrayList<>()));
    }

    /** Number of instances, scored or not. */
    synchronized int size() {
        return explained.size();
    }

    /** Adds an instance that will be scored. */
    synchronized void add(Explained instance, List<double[]> edgeScores, Instance opened) {
        explained.add(instance);
        scores.add(null);
        if (pictures == null) {
            pictures = new ExplanationPictures(opened, explainers, edgeScores);
        }
        pooled += (long) opened.units().size() * explainers.size();
        if (opened.truth() != null && pooled <= MOST_POOLED) {
            pooledTruth.add(opened.truth());
            for (int e = 0; e < explainers.size(); e++) {
                pooledScores.get(e).add(edgeScores.get(e));
            }
        }
    }

    /** Sets the scores of an instance as they stand. */
    synchronized void set(int index, InstanceScores now) {
        scores.set(index, now);
    }

    /** A look at what there is now. */
    synchronized FidelitySummary summary(boolean complete) {
        List<Explained> instances = new ArrayList<>();
        List<InstanceScores> found = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i) != null) {
                instances.add(explained.get(i));
                found.add(scores.get(i));
            }
        }
        double[] auc = new double[explainers.size()];
        Arrays.fill(auc, Double.NaN);
        if (complete && pooled <= MOST_POOLED && !pooledTruth.isEmpty()) {
            boolean[] truth = joined(pooledTruth);
            for (int e = 0; e < auc.length; e++) {
                auc[e] = Ranks.auc(
                        pooledScores.get(e).stream().flatMapToDouble(Arrays::stream).toArray(), truth);
            }
        }
        return new FidelitySummary(explainers, ratios, schedule, instances, found, auc);
    }

    private static boolean[] joined(List<boolean[]> parts) {
        boolean[] all = new boolean[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (boolean[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Width of the widest 95 % interval of the sampling error of an explainer's mean robust delta. */
    double samplingWidth() {
        return summary(false).samplingWidth();
    }

    /** Most probability mass that truncated enumeration left out of a score. */
    synchronized double leftOut() {
        return scores.stream()
                .flatMap(s -> s.sets().stream())
                .mapToDouble(SetScore::leftOut)
                .max()
                .orElse(0);
    }

    /**
     * Publishes what there is.
     *
     * @param complete whether it is all, so that the long tables follow
     */
    void emit(ResultSink sink, boolean complete) {
        FidelitySummary summary = summary(complete);
        FidelityResults results = new FidelityResults(summary, source.data().task());
        results.live(sink);
        if (complete) {
            results.complete(sink);
            ExplanationPictures drawn;
            synchronized (this) {
                drawn = pictures;
            }
            if (drawn != null) {
                drawn.emit(sink, parameters.edgeCut(source.data().hasTruth()));
            }
        }
    }

    /** Tells what is odd about the explanations. */
    void warnings(RunContext context) {
        FidelitySummary summary = summary(false);
        List<String> tied = new ArrayList<>();
        List<String> degenerate = new ArrayList<>();
        for (int e = 0; e < explainers.size(); e++) {
            int ties = 0;
            int empty = 0;
            for (int i = 0; i < summary.instances().size(); i++) {
                ties += summary.instances().get(i).parts().get(e).tie() ? 1 : 0;
                empty += summary.scores().get(i).sets().get(e).degenerate() ? 1 : 0;
            }
            if (ties > 0) {
                tied.add(explainers.get(e) + " in " + ties);
            }
            if (empty > 0) {
                degenerate.add(explainers.get(e) + " in " + empty);
            }
        }
        String of = " of " + summary.instances().size() + " instances";
        if (!tied.isEmpty()) {
            context.warn("The cut goes through equal scores and is arbitrary there (the smaller index wins): "
                    + String.join(", ", tied) + of + ".");
        }
        if (!degenerate.isEmpty()) {
            context.warn("The explanation is empty or everything, which is flagged and left out of means and ranks: "
                    + String.join(", ", degenerate) + of + ".");
        }
    }
}
