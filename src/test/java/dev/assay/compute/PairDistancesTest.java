package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products and distances of all pairs against loops; here the processor's. */
class PairDistancesTest {

    /** The kernels that are tested; those of other devices are held to the same. */
    Kernels kernels() {
        return Kernels.cpu(2);
    }

    private PairDistances kernel() {
        return kernels().get(PairDistances.class);
    }

    private record Matrix(double[] values, int length) implements PairDistances.Vectors {
        @Override
        public void copy(int vector, int from, int count, double[] to, int at) {
            System.arraycopy(values, vector * length + from, to, at, count);
        }
    }

    private static List<Matrix> random(int n, int... lengths) {
        SplittableRandom random = new SplittableRandom(n);
        List<Matrix> parts = new ArrayList<>();
        for (int length : lengths) {
            parts.add(new Matrix(random.doubles((long) n * length, -1, 1).toArray(), length));
        }
        return parts;
    }

    private static double dot(List<Matrix> parts, int i, int j) {
        double sum = 0;
        for (Matrix part : parts) {
            for (int c = 0; c < part.length(); c++) {
                sum += part.values()[i * part.length() + c] * part.values()[j * part.length() + c];
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0", "2, 3, 1", "17, 0, 5", "63, 4, 5", "64, 16, 0", "65, 17, 31", "127, 15, 1", "128, 511, 512",
        "129, 0, 0", "130, 767, 769", "131, 513, 2", "1, 0, 0"
    })
    void findsWhatALoopFinds(int n, int first, int second) {
        List<Matrix> parts = random(n, first, second);
        double[] gram = new double[n * n];
        gram[n - 1] = 3;

        kernel().addProducts(parts, n, gram, () -> {});
        PairDistances.Distances found = kernel().distances(parts, n, () -> {});

        for (int i = 0; i < n; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                double dot = dot(parts, i, j);
                double distance = i == j ? 0 : Math.max(0, dot(parts, i, i) + dot(parts, j, j) - 2 * dot);
                assertThat(gram[i * n + j]).isCloseTo(dot + (i == 0 && j == n - 1 ? 3 : 0), within(1e-10));
                assertThat(found.squared()[i * n + j]).isCloseTo(distance, within(1e-10));
                assertThat(found.squared()[i * n + j]).isEqualTo(found.squared()[j * n + i]);
                least = i == j ? least : Math.min(least, found.squared()[i * n + j]);
            }
            assertThat(found.lengths()[i]).isCloseTo(dot(parts, i, i), within(1e-10));
            assertThat(found.squared()[i * n + i]).isZero();
            if (n > 1) {
                assertThat(found.squared()[i * n + found.nearest()[i]]).isEqualTo(least);
            } else {
                assertThat(found.nearest()[i]).isEqualTo(-1);
            }
        }
    }

    @Test
    void equalVectorsAreAtDistanceZeroAndTheLowestOfEqualsIsTheNearest() {
        int n = 70;
        int length = 700;
        double[] values = new double[n * length];
        SplittableRandom random = new SplittableRandom(2);
        for (int c = 0; c < length; c++) {
            double value = random.nextDouble(-1, 1);
            for (int i = 0; i < n; i++) {
                values[i * length + c] = value;
            }
        }

        PairDistances.Distances found = kernel().distances(List.of(new Matrix(values, length)), n, () -> {});

        assertThat(found.squared()).containsOnly(0);
        assertThat(found.nearest()[0]).isEqualTo(1);
        assertThat(Arrays.copyOfRange(found.nearest(), 1, n)).containsOnly(0);
    }

    @Test
    void aCancelEndsIt() {
        List<Matrix> parts = random(300, 900);
        assertThatThrownBy(() -> kernel().distances(parts, 300, () -> {
            throw new CancellationException("stop");
        }))
                .isInstanceOf(CancellationException.class);
    }

    /** What is no number is far from everything rather than at no distance from it. */
    @Test
    void aVectorWithNaNIsNobodysNearest() {
        double[] values = {0, 0, 3, 4, Double.NaN, 1, 0, 1};
        PairDistances.Distances found = kernel().distances(List.of(new Matrix(values, 2)), 4, () -> {});
        assertThat(found.nearest()).containsExactly(3, 3, -1, 0);
        assertThat(found.squared()[1]).isEqualTo(25);
        for (int i : new int[] {0, 1, 3}) {
            assertThat(found.squared()[4 * i + 2]).isNaN();
            assertThat(found.squared()[8 + i]).isNaN();
        }
    }

    /** The matrix is gone through twice more behind the products, which takes longer than a cancel may. */
    @Test
    void aCancelIsLookedForBehindTheProductsToo() {
        assumeTrue(kernels().device().kind() == Device.Kind.CPU, "a device places blocks while it multiplies others");
        int n = 1000;
        AtomicInteger calls = new AtomicInteger();
        kernel().addProducts(random(n, 1), n, new double[n * n], calls::incrementAndGet);
        int products = calls.getAndSet(0);
        kernel().distances(random(n, 1), n, calls::incrementAndGet);
        assertThat(products).as("36 squares are multiplied and placed").isGreaterThan(70);
        assertThat(calls.get()).isGreaterThan(products);
    }
}
