package dev.assay.compute;

/** The last step of every search of nearest rows: candidates are ranked by direct differences in float64. */
public final class ExactRanking {

    /** Values that a thread squares between two looks for a cancel, a millisecond's work. */
    private static final int VALUES_AT_ONCE = 1 << 20;

    private ExactRanking() {}

    /**
     * Writes a query's neighbours.
     *
     * @param query row that asks
     * @param candidates rows of the database, ascending
     * @param found filled in at the query's place
     */
    public static void rank(
            NeighbourSearch.Rows queries, int query, NeighbourSearch.Rows database, int[] candidates,
            NeighbourSearch.Neighbours found) {
        double queryScale = queries.scale() == null ? 1 : queries.scale()[query];
        int count = candidates.length;
        double[] values = new double[count];
        differences(queries, query, database, candidates, values);
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            double value = values[i] * queryScale;
            // Behind all that are not greater, and the candidates ascend: equal distances stay in the order of their indices.
            int low = 0;
            for (int high = i; low < high;) {
                int middle = (low + high) >>> 1;
                if (Double.compare(values[middle], value) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            System.arraycopy(values, low, values, low + 1, i - low);
            System.arraycopy(rows, low, rows, low + 1, i - low);
            values[low] = value;
            rows[low] = candidates[i];
        }
        for (int i = 0; i < found.k(); i++) {
            boolean there = i < count;
            found.index()[query * found.k() + i] = there ? rows[i] : -1;
            found.distance()[query * found.k() + i] = there ? values[i] : Double.NaN;
        }
    }

    /** Four candidates at once, since each sum waits for its own last addition. */
    private static void differences(
            NeighbourSearch.Rows queries, int query, NeighbourSearch.Rows database, int[] candidates, double[] values) {
        float[] v = database.values();
        int columns = queries.columns();
        int from = query * columns;
        int i = 0;
        for (; i + 4 <= candidates.length; i += 4) {
            int a = candidates[i] * columns;
            int b = candidates[i + 1] * columns;
            int c = candidates[i + 2] * columns;
            int d = candidates[i + 3] * columns;
            double sumA = 0;
            double sumB = 0;
            double sumC = 0;
            double sumD = 0;
            for (int j = 0; j < columns; j++) {
                double q = queries.values()[from + j];
                double da = q - v[a + j];
                double db = q - v[b + j];
                double dc = q - v[c + j];
                double dd = q - v[d + j];
                sumA += da * da;
                sumB += db * db;
                sumC += dc * dc;
                sumD += dd * dd;
            }
            values[i] = sumA;
            values[i + 1] = sumB;
            values[i + 2] = sumC;
            values[i + 3] = sumD;
        }
        for (; i < candidates.length; i++) {
            double sum = 0;
            for (int j = 0, a = candidates[i] * columns; j < columns; j++) {
                double d = (double) queries.values()[from + j] - v[a + j];
                sum += d * d;
            }
            values[i] = sum;
        }
        if (database.scale() != null) {
            for (i = 0; i < candidates.length; i++) {
                values[i] *= database.scale()[candidates[i]];
            }
        }
    }

    /**
     * Squared lengths of rows, summed in float64, by several threads.
     *
     * @param check called on all of them, every millisecond or so; throws to stop
     */
    public static float[] squaredLengths(NeighbourSearch.Rows rows, RowTasks tasks, Runnable check) {
        float[] norms = new float[rows.rows()];
        int some = Math.max(1, VALUES_AT_ONCE / rows.columns());
        tasks.each(Math.ceilDiv(rows.rows(), some), () -> piece -> {
            check.run();
            int from = piece * some;
            for (int r = from; r < from + Math.min(some, rows.rows() - from); r++) {
                double sum = 0;
                for (int c = 0; c < rows.columns(); c++) {
                    double v = rows.values()[r * rows.columns() + c];
                    sum += v * v;
                }
                norms[r] = (float) sum;
            }
        });
        return norms;
    }
}
