package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.opencl.OpenClDevice;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The search of nearest rows behind OpenCL, held to what the processor's is held to. */
class OpenClNeighbourSearchTest extends NeighbourSearchTest {

    @Override
    Kernels kernels() {
        return OpenClDevice.kernels();
    }

    @Test
    void manyRowsHaveTheProcessorsNeighboursToTheBit() {
        SplittableRandom random = new SplittableRandom(5);
        int n = 3001;
        int columns = 37;
        float[] values = new float[n * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        NeighbourSearch.Rows rows =
                new NeighbourSearch.Rows(values, n, columns, random.doubles(n, 0.5, 2).toArray());
        try (Kernels processor = Kernels.cpu(2)) {
            var expected = processor.get(NeighbourSearch.class).search(rows, rows, 10, true, () -> {});

            var found = kernels().get(NeighbourSearch.class).search(rows, rows, 10, true, () -> {});

            assertThat(found.index()).isEqualTo(expected.index());
            assertThat(found.distance()).isEqualTo(expected.distance());
        }
    }
}
