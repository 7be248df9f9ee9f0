package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WardLinkageTest {

    private static final Linking ON = Linking.QUIET;

    /** Vectors of example 1: incoming weights, then outgoing. */
    private static final double[][] EXAMPLE_1 = {
        {1, 0, 2, 1, 0},
        {0, 1, -1, -1, 1},
        {1.1, 0, 1.9, 1, 0.1},
        {-1, 2, 0, 0.5, -0.5},
        {0, 1.2, -1, -1, 0.8},
        {3, -1, 1, 2, 1}
    };

    static double[] squaredDistances(double[][] vectors) {
        int n = vectors.length;
        double[] d = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < vectors[i].length; k++) {
                    double diff = vectors[i][k] - vectors[j][k];
                    d[i * n + j] += diff * diff;
                }
            }
        }
        return d;
    }

    @Test
    void example1GivesTheGoldenSequence() {
        List<Merge> merges = WardLinkage.link(squaredDistances(EXAMPLE_1), 6, ON);

        double[] golden = {0.0009836066, 0.0026229508, 0.3068852459, 0.332568306, 1.5535519126};
        for (int m = 0; m < golden.length; m++) {
            assertThat(merges.get(m).ratio()).isCloseTo(golden[m], within(1e-10));
        }
        assertThat(merges.get(0)).extracting(Merge::first, Merge::second).containsExactly(0, 2);
        assertThat(merges.get(1)).extracting(Merge::first, Merge::second).containsExactly(1, 4);
        assertThat(merges.get(0).max()).isCloseTo(30.5, within(1e-12));
    }

    @Test
    void copiesMergeAtNoCostWhateverTheirNumber() {
        for (int copies = 1; copies <= 9; copies++) {
            double[][] vectors = new double[copies + 1][];
            Arrays.fill(vectors, new double[] {1, 2, -1, 1, 2});
            vectors[copies] = new double[] {-3, 1, 0.5, 0, -4};

            List<Merge> merges = WardLinkage.link(squaredDistances(vectors), copies + 1, ON);

            assertThat(merges.stream().filter(m -> m.ratio() <= 1e-6)).hasSize(copies - 1);
        }
    }

    @Test
    void tiesGoToTheSmallestFeatures() {
        double[][] corners = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

        List<Merge> merges = WardLinkage.link(squaredDistances(corners), 4, ON);

        assertThat(merges).extracting(Merge::first).containsExactly(0, 2, 0);
        assertThat(merges).extracting(Merge::second).containsExactly(1, 3, 2);
    }

    @Test
    void oneFeatureHasNothingToMergeAndEqualFeaturesHaveNoScale() {
        assertThat(WardLinkage.link(new double[1], 1, ON)).isEmpty();
        assertThat(WardLinkage.link(new double[9], 3, ON)).allMatch(m -> m.ratio() == 0).hasSize(2);
    }

    @Property(tries = 60)
    void theChainFindsTheGreedyMerges(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n) {
        Random random = new Random(seed);
        double[][] vectors = new double[n][];
        Arrays.setAll(vectors, i -> random.doubles(5, -1, 1).toArray());
        double[] d = squaredDistances(vectors);

        List<Merge> chain = WardLinkage.link(d, n, ON);
        List<Merge> greedy = WardLinkage.linkGreedily(d, n, ON);

        assertThat(chain).hasSameSizeAs(greedy);
        for (int m = 0; m < chain.size(); m++) {
            assertThat(chain.get(m).first()).isEqualTo(greedy.get(m).first());
            assertThat(chain.get(m).second()).isEqualTo(greedy.get(m).second());
            assertThat(chain.get(m).cost()).isCloseTo(greedy.get(m).cost(), within(1e-9));
        }
    }

    @Property(tries = 40)
    void costsNeverDecrease(@ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int n) {
        Random random = new Random(seed);
        double[][] vectors = new double[n][];
        Arrays.setAll(vectors, i -> random.ints(3, 0, 3).asDoubleStream().toArray());

        List<Merge> merges = WardLinkage.link(squaredDistances(vectors), n, ON);

        for (int m = 1; m < merges.size(); m++) {
            assertThat(merges.get(m).cost()).isGreaterThanOrEqualTo(merges.get(m - 1).cost() - 1e-9);
        }
    }
}
