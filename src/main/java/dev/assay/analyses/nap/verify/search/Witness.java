package dev.assay.analyses.nap.verify.search;

/**
 * A point of a region.
 *
 * @param x the input
 * @param margin the target's margin there, in float64
 */
public record Witness(double[] x, double margin) {}
