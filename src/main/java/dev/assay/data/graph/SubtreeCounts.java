package dev.assay.data.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How often graphs hold each subtree pattern of the Weisfeiler-Lehman colouring (Shervashidze et al., "Weisfeiler-Lehman
 * Graph Kernels", JMLR 12, 2011). A node's first colour is its label; in each of three rounds it becomes the colour together
 * with those of the nodes whose edges enter it. Colours are numbered in the order in which they are met, so only counts of one
 * object can be compared. Not safe for several threads.
 */
public final class SubtreeCounts {

    private static final int ROUNDS = 3;

    private final Map<List<Integer>, Integer> colours = new HashMap<>();

    /** Counts of a graph over all rounds, by colour. */
    public record Counts(Map<Integer, Integer> byColour) {

        /** Euclidean distance of the counts, which is that of the kernel's feature vectors; 0 for isomorphic graphs. */
        public double distance(Counts other) {
            double sum = 0;
            for (Map.Entry<Integer, Integer> e : byColour.entrySet()) {
                double d = e.getValue() - other.byColour.getOrDefault(e.getKey(), 0);
                sum += d * d;
            }
            for (Map.Entry<Integer, Integer> e : other.byColour.entrySet()) {
                if (!byColour.containsKey(e.getKey())) {
                    sum += (double) e.getValue() * e.getValue();
                }
            }
            return Math.sqrt(sum);
        }
    }

    /** Counts the patterns of a graph. Takes time in proportion to its edges. */
    public Counts of(GraphSample graph) {
        int[] labels = graph.nodeLabels();
        // The first number tells rounds apart: a colour of one round is none of another.
        int[] colour = IntStream.range(0, graph.nodes())
                .map(v -> number(List.of(0, labels == null ? 0 : labels[v])))
                .toArray();
        Map<Integer, Integer> counts = new HashMap<>();
        count(colour, counts);
        GraphSample.Incoming incoming = graph.incoming();
        for (int round = 1; round <= ROUNDS; round++) {
            int[] next = new int[colour.length];
            for (int v = 0; v < colour.length; v++) {
                int from = incoming.start()[v];
                int degree = incoming.start()[v + 1] - from;
                int[] around = new int[degree];
                for (int i = 0; i < degree; i++) {
                    around[i] = colour[graph.from()[incoming.edge()[from + i]]];
                }
                Arrays.sort(around);
                next[v] = number(IntStream.concat(IntStream.of(round, colour[v]), Arrays.stream(around))
                        .boxed()
                        .toList());
            }
            colour = next;
            count(colour, counts);
        }
        return new Counts(counts);
    }

    private int number(List<Integer> pattern) {
        return colours.computeIfAbsent(pattern, p -> colours.size());
    }

    private static void count(int[] colour, Map<Integer, Integer> counts) {
        for (int c : colour) {
            counts.merge(c, 1, Integer::sum);
        }
    }
}
