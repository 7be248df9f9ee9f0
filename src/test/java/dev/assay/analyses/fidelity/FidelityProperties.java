package dev.assay.analyses.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analyses.fidelity.explain.EdgeCut;
import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.Ranks;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.cpu.PlainGraphConvolution;
import dev.assay.data.graph.GraphSample;
import dev.assay.model.gnn.ExampleA;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What must hold for any graph, explanation and probability. */
class FidelityProperties {

    private static final BatchedGraphConvolution KERNEL = new PlainGraphConvolution();

    /** A random graph of up to 7 nodes with pairs, one-way edges and self-loops. */
    private static GraphSample graph(Random random) {
        int nodes = 1 + random.nextInt(7);
        List<Integer> from = new ArrayList<>();
        List<Integer> to = new ArrayList<>();
        for (int u = 0; u < nodes; u++) {
            for (int v = u; v < nodes && from.size() < 16; v++) {
                int kind = random.nextInt(6);
                if (kind < 2) {
                    from.add(u);
                    to.add(v);
                    if (u != v && kind == 0) {
                        from.add(v);
                        to.add(u);
                    }
                }
            }
        }
        double[] features = random.doubles(3L * nodes, -1, 1).toArray();
        return GraphSample.of(nodes)
                .edges(from.stream().mapToInt(i -> i).toArray(), to.stream().mapToInt(i -> i).toArray())
                .features(3, features)
                .label(random.nextInt(2))
                .build();
    }

    private static Instance instance(long seed, EdgeRemoval removal) throws Exception {
        return Golden.instance(KERNEL, removal, ExampleA.gcn(), graph(new Random(seed)));
    }

    private static boolean[] set(Instance instance, long seed) {
        Random random = new Random(seed ^ 99);
        boolean[] members = new boolean[instance.units().size()];
        for (int u = 0; u < members.length; u++) {
            members[u] = random.nextBoolean();
        }
        return members;
    }

    private static boolean[] not(boolean[] members) {
        boolean[] others = new boolean[members.length];
        for (int u = 0; u < others.length; u++) {
            others[u] = !members[u];
        }
        return others;
    }

    private static Sampling sampling(double a1, double a2, Estimator estimator) {
        return new Sampling(a1, a2, 12, estimator, 1L << 20, 3, false, false, 5);
    }

    @Property(tries = 40)
    void theOtherEdgesSwapTheSignsExactly(
            @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double alpha, @ForAll EdgeRemoval removal)
            throws Exception {
        Instance instance = instance(seed, removal);
        boolean[] members = set(instance, seed);
        for (Estimator estimator : new Estimator[] {Estimator.EXACT, Estimator.MONTE_CARLO}) {
            double[] plus = ScoringGoldenTest.score(instance, members, sampling(alpha, 1 - alpha, estimator)).values();
            double[] minus =
                    ScoringGoldenTest.score(instance, not(members), sampling(alpha, 1 - alpha, estimator)).values();
            assertThat(plus[6]).isCloseTo(minus[7], within(1e-12));
            assertThat(plus[7]).isCloseTo(minus[6], within(1e-12));
            assertThat(plus[9]).isCloseTo(minus[10], within(1e-12));
        }
    }

    @Property(tries = 40)
    void certainRemovalIsTheOriginalAndNoneIsNothing(@ForAll long seed, @ForAll EdgeRemoval removal)
            throws Exception {
        Instance instance = instance(seed, removal);
        boolean[] members = set(instance, seed);
        for (Estimator estimator : new Estimator[] {Estimator.AUTO, Estimator.EXACT, Estimator.MONTE_CARLO}) {
            double[] certain = ScoringGoldenTest.score(instance, members, sampling(1, 0, estimator)).values();
            double[] none = ScoringGoldenTest.score(instance, members, sampling(0, 1, estimator)).values();
            for (int k = 0; k < 6; k++) {
                assertThat(certain[6 + k]).isCloseTo(certain[k], within(1e-12));
                assertThat(none[6 + k]).isZero();
            }
        }
    }

