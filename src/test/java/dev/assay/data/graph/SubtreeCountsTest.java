package dev.assay.data.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SubtreeCountsTest {

    private static GraphSample graph(int nodes, int[]... edges) {
        int[] from = new int[2 * edges.length];
        int[] to = new int[2 * edges.length];
        for (int e = 0; e < edges.length; e++) {
            from[2 * e] = to[2 * e + 1] = edges[e][0];
            to[2 * e] = from[2 * e + 1] = edges[e][1];
        }
        return GraphSample.of(nodes).edges(from, to).build();
    }

    @Test
    void aPathAndATriangleDifferByTheirEndsAndMiddles() {
        SubtreeCounts counting = new SubtreeCounts();
        SubtreeCounts.Counts path = counting.of(graph(3, new int[] {0, 1}, new int[] {1, 2}));
        SubtreeCounts.Counts triangle =
                counting.of(graph(3, new int[] {0, 1}, new int[] {1, 2}, new int[] {0, 2}));
        // Round 0: three nodes alike in both. Rounds 1 to 3: in the path two ends and a middle, in the triangle three nodes of
        // degree 2; only in round 1 is the middle like them (1 against 3), afterwards its neighbours tell it apart.
        assertThat(path.distance(triangle)).isCloseTo(Math.sqrt(4 + 4 + 2 * (4 + 1 + 9)), within(1e-12));
        assertThat(triangle.distance(path)).isEqualTo(path.distance(triangle));
    }

    @Test
    void labelsCount() {
        SubtreeCounts counting = new SubtreeCounts();
        GraphSample one = GraphSample.of(1).nodeLabels(new int[] {0}).build();
        GraphSample other = GraphSample.of(1).nodeLabels(new int[] {1}).build();
        assertThat(counting.of(one).distance(counting.of(other))).isCloseTo(Math.sqrt(8), within(1e-12));
    }

    @Property(tries = 50)
    void theOrderOfNodesDoesNotMatter(@ForAll @IntRange(min = 1, max = 12) int nodes, @ForAll int seed) {
        Random random = new Random(seed);
        List<Integer> order = new ArrayList<>();
        for (int v = 0; v < nodes; v++) {
            order.add(v);
        }
        Collections.shuffle(order, random);
        List<int[]> edges = new ArrayList<>();
        List<int[]> renamed = new ArrayList<>();
        for (int a = 0; a < nodes; a++) {
            for (int b = a + 1; b < nodes; b++) {
                if (random.nextInt(3) == 0) {
                    edges.add(new int[] {a, b});
                    renamed.add(new int[] {order.get(b), order.get(a)});
                }
            }
        }
        SubtreeCounts counting = new SubtreeCounts();
        assertThat(counting.of(graph(nodes, edges.toArray(int[][]::new)))
                .distance(counting.of(graph(nodes, renamed.toArray(int[][]::new))))).isZero();
    }
}
