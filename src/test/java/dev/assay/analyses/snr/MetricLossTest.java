package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.compute.SquaredDistances;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Losses and gradients against the golden values of the method, and what must hold of any batch. */
class MetricLossTest {

    private static final double[][] CONT_ALL = {
        {-0.51388889, 0.51388889, 0},
        {0.40277778, -0.00347222, -0.39930556},
        {-0.35879630, 0.03935185, 0.31944444},
        {0.875, -0.82638889, -0.04861111}
    };
    private static final double[][] CONT_NONZERO = {
        {-0.68888889, 0.75555556, -0.06666667},
        {0.57777778, -0.00555556, -0.57222222},
        {-0.46419753, 0.04938272, 0.41481481},
        {1.25555556, -1.15740741, -0.09814815}
    };
    private static final double[][] TRI_ALL = {
        {-0.30555556, 0.38888889, -0.08333333},
        {-0.08333333, 0.29166667, -0.20833333},
        {-0.48611111, 0.18055556, 0.30555556},
        {1.04166667, -0.54861111, -0.49305556}
    };
    private static final double[][] LIFTED = {
        {-0.57812596, 0.42738915, 0.15073680},
        {0.25469241, 0.12370999, -0.37840240},
        {-0.34805049, 0.16575965, 0.18229084},
        {0.62481185, -0.57704459, -0.04776726}
    };
    private static final double[][] NPAIR = {
        {0, 0, 0}, {0.03800088, 0.01542899, -0.05342987}, {-0.02057198, 0.02057198, 0},
        {0.06885885, -0.12228872, 0.05342987}
    };
    private static final double[][] B_TRI_ALL = {
        {-0.03635376, -0.05257395, 0.05860409, 0.03032361},
        {-0.13372712, 0.04795509, 0.12486634, -0.03909431},
        {-0.00402139, -0.03803635, -0.03217093, 0.07422868},
        {0.12725877, -0.09223580, -0.01556399, -0.01945898},
        {-0.02183780, 0.07737056, 0.11002166, -0.16555442},
        {0.03042569, -0.10083683, -0.11395236, 0.18436349}
    };

    static SquaredDistances kernel() {
        return (queries, query, database, from, to, columns, distances) -> {
            for (int r = from; r < to; r++) {
                double sum = 0;
                for (int c = 0; c < columns; c++) {
                    double d = queries[query * columns + c] - database[r * columns + c];
                    sum += d * d;
                }
                distances[r - from] = sum;
            }
        };
    }

    private static MetricLoss loss(
            LossKind kind, double positive, double negative, double margin, double lambda, Reduction reduction) {
        return new MetricLoss(TrainingDistance.SNR, kind, positive, negative, margin, lambda, reduction, 0);
    }

    private static MetricLoss.Outcome a(MetricLoss loss) {
        return loss.of(Golden.flat(Golden.A), Golden.A_LABELS, kernel());
    }

    private static MetricLoss.Outcome b(MetricLoss loss) {
        return loss.of(Golden.flat(Golden.B), Golden.B_LABELS, kernel());
    }

