package dev.assay.compute;

/**
 * What is removed from each copy of a graph, as bit sets of units, each of one or more edges.
 *
 * @param bits words {@code [copies][words]} from {@code first}: a bit for every removed unit, lowest first
 * @param first index of the first copy's first word
 * @param words words of a copy
 * @param copies number of copies
 * @param unitOf {@code [edges]}: the unit of each edge, -1 for an edge that is never removed
 */
public record EdgeSets(long[] bits, int first, int words, int copies, int[] unitOf) {

    /** Weights {@code [copies][edges]}: 0 for removed edges, 1 for the others. */
    public double[] weights() {
        double[] weights = new double[Math.multiplyExact(copies, unitOf.length)];
        for (int c = 0; c < copies; c++) {
            int word = first + c * words;
            for (int e = 0; e < unitOf.length; e++) {
                int unit = unitOf[e];
                // Whether an edge is removed is often chance, which no branch can foresee.
                weights[c * unitOf.length + e] = unit < 0 ? 1 : 1 - (bits[word + (unit >> 6)] >>> unit & 1);
            }
        }
        return weights;
    }

    /** The sets of the copies {@code from..to-1}, on the same bits. */
    public EdgeSets part(int from, int to) {
        return new EdgeSets(bits, first + from * words, words, to - from, unitOf);
    }

    /** Makes rows of scores into probabilities, in place. */
    public static void softmax(double[] scores, int at, int rows, int classes) {
        for (int r = 0; r < rows; r++) {
            softmax(scores, at + r * classes, classes);
        }
    }

    private static void softmax(double[] values, int at, int classes) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = at; k < at + classes; k++) {
            greatest = Math.max(greatest, values[k]);
        }
        double sum = 0;
        for (int k = at; k < at + classes; k++) {
            values[k] = Math.exp(values[k] - greatest);
            sum += values[k];
        }
        for (int k = at; k < at + classes; k++) {
            values[k] /= sum;
        }
    }
}
