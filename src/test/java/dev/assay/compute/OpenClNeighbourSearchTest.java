package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.opencl.OpenClDevice;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** More candidates lie below a bound than a list or a group has room for; or none in later blocks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "all rows are equal", "near rows stand in one part", "each row is nearer than the one before",
                "each row is farther than the one before"
            })
    void orderOfRowsThatMakesManyCandidatesOrNone(String order) {
        int n = 9001;
        float[] values = new float[n];
        for (int r = 0; r < n; r++) {
            values[r] = switch (order) {
                case "all rows are equal" -> 1;
                case "each row is farther than the one before" -> r;
                case "near rows stand in one part" -> r % 256 == 7 ? r * 1e-4f : 50 + r % 100;
                default -> n - r;
            };
        }
        NeighbourSearch.Rows database = new NeighbourSearch.Rows(values, n, 1, null);
        NeighbourSearch.Rows query = new NeighbourSearch.Rows(new float[] {0, 51}, 2, 1, null);
        try (Kernels processor = Kernels.cpu(1)) {
            var expected = processor.get(NeighbourSearch.class).search(query, database, 70, false, () -> {});

            var found = kernels().get(NeighbourSearch.class).search(query, database, 70, false, () -> {});

            assertThat(found.index()).isEqualTo(expected.index());
            assertThat(found.distance()).isEqualTo(expected.distance());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025})
    void moreNeighboursThanADeviceFindsAreTheProcessors(int k) {
        float[] values = new float[3000];
        for (int r = 0; r < values.length; r++) {
            values[r] = r * 7919 % 3000;
        }
        NeighbourSearch.Rows rows = new NeighbourSearch.Rows(values, values.length, 1, null);
        NeighbourSearch.Rows query = new NeighbourSearch.Rows(new float[] {-1}, 1, 1, null);
        var found = kernels().get(NeighbourSearch.class).search(query, rows, k, false, () -> {});
        for (int i = 0; i < k; i++) {
            assertThat(values[found.index()[i]]).isEqualTo(i);
        }
    }
}
