package dev.assay.analyses.nap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Exact;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PatternsTest {

    @Provide
    Arbitrary<Exact> slack() {
        Arbitrary<String> decimals = Arbitraries.integers().between(0, 499).map(i -> "0." + "%03d".formatted(i));
        Arbitrary<String> fractions =
                Arbitraries.integers().between(3, 97).map(q -> (q - 1) / 2 + "/" + q);
        return Arbitraries.oneOf(decimals, fractions).map(Exact::parse);
    }

    @Property(tries = 200)
    void aUnitIsInactiveOrActiveByTheDefinitionOverExactRatios(
            @ForAll("slack") Exact slack, @ForAll @IntRange(min = 1, max = 3000) int support, @ForAll long seed) {
        long[] k = new Random(seed).longs(60, 0, support + 1).toArray();
        k[0] = 0;
        k[1] = support;
        k[2] = slack.floorTimes(support);
        k[3] = Math.min(support, slack.floorTimes(support) + 1);
        byte[] states = new byte[k.length];

        Patterns.states(k, support, slack, states);

        BigDecimal p = new BigDecimal(slack.numerator());
        BigDecimal q = new BigDecimal(slack.denominator());
        for (int j = 0; j < k.length; j++) {
            // k/n <= p/q  <=>  k q <= p n, in exact arithmetic
            boolean inactive =
                    q.multiply(BigDecimal.valueOf(k[j])).compareTo(p.multiply(BigDecimal.valueOf(support))) <= 0;
            boolean active = q.multiply(BigDecimal.valueOf(support - k[j]))
                    .compareTo(p.multiply(BigDecimal.valueOf(support))) <= 0;
            assertThat(inactive && active).isFalse();
            assertThat(states[j]).isEqualTo((byte) (inactive ? -1 : active ? 1 : 0));
        }
    }

    @Example
    void oneTenthIsNotLostToBinaryFractions() {
        byte[] states = new byte[2];
        // In double arithmetic 1 - 0.9 is below 0.1, and 1 of 10 would count as free.
        Patterns.states(new long[] {1, 9}, 10, Exact.parse("0.1"), states);
        assertThat(states).containsExactly(-1, 1);
    }

    @Example
    void aSingleSampleFixesEveryUnit() {
        byte[] states = new byte[2];
        Patterns.states(new long[] {0, 1}, 1, Exact.parse("0.49"), states);
        assertThat(states).containsExactly(-1, 1);
    }

    @Property(tries = 60)
    void moreSlackRefinesEveryPattern(
            @ForAll List<@From("slack") Exact> slacks,
            @ForAll @IntRange(min = 1, max = 500) int support,
            @ForAll long seed) {
        List<Exact> chain = new ArrayList<>(new TreeSet<>(slacks));
        chain.add(Exact.parse("0.4999"));
        BitLayout layout = new BitLayout(65, 3);
        Patterns patterns = Patterns.mine(counts(layout.units(), 2, support, seed), 2, layout, chain);

        for (int s = 1; s < chain.size(); s++) {
            for (int c = 0; c < 2; c++) {
                for (int unit = 0; unit < layout.units(); unit++) {
                    int before = patterns.masks().state(s - 1, c, unit);
                    if (before != 0) {
                        assertThat(patterns.masks().state(s, c, unit)).isEqualTo(before);
                    }
                }
            }
        }
    }

    @Property(tries = 60)
    void sizesAndConflictsAreThoseOfTheStates(
            @ForAll("slack") Exact slack, @ForAll @IntRange(min = 1, max = 200) int support, @ForAll long seed) {
        BitLayout layout = new BitLayout(70, 1, 64);
        Patterns patterns =
                Patterns.mine(counts(layout.units(), 3, support, seed), 3, layout, List.of(slack));
        long[] leftOut = new long[layout.words()];
        leftOut[0] = 0b1011;

        int conflicts = 0;
        int[] active = new int[layout.layers() + 1];
        for (int unit = 0; unit < layout.units(); unit++) {
            int state = patterns.masks().state(0, 0, unit);
            conflicts += state * patterns.masks().state(0, 2, unit) < 0 ? 1 : 0;
            boolean out = unit < 4 && unit != 2;
            if (state > 0 && !out) {
                active[layout.layerOf(unit)]++;
                active[layout.layers()]++;
            }
        }
        assertThat(patterns.conflicts(0, 0, 2)).isEqualTo(conflicts).isEqualTo(patterns.conflicts(0, 2, 0));
        assertThat(patterns.conflicts(0, 0, 0)).isZero();
        for (int layer = 0; layer < layout.layers(); layer++) {
            assertThat(patterns.size(0, 0, layer, true, leftOut)).isEqualTo(active[layer]);
        }
        assertThat(patterns.size(0, 0, -1, true, leftOut)).isEqualTo(active[layout.layers()]);
    }

    @Example
    void aClassWithoutSamplesHasNoPatternAndAStableLessOneHasAnUnconstrainedOne() {
        ActivationCounts counts =
                new ActivationCounts(new long[] {0, 4}, new long[][] {new long[2], {2, 2}});

        Patterns patterns = Patterns.mine(counts, 2, new BitLayout(2), List.of(Exact.parse("0.1")));

        assertThat(patterns.masks().present(0)).isFalse();
        assertThat(patterns.masks().present(1)).isTrue();
        assertThat(patterns.masks().units(0, 1, true)).isEmpty();
        assertThat(patterns.masks().units(0, 1, false)).isEmpty();
    }

    private static ActivationCounts counts(int units, int classes, int support, long seed) {
        Random random = new Random(seed);
        long[][] active = new long[classes][];
        for (int c = 0; c < classes; c++) {
            active[c] = random.doubles(units)
                    .mapToLong(d -> Math.round(support * (d < 0.7 ? d * d : 1 - (1 - d) / 10)))
                    .toArray();
        }
        long[] supports = new long[classes];
        Arrays.fill(supports, support);
        return new ActivationCounts(supports, active);
    }

    @Property(tries = 60)
    void mergedScoresOfAnyPartitionEqualTheWhole(
            @ForAll @IntRange(min = 1, max = 5) int sets,
            @ForAll @IntRange(min = 1, max = 6) int classes,
            @ForAll @IntRange(min = 0, max = 60) int rows,
            @ForAll long seed) {
        Random random = new Random(seed);
        byte[] depth = new byte[rows * classes];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (byte) random.nextInt(sets + 1);
        }
        int[] classOf = random.ints(rows, -1, classes).toArray();
        int[] decisions = random.ints(rows, 0, classes).toArray();
        FollowScores whole = new FollowScores(sets, classes);
        whole.accumulate(depth, rows, classOf, decisions);
        FollowScores merged = new FollowScores(sets, classes);
        for (int from = 0; from < rows;) {
            int n = 1 + random.nextInt(rows - from);
            FollowScores part = new FollowScores(sets, classes);
            part.accumulate(
                    Arrays.copyOfRange(depth, from * classes, (from + n) * classes),
                    n,
                    Arrays.copyOfRange(classOf, from, from + n),
                    Arrays.copyOfRange(decisions, from, from + n));
            merged.merge(part);
            from += n;
        }

        for (int s = 0; s < sets; s++) {
            SplitScores a = whole.finish(s);
            SplitScores b = merged.finish(s);
            assertThat(b.size()).isEqualTo(a.size());
            assertThat(b.followers()).isEqualTo(a.followers());
            assertThat(b.foreign()).isEqualTo(a.foreign());
            assertThat(b.counterexamples()).isEqualTo(a.counterexamples());
            for (int c = 0; c < classes; c++) {
                assertScores(a, s, c, depth, classOf, decisions, classes);
            }
        }
    }

    private static void assertScores(
            SplitScores scores, int set, int c, byte[] depth, int[] classOf, int[] decisions, int classes) {
        long own = 0;
        long foreign = 0;
        long elsewhere = 0;
        for (int r = 0; r < classOf.length; r++) {
            if (classOf[r] >= 0 && depth[r * classes + c] > set) {
                own += classOf[r] == c ? 1 : 0;
                foreign += classOf[r] == c ? 0 : 1;
                elsewhere += decisions[r] == c ? 0 : 1;
            }
        }
        assertThat(scores.followers()[c]).isEqualTo(own);
        assertThat(scores.foreign()[c]).isEqualTo(foreign);
        assertThat(scores.counterexamples()[c]).isEqualTo(elsewhere);
    }
}
