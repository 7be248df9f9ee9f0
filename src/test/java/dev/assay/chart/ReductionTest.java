package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReductionTest {

    private static double[] ascending(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> i);
        return x;
    }

    @Property(tries = 60)
    void everyColumnOfPixelsKeepsItsFirstLowestHighestAndLastPoint(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20_000) int n,
            @ForAll @IntRange(min = 1, max = 300) int pixels) {
        Random random = new Random(seed);
        double[] x = ascending(n);
        double[] y = random.doubles(n).toArray();
        Span seen = new Span(0, n);
        double perX = pixels / seen.length();
        int[] kept = Reduction.line(x, y, seen, perX, 1);

        assertThat(kept).isSorted().doesNotHaveDuplicates();
        assertThat(kept.length).isLessThanOrEqualTo(Math.max(n < 4 * pixels ? n : 0, 5 * (pixels + 1)));
        double[] low = new double[pixels + 1];
        double[] high = new double[pixels + 1];
        double[] keptLow = new double[pixels + 1];
        double[] keptHigh = new double[pixels + 1];
        for (double[] a : new double[][] {low, keptLow}) {
            Arrays.fill(a, 2);
        }
        for (int i = 0; i < n; i++) {
            int column = (int) Math.floor(x[i] * perX);
            low[column] = Math.min(low[column], y[i]);
            high[column] = Math.max(high[column], y[i]);
        }
        for (int i : kept) {
            int column = (int) Math.floor(x[i] * perX);
            keptLow[column] = Math.min(keptLow[column], y[i]);
            keptHigh[column] = Math.max(keptHigh[column], y[i]);
        }
        assertThat(keptLow).isEqualTo(low);
        assertThat(keptHigh).isEqualTo(high);
        assertThat(kept[0]).isZero();
        assertThat(kept[kept.length - 1]).isEqualTo(n - 1);
    }

    @Test
    void onlyTheSeenPartIsKeptWithOnePointMoreOnEitherSide() {
        int[] kept = Reduction.line(ascending(1000), ascending(1000), new Span(100.5, 200.5), 10, 1);

        assertThat(kept[0]).isEqualTo(100);
        assertThat(kept[kept.length - 1]).isEqualTo(201);
    }

    @Test
    void gapInTheMiddleOfAColumnStaysAGap() {
        double[] y = new double[10_000];
        y[5_000] = Double.NaN;
        int[] kept = Reduction.line(ascending(10_000), y, new Span(0, 10_000), 0.01, 1);

        assertThat(kept).contains(5_000);
        assertThat(kept.length).isLessThan(600);
    }

    @Test
    void bandKeepsTheFarthestOfAColumn() {
        double[] low = new double[10_000];
        double[] high = new double[10_000];
        low[4_321] = -7;
        high[8_765] = 9;
        int[] kept = Reduction.line(
                ascending(10_000), new double[10_000], low, high, new Span(0, 10_000), 0.01, 1);

        assertThat(kept).contains(4_321, 8_765).hasSizeLessThan(1_000).isSorted();
    }

    @Test
    void lineThatTurnsBackLosesOnlyPointsInThePixelBefore() {
        int n = 100_000;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 10 * Math.cos(i * 2 * Math.PI / n);
            y[i] = 10 * Math.sin(i * 2 * Math.PI / n);
        }
        int[] kept = Reduction.line(x, y, new Span(-10, 10), 10, 10);

        assertThat(kept.length).isBetween(600, 2_000);
        assertThat(kept[kept.length - 1]).isEqualTo(n - 1);
    }

    @Test
    void fewPointsAreAllKept() {
        assertThat(Reduction.line(ascending(100), ascending(100), new Span(0, 100), 5, 1)).hasSize(100);
    }

    @Test
    void noPointsGiveNone() {
        assertThat(Reduction.line(new double[0], new double[0], new Span(0, 1), 5, 1)).isEmpty();
    }
}
