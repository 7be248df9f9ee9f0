package dev.assay.analyses.nap.verify.proof;

import dev.assay.analyses.nap.verify.bound.Held;

/** A node of the tree that proves a target refuted: every path ends in a bound above zero or in a contradiction. */
public sealed interface Step {

    /**
     * A row's bound is above zero here.
     *
     * @param row index among the target's rows; the mean of all comes after the last
     * @param multipliers slopes and multipliers that show it
     */
    record Leaf(int row, Held multipliers) implements Step {}

    /** The bounds of some unit contradict each other: there is no input here. */
    record Vacant() implements Step {}

    /**
     * The zero function is bounded above zero: there is no input here.
     *
     * @param multipliers slopes and multipliers that show it
     */
    record Infeasible(Held multipliers) implements Step {}

    /** A unit is inactive or active. */
    record SignSplit(int unit, Step inactive, Step active) implements Step {}

    /** An input lies below or above a value. */
    record Cut(int input, double at, Step below, Step above) implements Step {}

    /**
     * From here on with the bounds of a stage as well.
     *
     * @param stage index of the stage, whose signs all hold here
     * @param then what is shown with them
     */
    record At(int stage, Step then) implements Step {}

    /** Nothing is proved here. */
    record Open() implements Step {}
}
