package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Sorted distances of pairs: what follows from them, and that sorting them can be stopped. */
class PairSampleTest {

    private static double[] random(int count, int different) {
        Random random = new Random(count);
        return random.doubles(count).map(v -> Math.floor(v * different) / different).toArray();
    }

    @Test
    void manyNumbersAreSortedAsFewAre() {
        for (int count : new int[] {0, 1, 32_767, 32_768, 32_769, 65_537, 200_003}) {
            double[] values = random(count, count < 100_000 ? 1 << 30 : 50);
            double[] expected = values.clone();
            Arrays.sort(expected);

            assertThat(LongSort.sorted(values, () -> {})).as("%s numbers", count).isEqualTo(expected);
        }
    }

    @Test
    void sortingLooksAtACancelOften() {
        int[] looks = new int[1];
        LongSort.sorted(random(1_000_000, 1 << 30), () -> looks[0]++);

        // Once for each run of 32,768 numbers in the sorting and in every round of merging.
        assertThat(looks[0]).isGreaterThan(5 * 1_000_000 / 32_768);
        assertThatThrownBy(() -> LongSort.sorted(random(1_000_000, 1 << 30), () -> {
            throw new CancellationException("cancelled");
        })).isInstanceOf(CancellationException.class);
    }

    @Test
    void figuresOfPairsAreThoseOfTheirDefinition() {
        for (int size : new int[] {1, 2, 3, 40}) {
            double[] flat = random(size * size, 7);
            int[] labels = new int[size];
            double[][] values = new double[size][size];
            for (int i = 0; i < size; i++) {
                labels[i] = i % 3;
                System.arraycopy(flat, i * size, values[i], 0, size);
            }
            PairSample pairs = new PairSample(new int[size], labels, values);
            PairSample.Sides sides = pairs.sides(() -> {});
            double won = 0;
            for (double s : sides.same()) {
                for (double o : sides.other()) {
                    won += s < o ? 1 : s == o ? 0.5 : 0;
                }
            }
            double[] all = Arrays.copyOf(sides.same(), size * size - size);
            System.arraycopy(sides.other(), 0, all, sides.same().length, sides.other().length);
            Arrays.sort(all);

            Double expected = won / (sides.same().length * (double) sides.other().length);
            assertThat(Double.valueOf(sides.auc())).isEqualTo(expected);
            double top = all.length == 0 ? 1 : all[(int) (0.99 * (all.length - 1))];
            assertThat(sides.edges()[59]).isCloseTo(top > 0 ? top : 59.0 / 60, within(1e-12));
        }
    }
}
