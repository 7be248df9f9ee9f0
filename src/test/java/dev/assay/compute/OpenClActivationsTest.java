package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.opencl.OpenClDevice;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
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
    void moreThanOneStretchIsPackedCountedAndTestedAsOnTheProcessor() {
        int rows = 21_001;
        int units = 257;
        Random random = new Random(3);
        float[] values = new float[rows * units];
        for (int i = 0; i < values.length; i++) {
            values[i] = (random.nextInt() & 7) - 3;
        }
        BitLayout layout = new BitLayout(units);
        int[] classOf = random.ints(rows, -1, 7).toArray();
        byte[] states = new byte[units];
        states[3] = 1;
        states[256] = -1;
        PatternMasks masks = new PatternMasks.Builder(layout, 1, 7).require(0, 2, states).build();
        try (Kernels processor = Kernels.cpu(2)) {
            assertThat(all(kernels(), values, rows, layout, classOf, masks))
                    .isEqualTo(all(processor, values, rows, layout, classOf, masks));
        }
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
