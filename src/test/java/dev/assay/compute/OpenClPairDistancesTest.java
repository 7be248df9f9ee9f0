package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.opencl.OpenClDevice;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All pairs behind OpenCL, held to what the processor's kernel is held to. */
class OpenClPairDistancesTest extends PairDistancesTest {

    @Override
    Kernels kernels() {
        return OpenClDevice.kernels();
    }

    @BeforeEach
    void wanted() {
        OpenClDevice.device();
    }

    /** More vectors than a tile of either device has. */
    @Test
    void severalTilesAgreeWithTheProcessors() {
        int n = 1100;
        int length = 20;
        var parts = List.of(PairDistances.Vectors.rows(
                new SplittableRandom(6).doubles((long) n * length, -1, 1).toArray(), length));
        try (Kernels processor = Kernels.cpu(2)) {
            var expected = processor.get(PairDistances.class).distances(parts, n, () -> {});

            var found = kernels().get(PairDistances.class).distances(parts, n, () -> {});

            assertThat(found.nearest()).isEqualTo(expected.nearest());
            double most = 0;
            for (int i = 0; i < n * n; i++) {
                most = Math.max(most, Math.abs(found.squared()[i] - expected.squared()[i]));
            }
            assertThat(most).isLessThan(1e-12);
        }
    }

    /** Whole numbers have the same sums in any order. */
    @Test
    void ofWholeNumbersTheyAreTheProcessors() {
        int n = 201;
        int length = 801;
        double[] values = new SplittableRandom(7).ints((long) n * length, -9, 10).asDoubleStream().toArray();
        var parts = List.of(PairDistances.Vectors.rows(values, length));
        try (Kernels processor = Kernels.cpu(2)) {
            var expected = processor.get(PairDistances.class).distances(parts, n, () -> {});

            var found = kernels().get(PairDistances.class).distances(parts, n, () -> {});

            assertThat(found.squared()).isEqualTo(expected.squared());
            assertThat(found.lengths()).isEqualTo(expected.lengths());
            assertThat(found.nearest()).isEqualTo(expected.nearest());
        }
    }
}
