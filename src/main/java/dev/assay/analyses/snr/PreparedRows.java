package dev.assay.analyses.snr;

import java.util.Arrays;

/**
 * Rows in float64 as a distance takes them.
 *
 * @param form what was done to them
 * @param values row-major
 * @param rows number of rows
 * @param columns values per row
 * @param denominators squared length after centring plus {@code n eps}; filled for centred rows alone
 * @param usable whether a row can stand in a denominator (centred) or has a direction (unit)
 */
record PreparedRows(
        Distance.Form form, double[] values, int rows, int columns, double[] denominators, boolean[] usable) {

    /** Below this share of the median variance a row counts as constant. */
    private static final double CONSTANT = 1e-12;

    /**
     * Prepares rows.
     *
     * @param normalize whether rows are first divided by their length
     * @param eps added to the variance in a denominator
     */
    static PreparedRows of(float[] raw, int rows, int columns, Distance.Form form, boolean normalize, double eps) {
        double[] values = new double[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = raw[i];
        }
        return of(values, rows, columns, form, normalize, eps);
    }

    /** As above on float64 rows, which are overwritten and kept. */
    static PreparedRows of(double[] values, int rows, int columns, Distance.Form form, boolean normalize, double eps) {
        PreparedRows prepared = shaped(values, rows, columns, form, normalize);
        if (form == Distance.Form.CENTRED) {
            prepared.judge(least(prepared.denominators), eps);
        }
        return prepared;
    }

    /**
     * Rows that are a part of others.
     *
     * @param values overwritten and kept; may be longer than the rows
     * @param least below this squared length after centring a row counts as constant, see {@link #least}
     */
    static PreparedRows part(
            double[] values, int rows, int columns, Distance.Form form, boolean normalize, double eps, double least) {
        PreparedRows prepared = shaped(values, rows, columns, form, normalize);
        if (form == Distance.Form.CENTRED) {
            prepared.judge(least, eps);
        }
        return prepared;
    }

    private static PreparedRows shaped(
            double[] values, int rows, int columns, Distance.Form form, boolean normalize) {
        boolean[] usable = new boolean[rows];
        double[] denominators = new double[form == Distance.Form.CENTRED ? rows : 0];
        for (int r = 0; r < rows; r++) {
            boolean direction = true;
            if (normalize || form == Distance.Form.UNIT) {
                direction = toUnit(values, r, columns);
            }
            if (form == Distance.Form.CENTRED) {
                centre(values, r, columns);
                denominators[r] = squares(values, r, columns);
            }
            usable[r] = form != Distance.Form.UNIT || direction;
        }
        return new PreparedRows(form, values, rows, columns, denominators, usable);
    }

    /** Says which rows are constant, and adds eps to the denominators. */
    private void judge(double least, double eps) {
        for (int r = 0; r < rows; r++) {
            usable[r] = eps > 0 || denominators[r] > 0 && denominators[r] >= least;
            denominators[r] += columns * eps;
        }
    }

    /** Squared length after centring that a row must have among others of those squared lengths. */
    static double least(double[] squares) {
        return CONSTANT * median(squares);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static boolean toUnit(double[] values, int row, int columns) {
        double length = Math.sqrt(squares(values, row, columns));
        if (length == 0) {
            return false;
        }
        for (int c = 0; c < columns; c++) {
            values[row * columns + c] /= length;
        }
        return true;
    }

    private static void centre(double[] values, int row, int columns) {
        double sum = 0;
        boolean same = true;
        double first = values[row * columns];
        for (int c = 0; c < columns; c++) {
            sum += values[row * columns + c];
            same &= values[row * columns + c] == first;
        }
        // The mean of equal values may round; what is constant must be exactly 0 then.
        double mean = same ? first : sum / columns;
        for (int c = 0; c < columns; c++) {
            values[row * columns + c] -= mean;
        }
    }

    private static double squares(double[] values, int row, int columns) {
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            double v = values[row * columns + c];
            sum += v * v;
        }
        return sum;
    }

    /** Whether a row can ask. */
    boolean asks(Distance distance, int row) {
        return !distance.dividesByQuery() && distance != Distance.COSINE || usable[row];
    }

    /** Whether a row can be found. */
    boolean found(Distance distance, int row) {
        return !distance.dividesByDatabase() && distance != Distance.COSINE || usable[row];
    }

    /** Variance over the values of a centred row, without eps. */
    double variance(int row) {
        return squares(values, row, columns) / columns;
    }

    /** The denominator of a row, 1 where there is none. */
    double denominator(int row) {
        return denominators.length == 0 ? 1 : denominators[row];
    }
}
