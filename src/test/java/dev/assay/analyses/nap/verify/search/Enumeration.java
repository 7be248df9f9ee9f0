package dev.assay.analyses.nap.verify.search;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Signs;

/** The exact minimum by going through every activation of a small network: one linear program over the inputs each. */
final class Enumeration {

    private final double[][][] weights;
    private final double[][] biases;
    private final Box box;
    private final Row row;
    private double minimum = Double.POSITIVE_INFINITY;

    private Enumeration(double[][][] weights, double[][] biases, Box box, Row row) {
        this.weights = weights;
        this.biases = biases;
        this.box = box;
        this.row = row;
    }

    /** The minimum of a row; infinite for an empty region. */
    static double minimum(double[][][] weights, double[][] biases, Box box, Signs signs, Row row) {
        Loader.loadNativeLibraries();
        Enumeration e = new Enumeration(weights, biases, box, row);
        int units = signs.units();
        for (int pattern = 0; pattern < 1 << units; pattern++) {
            boolean fits = true;
            for (int j = 0; j < units; j++) {
                int s = (pattern >> j & 1) == 1 ? 1 : -1;
                fits &= signs.sign(j) == 0 || signs.sign(j) == s;
            }
            if (fits) {
                e.piece(pattern);
            }
        }
        return e.minimum;
    }

    private void piece(int pattern) {
        MPSolver solver = MPSolver.createSolver("GLOP");
        int n = box.low().length;
        MPVariable[] x = new MPVariable[n];
        for (int i = 0; i < n; i++) {
            x[i] = solver.makeNumVar(box.low()[i], box.high()[i], "");
        }
        double[][] h = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            h[i][i] = 1;
        }
        int unit = 0;
        for (int k = 0; k < weights.length; k++) {
            double[][] z = new double[weights[k].length][n + 1];
            for (int j = 0; j < z.length; j++) {
                z[j][n] = biases[k][j];
                for (int i = 0; i < h.length; i++) {
                    for (int c = 0; c <= n; c++) {
                        z[j][c] += weights[k][j][i] * h[i][c];
                    }
                }
                if (k < weights.length - 1) {
                    boolean on = (pattern >> unit++ & 1) == 1;
                    MPConstraint sign = on
                            ? solver.makeConstraint(-z[j][n], MPSolver.infinity())
                            : solver.makeConstraint(-MPSolver.infinity(), -z[j][n]);
                    for (int i = 0; i < n; i++) {
                        sign.setCoefficient(x[i], z[j][i]);
                    }
                    if (!on) {
                        z[j] = new double[n + 1];
                    }
                }
            }
            h = z;
        }
        double constant = row.constant();
        for (int o = 0; o < h.length; o++) {
            constant += row.coefficients()[o] * h[o][n];
        }
        for (int i = 0; i < n; i++) {
            double c = 0;
            for (int o = 0; o < h.length; o++) {
                c += row.coefficients()[o] * h[o][i];
            }
            solver.objective().setCoefficient(x[i], c);
        }
        if (solver.solve() == MPSolver.ResultStatus.OPTIMAL) {
            minimum = Math.min(minimum, solver.objective().value() + constant);
        }
        solver.delete();
    }
}
