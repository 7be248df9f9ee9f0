package dev.assay.compute.opencl;

/** How many items of a group are side by side over a sample's words; the others have other samples. */
final class Lanes {

    /** Neighbours that read as much in a row as memory delivers at once. */
    private static final int MOST = 16;
    /** Below, kernels of their own would be compiled for samples that are small anyway. */
    private static final int LEAST = 4;

    private Lanes() {}

    /** A power of two; samples of more words are read in turns. */
    static int of(int words) {
        return Math.clamp(Integer.highestOneBit(Math.max(1, 2 * words - 1)), LEAST, MOST);
    }

    /** What the kernels are compiled with. */
    static String options(int words) {
        return "-DSHIFT=" + Integer.numberOfTrailingZeros(of(words));
    }
}
