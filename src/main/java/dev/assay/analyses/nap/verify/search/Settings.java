package dev.assay.analyses.nap.verify.search;

/**
 * How a region is worked on.
 *
 * @param engine which engines run
 * @param seconds most time for the region, all targets together
 * @param restarts starts of the falsifier for each target; 0 for none
 * @param steps steps of the falsifier
 * @param seed seed of the falsifier's starts
 */
public record Settings(Engine engine, double seconds, int restarts, int steps, long seed) {}
