package dev.assay.analyses.nap.verify.search;

/** The engines; each but the ladder runs alone. */
public enum Engine {
    /** All in order, until one decides. */
    LADDER("ladder"),
    /** Intervals. */
    IBP("ibp"),
    /** Backward bounds. */
    CROWN("crown"),
    /** Backward bounds with optimised slopes. */
    ALPHA("alpha"),
    /** Backward bounds with optimised slopes and multipliers. */
    ALPHA_BETA("alpha-beta"),
    /** Branch and bound. */
    BAB("bab"),
    /** One mixed-integer program for each target. */
    MILP("milp");

    private final String text;

    Engine(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
