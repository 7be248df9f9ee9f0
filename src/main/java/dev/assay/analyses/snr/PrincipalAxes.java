package dev.assay.analyses.snr;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The plane in which rows vary most, by orthogonal iteration on the rows themselves: no matrix of columns is made. */
final class PrincipalAxes {

    private static final int AXES = 2;
    /** Spare directions make the first two settle quickly. */
    private static final int DIRECTIONS = 6;
    private static final int MOST_ITERATIONS = 300;
    private static final double SETTLED = 1e-10;
    /** Values that are looked at between two checks; some milliseconds. */
    private static final int MOST_VALUES = 1 << 22;

    private PrincipalAxes() {}

    /**
     * Coordinates of every row along the first two principal axes, {@code [axis][row]}. The sign of an axis is such
     * that its largest component is positive.
     *
     * @param check called every few milliseconds, throws to stop
     */
    static double[][] project(float[] values, int rows, int columns, long seed, Runnable check) {
        int directions = Math.min(DIRECTIONS, columns);
        int stretch = Math.max(1, MOST_VALUES / (directions * columns));
        double[] mean = new double[columns];
        for (int r = 0; r < rows; r++) {
            look(r, stretch, check);
            for (int c = 0; c < columns; c++) {
                mean[c] += values[r * columns + c] / (double) rows;
            }
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[][] axes = new double[directions][columns];
        for (double[] axis : axes) {
            Arrays.setAll(axis, c -> random.nextDouble() - 0.5);
        }
        orthonormalise(axes);
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            double[][] next = new double[directions][columns];
            for (int r = 0; r < rows; r++) {
                look(r, stretch, check);
                for (int d = 0; d < directions; d++) {
                    double along = along(values, r, mean, axes[d]);
                    for (int c = 0; c < columns; c++) {
                        next[d][c] += along * (values[r * columns + c] - mean[c]);
                    }
                }
            }
            orthonormalise(next);
            double change = 0;
            for (int d = 0; d < Math.min(AXES, directions); d++) {
                change = Math.max(change, 1 - Math.abs(dot(axes[d], next[d])));
            }
            axes = next;
            if (change < SETTLED) {
                break;
            }
        }
        double[][] projected = new double[AXES][rows];
        for (int a = 0; a < Math.min(AXES, directions); a++) {
            double sign = sign(axes[a]);
            for (int r = 0; r < rows; r++) {
                look(r, stretch, check);
                projected[a][r] = sign * along(values, r, mean, axes[a]);
            }
        }
        return projected;
    }

    private static void look(int row, int stretch, Runnable check) {
        if (row % stretch == 0) {
            check.run();
        }
    }

    private static double along(float[] values, int row, double[] mean, double[] axis) {
        double sum = 0;
        for (int c = 0; c < mean.length; c++) {
            sum += (values[row * mean.length + c] - mean[c]) * axis[c];
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Gram and Schmidt, twice against rounding; a direction without length stays zero. */
    private static void orthonormalise(double[][] axes) {
        for (int d = 0; d < axes.length; d++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int e = 0; e < d; e++) {
                    double along = dot(axes[d], axes[e]);
                    for (int c = 0; c < axes[d].length; c++) {
                        axes[d][c] -= along * axes[e][c];
                    }
                }
                double length = Math.sqrt(dot(axes[d], axes[d]));
                for (int c = 0; c < axes[d].length; c++) {
                    axes[d][c] = length < 1e-150 ? 0 : axes[d][c] / length;
                }
            }
        }
    }

    private static double sign(double[] axis) {
        double largest = 0;
        for (double v : axis) {
            if (Math.abs(v) > Math.abs(largest)) {
                largest = v;
            }
        }
        return largest < 0 ? -1 : 1;
    }
}
