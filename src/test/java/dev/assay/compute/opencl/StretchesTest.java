package dev.assay.compute.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BitLayout;
import dev.assay.compute.Kernels;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import dev.assay.compute.Standby;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lwjgl.opencl.CL10;

/** Activations on a device with so little memory that both streams have several stretches: to the bit as in one. */
class StretchesTest {

    private static final int ROWS = 701;
    private static final int CLASSES = 5;

    private final SplittableRandom random = new SplittableRandom(2);
    private final List<String> told = new ArrayList<>();

    private Kernels small(Kernels processor) {
        Standby standby = new Standby() {
            @Override
            public Kernels processor() {
                return processor;
            }

            @Override
            public void tell(String sentence) {
                told.add(sentence);
            }

            @Override
            public void close() {}
        };
        return new OpenClProvider().open(
                OpenClDevice.device(), 2, standby, null,
                (call, bytes) -> call.equals("allocate") && bytes > 12_000 ? CL10.CL_MEM_OBJECT_ALLOCATION_FAILURE : 0);
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
}
