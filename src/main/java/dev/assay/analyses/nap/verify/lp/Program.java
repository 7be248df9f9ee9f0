package dev.assay.analyses.nap.verify.lp;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.List;

/**
 * The program of a region: inputs in their box, one variable for every unit that is not known to be inactive, unstable
 * units by the triangle (LP) or with a binary (MILP), and the sign constraints that are not implied. The solver's
 * libraries are loaded with the first program.
 */
public final class Program {

    /** Coefficients below this are left out; their largest effect is added to the row's constant. */
    private static final double TINY = 1e-12;

    private final ReluNetwork net;
    private final Bounds region;
    private final boolean integer;
    private final Runnable watch;
    private final MPSolver solver;
    private final Solving solving;
    private final MPVariable[] input;
    private final MPVariable[] unit;
    private final MPConstraint[] inactive;
    private MPVariable violation;

    /** Loads the native libraries once. */
    private static final class Natives {
        static final boolean LOADED = load();

        private static boolean load() {
            Loader.loadNativeLibraries();
            return true;
        }
    }

    private Program(Bounds region, ReluNetwork net, boolean integer, boolean phaseOne, Runnable watch) {
        if (!Natives.LOADED) {
            throw new IllegalStateException("OR-tools is not loaded");
        }
        this.net = net;
        this.region = region;
        this.integer = integer;
        this.watch = watch;
        this.solver = MPSolver.createSolver(integer ? "HIGHS" : "GLOP");
        if (solver == null) {
            throw new IllegalStateException("OR-tools has no solver " + (integer ? "HIGHS" : "GLOP"));
        }
        this.solving = new Solving(solver);
        this.input = new MPVariable[net.inputs()];
        this.unit = new MPVariable[net.units()];
        this.inactive = new MPConstraint[net.units()];
        for (int i = 0; i < input.length; i++) {
            input[i] = solver.makeNumVar(region.box().low()[i], region.box().high()[i], "");
        }
        if (phaseOne) {
            violation = solver.makeNumVar(0, MPSolver.infinity(), "");
        }
        for (int k = 1; k <= net.layers(); k++) {
            watch.run();
            layer(k);
        }
    }

    /**
     * Minimises a row over a region's relaxation.
     *
     * @param millis most time
     * @param watch called every few milliseconds; may throw, which stops the solver
     */
    public static Answer linear(ReluNetwork net, Bounds region, Row row, long millis, Runnable watch) {
        Program program = new Program(region, net, false, false, watch);
        try {
            return program.minimise(row, millis);
        } finally {
            program.solving.close();
        }
    }

    /**
     * Minimises by how much all sign constraints can be satisfied at once: a minimum above 0 proves the region empty,
     * by its multipliers.
     */
    public static Answer infeasibility(ReluNetwork net, Bounds region, long millis, Runnable watch) {
        Program program = new Program(region, net, false, true, watch);
        try {
            program.solver.objective().setCoefficient(program.violation, 1);
            return program.solve(0, millis);
        } finally {
            program.solving.close();
        }
    }

