package dev.assay.analyses.nap.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Multipliers;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Method;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.bound.Workers;
import dev.assay.analyses.nap.verify.lp.Answer;
import dev.assay.analyses.nap.verify.lp.Program;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The linear and the exact program on the golden toys. */
class ProgramTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 0 0 0 0, -2.2357142857, -2.1",
        "1, 1, 0, + - 0 0, -0.5, -0.5",
        "1, 1, 0, + - + 0, -0.5, -0.5",
        "1, 0, 1, 0 0 0 0, -2.4285714286, -1.725",
        "1, 0, 1, - - 0 0, 0.15, 0.275",
        "2, 0, 1, 000 000, -1.8286921330, -1.190625",
        "2, 0, 1, +00 00+, -1.2389534884, -0.8875",
    })
    void theGoldenMinima(int toy, int a, int b, String pattern, double lp, double exact) {
        ReluNetwork net = toy == 1 ? Toys.v1() : Toys.v2();
        Box box = toy == 1 ? Toys.box(2, -.2, 1.2) : Toys.box(2, -.5, .5);
        Row row = Toys.margin(2, a, b);
        try (Workers workers = new Workers(1)) {
            Propagation p = new Propagation(net, workers, false, () -> {});
            Bounds bounds = p.bounds(box, Toys.signs(pattern), Method.BACKWARD, null, 0, true);
            Answer linear = Program.linear(net, bounds, row, 10_000, () -> {});
            assertThat(linear.value()).isEqualTo(lp, within(1e-8));
            Answer whole = Program.exact(net, bounds, List.of(row), 10_000, () -> {});
            assertThat(whole.value()).isEqualTo(exact, within(1e-6));
            assertThat(row.at(net.scores(whole.point()))).isEqualTo(exact, within(1e-6));
        }
    }

    /** The local box of V1, in which all units are stable. */
    @Test
    void theMinimumOfTheLocalBox() {
        ReluNetwork net = Toys.v1();
        Row row = Toys.margin(2, 1, 0);
        Box box = new Box(new double[] {.8, -.2}, new double[] {1.2, .2});
        try (Workers workers = new Workers(1)) {
            Propagation p = new Propagation(net, workers, false, () -> {});
            Bounds bounds = p.bounds(box, Toys.signs("+-+-"), Method.BACKWARD, null, 0, true);
            assertThat(bounds.unstable()).isZero();
            for (Answer answer : List.of(
                    Program.linear(net, bounds, row, 10_000, () -> {}),
                    Program.exact(net, bounds, List.of(row), 10_000, () -> {}))) {
                assertThat(answer.value()).isEqualTo(-0.05, within(1e-6));
                assertThat(answer.point()[0]).isEqualTo(.8, within(1e-6));
                assertThat(answer.point()[1]).isEqualTo(-.2, within(1e-6));
            }
        }
    }

    /** A watch that throws ends both kinds of programs, which then take far longer than they did. */
    @Test
    void aProgramEndsSoonAfterItsWatchThrows() {
        SplittableRandom random = new SplittableRandom(5);
        double[][][] weights = {matrix(random, 160, 120), matrix(random, 160, 160), matrix(random, 2, 160)};
        double[][] biases = {new double[160], new double[160], new double[2]};
        ReluNetwork net = ReluNetwork.dense(weights, biases);
        Row row = Toys.margin(2, 0, 1);
        try (Workers workers = new Workers(1)) {
            Propagation p = new Propagation(net, workers, false, () -> {});
            Bounds bounds = p.bounds(Toys.box(120, -1, 1), Signs.none(320), Method.BACKWARD, null, 0, false);
            for (boolean exact : new boolean[] {false, true}) {
                long[] stopped = new long[1];
                long began = System.nanoTime();
                Runnable watch = () -> {
                    if (stopped[0] == 0 && System.nanoTime() - began > 400_000_000) {
                        stopped[0] = System.nanoTime();
                    }
                    if (stopped[0] != 0) {
                        throw new CancellationException();
                    }
                };
                assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> {
                    while (true) {
                        if (exact) {
                            Program.exact(net, bounds, List.of(row), 60_000, watch);
                        } else {
                            Program.linear(net, bounds, row, 60_000, watch);
                        }
                    }
                });
                assertThat(System.nanoTime() - stopped[0]).isLessThan(2_000_000_000);
            }
        }
    }

    private static double[][] matrix(SplittableRandom random, int rows, int columns) {
        double[][] m = new double[rows][];
        for (int r = 0; r < rows; r++) {
            m[r] = random.doubles(columns, -1, 1).toArray();
        }
        return m;
    }

    /** Where no unit is unstable the solver's multipliers alone prove the bound, without trust in the solver. */
    @Test
    void multipliersOfTheSolverGiveTheSameBoundInABackwardPass() {
        ReluNetwork net = Toys.v1();
        Row row = Toys.margin(2, 1, 0);
        try (Workers workers = new Workers(1)) {
            Propagation p = new Propagation(net, workers, true, () -> {});
            Bounds bounds = p.bounds(Toys.box(2, -.2, 1.2), Toys.signs("+-+-"), Method.BACKWARD, null, 0, true);
            Answer linear = Program.linear(net, bounds, row, 10_000, () -> {});
            Multipliers start = Multipliers.of(linear.beta());
            double bound = p.rows(List.of(new Task(bounds, row, start)), 1, true, 0).getFirst().bound();
            assertThat(bound).isEqualTo(linear.value(), within(1e-9));
        }
    }

    /** A program of 90 binaries keeps the solver at work for far longer than the test waits. */
    @Test
    void whatTheCheckThrowsEndsARunningProgram() {
        ReluNetwork net = wide(new SplittableRandom(4), 10, 45, 45);
        Row row = Toys.margin(2, 0, 1);
        AtomicInteger checks = new AtomicInteger();
        IllegalStateException cancelled = new IllegalStateException("cancelled");
        try (Workers workers = new Workers(1)) {
            Propagation p = new Propagation(net, workers, false, () -> {});
            Bounds bounds = p.bounds(Toys.box(10, -1, 1), Signs.none(90), Method.BACKWARD, null, 0, true);
            assertThatThrownBy(() -> Program.exact(net, bounds, List.of(row), 600_000, () -> {
                if (checks.incrementAndGet() == 10) {
                    throw cancelled;
                }
            }))
                    .isSameAs(cancelled);
            assertThat(checks).hasValue(10);
        }
    }

    /** Out of time, the bound so far is given, and it is one. */
    @Test
    void outOfTimeTheBoundIsStillALowerBound() {
        ReluNetwork net = wide(new SplittableRandom(4), 10, 45, 45);
        Row row = Toys.margin(2, 0, 1);
        try (Workers workers = new Workers(1)) {
            Propagation p = new Propagation(net, workers, false, () -> {});
            Bounds bounds = p.bounds(Toys.box(10, -1, 1), Signs.none(90), Method.BACKWARD, null, 0, true);
            Answer answer = Program.exact(net, bounds, List.of(row), 300, () -> {});
            assertThat(answer.status()).isEqualTo(Answer.Status.STOPPED);
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < 100; i++) {
                double[] x = random.doubles(10, -1, 1).toArray();
                assertThat(answer.bound()).isLessThanOrEqualTo(row.at(net.scores(x)));
            }
        }
    }

    private static ReluNetwork wide(SplittableRandom random, int... widths) {
        double[][][] weights = new double[widths.length][][];
        double[][] biases = new double[widths.length][];
        for (int k = 0; k < widths.length; k++) {
            int in = widths[k];
            int out = k + 1 < widths.length ? widths[k + 1] : 2;
            weights[k] = new double[out][];
            for (int j = 0; j < out; j++) {
                weights[k][j] = random.doubles(in, -1, 1).toArray();
            }
            biases[k] = random.doubles(out, -0.2, 0.2).toArray();
        }
        return ReluNetwork.dense(weights, biases);
    }

    @Test
    void aCancelIsHeardWithinALayer() {
        try (Workers workers = new Workers(1)) {
            Propagation p = new Propagation(Toys.v1(), workers, false, () -> {});
            Bounds bounds = p.bounds(Toys.box(2, -.2, 1.2), Toys.signs("0000"), Method.BACKWARD, null, 0, true);
            AtomicInteger units = new AtomicInteger();
            assertThatThrownBy(() -> Program.linear(Toys.v1(), bounds, Toys.margin(2, 1, 0), 10_000, () -> {
                if (units.incrementAndGet() == 3) {
                    throw new CancellationException(inProgram() ? "in the layer" : "later");
                }
            }))
                    .isInstanceOf(CancellationException.class).hasMessage("in the layer");
        }
    }

    /** Whether the program is still being made, and not yet solved. */
    private static boolean inProgram() {
        return StackWalker.getInstance().walk(frames -> frames.anyMatch(f -> f.getMethodName().equals("layer")));
    }
}
