package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.EdgeCut;
import dev.assay.analyses.fidelity.explain.Explanation;
import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.Ranks;
import java.util.List;

/**
 * What is known of an instance and its explanations beside their scores. Small, so that many can be kept.
 *
 * @param key index of the graph or node
 * @param label explained class
 * @param predicted predicted class
 * @param f probability of the explained class
 * @param units edges
 * @param parts by explainer
 */
record Explained(int key, int label, int predicted, double f, int units, List<Part> parts) {

    /**
     * One explanation.
     *
     * @param edgeAuc against the ground truth, NaN without one
     * @param iou of the edges with score 0.5 and more and the ground truth, NaN without one
     * @param editDistance of the set and the ground truth, -1 without one
     * @param tie whether the cut went through equal scores
     * @param seconds that explaining took
     */
    record Part(double edgeAuc, double iou, int editDistance, boolean tie, double seconds) {}

    static Part part(Instance instance, Explanation explanation, EdgeCut.Cut cut, double seconds) {
        boolean[] truth = instance.truth();
        if (truth == null) {
            return new Part(Double.NaN, Double.NaN, -1, cut.tie(), seconds);
        }
        int both = 0;
        int either = 0;
        int edits = 0;
        for (int u = 0; u < truth.length; u++) {
            boolean high = explanation.scores()[u] >= 0.5;
            both += high && truth[u] ? 1 : 0;
            either += high || truth[u] ? 1 : 0;
            edits += cut.members()[u] != truth[u] ? 1 : 0;
        }
        return new Part(
                Ranks.auc(explanation.scores(), truth), either == 0 ? Double.NaN : (double) both / either, edits,
                cut.tie(), seconds);
    }

    boolean correct() {
        return label == predicted;
    }

    /** Flags of an explanation, comma separated; empty for none. */
    String flags(int explainer, SetScore score) {
        StringBuilder flags = new StringBuilder();
        if (score.units() == 0) {
            add(flags, "no_edges");
        } else if (score.size() == 0) {
            add(flags, "empty");
        } else if (score.size() == score.units()) {
            add(flags, "full");
        }
        if (parts.get(explainer).tie()) {
            add(flags, "tie");
        }
        if (!correct()) {
            add(flags, "wrong");
        }
        return flags.toString();
    }

    private static void add(StringBuilder flags, String flag) {
        flags.append(flags.isEmpty() ? "" : ",").append(flag);
    }
}
