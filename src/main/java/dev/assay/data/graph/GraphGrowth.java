package dev.assay.data.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A graph that grows by base, motifs and extra edges; undirected, no edge twice. */
final class GraphGrowth {

    private final SplittableRandom random;
    private final List<int[]> edges = new ArrayList<>();
    private final List<Boolean> truth = new ArrayList<>();
    private final Set<Long> present = new HashSet<>();
    private final Ints roles = new Ints();

    GraphGrowth(SplittableRandom random) {
        this.random = random;
    }

    int nodes() {
        return roles.size();
    }

    int edges() {
        return edges.size();
    }

    private void addNodes(int count) {
        for (int i = 0; i < count; i++) {
            roles.add(0);
        }
    }

    /** Joins two nodes; false when they are the same or joined already. */
    boolean join(int a, int b, boolean marked) {
        if (a == b || !present.add((long) Math.min(a, b) << Integer.SIZE | Math.max(a, b))) {
            return false;
        }
        edges.add(new int[] {a, b});
        truth.add(marked);
        return true;
    }

    /**
     * Barabasi and Albert's graph: m bare nodes, then nodes that each link to m others; the first to the bare ones, later
     * ones to nodes drawn in proportion to their edges.
     */
    void preferential(int nodes, int m) {
        addNodes(nodes);
        Ints ends = new Ints();
        Set<Integer> targets = new java.util.LinkedHashSet<>();
        for (int v = 0; v < m; v++) {
            targets.add(v);
        }
        for (int v = m; v < nodes; v++) {
            for (int target : targets) {
                join(v, target, false);
                ends.add(target);
                ends.add(v);
            }
            targets.clear();
            while (targets.size() < m) {
                targets.add(ends.get(random.nextInt(ends.size())));
            }
        }
    }

    /** A balanced binary tree; node v has the children 2v + 1 and 2v + 2. */
    void binaryTree(int height) {
        int nodes = (1 << height + 1) - 1;
        addNodes(nodes);
        for (int v = 1; v < nodes; v++) {
            join(v, (v - 1) / 2, false);
        }
    }

    /** Adds a motif; its edges are the ground truth. The number of its first node is returned. */
    int motif(Motif motif) {
        int first = nodes();
        for (int role : motif.roles()) {
            roles.add(role);
        }
        for (int[] e : motif.edges()) {
            join(first + e[0], first + e[1], true);
        }
        return first;
    }

    /** Adds edges between nodes drawn evenly that are not joined yet. */
    void extra(int count) {
        int added = 0;
        while (added < count) {
            if (join(random.nextInt(nodes()), random.nextInt(nodes()), false)) {
                added++;
            }
        }
    }

    /** The graph with both directions of every edge. */
    GraphSample.Builder build() {
        boolean[] marked = new boolean[2 * edges.size()];
        for (int i = 0; i < edges.size(); i++) {
            marked[2 * i] = truth.get(i);
            marked[2 * i + 1] = truth.get(i);
        }
        return GraphSample.of(nodes()).undirected(edges.toArray(int[][]::new)).truth(marked);
    }

    /** Role of each node: 0 in the base. */
    int[] roles() {
        return roles.toArray();
    }
}
