package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ZipLinkageTest {

    /** Correlations: (0,1) 0.9, (0,2) 0.8, (1,2) 0.6, (2,3) 0.5, (0,3) 0.2, (1,3) 0.1. */
    private static final double[] DISTANCES = distances(
            new double[][] {{1, 0.9, 0.8, 0.2}, {0.9, 1, 0.6, 0.1}, {0.8, 0.6, 1, 0.5}, {0.2, 0.1, 0.5, 1}});

    private static double[] distances(double[][] correlations) {
        int n = correlations.length;
        double[] distances = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                distances[i * n + j] = i == j ? 0 : 2 - 2 * correlations[i][j];
            }
        }
        return distances;
    }

    @Test
    void aMergedFeatureIsAsSimilarAsItsLessSimilarSideTimesTheDiscount() {
        List<Merge> merges = ZipLinkage.link(DISTANCES, 4, 0.5, 1, Linking.QUIET);

        // 0.9 first; {0,1} is then 0.5 min(0.8, 0.6) = 0.3 like 2 and 0.05 like 3, so 2 and 3 come next.
        assertThat(merges).extracting(Merge::first).containsExactly(0, 2, 0);
        assertThat(merges).extracting(Merge::second).containsExactly(1, 3, 2);
        assertThat(merges.get(0).cost()).isCloseTo(0.2, within(1e-12));
        assertThat(merges.get(1).cost()).isCloseTo(1, within(1e-12));
        // {0,1} and {2,3}: 0.5 min(0.3, 0.05).
        assertThat(merges.get(2).cost()).isCloseTo(2 - 2 * 0.025, within(1e-12));
        assertThat(merges).allMatch(m -> m.max() == 1.8);
    }

    @Test
    void theBudgetLimitsTheMerges() {
        assertThat(ZipLinkage.link(DISTANCES, 4, 0.3, 0.5, Linking.QUIET)).hasSize(2);
        assertThat(ZipLinkage.link(DISTANCES, 4, 0.3, 0.24, Linking.QUIET)).isEmpty();
    }
}
