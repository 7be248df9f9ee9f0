package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search of nearest rows and the distances by differences, against loops over all pairs. */
class NeighbourSearchTest {

    private Kernels kernels;

    @BeforeEach
    void take() {
        kernels = kernels();
    }

    /** The kernels that are tested; those of other devices are held to the same. */
    Kernels kernels() {
        return Kernels.cpu(3);
    }

    private static NeighbourSearch.Rows random(int rows, int columns, long seed, boolean scaled) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        double[] scale = scaled ? random.doubles(rows, 0.2, 3).toArray() : null;
        return new NeighbourSearch.Rows(values, rows, columns, scale);
    }

    private static double distance(NeighbourSearch.Rows q, int i, NeighbourSearch.Rows r, int j) {
        double sum = 0;
        for (int c = 0; c < q.columns(); c++) {
            double d = (double) q.values()[i * q.columns() + c] - r.values()[j * q.columns() + c];
            sum += d * d;
        }
        return sum * (q.scale() == null ? 1 : q.scale()[i]) * (r.scale() == null ? 1 : r.scale()[j]);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, false", "5, 7, 3, 2, true", "61, 257, 13, 5, true", "300, 129, 128, 16, false",
        "257, 513, 31, 40, true", "3, 4, 2, 9, true", "0, 5, 3, 2, false", "4, 0, 3, 2, false", "65, 65, 17, 1, true"
    })
    void findsWhatALoopFinds(int queries, int rows, int columns, int k, boolean scaled) {
        NeighbourSearch.Rows q = random(queries, columns, 1, scaled);
        NeighbourSearch.Rows r = random(rows, columns, 2, scaled);
        var found = kernels.get(NeighbourSearch.class).search(q, r, k, false, () -> {});
        for (int i = 0; i < queries; i++) {
            int query = i;
            int[] expected = IntStream.range(0, rows)
                    .boxed()
                    .sorted((a, b) -> Double.compare(distance(q, query, r, a), distance(q, query, r, b)))
                    .limit(k)
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] padded = Arrays.copyOf(expected, k);
            Arrays.fill(padded, expected.length, k, -1);
            assertThat(Arrays.copyOfRange(found.index(), i * k, (i + 1) * k)).as("query " + i).isEqualTo(padded);
            for (int n = 0; n < expected.length; n++) {
                assertThat(found.distance()[i * k + n])
                        .isCloseTo(distance(q, i, r, expected[n]), within(1e-12));
            }
        }
    }

    @Test
    void aQueryDoesNotFindItselfAndEqualRowsComeByIndex() {
        float[] values = new float[12];
        NeighbourSearch.Rows rows = new NeighbourSearch.Rows(values, 6, 2, null);
        var found = kernels.get(NeighbourSearch.class).search(rows, rows, 3, true, () -> {});
        assertThat(found.index()).startsWith(1, 2, 3, 0, 2, 3, 0, 1, 3);
        assertThat(found.distance()).containsOnly(0);
    }

    @Test
    void nearDuplicatesComeInTheirTrueOrder() {
        int count = 40;
        float[] values = new float[count * 64];
        SplittableRandom random = new SplittableRandom(4);
        for (int c = 0; c < 64; c++) {
            float base = (float) (random.nextDouble(-1, 1) * 100);
            for (int r = 0; r < count; r++) {
                values[r * 64 + c] = base + (c == 0 ? (r * 17 % count) * 0.001f : 0);
            }
        }
        NeighbourSearch.Rows rows = new NeighbourSearch.Rows(values, count, 64, null);
        var found = kernels.get(NeighbourSearch.class).search(rows, rows, count / 2, true, () -> {});
        for (int i = 1; i < count / 2; i++) {
            assertThat(found.distance()[i]).isGreaterThanOrEqualTo(found.distance()[i - 1]);
        }
        assertThat(found.index()[0]).isEqualTo(33);
    }

    @Test
    void rowsWithNaNAreNeverFound() {
        NeighbourSearch.Rows r = random(20, 5, 3, false);
        Arrays.fill(r.values(), 10, 15, Float.NaN);
        var found = kernels.get(NeighbourSearch.class).search(random(4, 5, 9, false), r, 20, false, () -> {});
        assertThat(found.index()).doesNotContain(2).contains(-1);
    }

    /** In float32 the far ones' distances are infinite. */
    @Test
    void farRowsComeLastInTheirTrueOrder() {
        float[] values = {1e25f, -3, 0, 4e25f, -0f, 2e25f, 5, -3e25f};
        NeighbourSearch.Rows r = new NeighbourSearch.Rows(values, values.length, 1, null);
        NeighbourSearch.Rows q = new NeighbourSearch.Rows(new float[] {0, 1}, 2, 1, null);
        var found = kernels.get(NeighbourSearch.class).search(q, r, 8, false, () -> {});
        assertThat(found.index()).containsExactly(2, 4, 1, 6, 0, 5, 7, 3, 2, 4, 1, 6, 0, 5, 7, 3);
    }

    @Test
    void aCancelEndsTheSearch() {
        NeighbourSearch.Rows r = random(3000, 128, 3, false);
        assertThatThrownBy(() -> kernels.get(NeighbourSearch.class).search(r, r, 4, true, () -> {
            throw new CancellationException("stop");
        }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void distancesByDifferencesAreSymmetricToTheBit() {
        SplittableRandom random = new SplittableRandom(8);
        SquaredDistances kernel = kernels.get(SquaredDistances.class);
        for (int columns : new int[] {1, 2, 7, 16, 33, 64, 129}) {
            double[] rows = random.doubles(5L * columns, -3, 3).toArray();
            double[] from = new double[5];
            double[] back = new double[1];
            kernel.from(rows, 1, rows, 0, 5, columns, from);
            for (int j = 0; j < 5; j++) {
                kernel.from(rows, j, rows, 1, 2, columns, back);
                assertThat(back[0]).isEqualTo(from[j]);
                double sum = 0;
                for (int c = 0; c < columns; c++) {
                    double d = rows[columns + c] - rows[j * columns + c];
                    sum += d * d;
                }
                assertThat(from[j]).isCloseTo(sum, within(1e-12 * (1 + sum)));
            }
            assertThat(from[1]).isZero();
        }
    }

    /** Many candidates of long rows take as long to rank as to find. */
    @Test
    void aCancelIsLookedForWhileCandidatesAreRanked() {
        AtomicInteger calls = new AtomicInteger();
        kernels.get(NeighbourSearch.class)
                .search(random(64, 2048, 1, false), random(600, 2048, 2, false), 300, false, calls::incrementAndGet);
        assertThat(calls.get()).isGreaterThanOrEqualTo(10);
    }
}
