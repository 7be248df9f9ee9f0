package dev.assay.compute;

import java.lang.foreign.MemorySegment;

/** Counts per class how many samples have each bit set. */
public interface ActivationCounting {

    /** Nothing counted yet. */
    Tally tally(int classes, BitLayout layout);

    /**
     * Counts that samples are added to. Used by one thread at a time; merging tallies of any partition of the samples,
     * in any order, gives the same counts as one tally of them all.
     */
    interface Tally {

        /**
         * Adds samples.
         *
         * @param bits 64-bit words in native order, {@code [rows][layout.words()]}
         * @param rows number of samples
         * @param classOf class of each sample; a negative one leaves the sample out
         * @param first index of the first sample's class in {@code classOf}
         */
        void accumulate(MemorySegment bits, int rows, int[] classOf, int first);

        /** Adds another tally of the same classes and layout, which stays as it is. */
        void merge(Tally other);

        /** The counts so far; the tally can go on. */
        ActivationCounts finish();
    }
}
