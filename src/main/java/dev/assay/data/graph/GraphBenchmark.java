package dev.assay.data.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Generators of benchmark graphs whose class is explained by motifs that are known: the edges within a motif are the
 * ground truth, the link to the base is not (gnn-models-and-explainers, benchmark generators).
 */
public enum GraphBenchmark {
    /** Graphs of 25 nodes with a five-cycle (class 0) or a house (class 1). */
    BA_2MOTIFS("BA2MOTIFS"),
    /** One graph of 700 nodes with 80 houses; the class of a node is its place in a house. */
    BA_SHAPES("BA_SHAPES"),
    /** A binary tree with 60 six-cycles; the class of a node says whether it is in one. */
    TREE_CYCLES("TREE_CYCLES"),
    /** A binary tree with 80 grids of 3 x 3; the class of a node says whether it is in one. */
    TREE_GRID("TREE_GRID");

    /** Number of graphs of {@link #BA_2MOTIFS} as published. */
    public static final int GRAPHS = 1000;

    private static final int TREE_HEIGHT = 8;

    private final String prefix;

    GraphBenchmark(String prefix) {
        this.prefix = prefix;
    }

    /** The name that files of a TU folder begin with. */
    public String prefix() {
        return prefix;
    }

    /** As the command line writes it, e.g. {@code ba-2motifs}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The set at its published size. The same seed gives the same graphs. */
    public GraphList generate(long seed) {
        return this == BA_2MOTIFS ? twoMotifs(GRAPHS, seed) : oneGraph(new SplittableRandom(seed));
    }

    /**
     * Any number of graphs of {@link #BA_2MOTIFS}, the first half with a five-cycle and the second with a house.
     *
     * @param graphs at least 2
     */
    public static GraphList twoMotifs(int graphs, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<GraphSample> samples = new ArrayList<>();
        for (int g = 0; g < graphs; g++) {
            SplittableRandom random = seeds.split();
            int label = g < (graphs + 1) / 2 ? 0 : 1;
            GraphGrowth growth = new GraphGrowth(random);
            growth.preferential(20, 1);
            int base = growth.nodes();
            int first = growth.motif(label == 0 ? Motif.cycle(5) : Motif.house());
            growth.join(first, random.nextInt(base), false);
            samples.add(growth.build().index(g).label(label).build());
        }
        return GraphList.of(BA_2MOTIFS.toString(), GraphTask.GRAPH, samples, List.of("0", "1"));
    }

    private GraphList oneGraph(SplittableRandom random) {
        GraphGrowth growth = new GraphGrowth(random);
        Motif motif = switch (this) {
            case BA_SHAPES -> Motif.house();
            case TREE_CYCLES -> Motif.cycle(6);
            default -> Motif.grid(3);
        };
        int motifs = this == TREE_CYCLES ? 60 : 80;
        if (this == BA_SHAPES) {
            growth.preferential(300, 5);
        } else {
            growth.binaryTree(TREE_HEIGHT);
        }
        int spacing = growth.nodes() / motifs;
        for (int i = 0; i < motifs; i++) {
            int first = growth.motif(motif);
            growth.join(first, i * spacing, false);
            if (this == TREE_CYCLES && random.nextBoolean()) {
                growth.join(first + 1 + random.nextInt(3), i * spacing + 1 + random.nextInt(3), false);
            }
        }
        growth.extra(growth.edges() / 100);
        int[] roles = growth.roles();
        int classes = IntStream.of(roles).max().orElse(0) + 1;
        return GraphList.of(
                toString(), GraphTask.NODE, List.of(growth.build().nodeClasses(roles).build()),
                IntStream.range(0, classes).mapToObj(String::valueOf).toList());
    }
}
