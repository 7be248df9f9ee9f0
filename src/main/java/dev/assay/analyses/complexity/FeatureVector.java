package dev.assay.analyses.complexity;

/** Which weights make up a feature's vector. */
public enum FeatureVector {
    /** Incoming and outgoing weights. */
    IN_OUT("in+out"),
    /** Incoming weights. */
    IN("in");

    private final String text;

    FeatureVector(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
