package dev.assay.chart;

import java.util.Arrays;

/**
 * Leaves out the points of a line that cannot be seen. Of the points in one column of pixels the first, the lowest, the
 * highest and the last are kept, so the picture of the line stays the same (the M4 aggregation of Jugel et al., VLDB 2014).
 */
final class Reduction {

    private Reduction() {}

    /**
     * The points of a line to draw.
     *
     * @param x positions along x
     * @param y positions along y; NaN breaks the line
     * @param seen the part of x that is seen; one point more is kept on either side
     * @param perX pixels for each unit of x
     * @param perY pixels for each unit of y
     * @return indices, ascending
     */
    static int[] line(double[] x, double[] y, Span seen, double perX, double perY) {
        return line(x, y, null, null, seen, perX, perY);
    }

    /**
     * As {@link #line(double[], double[], Span, double, double)}, for a line with a band.
     *
     * @param low lower ends of the band, or null; their lowest in a column is kept too
     * @param high upper ends of the band, or null; their highest in a column is kept too
     */
    static int[] line(double[] x, double[] y, double[] low, double[] high, Span seen, double perX, double perY) {
        if (x.length == 0) {
            return new int[0];
        }
        return ascends(x) ? columns(x, y, low, high, seen, perX) : cells(x, y, perX, perY);
    }

    static boolean ascends(double[] x) {
        for (int i = 1; i < x.length; i++) {
            if (!(x[i] >= x[i - 1])) {
                return false;
            }
        }
        return !Double.isNaN(x[0]);
    }

    private static int[] columns(
            double[] x, double[] y, double[] bandLow, double[] bandHigh, Span seen, double perX) {
        int from = Math.max(0, lowerBound(x, seen.lower()) - 1);
        int to = Math.min(x.length, lowerBound(x, Math.nextUp(seen.upper())) + 1);
        double pixels = Math.max(1, seen.length() * perX);
        if (to - from <= 4 * pixels) {
            return all(from, to);
        }
        int[] kept = new int[(int) Math.min(to - from, 5 * (pixels + 4))];
        int count = 0;
        int i = from;
        while (i < to) {
            double column = Math.floor((x[i] - seen.lower()) * perX);
            int first = i;
            int low = -1;
            int high = -1;
            int gap = -1;
            int bottom = -1;
            int top = -1;
            int last = i;
            while (i < to && Math.floor((x[i] - seen.lower()) * perX) == column) {
                if (Double.isNaN(y[i])) {
                    gap = i;
                } else {
                    low = low < 0 || y[i] < y[low] ? i : low;
                    high = high < 0 || y[i] > y[high] ? i : high;
                }
                if (bandLow != null && !Double.isNaN(bandLow[i])) {
                    bottom = bottom < 0 || bandLow[i] < bandLow[bottom] ? i : bottom;
                }
                if (bandHigh != null && !Double.isNaN(bandHigh[i])) {
                    top = top < 0 || bandHigh[i] > bandHigh[top] ? i : top;
                }
                last = i++;
            }
            int[] ofColumn = {first, low, high, gap, bottom, top, last};
            Arrays.sort(ofColumn);
            int before = -1;
            for (int k : ofColumn) {
                if (k > before) {
                    if (count == kept.length) {
                        kept = Arrays.copyOf(kept, count * 2 + 8);
                    }
                    kept[count++] = k;
                    before = k;
                }
            }
        }
        return Arrays.copyOf(kept, count);
    }

    /** For lines that turn back: leaves out points in the same pixel as the one before. */
    private static int[] cells(double[] x, double[] y, double perX, double perY) {
        int[] kept = new int[x.length];
        int count = 0;
        double beforeX = Double.NaN;
        double beforeY = Double.NaN;
        boolean gap = false;
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
                if (!gap && count > 0) {
                    kept[count++] = i;
                }
                gap = true;
                beforeX = Double.NaN;
                continue;
            }
            double px = Math.floor(x[i] * perX);
            double py = Math.floor(y[i] * perY);
            if (px != beforeX || py != beforeY || gap || i == x.length - 1) {
                kept[count++] = i;
            }
            beforeX = px;
            beforeY = py;
            gap = false;
        }
        return Arrays.copyOf(kept, count);
    }

    /** The first index whose value is at least that. */
    static int lowerBound(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int[] all(int from, int to) {
        int[] indices = new int[Math.max(0, to - from)];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        return indices;
    }
}
