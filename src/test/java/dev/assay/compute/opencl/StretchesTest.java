package dev.assay.compute.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BitLayout;
import dev.assay.compute.Kernels;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import dev.assay.compute.Standby;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lwjgl.opencl.CL10;

/** A device with so little memory that both streams have several stretches or blocks: to the bit as in one. */
class StretchesTest {

    private static final int ROWS = 701;
    private static final int CLASSES = 5;

    private final SplittableRandom random = new SplittableRandom(2);
    private final List<String> told = new ArrayList<>();

    private Standby standby(Kernels processor) {
        return new TestStandby(() -> processor, told);
    }

    private Kernels small(Kernels processor) {
        return new OpenClProvider().open(
                OpenClDevice.device(), 2, standby(processor), null,
                (call, bytes) -> call.equals("allocate") && bytes > 12_000 ? CL10.CL_MEM_OBJECT_ALLOCATION_FAILURE : 0);
    }

    /** A device that says that it has less than it has. */
    private Kernels saying(long mostBuffer, long localMemory, Kernels processor) {
        ClDevice d = OpenClDevice.handles();
        ClDevice less = new ClDevice(
                d.platform(), d.handle(), mostBuffer, localMemory, d.groupSize(), d.doubles(), d.nvidia(), d.device());
        return new OpenClKernels(
                new FailOver(new ClContext(less, 2, Faults.NONE), standby(processor), null), standby(processor));
    }

    private record Found(long bad, long[] bits, Object counts, byte[] depth, int[] violations) {}

    private static Found all(Kernels kernels, float[] values, int units, int[] classOf, PatternMasks masks) {
        int words = masks.layout().words();
        long[] packed = new long[ROWS * words];
        MemorySegment bits = MemorySegment.ofArray(packed);
        long bad = kernels.get(ActivationPacking.class)
                .pack(MemorySegment.ofArray(values), ROWS, units, 1, bits, words, 0);
        ActivationCounting.Tally tally = kernels.get(ActivationCounting.class).tally(CLASSES, masks.layout());
        tally.accumulate(bits, ROWS, classOf, 0);
        byte[] depth = new byte[ROWS * CLASSES];
        kernels.get(PatternFollowing.class).depth(bits, ROWS, masks, depth);
        int[] violations = new int[ROWS];
        kernels.get(PatternFollowing.class).violations(bits, ROWS, masks, 0, classOf, 0, violations);
        return new Found(bad, packed, tally.finish(), depth, violations);
    }

    @Test
    void manyStretchesGiveWhatOneGives() {
        for (int units : new int[] {128, 100}) {
            float[] values = new float[ROWS * units];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(-3, 4);
            }
            int[] classOf = random.ints(ROWS, -1, CLASSES).toArray();
            byte[] states = new byte[units];
            states[3] = 1;
            states[99] = -1;
            PatternMasks masks = new PatternMasks.Builder(new BitLayout(units), 1, CLASSES)
                    .require(0, 2, states)
                    .build();
            try (Kernels processor = Kernels.cpu(1); Kernels small = small(processor)) {
                assertThat(all(small, values, units, classOf, masks))
                        .usingRecursiveComparison()
                        .isEqualTo(all(processor, values, units, classOf, masks));
                assertThat(small.used()).containsExactly(OpenClDevice.device());

                values[500 * units + 7] = Float.NaN;
                values[690 * units] = Float.POSITIVE_INFINITY;
                assertThat(all(small, values, units, classOf, masks).bad()).isEqualTo(500L * units + 7);
            }
        }
        assertThat(told).isEmpty();
    }

    @Test
    void countsThatFillTheDeviceAreMadeOnTheProcessor() {
        BitLayout layout = new BitLayout(100);
        MemorySegment bits = MemorySegment.ofArray(random.longs(2 * ROWS).toArray());
        int[] classOf = random.ints(ROWS, 0, 50).toArray();
        try (Kernels processor = Kernels.cpu(1); Kernels small = saying(20_000, 1 << 20, processor)) {
            ActivationCounting.Tally tally = small.get(ActivationCounting.class).tally(50, layout);
            tally.accumulate(bits, ROWS, classOf, 0);
            ActivationCounting.Tally expected =
                    processor.get(ActivationCounting.class).tally(50, layout);
            expected.accumulate(bits, ROWS, classOf, 0);

            assertThat(tally.finish()).usingRecursiveComparison().isEqualTo(expected.finish());
            assertThat(small.used()).containsExactly(processor.device());
            assertThat(told).singleElement().asString().contains("counts").contains("processor");
        }
    }

    private NeighbourSearch.Rows rows(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return new NeighbourSearch.Rows(values, rows, columns, null);
    }

    private static void finds(
            NeighbourSearch.Rows queries, NeighbourSearch.Rows database, int k, Kernels kernels, Kernels processor) {
        var found = kernels.get(NeighbourSearch.class).search(queries, database, k, false, () -> {});
        var expected = processor.get(NeighbourSearch.class).search(queries, database, k, false, () -> {});
        assertThat(found.index()).isEqualTo(expected.index());
        assertThat(found.distance()).isEqualTo(expected.distance());
    }

    /** A block's distances take an eighth of the memory. */
    @Test
    void neighboursAreFoundWhereTheFirstBlockHasFewerRowsThanAreKept() {
        try (Kernels processor = Kernels.cpu(1); Kernels small = saying(300_000, 1 << 15, processor)) {
            finds(rows(20, 4), rows(1500, 4), 200, small, processor);
            assertThat(small.used()).containsExactly(OpenClDevice.device());
        }
    }

    @Test
    void rowsSoLongThatFewQueriesFitAreStillTheDevices() {
        try (Kernels processor = Kernels.cpu(1); Kernels small = saying(100_000, 1 << 15, processor)) {
            finds(rows(150, 999), rows(40, 999), 5, small, processor);
            assertThat(small.used()).containsExactly(OpenClDevice.device());
        }
    }

    @Test
    void aGroupsMemoryLimitsHowManyNeighboursAreFound() {
        NeighbourSearch.Rows queries = rows(3, 2);
        NeighbourSearch.Rows database = rows(2500, 2);
        try (Kernels processor = Kernels.cpu(1); Kernels small = saying(1 << 30, 1 << 14, processor)) {
            finds(queries, database, 256, small, processor);
            assertThat(small.used()).containsExactly(OpenClDevice.device());
            assertThat(told).isEmpty();

            finds(queries, database, 257, small, processor);
            assertThat(small.used()).contains(processor.device());
            assertThat(told).singleElement().asString().contains("256 neighbours");
        }
    }
}
