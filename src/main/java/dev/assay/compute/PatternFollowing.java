package dev.assay.compute;

import java.lang.foreign.MemorySegment;

/** Tests samples' bits against patterns of required states. */
public interface PatternFollowing {

    /**
     * How far along the chain each sample follows each pattern: a pattern is followed when all its required states
     * hold.
     *
     * @param bits 64-bit words in native order, {@code [rows][layout.words()]}
     * @param rows number of samples
     * @param masks at most 127 sets
     * @param depth {@code [rows][patterns]}, overwritten with the number of leading sets that are followed; with one
     *     set 1 for followed and 0 for not
     */
    void depth(MemorySegment bits, int rows, PatternMasks masks, byte[] depth);

    /**
     * How many required states of a pattern each sample breaks.
     *
     * @param bits as above
     * @param rows number of samples
     * @param masks the patterns
     * @param set index of the set
     * @param patternOf the pattern for each sample; -1, or a pattern that does not exist, gives -1
     * @param first index of the first sample's pattern in {@code patternOf}
     * @param violations overwritten, one for each sample, from 0
     */
    void violations(
            MemorySegment bits,
            int rows,
            PatternMasks masks,
            int set,
            int[] patternOf,
            int first,
            int[] violations);
}