    @Property(tries = 40)
    void scoresStayWithinOne(@ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double a1,
            @ForAll @DoubleRange(min = 0, max = 1) double a2) throws Exception {
        Instance instance = instance(seed, EdgeRemoval.STRUCTURAL);
        SetScore score =
                ScoringGoldenTest.score(instance, set(instance, seed), sampling(a1, a2, Estimator.MONTE_CARLO));
        for (int s : new int[] {0, 1, 3, 4, 6, 7, 9, 10}) {
            assertThat(score.values()[s]).isBetween(-1.0, 1.0);
        }
        assertThat(score.distinct()).isLessThanOrEqualTo(score.forwards());
        for (double unfaithfulness : score.unfaithfulness()) {
            assertThat(unfaithfulness).isBetween(0.0, 1.0);
        }
    }

    @Property(tries = 30)
    void truncatedEnumerationIsOffByNoMoreThanTheMassLeftOut(
            @ForAll long seed, @ForAll @IntRange(max = 4) int most) throws Exception {
        Instance instance = instance(seed, EdgeRemoval.STRUCTURAL);
        boolean[] members = set(instance, seed);
        SetScore exact = ScoringGoldenTest.score(instance, members, sampling(0.2, 0.8, Estimator.EXACT));
        SetScore cut = ScoringGoldenTest.score(
                instance, members, new Sampling(0.2, 0.8, 1, Estimator.TRUNCATED, 1L << 20, most, false, false, 5));
        assertThat(Math.abs(exact.values()[6] - cut.values()[6])).isLessThanOrEqualTo(cut.leftOut() + 1e-12);
        assertThat(Math.abs(exact.values()[7] - cut.values()[7])).isLessThanOrEqualTo(cut.leftOut() + 1e-12);
    }

    @Property(tries = 30)
    void roundsOfSamplesAddUp(@ForAll long seed, @ForAll @IntRange(min = 1, max = 11) int first) throws Exception {
        Instance instance = instance(seed, EdgeRemoval.STRUCTURAL);
        Sampling sampling = sampling(0.3, 0.7, Estimator.MONTE_CARLO);
        InstanceScoring parts = new InstanceScoring(instance, sampling);
        parts.add(set(instance, seed), new int[] {12});
        parts.advance(first, () -> {});
        parts.advance(12, () -> {});
        InstanceScoring whole = new InstanceScoring(instance, sampling);
        whole.add(set(instance, seed), new int[] {12});
        whole.advance(12, () -> {});
        assertThat(parts.scores().sets().getFirst().values()).isEqualTo(whole.scores().sets().getFirst().values());
        assertThat(parts.scores().forwards()).isEqualTo(whole.scores().forwards());
    }

    @Property(tries = 30)
    void renamingEdgesInTheFileChangesNoScore(@ForAll long seed) throws Exception {
        GraphSample graph = graph(new Random(seed));
        Integer[] order = new Integer[graph.edges()];
        Arrays.setAll(order, i -> i);
        Collections.shuffle(Arrays.asList(order), new Random(seed + 1));
        GraphSample shuffled = GraphSample.of(graph.nodes())
                .edges(
                        Arrays.stream(order).mapToInt(e -> graph.from()[e]).toArray(),
                        Arrays.stream(order).mapToInt(e -> graph.to()[e]).toArray())
                .features(3, graph.features())
                .label(graph.label())
                .build();
        Instance a = Golden.instance(KERNEL, EdgeRemoval.STRUCTURAL, ExampleA.gcn(), graph);
        Instance b = Golden.instance(KERNEL, EdgeRemoval.STRUCTURAL, ExampleA.gcn(), shuffled);
        boolean[] members = set(a, seed);
        double[] first = ScoringGoldenTest.score(a, members, sampling(0.3, 0.7, Estimator.MONTE_CARLO)).values();
        double[] second = ScoringGoldenTest.score(b, members, sampling(0.3, 0.7, Estimator.MONTE_CARLO)).values();
        for (int s = 0; s < Scores.COUNT; s++) {
            assertThat(second[s]).isCloseTo(first[s], within(1e-12));
        }
    }

