package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReferenceMergingTest {

    private static final Runnable ON = () -> {};

    private static MergeState example1() {
        WeightTensor l1 = new WeightTensor(
                "l1.weight",
                6,
                3,
                1,
                new double[] {1, 0, 2, 0, 1, -1, 1.1, 0, 1.9, -1, 2, 0, 0, 1.2, -1, 3, -1, 1},
                0,
                -1);
        WeightTensor l2 = new WeightTensor(
                "l2.weight", 2, 6, 1, new double[] {1, -1, 1, 0.5, -1, 2, 0, 1, 0.1, -0.5, 0.8, 1}, -1, 0);
        return new MergeState(List.of(l1, l2), new int[] {6});
    }

    private static List<Merge> run(MergeState state, double beta) {
        List<Merge> merges = new ArrayList<>();
        new ReferenceMerging(state, true, Pairs.KERNEL, ON).run(beta, 1, (g, m, left) -> merges.add(m));
        return merges;
    }

    @Test
    void example1AtFivePercentMergesTwoPairs() {
        MergeState state = example1();

        List<Merge> merges = run(state, 0.05);

        assertThat(merges).hasSize(2);
        assertThat(merges.get(0).cost()).isCloseTo(0.03, within(1e-12));
        assertThat(merges.get(0).max()).isCloseTo(30.5, within(1e-12));
        assertThat(merges.get(1).cost()).isCloseTo(0.08, within(1e-12));
        assertThat(merges.get(1).max()).isCloseTo(34.4225, within(1e-12));
        assertThat(state.order(0)).containsExactly(3, 5, 0, 1);
        assertThat(state.tensors().get(0).row(0)).containsExactly(new double[] {2.1, 0, 3.9}, within(1e-12));
        assertThat(state.tensors().get(1).column(1)).containsExactly(new double[] {-1, 0.9}, within(1e-12));
    }

    @Test
    void example1AtThirtyPercentRunsAway() {
        MergeState state = example1();

        List<Merge> merges = run(state, 0.3);

        assertThat(state.order(0)).hasSize(2);
        assertThat(merges.get(2).cost()).isCloseTo(9.25, within(1e-10));
        assertThat(merges.get(2).max()).isCloseTo(48.7825, within(1e-10));
        assertThat(merges.get(3).cost()).isCloseTo(12.1225, within(1e-10));
        assertThat(merges.get(3).max()).isCloseTo(64.4569444444, within(1e-10));
    }

    @Test
    void example1RunToTheEndGivesTheGoldenRatios() {
        List<Merge> merges = run(example1(), Math.nextDown(1.0000001));

        double[] golden = {0.0009836066, 0.0023240613, 0.1896171783, 0.1880712793, 1};
        assertThat(merges).hasSize(5);
        for (int m = 0; m < 5; m++) {
            assertThat(merges.get(m).ratio()).isCloseTo(golden[m], within(1e-10));
        }
    }

    @Test
    void copiesMergeByPowersOfTwoOnly() {
        int[] golden = {1, 1, 2, 1, 2, 2, 3, 1, 2};
        for (int copies = 1; copies <= 9; copies++) {
            double[] in = new double[(copies + 1) * 3];
            double[] out = new double[2 * (copies + 1)];
            for (int i = 0; i < copies; i++) {
                System.arraycopy(new double[] {1, 2, -1}, 0, in, i * 3, 3);
                out[i] = 1;
                out[copies + 1 + i] = 2;
            }
            System.arraycopy(new double[] {-3, 1, 0.5}, 0, in, copies * 3, 3);
            out[2 * copies + 1] = -4;
            MergeState state = new MergeState(
                    List.of(
                            new WeightTensor("in", copies + 1, 3, 1, in, 0, -1),
                            new WeightTensor("out", 2, copies + 1, 1, out, -1, 0)),
                    new int[] {copies + 1});

            run(state, 1e-6);

            assertThat(state.order(0)).as("%d copies", copies).hasSize(golden[copies - 1] + 1);
        }
    }

    @Test
    void maxRatioLimitsTheMergesOfAGroup() {
        MergeState state = example1();

        new ReferenceMerging(state, true, Pairs.KERNEL, ON).run(0.9, 1 / 3.0, (g, m, left) -> {});

        assertThat(state.order(0)).hasSize(4);
    }

    /** Three coupled groups, one of them coupled with itself, as in a residual stage. */
    private static MergeState random(long seed, int a, int b) {
        Random random = new Random(seed);
        List<WeightTensor> tensors = List.of(
                tensor("stem", a, 3, 9, 0, -1, random),
                tensor("block", b, a, 9, 1, 0, random),
                tensor("back", a, b, 9, 0, 1, random),
                tensor("self", a, a, 1, 0, 0, random),
                tensor("head", 4, a, 2, -1, 0, random));
        return new MergeState(tensors, new int[] {a, b});
    }

    private static WeightTensor tensor(String name, int r, int c, int s, int rg, int cg, Random random) {
        return new WeightTensor(name, r, c, s, random.doubles((long) r * c * s, -1, 1).toArray(), rg, cg);
    }

    @Property(tries = 30)
    void incrementalGramsGiveTheMergesOfNaiveRecomputation(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int a, @ForAll @IntRange(min = 2, max = 9) int b) {
        List<Merge> incremental = run(random(seed, a, b), 0.9);
        List<Merge> naive = NaiveReferenceMerging.run(random(seed, a, b), 0.9);

        assertThat(incremental).hasSameSizeAs(naive);
        for (int m = 0; m < naive.size(); m++) {
            assertThat(incremental.get(m).first()).isEqualTo(naive.get(m).first());
            assertThat(incremental.get(m).second()).isEqualTo(naive.get(m).second());
            assertThat(incremental.get(m).cost()).isCloseTo(naive.get(m).cost(), within(1e-9));
        }
    }

    @Test
    void theRebuildFindsNoDrift() {
        MergeState state = random(1, 300, 40);
        ReferenceMerging merging = new ReferenceMerging(state, true, Pairs.KERNEL, ON);

        merging.run(0.99, 1, (g, m, left) -> {});

        assertThat(state.order(0).size()).isLessThan(100);
        assertThat(merging.largestDrift()).isPositive().isLessThan(1e-9);
    }
}
