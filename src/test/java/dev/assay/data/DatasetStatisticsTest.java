package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DatasetStatisticsTest {

    private static DatasetStatistics of(float... values) {
        DatasetStatistics statistics = new DatasetStatistics(0);
        statistics.accumulate(FloatBuffer.wrap(values), new int[] {-1}, 1);
        return statistics;
    }

    @Test
    void meanAndDeviationOfSmallNumbers() {
        DatasetStatistics.Figures figures = of(2, 4, 4, 4, 5, 5, 7, 9).finish(4);
        assertThat(figures.mean()).isEqualTo(5.0);
        assertThat(figures.deviation()).isEqualTo(2.0);
        assertThat(figures.min()).isEqualTo(2.0);
        assertThat(figures.max()).isEqualTo(9.0);
    }

    @Test
    void sumsAreExactWhereDoublesAreNot() {
        DatasetStatistics.Figures figures = of(1e30f, 1, -1e30f, 1).finish(4);
        assertThat(figures.mean()).isEqualTo(0.5);
    }

    @Test
    void tinyAndSubnormalValuesCount() {
        DatasetStatistics.Figures figures = of(Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_VALUE, Float.MIN_VALUE)
                .finish(4);
        assertThat(figures.mean()).isEqualTo(Float.MIN_VALUE / 2.0);
    }

    @Test
    void valuesThatAreNoNumbersAreCountedApart() {
        DatasetStatistics.Figures figures =
                of(1, Float.NaN, 3, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY).finish(2);
        assertThat(figures.nan()).isEqualTo(1);
        assertThat(figures.infinite()).isEqualTo(2);
        assertThat(figures.finite()).isEqualTo(2);
        assertThat(figures.mean()).isEqualTo(2.0);
        assertThat(figures.histogram().counts()).containsExactly(1, 1);
    }

    @Test
    void nothingFiniteHasNoMean() {
        DatasetStatistics.Figures figures = of(Float.NaN).finish(8);
        assertThat(figures.mean()).isNaN();
        assertThat(figures.min()).isNaN();
        assertThat(figures.histogram().counts()).containsExactly(0);
    }

    @Test
    void aConstantHasOneBinAndNoDeviation() {
        DatasetStatistics.Figures figures = of(0.3f, 0.3f, 0.3f).finish(16);
        assertThat(figures.deviation()).isZero();
        assertThat(figures.histogram().counts()).containsExactly(3);
    }

    @Test
    void bothZerosShareABin() {
        assertThat(of(0f, -0f).finish(8).histogram().counts()).containsExactly(2);
    }

    @Test
    void classesAreCounted() {
        DatasetStatistics statistics = new DatasetStatistics(3);
        statistics.accumulate(FloatBuffer.wrap(new float[] {1, 2, 3, 4}), new int[] {2, 0, 2, -1}, 4);
        assertThat(statistics.finish(2).perClass()).containsExactly(1, 0, 2);
        assertThat(statistics.finish(2).unlabelled()).isEqualTo(1);
    }

    @Test
    void readsAWholeDatasetAndTellsHowFarItIs() throws Exception {
        float[][] samples = new float[10_000][100];
        for (int i = 0; i < samples.length; i++) {
            Arrays.fill(samples[i], i);
        }
        List<Long> done = new ArrayList<>();
        DatasetStatistics.Figures figures = DatasetStatistics.of(
                new MemoryDataset(samples, new int[10_000], 1), done::add)
                .finish(10);
        assertThat(figures.mean()).isEqualTo(4999.5);
        assertThat(figures.samples()).isEqualTo(10_000);
        assertThat(done).isSorted().hasSizeGreaterThan(2).endsWith(10_000L);
    }

    @Test
    void canBeCancelledAndLetsTheFileGo() {
        MemoryDataset dataset = new MemoryDataset(new float[50_000][100], new int[50_000], 1);
        assertThatThrownBy(() -> DatasetStatistics.of(dataset, done -> {
            throw new CancellationException();
        }))
                .isInstanceOf(CancellationException.class);
        assertThat(dataset.readersLeft()).isZero();
    }

    @Test
    void partsOfDifferentClassesAreNotMerged() {
        assertThatThrownBy(() -> new DatasetStatistics(2).merge(new DatasetStatistics(3)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void mergingAnyPartitionEqualsTheWhole(
            @ForAll @Size(min = 1, max = 60) float[] values, @ForAll @Size(max = 60) int[] parts) {
        DatasetStatistics whole = new DatasetStatistics(2);
        DatasetStatistics[] some = {new DatasetStatistics(2), new DatasetStatistics(2), new DatasetStatistics(2)};
        for (int i = 0; i < values.length; i++) {
            FloatBuffer one = FloatBuffer.wrap(new float[] {values[i]});
            int part = parts.length == 0 ? 0 : Math.floorMod(parts[i % parts.length], 3);
            whole.accumulate(one, new int[] {i % 2}, 1);
            some[part].accumulate(one, new int[] {i % 2}, 1);
        }
        some[2].merge(some[0]);
        some[2].merge(some[1]);
        assertThat(some[2].finish(7)).usingRecursiveComparison().isEqualTo(whole.finish(7));
    }

    @Property(tries = 100)
    void equalNeighboursCountAsOften(@ForAll float value, @ForAll @IntRange(min = 1, max = 50) int times) {
        DatasetStatistics together = new DatasetStatistics(0);
        DatasetStatistics apart = new DatasetStatistics(0);
        float[] row = new float[times + 1];
        Arrays.fill(row, value);
        row[times] = 1;
        together.accumulate(FloatBuffer.wrap(row), new int[] {-1}, 1);
        for (float one : row) {
            apart.accumulate(FloatBuffer.wrap(new float[] {one}), new int[0], 0);
        }
        apart.accumulate(FloatBuffer.wrap(new float[0]), new int[] {-1}, 1);
        assertThat(together.finish(5)).usingRecursiveComparison().isEqualTo(apart.finish(5));
    }

    @Property(tries = 200)
    void theHistogramHoldsEveryFiniteValueOnce(
            @ForAll @Size(min = 1, max = 60) float[] values, @ForAll @IntRange(min = 1, max = 40) int bins) {
        DatasetStatistics.Figures figures = of(values).finish(bins);
        double[] edges = figures.histogram().edges();
        long[] expected = new long[edges.length - 1];
        for (float value : values) {
            for (int b = 0; b < expected.length; b++) {
                boolean last = b == expected.length - 1;
                if (value >= edges[b] && (value < edges[b + 1] || last && value <= edges[b + 1])) {
                    expected[b]++;
                }
            }
        }
        assertThat(figures.histogram().counts()).isEqualTo(expected);
        assertThat(edges).isSorted();
    }

    @Property(tries = 100)
    void agreesWithPlainArithmetic(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(min = -1000, max = 1000) Integer> numbers) {
        float[] values = new float[numbers.size()];
        double mean = numbers.stream().mapToInt(v -> v).average().orElseThrow();
        double spread = numbers.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i);
        }
        DatasetStatistics.Figures figures = of(values).finish(5);
        assertThat(figures.mean()).isCloseTo(mean, within(1e-9));
        assertThat(figures.deviation()).isCloseTo(Math.sqrt(spread), within(1e-9));
    }
}
