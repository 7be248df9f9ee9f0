package dev.assay.compute;

import java.util.Arrays;

/**
 * Where the states of a sample's units lie among its 64-bit words. Units are numbered from 0 through all layers; each
 * layer starts at a whole word, lowest bit first, and the bits behind its last unit are 0.
 */
public final class BitLayout {

    private final int[] widths;
    private final int[] unitOffsets;
    private final int[] wordOffsets;

    /**
     * @param widths units of each layer, each at least 1
     * @throws IllegalArgumentException when a width is below 1 or there are more units than an int can count
     */
    public BitLayout(int... widths) {
        this.widths = widths.clone();
        this.unitOffsets = new int[widths.length + 1];
        this.wordOffsets = new int[widths.length + 1];
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] < 1) {
                throw new IllegalArgumentException("layer " + i + " has " + widths[i] + " units");
            }
            unitOffsets[i + 1] = Math.addExact(unitOffsets[i], widths[i]);
            wordOffsets[i + 1] = wordOffsets[i] + words(widths[i]);
        }
    }

    private static int words(int units) {
        return (units + Long.SIZE - 1) / Long.SIZE;
    }

    /** Number of layers. */
    public int layers() {
        return widths.length;
    }

    /** Number of units of a layer. */
    public int width(int layer) {
        return widths[layer];
    }

    /** Number of units of all layers. */
    public int units() {
        return unitOffsets[widths.length];
    }

    /** Number of 64-bit words of a sample. */
    public int words() {
        return wordOffsets[widths.length];
    }

    /** Number of the first unit of a layer. */
    public int unitOffset(int layer) {
        return unitOffsets[layer];
    }

    /** Index of the first word of a layer. */
    public int wordOffset(int layer) {
        return wordOffsets[layer];
    }

    /** The layer of a unit. */
    public int layerOf(int unit) {
        if (unit < 0 || unit >= units()) {
            throw new IndexOutOfBoundsException("unit " + unit + " of " + units());
        }
        int found = Arrays.binarySearch(unitOffsets, unit);
        return found >= 0 ? found : -found - 2;
    }

    /** The bit of a unit, counted from the first bit of the first word. */
    public int bitOf(int unit) {
        int layer = layerOf(unit);
        return wordOffsets[layer] * Long.SIZE + unit - unitOffsets[layer];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitLayout that && Arrays.equals(widths, that.widths);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(widths);
    }
}
