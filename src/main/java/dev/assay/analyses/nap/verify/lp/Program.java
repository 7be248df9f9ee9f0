package dev.assay.analyses.nap.verify.lp;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.Arrays;
import java.util.List;

/**
 * The program of a region: inputs in their box, one variable for every unit that is not known to be inactive, unstable
 * units by the triangle (LP) or with a binary (MILP), and the sign constraints that are not implied. The solver's
 * library is loaded with the first program.
 */
public final class Program {

    /** Coefficients below this are left out; their largest effect is added to the row's constant. */
    private static final double TINY = 1e-12;

    private static final double INFINITE = LinearModel.INFINITE;

    /** No column, no row. */
    private static final int NONE = -1;

    private final ReluNetwork net;
    private final Bounds region;
    private final boolean integer;
    private final LinearModel model = new LinearModel();
    private final int[] input;
    private final int[] unit;
    private final int[] signRow;
    private final int violation;

    private Program(Bounds region, ReluNetwork net, boolean integer, boolean phaseOne, Runnable check) {
        this.net = net;
        this.region = region;
        this.integer = integer;
        this.input = new int[net.inputs()];
        this.unit = new int[net.units()];
        this.signRow = new int[net.units()];
        Arrays.fill(unit, NONE);
        Arrays.fill(signRow, NONE);
        for (int i = 0; i < input.length; i++) {
            input[i] = model.column(region.box().low()[i], region.box().high()[i]);
        }
        violation = phaseOne ? model.column(0, INFINITE) : NONE;
        for (int k = 1; k <= net.layers(); k++) {
            layer(k, check);
        }
    }

    /**
     * Minimises a row over a region's relaxation.
     *
     * @param millis most time
     * @param check called often meanwhile on this thread; what it throws ends the work and is thrown on at once
     */
    public static Answer linear(ReluNetwork net, Bounds region, Row row, long millis, Runnable check) {
        return new Program(region, net, false, false, check).minimise(row, millis, check);
    }

    /**
     * Minimises by how much all sign constraints can be satisfied at once: a minimum above 0 proves the region empty,
     * by its multipliers.
     *
     * @param check see {@link #linear}
     */
    public static Answer infeasibility(ReluNetwork net, Bounds region, long millis, Runnable check) {
        Program program = new Program(region, net, false, true, check);
        program.model.cost(program.violation, 1);
        return program.solve(0, millis, check);
    }

    /**
     * The exact minimum of a row over a region.
     *
     * @param rows the row; of several the greatest is minimised
     * @param check see {@link #linear}
     */
    public static Answer exact(ReluNetwork net, Bounds region, List<Row> rows, long millis, Runnable check) {
        Program program = new Program(region, net, true, false, check);
        if (rows.size() == 1) {
            return program.minimise(rows.getFirst(), millis, check);
        }
        int most = program.model.column(-INFINITE, INFINITE);
        for (Row row : rows) {
            // most - row >= 0
            Expression e = program.scores(row);
            program.model.row(e.constant, INFINITE);
            program.model.coefficient(most, 1);
            e.addToRow(-1);
        }
        program.model.cost(most, 1);
        return program.solve(0, millis, check);
    }

    /** A linear expression over inputs and units. */
    private final class Expression {
        private final double[] inputs = new double[net.inputs()];
        private final double[] units = new double[net.units()];
        private double constant;

        void add(int k, int index, double factor) {
            ReluNetwork.Block block = net.block(k);
            constant += factor * block.bias()[index];
            for (ReluNetwork.Term term : block.terms()) {
                if (term.source() == 0) {
                    term.map().row(index, (c, v) -> inputs[c] += factor * v);
                } else {
                    int offset = net.offset(term.source());
                    term.map().row(index, (c, v) -> units[offset + c] += factor * v);
                }
            }
        }

        /** Puts the variable part, times a factor, into the last row; moves the row's ends apart by what is left out. */
        void addToRow(double factor) {
            double dropped = 0;
            for (int i = 0; i < inputs.length; i++) {
                if (Math.abs(inputs[i]) >= TINY) {
                    model.coefficient(input[i], factor * inputs[i]);
                } else {
                    double most = Math.max(Math.abs(region.box().low()[i]), Math.abs(region.box().high()[i]));
                    dropped += Math.abs(inputs[i]) * most;
                }
            }
            for (int j = 0; j < units.length; j++) {
                if (unit[j] == NONE) {
                    continue;
                }
                if (Math.abs(units[j]) >= TINY) {
                    model.coefficient(unit[j], factor * units[j]);
                } else {
                    dropped += Math.abs(units[j]) * Math.max(0, region.upper(j));
                }
            }
            if (dropped > 0) {
                model.widen(dropped);
            }
        }
    }

