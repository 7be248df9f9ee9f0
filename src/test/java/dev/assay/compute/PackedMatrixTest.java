package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packed product against three plain loops, on awkward sizes. */
class PackedMatrixTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "4, 16, 16", "5, 17, 33", "7, 3, 1", "3, 1, 31", "64, 37, 29", "0, 4, 4"})
    void theProductIsThatOfPlainLoops(int count, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(count * 31L + rows);
        double[] b = random.doubles((long) rows * columns, -1, 1).toArray();
        double[] a = random.doubles((long) count * rows, -1, 1).map(v -> v > 0.5 ? 0 : v).toArray();
        double[] start = random.doubles((long) count * columns, -1, 1).toArray();
        double[] c = start.clone();
        PackedMatrix.of(b, rows, columns).multiplyAdd(a, count, c);
        double[] t = start.clone();
        double[] turned = new double[b.length];
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < columns; k++) {
                turned[k * rows + r] = b[r * columns + k];
            }
        }
        PackedMatrix.transposed(turned, /* rows= */ columns, /* columns= */ rows).multiplyAdd(a, count, t);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < columns; j++) {
                double expected = start[i * columns + j];
                for (int k = 0; k < rows; k++) {
                    expected += a[i * rows + k] * b[k * columns + j];
                }
                assertThat(c[i * columns + j]).isEqualTo(expected, within(1e-12));
                assertThat(t[i * columns + j]).isEqualTo(c[i * columns + j]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 40, 21"})
    void aRowDoesNotDependOnItsNeighbours(int count, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(5);
        PackedMatrix m = PackedMatrix.of(random.doubles((long) rows * columns, -1, 1).toArray(), rows, columns);
        double[] a = random.doubles((long) count * rows, -1, 1).toArray();
        double[] all = new double[count * columns];
        m.multiplyAdd(a, count, all);
        for (int i = 0; i < count; i++) {
            double[] one = new double[columns];
            m.multiplyAdd(java.util.Arrays.copyOfRange(a, i * rows, (i + 1) * rows), 1, one);
            assertThat(java.util.Arrays.copyOfRange(all, i * columns, (i + 1) * columns)).containsExactly(one);
        }
    }
}