    /**
     * The exact minimum of a row over a region.
     *
     * @param rows the row; of several the greatest is minimised
     */
    public static Answer exact(ReluNetwork net, Bounds region, List<Row> rows, long millis, Runnable watch) {
        Program program = new Program(region, net, true, false, watch);
        try {
            if (rows.size() == 1) {
                return program.minimise(rows.getFirst(), millis);
            }
            MPVariable most = program.solver.makeNumVar(-MPSolver.infinity(), MPSolver.infinity(), "");
            for (Row row : rows) {
                // most - row >= 0
                MPConstraint c = program.solver.makeConstraint();
                Expression e = program.scores(row);
                c.setBounds(e.constant, MPSolver.infinity());
                c.setCoefficient(most, 1);
                e.into(c, -1);
            }
            program.solver.objective().setCoefficient(most, 1);
            return program.solve(0, millis);
        } finally {
            program.solving.close();
        }
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

        /** Puts the variable part, times a sign, into a constraint; lowers its lower end by what is left out. */
        void into(MPConstraint c, double sign) {
            double dropped = 0;
            for (int i = 0; i < inputs.length; i++) {
                if (Math.abs(inputs[i]) >= TINY) {
                    c.setCoefficient(input[i], sign * inputs[i]);
                } else {
                    double most = Math.max(Math.abs(region.box().low()[i]), Math.abs(region.box().high()[i]));
                    dropped += Math.abs(inputs[i]) * most;
                }
            }
            for (int j = 0; j < units.length; j++) {
                if (unit[j] == null) {
                    continue;
                }
                if (Math.abs(units[j]) >= TINY) {
                    c.setCoefficient(unit[j], sign * units[j]);
                } else {
                    dropped += Math.abs(units[j]) * Math.max(0, region.upper(j));
                }
            }
            if (dropped > 0) {
                c.setBounds(c.lb() - dropped, c.ub() + dropped);
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

    private void layer(int k) {
        double inf = MPSolver.infinity();
        for (int j = 0; j < net.width(k); j++) {
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
                // h = z, so the sign is a bound of the variable itself.
                double low = multiplier > 0 ? (violation == null ? margin : -inf) : -inf;
                unit[u] = solver.makeNumVar(low, inf, "");
                MPConstraint c = solver.makeConstraint(z.constant, z.constant);
                c.setCoefficient(unit[u], 1);
                z.into(c, -1);
                if (multiplier > 0 && violation != null) {
                    inactive[u] = solver.makeConstraint(margin, inf);
                    inactive[u].setCoefficient(unit[u], 1);
                    inactive[u].setCoefficient(violation, 1);
                }
            } else if (multiplier < 0) {
                inactive[u] = solver.makeConstraint(-inf, -margin - z.constant);
                z.into(inactive[u], 1);
                if (violation != null) {
                    inactive[u].setCoefficient(violation, -1);
                }
            }
        }
    }

    private void unstable(int u, Expression z) {
        double inf = MPSolver.infinity();
        double low = region.lower(u);
        double high = region.upper(u);
        unit[u] = solver.makeNumVar(0, high, "");
        MPConstraint above = solver.makeConstraint(z.constant, inf);
        above.setCoefficient(unit[u], 1);
        z.into(above, -1);
        if (integer) {
            MPVariable on = solver.makeBoolVar("");
            MPConstraint off = solver.makeConstraint(-inf, 0);
            off.setCoefficient(unit[u], 1);
            off.setCoefficient(on, -high);
            MPConstraint equal = solver.makeConstraint(-inf, z.constant - low);
            equal.setCoefficient(unit[u], 1);
            z.into(equal, -1);
            equal.setCoefficient(on, -low);
        } else {
            double slope = high / (high - low);
            MPConstraint below = solver.makeConstraint(-inf, slope * (z.constant - low));
            below.setCoefficient(unit[u], 1);
            z.into(below, -slope);
        }
    }

    private Answer minimise(Row row, long millis) {
        Expression e = scores(row);
        MPObjective objective = solver.objective();
        for (int i = 0; i < input.length; i++) {
            objective.setCoefficient(input[i], e.inputs[i]);
        }
        for (int j = 0; j < unit.length; j++) {
            if (unit[j] != null) {
                objective.setCoefficient(unit[j], e.units[j]);
            }
        }
        objective.setMinimization();
        return solve(e.constant, millis);
    }

    private Answer solve(double constant, long millis) {
        return switch (solving.run(Math.max(1, millis), integer, watch)) {
            case OPTIMAL -> {
                double value = solver.objective().value() + constant;
                double bound = integer ? solver.objective().bestBound() + constant : value;
                yield new Answer(Answer.Status.OPTIMAL, Math.min(bound, value), value, point(), beta());
            }
            case FEASIBLE -> new Answer(
                    Answer.Status.STOPPED,
                    integer ? solver.objective().bestBound() + constant : Double.NEGATIVE_INFINITY,
                    solver.objective().value() + constant,
                    point(),
                    null);
            case INFEASIBLE -> new Answer(
                    Answer.Status.INFEASIBLE, Double.POSITIVE_INFINITY, Double.NaN, null, null);
            case NOT_SOLVED -> new Answer(
                    Answer.Status.STOPPED, Double.NEGATIVE_INFINITY, Double.NaN, null, null);
            default -> new Answer(Answer.Status.FAILED, Double.NEGATIVE_INFINITY, Double.NaN, null, null);
        };
    }

    private double[] point() {
        double[] x = new double[input.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = input[i].solutionValue();
        }
        return x;
    }

    private double[] beta() {
        if (integer) {
            return null;
        }
        double[] beta = new double[unit.length];
        for (int u = 0; u < beta.length; u++) {
            int multiplier = region.multiplier(u);
            if (inactive[u] != null) {
                beta[u] = Math.max(0, multiplier * inactive[u].dualValue());
            } else if (multiplier > 0 && unit[u] != null) {
                beta[u] = Math.max(0, unit[u].reducedCost());
            }
        }
        return beta;
    }
}
