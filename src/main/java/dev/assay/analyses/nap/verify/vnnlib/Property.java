package dev.assay.analyses.nap.verify.vnnlib;

import java.util.List;

/**
 * An unsafe set: the property holds when no input lies in any of the cases.
 *
 * @param inputs number of declared inputs
 * @param outputs number of declared outputs
 * @param cases the disjunctive normal form
 */
public record Property(int inputs, int outputs, List<Case> cases) {

    /** Copies the list. */
    public Property {
        cases = List.copyOf(cases);
    }

    /**
     * One conjunction: inputs in a box whose scores satisfy all rows.
     *
     * @param low lower ends of the box
     * @param high upper ends; below {@code low} where the bounds contradict each other
     * @param rows what the scores satisfy; empty when the unsafe set speaks of inputs only
     */
    public record Case(double[] low, double[] high, List<Row> rows) {

        /** Copies the list. */
        public Case {
            rows = List.copyOf(rows);
        }

        /** The first input whose bounds contradict each other, or -1. */
        public int contradiction() {
            for (int i = 0; i < low.length; i++) {
                if (low[i] > high[i]) {
                    return i;
                }
            }
            return -1;
        }
    }

    /**
     * {@code coefficients . y + constant <= 0}.
     *
     * @param coefficients one for each output
     * @param constant constant part
     */
    public record Row(double[] coefficients, double constant) {

        /** The value at scores; above 0 where the row is not satisfied. */
        public double at(double[] y) {
            double sum = constant;
            for (int i = 0; i < coefficients.length; i++) {
                sum += coefficients[i] * y[i];
            }
            return sum;
        }
    }
}
