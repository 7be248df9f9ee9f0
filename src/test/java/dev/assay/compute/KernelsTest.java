package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The kernels of activations against the plain reference, on awkward sizes; here the processor's. */
class KernelsTest {

    /** Its threads end when they are idle. */
    private static final Kernels KERNELS = Kernels.cpu(3);

    /** The kernels that are tested; those of other devices are held to the same. */
    Kernels kernels() {
        return KERNELS;
    }

    @Provide
    Arbitrary<Integer> awkward() {
        return Arbitraries.of(1, 2, 3, 7, 8, 9, 31, 63, 64, 65, 97, 127, 128, 129, 257, 1021);
    }

    @Provide
    Arbitrary<Integer> rows() {
        return Arbitraries.of(0, 1, 2, 3, 17, 64, 65, 251);
    }

    @Provide
    Arbitrary<Integer> fewPositions() {
        return Arbitraries.of(1, 2, 4, 8, 9, 25, 49);
    }

    @Property(tries = 120)
    void packingSetsABitForEveryUnitAboveZero(
            @ForAll("rows") int rows, @ForAll("awkward") int units, @ForAll("fewPositions") int positions,
            @ForAll long seed) {
        int count = positions == 1 ? units : Math.min(units, 129);
        float[] values = values(rows * count * positions, seed);
        BitLayout layout = new BitLayout(3, count, 70);
        long[] bits = new long[rows * layout.words()];
        Arrays.fill(bits, -1L);

        long bad = kernels().get(ActivationPacking.class)
                .pack(
                        MemorySegment.ofArray(values),
                        rows,
                        count,
                        positions,
                        MemorySegment.ofArray(bits),
                        layout.words(),
                        layout.wordOffset(1));

        assertThat(bad).isEqualTo(-1);
        boolean[][] active = ScalarReference.active(values, rows, count, positions);
        long[] expected = ScalarReference.words(active, new BitLayout(count));
        int words = new BitLayout(count).words();
        for (int r = 0; r < rows; r++) {
            assertThat(Arrays.copyOfRange(bits, r * layout.words() + 1, r * layout.words() + 1 + words))
                    .isEqualTo(Arrays.copyOfRange(expected, r * words, (r + 1) * words));
            assertThat(bits[r * layout.words()]).as("words of other layers").isEqualTo(-1L);
        }
    }

    @Property(tries = 80)
    void packingNamesTheFirstValueThatIsNotFinite(
            @ForAll @IntRange(min = 1, max = 70) int rows,
            @ForAll("awkward") int units,
            @ForAll("fewPositions") int positions,
            @ForAll long seed) {
        int count = positions == 1 ? units : Math.min(units, 65);
        float[] values = values(rows * count * positions, seed);
        Random random = new Random(seed);
        float[] bad = {Float.NaN, -Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (int i = 0; i < 2; i++) {
            values[random.nextInt(values.length)] = bad[random.nextInt(bad.length)];
        }
        BitLayout layout = new BitLayout(count);

        long found = kernels().get(ActivationPacking.class)
                .pack(
                        MemorySegment.ofArray(values),
                        rows,
                        count,
                        positions,
                        MemorySegment.ofArray(new long[rows * layout.words()]),
                        layout.words(),
                        0);

        assertThat(found).isEqualTo(ScalarReference.firstNotFinite(values));
    }

    @Example
    void packingReadsBothZerosAsInactiveAndTheLeastPositiveValueAsActive() {
        float[] values = {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE};
        long[] bits = new long[1];

        kernels().get(ActivationPacking.class)
                .pack(MemorySegment.ofArray(values), 1, 6, 1, MemorySegment.ofArray(bits), 1, 0);

        assertThat(bits[0]).isEqualTo(0b010100);
    }

    @Property(tries = 60)
    void mergingTheCountsOfAnyPartitionEqualsTheWhole(
            @ForAll("rows") int rows,
            @ForAll("awkward") int units,
            @ForAll @IntRange(min = 1, max = 12) int classes,
            @ForAll @IntRange(min = 1, max = 5) int parts,
            @ForAll long seed) {
        Random random = new Random(seed);
        BitLayout layout = new BitLayout(units, 5);
        boolean[][] active = states(rows, layout.units(), random);
        int[] classOf = random.ints(rows, -1, classes).toArray();
        MemorySegment bits = MemorySegment.ofArray(ScalarReference.words(active, layout));
        ActivationCounting counting = kernels().get(ActivationCounting.class);
        List<ActivationCounting.Tally> tallies = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            tallies.add(counting.tally(classes, layout));
        }
        for (int r = 0; r < rows; r++) {
            long rowBytes = layout.words() * (long) Long.BYTES;
            tallies.get(random.nextInt(parts)).accumulate(bits.asSlice(r * rowBytes, rowBytes), 1, classOf, r);
        }
        ActivationCounting.Tally merged = counting.tally(classes, layout);
        tallies.forEach(merged::merge);
        ActivationCounting.Tally whole = counting.tally(classes, layout);
        whole.accumulate(bits, rows, classOf, 0);

        ActivationCounts expected = ScalarReference.counts(active, layout.units(), classOf, classes);
        assertThat(whole.finish()).isEqualTo(expected);
        assertThat(merged.finish()).isEqualTo(expected);
        assertThat(tallies.stream().map(ActivationCounting.Tally::finish).reduce(ActivationCounts::plus))
                .contains(expected);
    }

