package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.compute.cpu.CpuProvider;
import dev.assay.compute.opencl.FailingOpenCl;
import dev.assay.compute.opencl.OpenClDevice;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The processor and a device behind OpenCL, opened twice, share calls out: to the bit what one finds. */
class SeveralDevicesTest {

    private static final int ROWS = 120_001;
    private static final int UNITS = 1000;
    private static final int CLASSES = 7;

    private final BitLayout layout = new BitLayout(UNITS);
    private final SplittableRandom random = new SplittableRandom(8);
    private static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());
    private static Kernels processor;
    private static Kernels several;

    private static Kernels open(Devices devices) {
        String id = OpenClDevice.device().id();
        Devices.Choice choice = devices.choose("cpu+" + id + "+" + id);
        assertThat(choice.notice()).isEmpty();
        assertThat(choice.device().kind()).isEqualTo(Device.Kind.SEVERAL);
        return devices.open(choice.device(), 2, null, TOLD::add);
    }

    @BeforeAll
    static void open() {
        several = open(Devices.detect());
        processor = Kernels.cpu(2);
    }

    @AfterAll
    static void close() {
        if (several != null) {
            several.close();
            processor.close();
        }
    }

    private static List<String> ids() {
        return several.used().stream().map(Device::id).collect(Collectors.toList());
    }

    private MemorySegment bits() {
        return MemorySegment.ofArray(random.longs((long) ROWS * layout.words()).toArray());
    }

    private NeighbourSearch.Rows rows(int n) {
        float[] values = new float[n * 40];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4);
        }
        return new NeighbourSearch.Rows(values, n, 40, random.doubles(n, 0.5, 2).toArray());
    }

    @Test
    void packTheSameBits() {
        int rows = 6001;
        float[] values = new float[rows * UNITS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(-3, 4);
        }
        long[] expected = new long[rows * layout.words()];
        long[] found = new long[expected.length];
        pack(processor, values, rows, expected);

        assertThat(pack(several, values, rows, found)).isEqualTo(-1);

        assertThat(found).isEqualTo(expected);
        assertThat(ids()).contains("cpu", OpenClDevice.device().id());

        values[5 * UNITS + 3] = Float.NaN;
        values[5990 * UNITS] = Float.POSITIVE_INFINITY;
        assertThat(pack(several, values, rows, found)).isEqualTo(5 * UNITS + 3);
    }

    private static long pack(Kernels kernels, float[] values, int rows, long[] bits) {
        return kernels.get(ActivationPacking.class)
                .pack(MemorySegment.ofArray(values), rows, UNITS, 1, MemorySegment.ofArray(bits), UNITS / 64 + 1, 0);
    }

    @Test
    void countAndFollowTheSame() {
        MemorySegment bits = bits();
        int[] classOf = random.ints(ROWS, -1, CLASSES).toArray();
        byte[] states = new byte[UNITS];
        states[7] = 1;
        states[999] = -1;
        PatternMasks masks = new PatternMasks.Builder(layout, 1, CLASSES).require(0, 1, states).build();

        assertThat(counts(several, bits, classOf)).isEqualTo(counts(processor, bits, classOf));
        assertThat(follow(several, bits, masks, classOf)).isEqualTo(follow(processor, bits, masks, classOf));
        assertThat(ids()).contains("cpu", OpenClDevice.device().id());
        assertThat(TOLD).isEmpty();
    }

    private ActivationCounts counts(Kernels kernels, MemorySegment bits, int[] classOf) {
        ActivationCounting.Tally tally = kernels.get(ActivationCounting.class).tally(CLASSES, layout);
        tally.accumulate(bits, ROWS, classOf, 0);
        return tally.finish();
    }

    private static String follow(Kernels kernels, MemorySegment bits, PatternMasks masks, int[] patternOf) {
        byte[] depth = new byte[ROWS * CLASSES];
        int[] violations = new int[ROWS];
        kernels.get(PatternFollowing.class).depth(bits, ROWS, masks, depth);
        kernels.get(PatternFollowing.class).violations(bits, ROWS, masks, 0, patternOf, 0, violations);
        return Arrays.hashCode(depth) + " " + Arrays.hashCode(violations);
    }

    @Test
    void findTheSameNeighbours() {
        NeighbourSearch.Rows rows = rows(3001);
        NeighbourSearch.Rows others = rows(2000);
        for (boolean same : new boolean[] {true, false}) {
            NeighbourSearch.Rows database = same ? rows : others;
            var expected = processor.get(NeighbourSearch.class).search(rows, database, 6, same, () -> {});

            var found = several.get(NeighbourSearch.class).search(rows, database, 6, same, () -> {});

            assertThat(found.index()).isEqualTo(expected.index());
            assertThat(found.distance()).isEqualTo(expected.distance());
        }
        assertThat(ids()).contains("cpu", OpenClDevice.device().id());
    }

    @Test
    void aCancelEndsAll() {
        NeighbourSearch.Rows rows = rows(3001);
        assertThatThrownBy(() -> several.get(NeighbourSearch.class).search(rows, rows, 6, true, () -> {
            throw new CancellationException("stop");
        }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void whatIsSummedInFloatingPointGoesToOneDevice() {
        PairDistances.Vectors vectors = new PairDistances.Vectors() {
            @Override
            public int length() {
                return 50;
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {
                Arrays.fill(to, at, at + count, vector);
            }
        };

        try (Kernels fresh = open(Devices.detect())) {
            double[] found = fresh.get(PairDistances.class).distances(List.of(vectors), 3, () -> {}).squared();

            assertThat(found).containsExactly(0, 50, 200, 50, 0, 50, 200, 50, 0);
            assertThat(fresh.used()).containsExactly(OpenClDevice.device());
        }
    }

    @Test
    void aDeviceThatIsLostLosesNoRows() {
        FailingOpenCl failing = new FailingOpenCl(1, Long.MAX_VALUE);
        MemorySegment bits = bits();
        int[] classOf = random.ints(ROWS, -1, CLASSES).toArray();
        TOLD.clear();
        try (Kernels losing = open(DevicesOf.providers(new CpuProvider(), failing))) {
            assertThat(counts(losing, bits, classOf)).isEqualTo(counts(processor, bits, classOf));
        }
        if (failing.lost()) {
            assertThat(TOLD).isNotEmpty().allMatch(text -> text.contains("processor instead"));
        }
        TOLD.clear();
    }
}
