package dev.assay.analyses.snr;

/** The rows that the method's golden values belong to. */
final class Golden {

    static final double[][] A = {{1, -1, 0}, {2, -1, -1}, {-1, 2, 0.5}, {0, 1, -1}};
    static final int[] A_LABELS = {0, 0, 1, 1};
    static final double[][] B = {
        {2, 0, -1, 1}, {1.5, 0.5, -1, 0}, {-1, 2, 0, 0.5}, {-0.5, 1, 0.5, -1}, {0.25, -1, 2, 1}, {0.5, -2, 1, 2.75}
    };
    static final int[] B_LABELS = {0, 0, 1, 1, 2, 2};

    private Golden() {}

    static double[] flat(double[][] rows) {
        double[] values = new double[rows.length * rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, values, r * rows[0].length, rows[0].length);
        }
        return values;
    }

    static PreparedRows prepared(double[][] rows, Distance.Form form) {
        return PreparedRows.of(flat(rows), rows.length, rows[0].length, form, false, 0);
    }
}
