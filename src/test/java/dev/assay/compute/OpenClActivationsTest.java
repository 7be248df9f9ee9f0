package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.opencl.OpenClDevice;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The kernels of activations behind OpenCL, held to what the processor's are held to: equal to the bit. */
@AddLifecycleHook(OpenClDevice.Wanted.class)
class OpenClActivationsTest extends KernelsTest {

    @Override
    Kernels kernels() {
        return OpenClDevice.kernels();
    }

    @Example
    void nothingOfThisRanOnTheProcessor() {
        float[] values = {1, -1, 0.5f};
        long[] bits = new long[1];
        try (Kernels kernels = Devices.detect().open(OpenClDevice.device(), 1)) {
            kernels.get(ActivationPacking.class)
                    .pack(MemorySegment.ofArray(values), 1, 3, 1, MemorySegment.ofArray(bits), 1, 0);
            kernels.get(ActivationCounting.class)
                    .tally(2, new BitLayout(3))
                    .accumulate(MemorySegment.ofArray(bits), 1, new int[] {1}, 0);

            assertThat(bits).containsExactly(0b101);
            assertThat(kernels.used()).containsExactly(OpenClDevice.device());
        }
    }

    @Example
    void largeCallsArePackedCountedAndTestedAsOnTheProcessor() {
        int rows = 70_001;
        int units = 70;
        Random random = new Random(3);
        float[] values = new float[rows * units];
        for (int i = 0; i < values.length; i++) {
            values[i] = (random.nextInt() & 7) - 3;
        }
        BitLayout layout = new BitLayout(units);
        int[] classOf = random.ints(rows, -1, 7).toArray();
        byte[] states = new byte[units];
        states[3] = 1;
        states[69] = -1;
        PatternMasks masks = new PatternMasks.Builder(layout, 1, 7).require(0, 2, states).build();
        try (Kernels processor = Kernels.cpu(2)) {
            assertThat(all(kernels(), values, rows, layout, classOf, masks))
                    .isEqualTo(all(processor, values, rows, layout, classOf, masks));
        }
    }

    @Provide
    Arbitrary<Integer> rowsAtBounds() {
        return Arbitraries.of(0, 1, 7, 8, 9, 63, 127, 128, 129, 247, 248, 249, 1000, 4001);
    }

    /** Around the powers of two that lanes come in, and more words than lanes. */
    @Provide
    Arbitrary<Integer> widths() {
        return Arbitraries.of(1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 130, 200);
    }

    @Property(tries = 60)
    void anyNumberOfWordsIsCountedAndTestedAsOnTheProcessor(
            @ForAll("rowsAtBounds") int rows,
            @ForAll("widths") int words,
            @ForAll @IntRange(min = 1, max = 40) int classes,
            @ForAll long seed) {
        Random random = new Random(seed);
        BitLayout layout = words < 3 ? new BitLayout(words * 64) : new BitLayout(64, 1, (words - 2) * 64);
        long[] bits = random.longs((long) rows * words).toArray();
        // Words that are always set make the highest counts.
        for (int r = 0; r < rows; r++) {
            bits[r * words] = -1;
            if (words > 1) {
                bits[r * words + 1] &= 1;
            }
        }
        // Some classes have no samples, and one may have all.
        int first = random.nextInt(3);
        int[] classOf = random.ints(first + rows, -1, 1 + random.nextInt(classes)).toArray();
        PatternMasks.Builder builder = new PatternMasks.Builder(layout, 2, classes);
        for (int p = 0; p < classes; p++) {
            if (random.nextInt(5) > 0) {
                byte[] states = new byte[layout.units()];
                states[random.nextInt(64)] = 1;
                builder.require(0, p, states);
                byte[] more = states.clone();
                for (int i = 0; i < 40; i++) {
                    int unit = random.nextInt(more.length);
                    more[unit] = more[unit] != 0 ? more[unit] : (byte) (random.nextBoolean() ? 1 : -1);
                }
                builder.require(1, p, more);
            }
        }
        PatternMasks masks = builder.build();
        try (Kernels processor = Kernels.cpu(1)) {
            Found expected = found(processor, bits, rows, layout, classes, classOf, first, masks);

            Found found = found(kernels(), bits, rows, layout, classes, classOf, first, masks);

            assertThat(found.counts()).isEqualTo(expected.counts());
            assertThat(found.violations()).isEqualTo(expected.violations());
            assertThat(found.depth()).isEqualTo(expected.depth());
        }
    }

