package dev.assay.compute.cpu;

import dev.assay.compute.SquaredDistances;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Direct differences with two accumulators, so that the additions of one do not wait for those of the other. */
final class VectorDistances implements SquaredDistances {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void from(
            double[] queries, int query, double[] database, int from, int to, int columns, double[] distances) {
        int start = query * columns;
        for (int r = from; r < to; r++) {
            distances[r - from] = squared(queries, start, database, r * columns, columns);
        }
    }

    static double squared(double[] a, int atA, double[] b, int atB, int columns) {
        DoubleVector even = DoubleVector.zero(SPECIES);
        DoubleVector odd = DoubleVector.zero(SPECIES);
        int c = 0;
        for (; c <= columns - 2 * LANES; c += 2 * LANES) {
            DoubleVector first = DoubleVector.fromArray(SPECIES, a, atA + c)
                    .sub(DoubleVector.fromArray(SPECIES, b, atB + c));
            DoubleVector second = DoubleVector.fromArray(SPECIES, a, atA + c + LANES)
                    .sub(DoubleVector.fromArray(SPECIES, b, atB + c + LANES));
            even = first.fma(first, even);
            odd = second.fma(second, odd);
        }
        double sum = even.add(odd).reduceLanes(VectorOperators.ADD);
        for (; c < columns; c++) {
            double difference = a[atA + c] - b[atB + c];
            sum += difference * difference;
        }
        return sum;
    }
}
