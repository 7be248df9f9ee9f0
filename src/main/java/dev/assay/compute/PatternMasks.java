package dev.assay.compute;

import java.util.List;

/**
 * Patterns of required states as bit masks, in a chain of sets: each set refines the one before it, pattern by pattern
 * (every state it requires stays required). One set is a chain too.
 */
public final class PatternMasks {

    private final BitLayout layout;
    private final boolean[] present;
    private final long[][] care;
    private final long[][] active;

    /**
     * @param layout where units lie
     * @param states {@code [set][pattern][unit]}: 1 active, -1 inactive, 0 free; a null pattern is one that does not
     *     exist, which nothing follows; it must then be null in all sets
     */
    public PatternMasks(BitLayout layout, List<byte[][]> states) {
        this.layout = layout;
        int patterns = states.getFirst().length;
        this.present = new boolean[patterns];
        this.care = new long[states.size()][];
        this.active = new long[states.size()][];
        for (int s = 0; s < states.size(); s++) {
            care[s] = new long[Math.multiplyExact(patterns, layout.words())];
            active[s] = new long[patterns * layout.words()];
            for (int p = 0; p < patterns; p++) {
                byte[] pattern = states.get(s)[p];
                present[p] = pattern != null;
                if (pattern != null) {
                    fill(pattern, p * layout.words() * Long.SIZE, care[s], active[s]);
                }
            }
        }
    }

    private void fill(byte[] pattern, int firstBit, long[] careWords, long[] activeWords) {
        for (int layer = 0; layer < layout.layers(); layer++) {
            int bit = firstBit + layout.wordOffset(layer) * Long.SIZE;
            int unit = layout.unitOffset(layer);
            for (int i = 0; i < layout.width(layer); i++, bit++, unit++) {
                if (pattern[unit] != 0) {
                    careWords[bit >> 6] |= 1L << bit;
                    activeWords[bit >> 6] |= pattern[unit] > 0 ? 1L << bit : 0;
                }
            }
        }
    }

    /** Where units lie. */
    public BitLayout layout() {
        return layout;
    }

    /** Number of sets in the chain. */
    public int sets() {
        return care.length;
    }

    /** Number of patterns in each set. */
    public int patterns() {
        return present.length;
    }

    /** Whether there is such a pattern. */
    public boolean present(int pattern) {
        return present[pattern];
    }

    /** Words {@code [pattern][layout.words()]} with a bit for every required state; not to be changed. */
    public long[] care(int set) {
        return care[set];
    }

    /** Words {@code [pattern][layout.words()]} with a bit for every state required active; not to be changed. */
    public long[] active(int set) {
        return active[set];
    }
}
