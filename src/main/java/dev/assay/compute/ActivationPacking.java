package dev.assay.compute;

import java.lang.foreign.MemorySegment;

/** Turns the values that enter ReLU units into one bit per unit and sample: set iff the value is above zero. */
public interface ActivationPacking {

    /**
     * Packs one layer of a batch. Zero, of either sign, is inactive.
     *
     * @param values float32 in native order, {@code [rows][units][positions]}, from the segment's start
     * @param rows number of samples
     * @param units number of units of the layer
     * @param positions values per unit; the unit counts as active iff any of them is above zero. 1 for plain units
     * @param bits 64-bit words in native order, {@code [rows][stride]}; the layer's words are overwritten, unused
     *     bits of its last word are cleared
     * @param stride words per sample
     * @param wordOffset first word of the layer within a sample
     * @return the index of the first NaN or infinite value in {@code values} (the bits are then worth nothing), or -1
     */
    long pack(
            MemorySegment values, int rows, int units, int positions, MemorySegment bits, int stride, int wordOffset);
}
