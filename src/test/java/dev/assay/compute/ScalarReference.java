package dev.assay.compute;

/** What the kernels compute, written as plainly as it can be; the measure of every implementation. */
public final class ScalarReference {

    private ScalarReference() {}

    /** {@code [rows][units]}: whether any position of the unit is above zero. */
    public static boolean[][] active(float[] values, int rows, int units, int positions) {
        boolean[][] active = new boolean[rows][units];
        for (int r = 0; r < rows; r++) {
            for (int u = 0; u < units; u++) {
                for (int i = 0; i < positions; i++) {
                    active[r][u] |= values[(r * units + u) * positions + i] > 0;
                }
            }
        }
        return active;
    }

    /** Index of the first NaN or infinite value, or -1. */
    public static long firstNotFinite(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** {@code [class][unit]}: samples of the class in which the unit is active. */
    public static ActivationCounts counts(boolean[][] active, int units, int[] classOf, int classes) {
        long[] support = new long[classes];
        long[][] counts = new long[classes][units];
        for (int r = 0; r < active.length; r++) {
            if (classOf[r] >= 0) {
                support[classOf[r]]++;
                for (int u = 0; u < units; u++) {
                    counts[classOf[r]][u] += active[r][u] ? 1 : 0;
                }
            }
        }
        return new ActivationCounts(support, counts);
    }

    /** How many required states the sample breaks. */
    public static int violations(boolean[] active, byte[] pattern) {
        int count = 0;
        for (int u = 0; u < pattern.length; u++) {
            if ((pattern[u] > 0 && !active[u]) || (pattern[u] < 0 && active[u])) {
                count++;
            }
        }
        return count;
    }

    /** The words that hold these states in a layout. */
    public static long[] words(boolean[][] active, BitLayout layout) {
        long[] words = new long[active.length * layout.words()];
        for (int r = 0; r < active.length; r++) {
            for (int u = 0; u < layout.units(); u++) {
                int bit = layout.bitOf(u);
                if (active[r][u]) {
                    words[r * layout.words() + bit / Long.SIZE] |= 1L << bit % Long.SIZE;
                }
            }
        }
        return words;
    }
}
