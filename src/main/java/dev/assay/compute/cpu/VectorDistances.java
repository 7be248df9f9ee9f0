package dev.assay.compute.cpu;

import dev.assay.compute.SquaredDistances;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Direct differences with two accumulators per pair, so that the additions of one do not wait for those of the other.
 * Four rows are taken at a time: they share what is read of the query, and their sums are drawn together side by side.
 * How a pair is summed is the same alone and among four.
 */
final class VectorDistances implements SquaredDistances {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 4;

    @Override
    public void from(
            double[] queries, int query, double[] database, int from, int to, int columns, double[] distances) {
        int start = query * columns;
        int r = from;
        for (; r <= to - ROWS; r += ROWS) {
            four(queries, start, database, r * columns, columns, distances, r - from);
        }
        for (; r < to; r++) {
            distances[r - from] = squared(queries, start, database, r * columns, columns);
        }
    }

    private static void four(double[] a, int atA, double[] b, int atB, int columns, double[] to, int at) {
        DoubleVector even0 = DoubleVector.zero(SPECIES);
        DoubleVector even1 = even0;
        DoubleVector even2 = even0;
        DoubleVector even3 = even0;
        DoubleVector odd0 = even0;
        DoubleVector odd1 = even0;
        DoubleVector odd2 = even0;
        DoubleVector odd3 = even0;
        int b1 = atB + columns;
        int b2 = b1 + columns;
        int b3 = b2 + columns;
        int c = 0;
        for (; c <= columns - 2 * LANES; c += 2 * LANES) {
            DoubleVector first = DoubleVector.fromArray(SPECIES, a, atA + c);
            DoubleVector second = DoubleVector.fromArray(SPECIES, a, atA + c + LANES);
            even0 = added(even0, first, b, atB + c);
            odd0 = added(odd0, second, b, atB + c + LANES);
            even1 = added(even1, first, b, b1 + c);
            odd1 = added(odd1, second, b, b1 + c + LANES);
            even2 = added(even2, first, b, b2 + c);
            odd2 = added(odd2, second, b, b2 + c + LANES);
            even3 = added(even3, first, b, b3 + c);
            odd3 = added(odd3, second, b, b3 + c + LANES);
        }
        to[at] = rest(sum(even0, odd0), a, atA, b, atB, c, columns);
        to[at + 1] = rest(sum(even1, odd1), a, atA, b, b1, c, columns);
        to[at + 2] = rest(sum(even2, odd2), a, atA, b, b2, c, columns);
        to[at + 3] = rest(sum(even3, odd3), a, atA, b, b3, c, columns);
    }

    private static DoubleVector added(DoubleVector sum, DoubleVector a, double[] b, int at) {
        DoubleVector difference = a.sub(DoubleVector.fromArray(SPECIES, b, at));
        return difference.fma(difference, sum);
    }

    private static double sum(DoubleVector even, DoubleVector odd) {
        return even.add(odd).reduceLanes(VectorOperators.ADD);
    }

    /** Adds the columns that do not fill vectors. */
    private static double rest(double sum, double[] a, int atA, double[] b, int atB, int from, int columns) {
        for (int c = from; c < columns; c++) {
            double difference = a[atA + c] - b[atB + c];
            sum += difference * difference;
        }
        return sum;
    }

    static double squared(double[] a, int atA, double[] b, int atB, int columns) {
        DoubleVector even = DoubleVector.zero(SPECIES);
        DoubleVector odd = DoubleVector.zero(SPECIES);
        int c = 0;
        for (; c <= columns - 2 * LANES; c += 2 * LANES) {
            even = added(even, DoubleVector.fromArray(SPECIES, a, atA + c), b, atB + c);
            odd = added(odd, DoubleVector.fromArray(SPECIES, a, atA + c + LANES), b, atB + c + LANES);
        }
        return rest(sum(even, odd), a, atA, b, atB, c, columns);
    }
}
