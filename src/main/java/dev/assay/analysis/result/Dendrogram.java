package dev.assay.analysis.result;

import java.util.List;

/**
 * A tree of merges: leaves side by side, every merge as high as it cost. Where the axis of heights has a cursor, the tree
 * is cut there: what was merged at most that high is one cluster.
 *
 * @param leaves names of the leaves, from left to right
 * @param first one side of each merge: the index of a leaf, or the number of leaves plus the index of an earlier merge
 * @param second the other side of each merge; every leaf and merge is a side at most once; neither array is copied, and
 *     neither must be changed afterwards
 * @param heights height of each merge; not copied, must not be changed afterwards
 * @param leafTitle what the leaves are
 * @param height what the heights are
 * @param leafRef what the names of the leaves refer to, or null
 */
public record Dendrogram(
        String id,
        String title,
        List<String> leaves,
        int[] first,
        int[] second,
        double[] heights,
        String leafTitle,
        Axis height,
        RefKind leafRef) implements Result {

    /** Checks that the merges make trees. */
    public Dendrogram {
        leaves = List.copyOf(leaves);
        if (first.length != heights.length || second.length != heights.length) {
            throw new IllegalArgumentException(id + ": the merges have arrays of different lengths");
        }
        boolean[] used = new boolean[leaves.size() + heights.length];
        for (int m = 0; m < heights.length; m++) {
            for (int side : new int[] {first[m], second[m]}) {
                if (side < 0 || side >= leaves.size() + m || used[side]) {
                    throw new IllegalArgumentException(id + ": merge " + m + " has no such side left: " + side);
                }
                used[side] = true;
            }
        }
    }

    /** The leaves and merges together. */
    public int nodes() {
        return leaves.size() + heights.length;
    }

    /** Whether the node is a leaf. */
    public boolean isLeaf(int node) {
        return node < leaves.size();
    }

    /** The merge that made a node that is no leaf. */
    public int merge(int node) {
        return node - leaves.size();
    }
}
