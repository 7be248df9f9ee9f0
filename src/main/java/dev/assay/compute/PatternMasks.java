package dev.assay.compute;

import java.util.stream.IntStream;

/**
 * Patterns of required states as bit masks, in a chain of sets: each set refines the one before it, pattern by pattern
 * (every state it requires stays required). One set is a chain too. Immutable.
 */
public final class PatternMasks {

    private final BitLayout layout;
    private final boolean[] present;
    private final long[][] care;
    private final long[][] active;

    private PatternMasks(BitLayout layout, boolean[] present, long[][] care, long[][] active) {
        this.layout = layout;
        this.present = present;
        this.care = care;
        this.active = active;
        requireChain(care, active);
    }

    private static void requireChain(long[][] care, long[][] active) {
        for (int s = 1; s < care.length; s++) {
            for (int w = 0; w < care[s].length; w++) {
                long before = care[s - 1][w];
                if ((before & ~care[s][w]) != 0 || (before & (active[s - 1][w] ^ active[s][w])) != 0) {
                    throw new IllegalArgumentException("set " + s + " does not refine the one before it");
                }
            }
        }
    }

    /** Collects the patterns. */
    public static final class Builder {

        private final BitLayout layout;
        private boolean[] present;
        private long[][] care;
        private long[][] active;

        /**
         * Starts without any pattern: what is not {@linkplain #require set} does not exist, and nothing follows it.
         *
         * @param layout where units lie
         * @param sets length of the chain
         * @param patterns patterns in each set
         */
        public Builder(BitLayout layout, int sets, int patterns) {
            this.layout = layout;
            this.present = new boolean[patterns];
            this.care = new long[sets][Math.multiplyExact(patterns, layout.words())];
            this.active = new long[sets][patterns * layout.words()];
        }

        /**
         * Sets a pattern; a pattern that exists must be set in every set of the chain.
         *
         * @param states one for each unit: 1 active, -1 inactive, 0 free
         */
        public Builder require(int set, int pattern, byte[] states) {
            present[pattern] = true;
            for (int layer = 0; layer < layout.layers(); layer++) {
                int word = pattern * layout.words() + layout.wordOffset(layer);
                int unit = layout.unitOffset(layer);
                for (int i = 0; i < layout.width(layer); i++, unit++) {
                    if (states[unit] != 0) {
                        care[set][word + (i >> 6)] |= 1L << i;
                        active[set][word + (i >> 6)] |= states[unit] > 0 ? 1L << i : 0;
                    }
                }
            }
            return this;
        }

        /**
         * The masks; the builder is spent.
         *
         * @throws IllegalArgumentException when a set does not refine the one before it
         */
        public PatternMasks build() {
            PatternMasks masks = new PatternMasks(layout, present, care, active);
            present = null;
            care = null;
            active = null;
            return masks;
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

    /** The state that a pattern requires of a unit: 1 active, -1 inactive, 0 free. */
    public int state(int set, int pattern, int unit) {
        int bit = layout.bitOf(unit);
        int word = pattern * layout.words() + (bit >> 6);
        if ((care[set][word] >>> bit & 1) == 0) {
            return 0;
        }
        return (active[set][word] >>> bit & 1) == 1 ? 1 : -1;
    }

    /** The units that a pattern requires in one state, ascending. */
    public int[] units(int set, int pattern, boolean required) {
        IntStream.Builder units = IntStream.builder();
        int base = pattern * layout.words();
        for (int layer = 0; layer < layout.layers(); layer++) {
            int end = layout.wordOffset(layer) + (layout.width(layer) + Long.SIZE - 1) / Long.SIZE;
            for (int w = layout.wordOffset(layer); w < end; w++) {
                long on = active[set][base + w];
                int first = layout.unitOffset(layer) + (w - layout.wordOffset(layer)) * Long.SIZE;
                for (long word = required ? on : care[set][base + w] & ~on; word != 0; word &= word - 1) {
                    units.add(first + Long.numberOfTrailingZeros(word));
                }
            }
        }
        return units.build().toArray();
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
