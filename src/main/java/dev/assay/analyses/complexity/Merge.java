package dev.assay.analyses.complexity;

/**
 * One merge of two clusters of features.
 *
 * @param first smallest original feature of one side
 * @param second smallest original feature of the other side, greater than {@code first}
 * @param cost cost of the merge: squared distance for {@code reference}, Ward's cost for {@code ward}
 * @param max the largest value it is held against: the current largest squared distance for {@code reference}, the one
 *     at the start for {@code ward}
 */
record Merge(int first, int second, double cost, double max) {

    /** Cost over largest value; 0 when all features are equal. */
    double ratio() {
        return max == 0 ? 0 : cost / max;
    }
}
