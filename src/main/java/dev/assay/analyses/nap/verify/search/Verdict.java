package dev.assay.analyses.nap.verify.search;

/** What is known of a question. */
public enum Verdict {
    /** It holds for every input of the region. */
    VERIFIED("verified"),
    /** A counterexample is known. */
    FALSIFIED("falsified"),
    /** There is no input in the region, so that a proof would say nothing. */
    EMPTY("empty region"),
    /** Neither was shown. */
    UNKNOWN("unknown");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
