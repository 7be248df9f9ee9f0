package dev.assay.analyses.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.Kernels;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Example A of robust-fidelity. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoringGoldenTest {

    private static final Offset<Double> EXACT = within(1e-8);

    private final Kernels kernels = Kernels.cpu(2);
    private final BatchedGraphConvolution kernel = kernels.get(BatchedGraphConvolution.class);

    @AfterAll
    void close() {
        kernels.close();
    }

    static Sampling sampling(double alpha1, double alpha2, Estimator estimator, int samples) {
        return new Sampling(alpha1, alpha2, samples, estimator, 4096, 3, false, false, 0);
    }

    private SetScore score(EdgeRemoval removal, boolean[] set, Sampling sampling) throws Exception {
        return score(Golden.instance(kernel, removal), set, sampling);
    }

    static SetScore score(Instance instance, boolean[] set, Sampling sampling) {
        InstanceScoring scoring = new InstanceScoring(instance, sampling);
        scoring.add(set, new int[0]);
        scoring.advance(sampling.samples(), () -> {});
        return scoring.scores().sets().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "STRUCTURAL,1,0,0.7474949827,-0.0230971669,0.7705921496,1,0",
        "STRUCTURAL,0.1,0.9,0.0735259096,0.0170955760,0.0564303336,0.1009,0.079461",
        "STRUCTURAL,0.3,0.7,0.2218039108,0.0328210441,0.1889828667,0.3189,0.124509",
        "STRUCTURAL,0.5,0.5,0.3777801571,0.0240473537,0.3537328034,0.5625,0.078125",
        "STRUCTURAL,0,1,0,0,0,0,0",
        "MESSAGE,0,1,0,0,0,0,0",
        "MESSAGE,1,0,-0.2333726950,0.3279362618,-0.5613089568,0,1",
        "MESSAGE,0.1,0.9,-0.0365956336,0.0531680935,-0.0897637271,0,0.003781",
        "MESSAGE,0.3,0.7,-0.0956983816,0.1415001893,-0.2371985709,0,0.087669",
        "STRUCTURAL,0.01,0.99,0.0074150332,0.0019130752,0.0055019580,NaN,NaN",
    })
    void enumeration(EdgeRemoval removal, double a1, double a2, double plus, double minus, double delta,
            double plusAccuracy, double minusAccuracy) throws Exception {
        for (Estimator estimator : new Estimator[] {Estimator.EXACT, Estimator.AUTO}) {
            SetScore score = score(removal, Golden.SQUARE, sampling(a1, a2, estimator, 50));
            assertThat(score.values()[6]).isCloseTo(plus, EXACT);
            assertThat(score.values()[7]).isCloseTo(minus, EXACT);
            assertThat(score.values()[8]).isCloseTo(delta, EXACT);
            if (!Double.isNaN(plusAccuracy)) {
                assertThat(score.values()[9]).isCloseTo(plusAccuracy, EXACT);
                assertThat(score.values()[10]).isCloseTo(minusAccuracy, EXACT);
            }
            assertThat(score.errors()).containsOnly(0.0);
        }
    }

    @Test
    void originalScoresAreRobustOnesWithCertainRemoval() throws Exception {
        for (EdgeRemoval removal : EdgeRemoval.values()) {
            SetScore score = score(removal, Golden.SQUARE, sampling(1, 0, Estimator.MONTE_CARLO, 3));
            for (int k = 0; k < 6; k++) {
                assertThat(score.values()[6 + k]).isEqualTo(score.values()[k]);
            }
            assertThat(score.distinct()).isEqualTo(3);
            assertThat(score.forwards()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,0.0571233574,0.0523,0.0128707362,0.114265", "2,0.0715188856,0.0037,0.0168896097,0.01585",
        "3,0.0734585060,0.0001,0.0171175267,0.00127",
    })
    void truncatedEnumeration(int removed, double plus, double plusMass, double minus, double minusMass)
            throws Exception {
        SetScore score = score(
                EdgeRemoval.STRUCTURAL, Golden.SQUARE,
                new Sampling(0.1, 0.9, 50, Estimator.TRUNCATED, 4096, removed, false, false, 0));
        assertThat(score.values()[6]).isCloseTo(plus, EXACT);
        assertThat(score.values()[7]).isCloseTo(minus, EXACT);
        assertThat(score.leftOut()).isCloseTo(Math.max(plusMass, minusMass), EXACT);
        assertThat(1 - Subsets.mass(0.1, 4, removed)).isCloseTo(plusMass, EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "STRUCTURAL,0.1,0.9,0.2124839306,0.0971929817", "STRUCTURAL,0.3,0.7,0.3252831622,0.1382351018",
        "STRUCTURAL,0.5,0.5,0.3504889430,0.1383404400", "MESSAGE,0.1,0.9,0.0717526958,0.0696441501",
        "MESSAGE,0.3,0.7,0.0987112608,0.0833745127",
    })
    void samplesAgreeWithEnumeration(EdgeRemoval removal, double a1, double a2, double sdPlus, double sdMinus)
            throws Exception {
        int samples = 20_000;
        SetScore exact = score(removal, Golden.SQUARE, sampling(a1, a2, Estimator.EXACT, 50));
        for (boolean variate : new boolean[] {false, true}) {
            for (boolean strata : new boolean[] {false, true}) {
                SetScore found = score(
                        removal, Golden.SQUARE,
                        new Sampling(a1, a2, samples, Estimator.MONTE_CARLO, 4096, 3, variate, strata, 7));
                assertThat(found.values()[6]).isCloseTo(exact.values()[6], within(4 * sdPlus / Math.sqrt(samples)));
                assertThat(found.values()[7]).isCloseTo(exact.values()[7], within(4 * sdMinus / Math.sqrt(samples)));
                assertThat(found.values()[6])
                        .isCloseTo(exact.values()[6], within(4 * found.errors()[0]));
                assertThat(found.values()[9])
                        .isCloseTo(exact.values()[9], within(4 * found.errors()[3] + 1e-12));
                if (!variate && !strata) {
                    assertThat(found.errors()[0] * Math.sqrt(samples)).isCloseTo(sdPlus, within(0.03 * sdPlus));
                    assertThat(found.errors()[1] * Math.sqrt(samples)).isCloseTo(sdMinus, within(0.03 * sdMinus));
                }
            }
        }
    }

    @Test
    void strataAndControlVariateLessenTheError() throws Exception {
        double plain = error(false, false);
        assertThat(error(false, true)).isLessThan(plain);
        assertThat(error(true, false)).isLessThan(plain);
        assertThat(error(true, true)).isLessThan(plain);
    }

    private double error(boolean variate, boolean strata) throws Exception {
        return score(
                EdgeRemoval.STRUCTURAL, Golden.SQUARE,
                new Sampling(0.1, 0.9, 5_000, Estimator.MONTE_CARLO, 4096, 3, variate, strata, 7)).errors()[2];
    }

    @Test
    void unfaithfulnessInBothDirections() throws Exception {
        SetScore score = score(EdgeRemoval.STRUCTURAL, Golden.SQUARE, sampling(0.1, 0.9, Estimator.EXACT, 1));
        assertThat(score.unfaithfulness()[0]).isCloseTo(0.0014761273, EXACT);
        assertThat(score.unfaithfulness()[1]).isCloseTo(0.0014441778, EXACT);
    }

    @Test
    void theOtherEdgesSwapTheSigns() throws Exception {
        boolean[] others = new boolean[10];
        for (int i = 0; i < 10; i++) {
            others[i] = !Golden.SQUARE[i];
        }
        SetScore score = score(EdgeRemoval.STRUCTURAL, others, sampling(0.1, 0.9, Estimator.EXACT, 1));
        assertThat(score.values()[6]).isCloseTo(0.0170955760, EXACT);
        assertThat(score.values()[7]).isCloseTo(0.0735259096, EXACT);
    }

    @Test
    void emptyAndFullSets() throws Exception {
        for (Estimator estimator : Estimator.values()) {
            SetScore empty = score(EdgeRemoval.STRUCTURAL, new boolean[10], sampling(0.1, 0.9, estimator, 20));
            assertThat(empty.values()[6]).isZero();
            assertThat(empty.values()[9]).isZero();
            boolean[] all = new boolean[10];
            Arrays.fill(all, true);
            SetScore full = score(EdgeRemoval.STRUCTURAL, all, sampling(0.1, 0.9, estimator, 20));
            assertThat(full.values()[7]).isZero();
            assertThat(full.values()[10]).isZero();
        }
    }

    @Test
    void expectedNumbersOfDifferentMasks() throws Exception {
        SetScore four = score(EdgeRemoval.STRUCTURAL, Golden.SQUARE, sampling(0.1, 1, Estimator.MONTE_CARLO, 50));
        // G, the two originals and on average 7.1 - 1 different samples that remove something.
        assertThat(four.distinct()).isBetween(6L, 13L);
    }
}
