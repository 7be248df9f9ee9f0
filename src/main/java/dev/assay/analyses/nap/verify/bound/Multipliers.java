package dev.assay.analyses.nap.verify.bound;

/**
 * Slopes and multipliers of one row, flat over the units; what a proof of the row consists of. The arrays must not be
 * changed.
 *
 * @param alpha slopes in [0, 1], one for each unit; only those of unstable units matter
 * @param beta multipliers at least 0, one for each unit; only those of units with a multiplier matter
 */
public record Multipliers(float[] alpha, float[] beta) {

    /** Rounded to single precision, so that a stored proof has the same values. */
    public static Multipliers of(float[] alpha, double[] beta) {
        float[] rounded = new float[beta.length];
        for (int j = 0; j < beta.length; j++) {
            rounded[j] = (float) beta[j];
        }
        return new Multipliers(alpha, rounded);
    }
}