    private Expression scores(Row row) {
        Expression e = new Expression();
        e.constant = row.constant();
        for (int o = 0; o < row.coefficients().length; o++) {
            if (row.coefficients()[o] != 0) {
                e.add(net.layers() + 1, o, row.coefficients()[o]);
            }
        }
        return e;
    }

    private void layer(int k, Runnable check) {
        boolean phaseOne = violation != NONE;
        for (int j = 0; j < net.width(k); j++) {
            // An expression goes through all inputs and units: those of a wide layer take longer than a cancel may.
            check.run();
            int u = net.offset(k) + j;
            int multiplier = region.multiplier(u);
            double margin = region.signs().margin(u);
            Expression z = null;
            if (region.unstable(u) || region.active(u) || multiplier != 0) {
                z = new Expression();
                z.add(k, j, 1);
            }
            if (region.unstable(u)) {
                unstable(u, z);
            } else if (region.active(u)) {
                // h = z, so the sign is an end of the variable itself.
                unit[u] = model.column(multiplier > 0 && !phaseOne ? margin : -INFINITE, INFINITE);
                model.row(z.constant, z.constant);
                model.coefficient(unit[u], 1);
                z.addToRow(-1);
                if (multiplier > 0 && phaseOne) {
                    signRow[u] = model.row(margin, INFINITE);
                    model.coefficient(unit[u], 1);
                    model.coefficient(violation, 1);
                }
            } else if (multiplier < 0) {
                signRow[u] = model.row(-INFINITE, -margin - z.constant);
                z.addToRow(1);
                if (phaseOne) {
                    model.coefficient(violation, -1);
                }
            }
        }
    }

    private void unstable(int u, Expression z) {
        double low = region.lower(u);
        double high = region.upper(u);
        unit[u] = model.column(0, high);
        model.row(z.constant, INFINITE);
        model.coefficient(unit[u], 1);
        z.addToRow(-1);
        if (integer) {
            int on = model.binary();
            model.row(-INFINITE, 0);
            model.coefficient(unit[u], 1);
            model.coefficient(on, -high);
            model.row(-INFINITE, z.constant - low);
            model.coefficient(unit[u], 1);
            z.addToRow(-1);
            model.coefficient(on, -low);
        } else {
            double slope = high / (high - low);
            model.row(-INFINITE, slope * (z.constant - low));
            model.coefficient(unit[u], 1);
            z.addToRow(-slope);
        }
    }

    private Answer minimise(Row row, long millis, Runnable check) {
        Expression e = scores(row);
        for (int i = 0; i < input.length; i++) {
            model.cost(input[i], e.inputs[i]);
        }
        for (int j = 0; j < unit.length; j++) {
            if (unit[j] != NONE) {
                model.cost(unit[j], e.units[j]);
            }
        }
        return solve(e.constant, millis, check);
    }

    private Answer solve(double constant, long millis, Runnable check) {
        Highs.Solution s = Highs.solve(model, millis, check);
        return switch (s.status()) {
            case OPTIMAL -> new Answer(
                    Answer.Status.OPTIMAL,
                    Math.min(s.bound(), s.value()) + constant,
                    s.value() + constant,
                    point(s),
                    integer ? null : beta(s));
            case STOPPED -> new Answer(
                    Answer.Status.STOPPED, s.bound() + constant, s.value() + constant, point(s), null);
            case INFEASIBLE -> new Answer(
                    Answer.Status.INFEASIBLE, Double.POSITIVE_INFINITY, Double.NaN, null, null);
            case FAILED -> new Answer(Answer.Status.FAILED, Double.NEGATIVE_INFINITY, Double.NaN, null, null);
        };
    }

    private double[] point(Highs.Solution s) {
        if (s.columns() == null) {
            return null;
        }
        double[] x = new double[input.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = s.columns()[input[i]];
        }
        return x;
    }

    private double[] beta(Highs.Solution s) {
        double[] beta = new double[unit.length];
        for (int u = 0; u < beta.length; u++) {
            int multiplier = region.multiplier(u);
            if (signRow[u] != NONE) {
                beta[u] = Math.max(0, multiplier * s.duals()[signRow[u]]);
            } else if (multiplier > 0 && unit[u] != NONE) {
                beta[u] = Math.max(0, s.reducedCosts()[unit[u]]);
            }
        }
        return beta;
    }
}
