package dev.assay.analyses.nap.verify;

/** What is asked (section 0 of the method). */
public enum Query {
    /** Q1: a ball around a reference. */
    ROBUSTNESS("robustness"),
    /** Q2: every input of the domain that follows the pattern. */
    NAP_ROBUSTNESS("nap-robustness"),
    /** Q3: a ball around a reference, cut by the pattern. */
    NAP_AUGMENTED("nap-augmented"),
    /** Q4: one confusion of two classes within a pattern. */
    EXCLUSION("exclusion"),
    /** Q5: whether an input can follow two classes' patterns. */
    NON_AMBIGUITY("non-ambiguity");

    private final String text;

    Query(String text) {
        this.text = text;
    }

    /** Whether it takes balls around references. */
    boolean local() {
        return this == ROBUSTNESS || this == NAP_AUGMENTED;
    }

    @Override
    public String toString() {
        return text;
    }
}