    @Property
    void aucIsThatOfAllPairs(@ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int n) {
        Random random = new Random(seed);
        double[] scores = random.ints(n, 0, 4).asDoubleStream().toArray();
        boolean[] members = new boolean[n];
        for (int i = 0; i < n; i++) {
            members[i] = random.nextBoolean();
        }
        double won = 0;
        int pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (members[i] && !members[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        double auc = Ranks.auc(scores, members);
        if (pairs == 0) {
            assertThat(auc).isNaN();
        } else {
            assertThat(auc).isCloseTo(won / pairs, within(1e-12));
        }
    }

    @Example
    void equalValuesShareTheMeanOfTheirRanksAndBothZeroesAreEqual() {
        assertThat(Ranks.average(new double[] {0.0, 1, -0.0, 1, -2})).containsExactly(2.5, 4.5, 2.5, 4.5, 1);
        assertThat(Ranks.average(new double[0])).isEmpty();
    }

    @Property
    void cutsKeepTheBestAndBreakTiesByIndex(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int n,
            @ForAll @DoubleRange(min = 0, max = 1) double ratio) {
        double[] scores = new Random(seed).ints(n, 0, 5).mapToDouble(i -> i + 0.5).toArray();
        int size = EdgeCut.sizeOf(ratio, n);
        EdgeCut.Cut cut = EdgeCut.first(scores, size);
        assertThat(cut.size()).isEqualTo(size);
        assertThat(Bits.count(Bits.of(cut.members()))).isEqualTo(size);
        assertThat((double) size).isCloseTo(Math.max(ratio == 0 ? 0 : 1, ratio * n), within(0.5 + 1e-9));
        boolean tie = false;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (cut.members()[i] && !cut.members()[j]) {
                    assertThat(scores[i] > scores[j] || scores[i] == scores[j] && i < j).isTrue();
                    tie |= scores[i] == scores[j];
                }
            }
        }
        assertThat(cut.tie()).isEqualTo(tie);
    }

    @Property
    void mergingStudiesEqualsTheWhole(@ForAll long seed) {
        Random random = new Random(seed);
        StudyCells whole = new StudyCells(2, 2);
        StudyCells left = new StudyCells(2, 2);
        StudyCells right = new StudyCells(2, 2);
        for (int i = 0; i < 40; i++) {
            boolean[] members = {random.nextBoolean(), random.nextBoolean(), random.nextBoolean()};
            boolean[] truth = {true, false, random.nextBoolean()};
            double[] values = random.ints(Scores.COUNT, 0, 8).mapToDouble(v -> v / 8.0).toArray();
            SetScore score = new SetScore(
                    values, new double[6], 1, 3, 0, 0, new double[2], 1, 1, new double[0], new double[0], 0);
            int cell = i % 4;
            whole.add(cell, score, members, truth);
            (random.nextBoolean() ? left : right).add(cell, score, members, truth);
        }
        left.add(right);
        for (int r = 0; r < 2; r++) {
            for (int c = 0; c < 2; c++) {
                assertThat(left.mean(r, c, 3)).isEqualTo(whole.mean(r, c, 3));
                assertThat(left.editDistance(r, c)).isEqualTo(whole.editDistance(r, c));
                assertThat(left.edgeAuc(r, c)).isEqualTo(whole.edgeAuc(r, c));
            }
        }
    }

    @Example
    void aShareIsTheDecimalThatWasWritten() {
        assertThat(EdgeCut.sizeOf(0.29, 50)).as("14.5, half up").isEqualTo(15);
        assertThat(EdgeCut.sizeOf(0.145, 100)).isEqualTo(15);
        assertThat(EdgeCut.sizeOf(0.28, 50)).isEqualTo(14);
        assertThat(EdgeCut.sizeOf(0.001, 50)).isEqualTo(1);
        assertThat(EdgeCut.sizeOf(1, 50)).isEqualTo(50);
        assertThat(EdgeCut.sizeOf(0, 50)).isZero();
    }
}
