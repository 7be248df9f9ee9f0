package dev.assay.analyses.nap.verify.bound;

/**
 * Slopes and multipliers of one row, flat over the units; what a proof of the row consists of.
 *
 * @param alpha slopes in [0, 1], one for each unit; only those of unstable units matter
 * @param beta multipliers at least 0, one for each unit; only those of units with a multiplier matter
 */
public record Multipliers(float[] alpha, double[] beta) {}