    private static void assertGolden(MetricLoss.Outcome found, double value, double[][] gradient, double times) {
        assertThat(found.total()).isCloseTo(value, within(1e-10));
        double[] expected = Golden.flat(gradient);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.gradient()[i]).as("entry " + i).isCloseTo(times * expected[i], within(2e-8));
        }
    }

    @Test
    void contrastive() {
        assertGolden(a(loss(LossKind.CONT, 0.5, 3.5, 0, 0, Reduction.ALL)), 1.0243055556, CONT_ALL, 1);
        assertGolden(a(loss(LossKind.CONT, 0.5, 3.5, 0, 0, Reduction.NONZERO)), 1.5037037037, CONT_NONZERO, 1);
        assertThat(b(loss(LossKind.CONT, 0.3, 2.6, 0, 0, Reduction.ALL)).total())
                .isCloseTo(0.6076466735, within(1e-10));
        assertThat(b(loss(LossKind.CONT, 0.3, 2.6, 0, 0, Reduction.NONZERO)).total())
                .isCloseTo(1.1173813232, within(1e-10));
    }

    @Test
    void triplet() {
        MetricLoss.Outcome all = a(loss(LossKind.TRI, 0, 0, 2.5, 0, Reduction.ALL));
        assertGolden(all, 0.5, TRI_ALL, 1);
        assertThat(all.active()).isEqualTo(5);
        assertThat(all.terms()).isEqualTo(8);
        assertGolden(a(loss(LossKind.TRI, 0, 0, 2.5, 0, Reduction.NONZERO)), 0.8, TRI_ALL, 1.6);
        MetricLoss.Outcome larger = b(loss(LossKind.TRI, 0, 0, 2.1, 0, Reduction.ALL));
        assertGolden(larger, 0.2870052825, B_TRI_ALL, 1);
        assertThat(larger.active()).isEqualTo(11);
        assertThat(larger.terms()).isEqualTo(24);
        assertThat(b(loss(LossKind.TRI, 0, 0, 2.1, 0, Reduction.NONZERO)).total())
                .isCloseTo(0.6261933436, within(1e-10));
    }

    @Test
    void liftedAndNpair() {
        assertGolden(a(loss(LossKind.LIFTED, 0, 0, 1, 0, Reduction.ALL)), 0.2081065198, LIFTED, 1);
        assertGolden(a(loss(LossKind.NPAIR, 0, 0, 0, 0, Reduction.ALL)), 0.0775465624, NPAIR, 1);
        assertThat(b(loss(LossKind.LIFTED, 0, 0, 1, 0, Reduction.ALL)).total())
                .isCloseTo(0.7530910693, within(1e-10));
        assertThat(b(loss(LossKind.NPAIR, 0, 0, 0, 0, Reduction.ALL)).total())
                .isCloseTo(0.2882809721, within(1e-10));
    }

    @Test
    void theZeroMeanTermIsOfTheRawRows() {
        MetricLoss.Outcome with = a(loss(LossKind.CONT, 0.5, 3.5, 0, 0.1, Reduction.ALL));
        assertThat(with.zeroMean()).isCloseTo(0.0375, within(1e-12));
        double[] without = a(loss(LossKind.CONT, 0.5, 3.5, 0, 0, Reduction.ALL)).gradient();
        for (int i = 0; i < without.length; i++) {
            assertThat(with.gradient()[i] - without[i]).isCloseTo(i / 3 == 2 ? 0.025 : 0, within(1e-12));
        }
        assertThat(b(loss(LossKind.CONT, 0.3, 2.6, 0, 0.1, Reduction.ALL)).zeroMean())
                .isCloseTo(0.15, within(1e-12));
        MetricLoss library = new MetricLoss(
                TrainingDistance.SNR_NORMALIZED, LossKind.CONT, 0, 1, 0, 0.1, Reduction.NONZERO, 0);
        assertThat(a(library).total()).isCloseTo(0.6759410898, within(1e-10));
        assertThat(a(library).total() - a(library).zeroMean()).isCloseTo(0.6384410898, within(1e-10));
    }

    @Test
    void normalisedDistancesAreThoseOfTheLibrary() {
        double[][] d = new BatchDistances(
                TrainingDistance.SNR_NORMALIZED, Golden.flat(Golden.A), 4, 3, 0, kernel(), 1)
                .distances();
        assertThat(d[0]).containsExactly(new double[] {0, 0.2679491924, 3.7087830567, 3}, within(1e-10));
    }

    @Test
    void oneClassHasThePositivePartAlone() {
        MetricLoss.Outcome outcome = loss(LossKind.CONT, 0.5, 3.5, 0, 0, Reduction.ALL)
                .of(Golden.flat(Golden.A), new int[4], kernel());
        assertThat(outcome.positive()).isPositive();
        assertThat(outcome.negative()).isZero();
        assertThat(outcome.total()).isEqualTo(outcome.positive());
    }

    @Test
    void manyPositivesAreSummedAsFewAre() {
        SplittableRandom random = new SplittableRandom(3);
        int rows = 40;
        double[] values = random.doubles(rows * 4L, -2, 2).toArray();
        int[] labels = random.ints(rows, 0, 2).toArray();
        MetricLoss.Outcome found =
                loss(LossKind.TRI, 0, 0, 0.4, 0, Reduction.ALL).of(values, labels, kernel());
        double[][] d =
                new BatchDistances(TrainingDistance.SNR, values, rows, 4, 0, kernel(), 1).distances();
        double sum = 0;
        long terms = 0;
        for (int a = 0; a < rows; a++) {
            for (int p = 0; p < rows; p++) {
                for (int q = 0; q < rows; q++) {
                    if (a != p && labels[a] == labels[p] && labels[a] != labels[q]) {
                        sum += Math.max(0, d[a][p] - d[a][q] + 0.4);
                        terms++;
                    }
                }
            }
        }
        assertThat(found.terms()).isEqualTo(terms);
        assertThat(found.total()).isCloseTo(sum / terms, within(1e-12));
        values[7] += 1e-6;
        double up = loss(LossKind.TRI, 0, 0, 0.4, 0, Reduction.ALL).of(values, labels, kernel()).total();
        assertThat((up - found.total()) / 1e-6).isCloseTo(found.gradient()[7], within(1e-4));
    }

    @Test
    void threadsMakeNoDifference() {
        SplittableRandom random = new SplittableRandom(9);
        int rows = 700;
        double[] values = random.doubles(rows * 5L, -2, 2).toArray();
        // Some classes have many members and some have few, so that both ways of counting are taken.
        int[] labels = random.ints(rows, 0, 60).map(label -> label < 20 ? 0 : label).toArray();
        for (TrainingDistance distance : TrainingDistance.values()) {
            for (LossKind kind : LossKind.values()) {
                MetricLoss loss = new MetricLoss(distance, kind, 0.1, 1.3, 0.7, 0.1, Reduction.NONZERO, 0);
                MetricLoss.Outcome one = loss.of(values, labels, kernel(), 1);
                MetricLoss.Outcome three = loss.of(values, labels, kernel(), 3);
                assertThat(three.total()).isEqualTo(one.total());
                assertThat(three.active()).isEqualTo(one.active());
                assertThat(three.gradient()).isEqualTo(one.gradient());
            }
        }
    }

    @Test
    void aBatchWithoutPairsCostsNothing() {
        for (LossKind kind : LossKind.values()) {
            for (int[] labels : new int[][] {{0, 0, 0, 0}, {0, 1, 2, 3}}) {
                MetricLoss.Outcome outcome =
                        loss(kind, 10, 0, 0.2, 0, Reduction.NONZERO).of(Golden.flat(Golden.A), labels, kernel());
                assertThat(outcome.total()).as(kind + " " + labels[1]).isZero();
                assertThat(outcome.gradient()).containsOnly(0);
            }
        }
    }

    @Property(tries = 60)
    boolean gradientsFollowFromDifferencesAndKeepTheInvariances(@ForAll @LongRange(min = 0) long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = random.nextInt(2, 9);
        int columns = random.nextInt(2, 6);
        double[] values = random.doubles((long) rows * columns, -2, 2).toArray();
        int[] labels = random.ints(rows, 0, 3).toArray();
        LossKind kind = LossKind.values()[random.nextInt(4)];
        TrainingDistance distance = TrainingDistance.values()[random.nextInt(4)];
        MetricLoss loss = new MetricLoss(distance, kind, 0.1, 1.3, 0.7, 0, Reduction.ALL, 0);
        double[] gradient = loss.of(values, labels, kernel()).gradient();
        double inner = 0;
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += gradient[r * columns + c];
                inner += gradient[r * columns + c] * values[r * columns + c];
            }
            if (distance == TrainingDistance.SNR && Math.abs(sum) > 1e-9 * scale(gradient)) {
                return false;
            }
        }
        if (distance != TrainingDistance.EUCLID && Math.abs(inner) > 1e-9 * scale(gradient)) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            double[] moved = values.clone();
            moved[i] += 1e-6;
            double up = loss.of(moved, labels, kernel()).total();
            moved[i] -= 2e-6;
            double numeric = (up - loss.of(moved, labels, kernel()).total()) / 2e-6;
            // A hinge that switches between the two points leaves a jump of the size of the step.
            if (Math.abs(numeric - gradient[i]) > 1e-3 * scale(gradient)) {
                return false;
            }
        }
        return true;
    }

    private static double scale(double[] gradient) {
        double greatest = 1;
        for (double g : gradient) {
            greatest = Math.max(greatest, Math.abs(g));
        }
        return greatest;
    }
}