    @Example
    void countsGoOnBeyondTheCapacityOfTheCounters() {
        BitLayout layout = new BitLayout(70);
        ActivationCounting.Tally tally = kernels().get(ActivationCounting.class).tally(1, layout);
        long[] row = {0b101, 1L << 5};
        int repeats = 150;
        int rows = 1000;
        long[] block = new long[rows * 2];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(row, 0, block, r * 2, 2);
        }
        for (int i = 0; i < repeats; i++) {
            tally.accumulate(MemorySegment.ofArray(block), rows, new int[rows], 0);
        }

        ActivationCounts counts = tally.finish();

        assertThat(counts.support()).containsExactly(150_000);
        long[] expected = new long[70];
        expected[0] = expected[2] = expected[69] = 150_000;
        assertThat(counts.active()[0]).isEqualTo(expected);
    }

    @Property(tries = 80)
    void depthIsTheNumberOfLeadingSetsFollowed(
            @ForAll("rows") int rows,
            @ForAll("awkward") int units,
            @ForAll @IntRange(min = 1, max = 11) int patterns,
            @ForAll @IntRange(min = 1, max = 11) int sets,
            @ForAll long seed) {
        Random random = new Random(seed);
        BitLayout layout = new BitLayout(units, 2);
        boolean[][] active = states(rows, layout.units(), random);
        List<byte[][]> chain = chain(active, patterns, sets, layout.units(), random);
        byte[] depth = new byte[rows * patterns];

        kernels().get(PatternFollowing.class)
                .depth(
                        MemorySegment.ofArray(ScalarReference.words(active, layout)),
                        rows,
                        masks(layout, chain),
                        depth);

        for (int r = 0; r < rows; r++) {
            for (int p = 0; p < patterns; p++) {
                int expected = 0;
                while (expected < sets
                        && chain.get(expected)[p] != null
                        && ScalarReference.violations(active[r], chain.get(expected)[p]) == 0) {
                    expected++;
                }
                assertThat((int) depth[r * patterns + p]).isEqualTo(expected);
            }
        }
    }

    @Property(tries = 60)
    void violationsAreTheRequiredStatesThatDoNotHold(
            @ForAll("rows") int rows, @ForAll("awkward") int units, @ForAll long seed) {
        Random random = new Random(seed);
        BitLayout layout = new BitLayout(4, units);
        boolean[][] active = states(rows, layout.units(), random);
        List<byte[][]> chain = chain(active, 5, 2, layout.units(), random);
        int[] patternOf = random.ints(rows, -1, 5).toArray();
        int[] violations = new int[rows];

        kernels().get(PatternFollowing.class)
                .violations(
                        MemorySegment.ofArray(ScalarReference.words(active, layout)),
                        rows,
                        masks(layout, chain),
                        1,
                        patternOf,
                        0,
                        violations);

        for (int r = 0; r < rows; r++) {
            byte[] pattern = patternOf[r] < 0 ? null : chain.get(1)[patternOf[r]];
            assertThat(violations[r])
                    .isEqualTo(pattern == null ? -1 : ScalarReference.violations(active[r], pattern));
        }
    }

    @Property(tries = 40)
    void masksGiveBackTheStatesTheyWereMadeOf(@ForAll("awkward") int units, @ForAll long seed) {
        Random random = new Random(seed);
        BitLayout layout = new BitLayout(units, 3, units);
        byte[] states = new byte[layout.units()];
        for (int u = 0; u < states.length; u++) {
            states[u] = (byte) (random.nextInt(3) - 1);
        }

        PatternMasks masks = new PatternMasks.Builder(layout, 1, 2).require(0, 1, states).build();

        assertThat(masks.present(0)).isFalse();
        assertThat(masks.present(1)).isTrue();
        for (int u = 0; u < states.length; u++) {
            assertThat(masks.state(0, 1, u)).isEqualTo(states[u]);
        }
        assertThat(masks.units(0, 1, true))
                .isEqualTo(IntStream.range(0, states.length).filter(u -> states[u] > 0).toArray());
        assertThat(masks.units(0, 1, false))
                .isEqualTo(IntStream.range(0, states.length).filter(u -> states[u] < 0).toArray());
    }

    @Example
    void setsThatDoNotRefineEachOtherAreRefused() {
        BitLayout layout = new BitLayout(3);
        PatternMasks.Builder freed = new PatternMasks.Builder(layout, 2, 1)
                .require(0, 0, new byte[] {1, -1, 0})
                .require(1, 0, new byte[] {1, 0, 0});
        PatternMasks.Builder turned = new PatternMasks.Builder(layout, 2, 1)
                .require(0, 0, new byte[] {1, -1, 0})
                .require(1, 0, new byte[] {1, 1, 0});

        assertThatThrownBy(freed::build).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(turned::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void aDeviceHasNoKernelOfAnUnknownKind() {
        assertThatThrownBy(() -> kernels().get(Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Runnable");
    }

    /** Patterns that real samples often follow, so that all depths occur; every set refines the one before. */
    private static List<byte[][]> chain(boolean[][] active, int patterns, int sets, int units, Random random) {
        byte[][] first = new byte[patterns][];
        for (int p = 0; p < patterns; p++) {
            first[p] = random.nextInt(6) == 0 ? null : new byte[units];
        }
        List<byte[][]> chain = new ArrayList<>();
        byte[][] last = first;
        for (int s = 0; s < sets; s++) {
            byte[][] next = new byte[patterns][];
            for (int p = 0; p < patterns; p++) {
                next[p] = last[p] == null ? null : last[p].clone();
                for (int i = 0; next[p] != null && active.length > 0 && i < 3; i++) {
                    int unit = random.nextInt(units);
                    if (next[p][unit] == 0) {
                        next[p][unit] = (byte) (active[random.nextInt(active.length)][unit] ? 1 : -1);
                    }
                }
            }
            chain.add(next);
            last = next;
        }
        return chain;
    }

    private static PatternMasks masks(BitLayout layout, List<byte[][]> chain) {
        PatternMasks.Builder builder = new PatternMasks.Builder(layout, chain.size(), chain.getFirst().length);
        for (int s = 0; s < chain.size(); s++) {
            for (int p = 0; p < chain.get(s).length; p++) {
                if (chain.get(s)[p] != null) {
                    builder.require(s, p, chain.get(s)[p]);
                }
            }
        }
        return builder.build();
    }

    private static boolean[][] states(int rows, int units, Random random) {
        boolean[][] active = new boolean[rows][units];
        double[] rate = random.doubles(units).map(d -> d < 0.5 ? d / 10 : 1 - d / 10).toArray();
        for (boolean[] row : active) {
            for (int u = 0; u < units; u++) {
                row[u] = random.nextDouble() < rate[u];
            }
        }
        return active;
    }

    private static float[] values(int size, long seed) {
        Random random = new Random(seed);
        float[] special = {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE};
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(4) == 0
                    ? special[random.nextInt(special.length)]
                    : (float) (random.nextGaussian() - 1);
        }
        return values;
    }
}