    private record Found(ActivationCounts counts, int[] violations, byte[] depth) {}

    private static Found found(
            Kernels kernels, long[] words, int rows, BitLayout layout, int classes, int[] classOf, int first,
            PatternMasks masks) {
        MemorySegment bits = MemorySegment.ofArray(words);
        ActivationCounting.Tally tally = kernels.get(ActivationCounting.class).tally(classes, layout);
        tally.accumulate(bits, rows, classOf, first);
        int[] violations = new int[rows];
        kernels.get(PatternFollowing.class).violations(bits, rows, masks, 1, classOf, first, violations);
        byte[] depth = new byte[rows * classes];
        kernels.get(PatternFollowing.class).depth(bits, rows, masks, depth);
        return new Found(tally.finish(), violations, depth);
    }

    @Property(tries = 60)
    void anyShapeIsPackedAsOnTheProcessor(
            @ForAll("rowsAtBounds") int rows,
            @ForAll @IntRange(min = 1, max = 260) int units,
            @ForAll boolean wholeWords,
            @ForAll("positions") int positions,
            @ForAll boolean otherLayers,
            @ForAll boolean spoilt,
            @ForAll long seed) {
        int columns = wholeWords ? (units + 63) / 64 * 64 : units;
        int count = Math.min(rows, 400_000 / (columns * positions));
        Random random = new Random(seed);
        float[] values = new float[count * columns * positions];
        int rare = random.nextInt(2, 5);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(rare * positions) == 0 ? 1 : -random.nextInt(2);
        }
        if (spoilt && values.length > 0) {
            values[random.nextInt(values.length)] = Float.NEGATIVE_INFINITY;
            values[random.nextInt(values.length)] = Float.NaN;
        }
        int words = (columns + 63) / 64;
        int stride = otherLayers ? words + 3 : words;
        int offset = otherLayers ? 2 : 0;
        long[] expected = random.longs((long) count * stride).toArray();
        long[] found = expected.clone();
        try (Kernels processor = Kernels.cpu(1)) {
            long bad = pack(processor, values, count, columns, positions, expected, stride, offset);

            assertThat(pack(kernels(), values, count, columns, positions, found, stride, offset)).isEqualTo(bad);

            if (bad < 0) {
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.of(1, 1, 1, 2, 3, 9, 49, 1025);
    }

    private static long pack(
            Kernels kernels, float[] values, int rows, int units, int positions, long[] bits, int stride, int offset) {
        return kernels.get(ActivationPacking.class)
                .pack(MemorySegment.ofArray(values), rows, units, positions, MemorySegment.ofArray(bits), stride,
                        offset);
    }

    @Example
    void itemsThatHaveAsManySamplesAsTheirPlanesHoldCountThemAll() {
        int rows = 64_001;
        BitLayout layout = new BitLayout(1024);
        long[] bits = new long[rows * layout.words()];
        Arrays.fill(bits, -1);
        ActivationCounting.Tally tally = kernels().get(ActivationCounting.class).tally(2, layout);

        tally.accumulate(MemorySegment.ofArray(bits), rows, new int[rows], 0);

        long[] all = new long[layout.units()];
        Arrays.fill(all, rows);
        assertThat(tally.finish())
                .isEqualTo(new ActivationCounts(new long[] {rows, 0}, new long[][] {all, new long[layout.units()]}));
    }

    private static String all(
            Kernels kernels, float[] values, int rows, BitLayout layout, int[] classOf, PatternMasks masks) {
        MemorySegment bits = MemorySegment.ofArray(new long[rows * layout.words()]);
        long bad = kernels.get(ActivationPacking.class)
                .pack(MemorySegment.ofArray(values), rows, layout.units(), 1, bits, layout.words(), 0);
        ActivationCounting.Tally tally = kernels.get(ActivationCounting.class).tally(7, layout);
        tally.accumulate(bits, rows, classOf, 0);
        byte[] depth = new byte[rows * 7];
        kernels.get(PatternFollowing.class).depth(bits, rows, masks, depth);
        int[] violations = new int[rows];
        kernels.get(PatternFollowing.class).violations(bits, rows, masks, 0, classOf, 0, violations);
        return bad + " " + Arrays.hashCode(bits.toArray(java.lang.foreign.ValueLayout.JAVA_LONG)) + " "
                + tally.finish().hashCode() + " " + Arrays.hashCode(depth) + " " + Arrays.hashCode(violations);
    }
}
