package dev.assay.analysis;

/**
 * Whether an analysis fits the inputs that are open.
 *
 * @param fits true when it can run on them
 * @param reason why not, one sentence for the user; empty when it fits
 */
public record Fit(boolean fits, String reason) {

    /** It fits. */
    public static Fit yes() {
        return new Fit(true, "");
    }

    /** It does not fit, and why. */
    public static Fit no(String reason) {
        return new Fit(false, reason);
    }
}
