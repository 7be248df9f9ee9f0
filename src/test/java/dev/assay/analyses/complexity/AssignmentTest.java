package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Test
    void theGreatestSumNeedNotTakeTheGreatestValue() {
        double[] values = {10, 9, 9, 1};

        assertThat(Assignment.greatest(values, 2, () -> {})).containsExactly(1, 0);
    }

    @Property(tries = 200)
    void noOtherAssignmentIsBetter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
        double[] values = new Random(seed).doubles((long) n * n, -1, 1).toArray();

        int[] columns = Assignment.greatest(values, n, () -> {});

        assertThat(columns).containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
        double sum = IntStream.range(0, n).mapToDouble(i -> values[i * n + columns[i]]).sum();
        assertThat(sum).isCloseTo(best(values, n, 0, new boolean[n]), within(1e-12));
    }

    private static double best(double[] values, int n, int row, boolean[] taken) {
        if (row == n) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            if (!taken[j]) {
                taken[j] = true;
                best = Math.max(best, values[row * n + j] + best(values, n, row + 1, taken));
                taken[j] = false;
            }
        }
        return best;
    }
}
