package dev.assay.compute.measure;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.BitLayout;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.EdgeSets;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import dev.assay.compute.GraphStep;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.PairDistances;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One workload for each kernel, always the same. */
final class Workloads {

    private static final int UNITS = 1024;
    private static final int WORDS = UNITS / Long.SIZE;
    private static final int CLASSES = 10;

    private final SplittableRandom random = new SplittableRandom(1);

    private Workloads() {}

    /** All of them; each makes its data, up to some hundred megabytes, when it is asked for, the same every time. */
    static List<Supplier<Workload>> all() {
        return List.of(
                () -> new Workloads().packing(), () -> new Workloads().counting(), () -> new Workloads().following(),
                () -> new Workloads().neighbours(), () -> new Workloads().pairs(), () -> new Workloads().graphs());
    }

    private Workload packing() {
        int rows = 16_384;
        float[] values = new float[rows * UNITS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(-7, 8);
        }
        MemorySegment from = outside(MemorySegment.ofArray(values));
        MemorySegment bits = outside(MemorySegment.ofArray(new long[rows * WORDS]));
        double bytes = 4.0 * values.length + 8.0 * rows * WORDS;
        return new Workload(
                "Threshold and pack", ActivationPacking.class, bytes, 4.0 * values.length, "bytes",
                Workload.Floor.COPY, (kernels, check) -> kernels.get(ActivationPacking.class)
                        .pack(from, rows, UNITS, 1, bits, WORDS, 0));
    }

    private MemorySegment bits(int rows) {
        return outside(MemorySegment.ofArray(random.longs((long) rows * WORDS).toArray()));
    }

    /** Outside of the heap, where engines put what they compute. */
    private static MemorySegment outside(MemorySegment values) {
        return Arena.ofAuto().allocate(values.byteSize(), 64).copyFrom(values);
    }

    private Workload counting() {
        int rows = 400_000;
        MemorySegment bits = bits(rows);
        int[] classOf = random.ints(rows, 0, CLASSES).toArray();
        BitLayout layout = new BitLayout(UNITS);
        double bytes = 8.0 * rows * WORDS;
        return new Workload(
                "Count per class", ActivationCounting.class, bytes, bytes, "bytes", Workload.Floor.COPY,
                (kernels, check) -> {
                    ActivationCounting.Tally tally = kernels.get(ActivationCounting.class).tally(CLASSES, layout);
                    tally.accumulate(bits, rows, classOf, 0);
                    tally.finish();
                });
    }

    private Workload following() {
        // More than caches of today hold, or it would be compared with copying in memory while it reads from a cache.
        int rows = 800_000;
        MemorySegment bits = bits(rows);
        BitLayout layout = new BitLayout(UNITS);
        PatternMasks.Builder builder = new PatternMasks.Builder(layout, 1, CLASSES);
        for (int c = 0; c < CLASSES; c++) {
            byte[] states = new byte[UNITS];
            for (int i = 0; i < 200; i++) {
                states[random.nextInt(UNITS)] = (byte) (random.nextBoolean() ? 1 : -1);
            }
            builder.require(0, c, states);
        }
        PatternMasks masks = builder.build();
        int[] patternOf = random.ints(rows, 0, CLASSES).toArray();
        int[] violations = new int[rows];
        double bytes = rows * (8.0 * WORDS + 8);
        return new Workload(
                "Follow a pattern", PatternFollowing.class, bytes, 8.0 * rows * WORDS, "bytes", Workload.Floor.COPY,
                (kernels, check) -> kernels.get(PatternFollowing.class)
                        .violations(bits, rows, masks, 0, patternOf, 0, violations));
    }

    private Workload neighbours() {
        int queries = 2_048;
        int rows = 16_384;
        int columns = 128;
        NeighbourSearch.Rows q = new NeighbourSearch.Rows(floats(queries * columns), queries, columns, null);
        NeighbourSearch.Rows r = new NeighbourSearch.Rows(floats(rows * columns), rows, columns, null);
        return new Workload(
                "Nearest 16 rows", NeighbourSearch.class, 4.0 * (queries + rows) * columns,
                (double) queries * rows * columns, "multiply-adds", Workload.Floor.PRODUCTS,
                (kernels, check) -> kernels.get(NeighbourSearch.class).search(q, r, 16, false, check));
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private Workload pairs() {
        int n = 2_048;
        int length = 1_024;
        double[] values = random.doubles((long) n * length, -1, 1).toArray();
        PairDistances.Vectors vectors = PairDistances.Vectors.rows(values, length);
        return new Workload(
                "Distances of all pairs", PairDistances.class, 8.0 * n * (length + n), (double) n * n * length / 2,
                "multiply-adds", Workload.Floor.DOUBLE_PRODUCTS,
                (kernels, check) -> kernels.get(PairDistances.class).distances(List.of(vectors), n, check));
    }

    /** Copies of a graph of 25 nodes, three layers of width 20, as the graphs of BA-2motifs have them. */
    private Workload graphs() {
        int nodes = 25;
        int width = 20;
        int copies = 4_096;
        List<int[]> edges = new ArrayList<>();
        for (int v = 1; v < nodes; v++) {
            int other = random.nextInt(v);
            edges.add(new int[] {v, other});
            edges.add(new int[] {other, v});
        }
        GraphPattern pattern = GraphPattern.of(
                nodes, edges.stream().mapToInt(e -> e[0]).toArray(), edges.stream().mapToInt(e -> e[1]).toArray());
        List<GraphStep> steps = new ArrayList<>();
        for (int layer = 0; layer < 3; layer++) {
            int in = layer == 0 ? 10 : width;
            steps.add(new GraphStep.Linear(
                    in, width, random.doubles((long) in * width, -1, 1).toArray(), new double[width]));
            steps.add(new GraphStep.NormalisedSum());
            steps.add(new GraphStep.Relu());
            steps.add(new GraphStep.LayerEnd());
        }
        GraphStep.Linear head =
                new GraphStep.Linear(2 * width, 2, random.doubles(4L * width, -1, 1).toArray(), new double[2]);
        GraphProgram program = new GraphProgram(
                10, steps, List.of(GraphProgram.Pooling.MAX, GraphProgram.Pooling.MEAN), false, head);
        double[] features = random.doubles(nodes * 10L, -1, 1).toArray();
        int[] unitOf = IntStream.range(0, edges.size()).map(e -> e / 2).toArray();
        long[] bits = random.longs(copies).map(word -> word & random.nextLong() & random.nextLong()).toArray();
        EdgeSets sets = new EdgeSets(bits, 0, 1, copies, unitOf);
        double[] out = new double[copies * 2];
        double work = copies * (2.0 * nodes * width * width + 3.0 * (edges.size() + nodes) * width);
        return new Workload(
                "Perturbed copies of a graph", BatchedGraphConvolution.class, 8.0 * copies * 3, work, "multiply-adds",
                Workload.Floor.DOUBLE_PRODUCTS, (kernels, check) -> kernels.get(BatchedGraphConvolution.class)
                        .prepare(pattern, program, features)
                        .probabilities(sets, EdgeRemoval.STRUCTURAL, out));
    }
}
