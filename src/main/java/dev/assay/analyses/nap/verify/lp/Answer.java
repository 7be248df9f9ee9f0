package dev.assay.analyses.nap.verify.lp;

/**
 * What a solver says of a program. Nothing here is trusted by itself: a point is evaluated in the network, multipliers
 * in a backward pass.
 *
 * @param status how it ended
 * @param bound proved lower bound of the minimum, as the solver has it; +infinity when infeasible
 * @param value value of the best point; NaN without one
 * @param point input of the best point, or null
 * @param beta multipliers of the sign constraints, flat over the units, or null for a program with integers
 */
public record Answer(Status status, double bound, double value, double[] point, double[] beta) {

    /** How a solver ended. */
    public enum Status {
        /** The minimum was found. */
        OPTIMAL,
        /** No point satisfies the constraints. */
        INFEASIBLE,
        /** The time ran out with a bound. */
        STOPPED,
        /** The solver failed. */
        FAILED
    }
}
