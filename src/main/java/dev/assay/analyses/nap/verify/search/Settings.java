package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Spool;

/**
 * How a region is worked on.
 *
 * @param engine which engines run
 * @param seconds most time for the region, all targets together
 * @param restarts starts of the falsifier for each target; 0 for none
 * @param steps steps of the falsifier
 * @param seed seed of the falsifier's starts
 * @param spool takes what the proofs rest on; must stay open as long as they are wanted
 */
public record Settings(Engine engine, double seconds, int restarts, int steps, long seed, Spool spool) {

    /** With proofs in the heap. */
    public Settings(Engine engine, double seconds, int restarts, int steps, long seed) {
        this(engine, seconds, restarts, steps, seed, Spool.inHeap());
    }
}
