package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Role;
import dev.assay.analyses.complexity.FeatureGroups.Use;
import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Weight matching of two networks of one structure (Git Re-Basin, section "Weight comparison across two models" of the
 * feature-complexity method): the features of the second network are put in the order that brings its weights closest to
 * the first's. With all groups but one fixed, the best order of that one is a linear assignment that maximises the sum of
 * {@code <W_A, P W_B>} over the group's tensors; the groups take turns until a round gains nothing.
 */
final class WeightMatching {

    /** Uses with one number for each feature. */
    private static final Set<Role> VECTORS = Set.of(Role.ADDEND, Role.FACTOR, Role.VARIANCE, Role.SLOPE);

    /** A gain below this share of the similarity is rounding. */
    private static final double LEAST_GAIN = 1e-12;

    private final NetworkUnderAnalysis network;
    private final List<StoredWeight> first;
    private final List<StoredWeight> second;
    private final MergedNetwork.Values firstValues;
    private final MergedNetwork.Values secondValues;
    private final List<int[]> order = new ArrayList<>();
    private final Runnable checkCancelled;

    /**
     * @param network the first network; its groups are those of both
     * @param second the second network's values under the first's names
     * @param checkCancelled called every few milliseconds; throws to stop
     */
    WeightMatching(NetworkUnderAnalysis network, MergedNetwork.Values second, Runnable checkCancelled)
            throws InputException {
        this.network = network;
        this.first = network.tensors();
        this.second = network.tensorsOf(second);
        this.firstValues = network.values();
        this.secondValues = second;
        this.checkCancelled = checkCancelled;
        for (int n : network.sizes()) {
            order.add(IntStream.range(0, n).toArray());
        }
    }

    /** For every group which of the second network's features stands at each place. */
    List<int[]> order() {
        return order;
    }

    /**
     * One round over all groups in an order drawn anew.
     *
     * @return whether it gained anything
     */
    boolean round(Random random) throws InputException {
        List<Integer> turns = new ArrayList<>(IntStream.range(0, order.size()).boxed().toList());
        Collections.shuffle(turns, random);
        boolean gained = false;
        for (int g : turns) {
            int n = order.get(g).length;
            double[] similarity = similarity(g);
            int[] best = Assignment.greatest(similarity, n, checkCancelled);
            double before = sum(similarity, order.get(g));
            double after = sum(similarity, best);
            double scale = Arrays.stream(similarity).map(Math::abs).max().orElse(0) * n;
            if (after > before + LEAST_GAIN * scale) {
                order.set(g, best);
                gained = true;
            }
        }
        return gained;
    }

    private static double sum(double[] similarity, int[] order) {
        int n = order.length;
        return IntStream.range(0, n).mapToDouble(i -> similarity[i * n + order[i]]).sum();
    }

    /** Similarity of a group as it stands: cosine of all weights of its features in both networks. */
    double cosine(int g) throws InputException {
        double[] similarity = similarity(g);
        double norms = norm(first, firstValues, g) * norm(second, secondValues, g);
        return norms == 0 ? 1 : sum(similarity, order.get(g)) / Math.sqrt(norms);
    }

    private double norm(List<StoredWeight> weights, MergedNetwork.Values values, int g) throws InputException {
        double squares = 0;
        for (StoredWeight w : weights) {
            for (int i = 0; w.rowGroup() == g && i < w.rows(); i++) {
                squares += Arrays.stream(w.row(i)).map(v -> v * v).sum();
            }
            for (int i = 0; w.columnGroup() == g && i < w.columns(); i++) {
                squares += Arrays.stream(w.column(i)).map(v -> v * v).sum();
            }
        }
        for (Use use : vectors(g)) {
            float[] v = values.of(use.tensor());
            for (int i = 0; i < network.sizes()[g]; i++) {
                squares += (double) v[use.offset() + i] * v[use.offset() + i];
            }
        }
        return squares;
    }

    private List<Use> vectors(int g) {
        return network.groups().groups().get(g).uses().stream()
                .filter(u -> VECTORS.contains(u.role()))
                .toList();
    }

    /** {@code [i][j]}: how alike feature i of the first and feature j of the second network are, other groups fixed. */
    private double[] similarity(int g) throws InputException {
        int n = order.get(g).length;
        double[] similarity = new double[Math.multiplyExact(n, n)];
        for (int t = 0; t < first.size(); t++) {
            StoredWeight a = first.get(t);
            StoredWeight b = second.get(t);
            if (a.rowGroup() == g) {
                Gram.addCross(
                        Gram.incoming(a), Gram.incoming(b, order(a.columnGroup())), n, similarity, checkCancelled);
            }
            if (a.columnGroup() == g) {
                Gram.addCross(Gram.outgoing(a), Gram.outgoing(b, order(a.rowGroup())), n, similarity, checkCancelled);
            }
        }
        for (Use use : vectors(g)) {
            float[] a = firstValues.of(use.tensor());
            float[] b = secondValues.of(use.tensor());
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    similarity[i * n + j] += (double) a[use.offset() + i] * b[use.offset() + j];
                }
            }
        }
        return similarity;
    }

    private int[] order(int group) {
        return group < 0 ? null : order.get(group);
    }
}
