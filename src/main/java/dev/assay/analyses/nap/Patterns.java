package dev.assay.analyses.nap;

import dev.assay.analysis.Exact;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import dev.assay.compute.PatternMasks;
import java.util.List;

/** The dominant patterns of all classes at one or more slacks, mined from counts alone. Immutable. */
final class Patterns {

    private final List<Exact> slacks;
    private final PatternMasks masks;

    private Patterns(List<Exact> slacks, PatternMasks masks) {
        this.slacks = slacks;
        this.masks = masks;
    }

    /**
     * Mines.
     *
     * @param counts per class; those beyond {@code classes} are left out
     * @param slacks ascending, so that each set of patterns refines the one before
     */
    static Patterns mine(ActivationCounts counts, int classes, BitLayout layout, List<Exact> slacks) {
        PatternMasks.Builder masks = new PatternMasks.Builder(layout, slacks.size(), classes);
        byte[] states = new byte[layout.units()];
        for (int c = 0; c < classes; c++) {
            long support = counts.support()[c];
            for (int s = 0; s < slacks.size() && support > 0; s++) {
                states(counts.active()[c], support, slacks.get(s), states);
                masks.require(s, c, states);
            }
        }
        return new Patterns(List.copyOf(slacks), masks.build());
    }

    /**
     * A class's dominant pattern in integers: with t = floor(s n), inactive iff k &le; t, active iff k &ge; n - t.
     *
     * @param active k of each unit: in how many samples it is active
     * @param support n, above 0
     * @param slack s below 1/2, so that no unit is both
     * @param states overwritten: 1 active, -1 inactive, 0 free
     */
    static void states(long[] active, long support, Exact slack, byte[] states) {
        long few = slack.floorTimes(support);
        long many = support - few;
        for (int j = 0; j < active.length; j++) {
            states[j] = (byte) (active[j] <= few ? -1 : active[j] >= many ? 1 : 0);
        }
    }

    /** The slacks, ascending. */
    List<Exact> slacks() {
        return slacks;
    }

    /** The patterns; one set for each slack. */
    PatternMasks masks() {
        return masks;
    }

    /**
     * How many units of a class's pattern are required to be in one state.
     *
     * @param layer index of the layer, or -1 for all
     * @param active which state
     * @param leftOut words of units that do not count
     */
    int size(int set, int pattern, int layer, boolean active, long[] leftOut) {
        BitLayout layout = masks.layout();
        int from = layer < 0 ? 0 : layout.wordOffset(layer);
        int to = layer < 0 || layer + 1 == layout.layers() ? layout.words() : layout.wordOffset(layer + 1);
        int base = pattern * layout.words();
        int size = 0;
        for (int w = from; w < to; w++) {
            long on = masks.active(set)[base + w];
            long word = active ? on : masks.care(set)[base + w] & ~on;
            size += Long.bitCount(word & ~leftOut[w]);
        }
        return size;
    }

    /** Number of units that one class requires active and the other inactive; 0 leaves an input for both possible. */
    int conflicts(int set, int a, int b) {
        int words = masks.layout().words();
        int count = 0;
        for (int w = 0; w < words; w++) {
            int ia = a * words + w;
            int ib = b * words + w;
            count += Long.bitCount(masks.care(set)[ia]
                    & masks.care(set)[ib]
                    & (masks.active(set)[ia] ^ masks.active(set)[ib]));
        }
        return count;
    }
}
