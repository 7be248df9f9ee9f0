package dev.assay.analyses.nap.verify;

import static org.assertj.core.api.Assertions.assertThat;
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
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden values V1 and V2: intervals, backward bounds, fixed multipliers and the optimised bound. */
class GoldenBoundsTest {

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private Propagation propagation(ReluNetwork net, boolean rigorous) {
        return new Propagation(net, workers, rigorous, () -> {});
    }

    private double interval(ReluNetwork net, Box box, Signs signs, Row row) {
        Propagation p = propagation(net, false);
        return p.intervalRows(p.bounds(box, signs, Method.INTERVAL, null, 0, false), List.of(row))[0];
    }

    private double crown(ReluNetwork net, Box box, Signs signs, Row row, boolean rigorous) {
        Propagation p = propagation(net, rigorous);
        Bounds bounds = p.bounds(box, signs, Method.BACKWARD, null, 0, true);
        return p.rows(List.of(new Task(bounds, row, null)), 1, false, 0).getFirst().bound();
    }

    private double optimised(ReluNetwork net, Box box, Signs signs, Row row) {
        Propagation p = propagation(net, false);
        Bounds bounds = p.bounds(box, signs, Method.BACKWARD, null, 0, true);
        return p.rows(List.of(new Task(bounds, row, null)), 400, true, 1e9).getFirst().bound();
    }

    private double multiplied(ReluNetwork net, Box box, Signs signs, Row row, double beta) {
        Propagation p = propagation(net, false);
        Bounds bounds = p.bounds(box, signs, Method.BACKWARD, null, 0, true);
        Multipliers start = p.rows(List.of(new Task(bounds, row, null)), 1, true, 0).getFirst().multipliers();
        double[] all = new double[net.units()];
        for (int j = 0; j < all.length; j++) {
            all[j] = signs.sign(j) != 0 ? beta : 0;
        }
        return p.rows(List.of(new Task(bounds, row, start.with(all))), 1, true, 0)
                .getFirst()
                .bound();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0 0 0 0, -5.9, -2.3, -2.2357142857",
        "1, 0, + - 0 0, -0.5, -2.3, -0.5",
        "1, 0, + - + 0, -0.5, -2.3, -0.5",
        "0, 1, 0 0 0 0, -4.0, -3.65, -2.4285714286",
        "0, 1, - - 0 0, -0.2, 0.15, 0.15",
    })
    void theToyHasItsGoldenBounds(int a, int b, String pattern, double ibp, double crown, double lp) {
        ReluNetwork net = Toys.v1();
        Box box = Toys.box(2, -0.2, 1.2);
        Signs signs = Toys.signs(pattern);
        Row row = Toys.margin(2, a, b);
        assertThat(interval(net, box, signs, row)).isEqualTo(ibp, within(1e-9));
        assertThat(crown(net, box, signs, row, false)).isEqualTo(crown, within(1e-9));
        assertThat(optimised(net, box, signs, row)).isEqualTo(lp, within(2e-3)).isLessThan(lp + 1e-9);
    }

    @Test
    void aMultiplierOfTwoClosesTheGapOfTheToy() {
        ReluNetwork net = Toys.v1();
        Box box = Toys.box(2, -0.2, 1.2);
        Signs signs = Toys.signs("+-00");
        Propagation p = propagation(net, false);
        Bounds bounds = p.bounds(box, signs, Method.BACKWARD, null, 0, true);
        Row row = Toys.margin(2, 1, 0);
        Multipliers start = p.rows(List.of(new Task(bounds, row, null)), 1, true, 0).getFirst().multipliers();
        double[] beta = {2, 0, 0, 0};
        assertThat(p.rows(List.of(new Task(bounds, row, start.with(beta))), 1, true, 0)
                .getFirst()
                .bound()).isEqualTo(-0.5, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0.1, -2.4", "0.5, -2.8", "1, -3.3", "2, -4.3"})
    void multipliersOnBothUnitsOfTheToy(double beta, double bound) {
        assertThat(multiplied(Toys.v1(), Toys.box(2, -0.2, 1.2), Toys.signs("+-00"), Toys.margin(2, 1, 0), beta))
                .isEqualTo(bound, within(1e-7));
    }

    @Test
    void aLocalBoxIsExactForEveryBackwardBound() {
        ReluNetwork net = Toys.v1();
        Box box = new Box(new double[] {.8, -.2}, new double[] {1.2, .2});
        Signs signs = Toys.signs("+-+-");
        Row row = Toys.margin(2, 1, 0);
        assertThat(interval(net, box, signs, row)).isEqualTo(-0.15, within(1e-9));
        assertThat(crown(net, box, signs, row, false)).isEqualTo(-0.05, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "000 000, -2.25625, -3.9830697674, -1.8286921330",
        "+00 00+, -2.25625, -3.6832364341, -1.2389534884",
    })
    void theDeeperToyHasItsGoldenBounds(String pattern, double ibp, double crown, double lp) {
        ReluNetwork net = Toys.v2();
        Box box = Toys.box(2, -.5, .5);
        Row row = Toys.margin(2, 0, 1);
        assertThat(interval(net, box, Toys.signs(pattern), row)).isEqualTo(ibp, within(1e-9));
        assertThat(crown(net, box, Toys.signs(pattern), row, false)).isEqualTo(crown, within(1e-9));
        assertThat(optimised(net, box, Toys.signs(pattern), row)).isEqualTo(lp, within(2e-3)).isLessThan(lp + 1e-9);
    }

    @ParameterizedTest
    @CsvSource({".1, -3.4615697674", ".5, -2.5749031008", "1, -2.4449127907", "2, -2.9938468992"})
    void multipliersOnBothUnitsOfTheDeeperToy(double beta, double bound) {
        assertThat(multiplied(Toys.v2(), Toys.box(2, -.5, .5), Toys.signs("+00 00+"), Toys.margin(2, 0, 1), beta))
                .isEqualTo(bound, within(2e-7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000", "+0000+", "0-0+00"})
    void rigorousBoundsLieJustBelow(String pattern) {
        Row row = Toys.margin(2, 0, 1);
        Box box = Toys.box(2, -.5, .5);
        double plain = crown(Toys.v2(), box, Toys.signs(pattern), row, false);
        double safe = crown(Toys.v2(), box, Toys.signs(pattern), row, true);
        assertThat(safe).isLessThan(plain).isGreaterThan(plain - 1e-11);
    }
}
