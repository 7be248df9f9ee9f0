package dev.assay.compute.cpu;

import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.EdgeSets;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many copies at once as a vector has lanes, each in a lane of its own: no width is rounded up, and what differs
 * between copies (degrees, factors of messages) is computed for all of them together. Every number of a copy comes from
 * the same operations in the same order as in {@link GraphPass}, so that both give the same scores to the bit. One thread.
 */
final class GraphLanes {

    /** Copies at once. */
    static final int LANES = LaneTiles.LANES;

    private static final VectorSpecies<Double> SPECIES = LaneTiles.SPECIES;
    private static final VectorSpecies<Long> WORDS = LongVector.SPECIES_PREFERRED;

    /** Numbers of a node for all copies that should stay in the second cache, twice. */
    private static final int MOST = 32_768;

    private static final int TILE = LaneTiles.TILE;

    private final GraphPattern g;
    private final GraphPlan plan;
    private final GraphPass.Start start;
    private final int rows;
    private final double[] first;
    private final double[] weight;
    private final long[] wordOf = new long[LANES];
    private final double[] factor;
    private final double[] own;
    private final double[] root;
    private final double[] same = new double[LANES];
    private final double[][] turns = new double[2][];
    private final double[] embedding;
    private final double[] pooled;
    private final double[] scores;

    /** Whether the rows of all copies are small enough to pay. */
    static boolean fits(GraphPattern g, GraphPlan plan) {
        return (long) g.nodes() * plan.widestStride() * LANES <= MOST;
    }

    GraphLanes(GraphPattern g, GraphPlan plan, GraphPass.Start start) {
        this.g = g;
        this.plan = plan;
        this.start = start;
        int entries = g.source().length;
        this.weight = new double[entries * LANES];
        this.factor = new double[plan.normalised() ? entries * LANES : 0];
        this.own = new double[plan.normalised() ? g.nodes() * LANES : 0];
        this.root = new double[plan.normalised() ? g.nodes() * LANES : 0];
        this.rows = g.rows(plan.sums());
        int length = g.nodes() * plan.widestStride() * LANES;
        turns[0] = new double[length];
        turns[1] = new double[length];
        this.embedding = plan.program().concatenate() ? new double[rows * plan.embedding() * LANES] : null;
        List<GraphProgram.Pooling> pooling = plan.program().pooling();
        this.pooled = new double[pooling.size() * plan.embedding() * LANES];
        this.scores = new double[(pooling.isEmpty() ? rows : 1) * plan.program().classes() * LANES];
        this.first = spread();
    }

    /** What all copies begin with, in every lane. */
    private double[] spread() {
        int width = start.first() == 1 ? plan.ops().getFirst().out() : plan.program().inputWidth();
        double[] out = new double[g.nodes() * width * LANES];
        for (int v = 0; v < g.nodes(); v++) {
            for (int c = 0; c < width; c++) {
                DoubleVector.broadcast(SPECIES, start.rows()[v * RowOps.stride(width) + c])
                        .intoArray(out, (v * width + c) * LANES);
            }
        }
        return out;
    }

    private static DoubleVector at(double[] values, int index) {
        return LaneTiles.load(values, index * LANES);
    }

    /**
     * Scores of {@link #LANES} copies.
     *
     * @param w {@code [copies][edges]}, those copies' from {@code at}
     * @param out {@code [copies][rows][classes]}, those copies' from {@code to}
     */
    void scores(double[] w, int at, EdgeRemoval removal, double[] out, int to) {
        for (int i = 0; i < g.edge().length; i++) {
            int edge = g.edge()[i];
            for (int lane = 0; lane < LANES; lane++) {
                weight[i * LANES + lane] = edge < 0 ? 1 : w[at + lane * g.edges() + edge];
            }
        }
        scores(removal, out, to);
    }

    /** Scores of {@link #LANES} copies, of which the sets from {@code copy} on are removed. */
    void scores(EdgeSets removed, int copy, EdgeRemoval removal, double[] out, int to) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        int word = -1;
        LongVector bits = LongVector.zero(WORDS);
        for (int i = 0; i < g.edge().length; i++) {
            int edge = g.edge()[i];
            int unit = edge < 0 ? -1 : removed.unitOf()[edge];
            if (unit < 0) {
                one.intoArray(weight, i * LANES);
                continue;
            }
            if (unit >> 6 != word) {
                word = unit >> 6;
                for (int lane = 0; lane < LANES; lane++) {
                    wordOf[lane] = removed.bits()[removed.first() + (copy + lane) * removed.words() + word];
                }
                bits = LongVector.fromArray(WORDS, wordOf, 0);
            }
            VectorMask<Long> gone = bits.and(1L << unit).compare(VectorOperators.NE, 0);
            one.blend(zero, gone.cast(SPECIES)).intoArray(weight, i * LANES);
        }
        scores(removal, out, to);
    }

    private void scores(EdgeRemoval removal, double[] out, int to) {
        if (plan.normalised()) {
            if (removal == EdgeRemoval.STRUCTURAL) {
                degrees();
            } else {
                wholeDegrees();
            }
        }
        double[] h = first;
        int done = 0;
        for (int s = start.first(); s < plan.ops().size(); s++) {
            GraphPlan.Op op = plan.ops().get(s);
            if (op instanceof GraphPlan.NormalisedSumOp || op instanceof GraphPlan.WeightedSumOp) {
                done++;
            }
            boolean relu = mayEndInRelu(op) && s + 1 < plan.ops().size()
                    && plan.ops().get(s + 1) instanceof GraphPlan.ReluOp;
            h = step(op, h, g.rows(done), relu ? 0 : Double.NEGATIVE_INFINITY);
            s += relu ? 1 : 0;
        }
        head(plan.program().concatenate() ? embedding : h);
        int length = scores.length / LANES;
        for (int i = 0; i < length; i++) {
            for (int lane = 0; lane < LANES; lane++) {
                out[to + lane * length + i] = scores[i * LANES + lane];
            }
        }
    }

    private void degrees() {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        for (int v = 0; v < g.nodes(); v++) {
            double fixed = g.selfWeight()[v] + (g.outsideDegree() == null ? 0 : g.outsideDegree()[v]);
            DoubleVector degree = DoubleVector.broadcast(SPECIES, fixed);
            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                degree = degree.add(at(weight, i));
            }
            DoubleVector inverse = zero.blend(one.div(degree), degree.compare(VectorOperators.GT, zero));
            inverse.sqrt().intoArray(root, v * LANES);
            DoubleVector.broadcast(SPECIES, g.selfWeight()[v]).mul(inverse).intoArray(own, v * LANES);
        }
        for (int v = 0; v < g.nodes(); v++) {
            DoubleVector here = at(root, v);
            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                at(weight, i).mul(here).mul(at(root, g.source()[i])).intoArray(factor, i * LANES);
            }
        }
    }

    private void wholeDegrees() {
        for (int i = 0; i < g.source().length; i++) {
            at(weight, i).mul(start.factor()[i]).intoArray(factor, i * LANES);
        }
        for (int v = 0; v < g.nodes(); v++) {
            DoubleVector.broadcast(SPECIES, start.own()[v]).intoArray(own, v * LANES);
        }
    }

    private double[] other(double[] h) {
        return h == turns[0] ? turns[1] : turns[0];
    }

    /** Whether the step can cut its rows off below while it has them in registers. */
    private static boolean mayEndInRelu(GraphPlan.Op op) {
        return op instanceof GraphPlan.NormalisedSumOp || op instanceof GraphPlan.WeightedSumOp;
    }

    private double[] step(GraphPlan.Op op, double[] h, int count, double least) {
        int width = op.in();
        double[] inPlace = h == first ? turns[0] : h;
        switch (op) {
            case GraphPlan.LinearOp map -> {
                double[] out = other(h);
                linear(h, map, out, count);
                return out;
            }
            case GraphPlan.NormalisedSumOp sum -> {
                double[] out = other(h);
                sums(h, width, own, LANES, factor, least, count, out);
                return out;
            }
            case GraphPlan.WeightedSumOp sum -> {
                double[] out = other(h);
                Arrays.fill(same, sum.self());
                sums(h, width, same, 0, weight, least, count, out);
                return out;
            }
            case GraphPlan.AffineOp affine -> {
                for (int v = 0; v < count; v++) {
                    for (int c = 0; c < width; c++) {
                        DoubleVector f = DoubleVector.broadcast(SPECIES, affine.factor()[c]);
                        at(h, v * width + c)
                                .fma(f, DoubleVector.broadcast(SPECIES, affine.shift()[c]))
                                .intoArray(inPlace, (v * width + c) * LANES);
                    }
                }
                return inPlace;
            }
            case GraphPlan.ReluOp relu -> {
                RowOps.relu(h, inPlace, count * width * LANES);
                return inPlace;
            }
            case GraphPlan.UnitRowsOp unit -> {
                for (int v = 0; v < count; v++) {
                    unit(h, width, v, unit.floor(), inPlace);
                }
                return inPlace;
            }
            case GraphPlan.LayerEndOp end -> {
                if (plan.program().concatenate()) {
                    for (int v = 0; v < rows; v++) {
                        System.arraycopy(
                                h, v * width * LANES, embedding, (v * plan.embedding() + end.at()) * LANES,
                                width * LANES);
                    }
                }
                return h;
            }
        }
    }

    /** Rows times a matrix plus a bias. */
    private static void linear(double[] h, GraphPlan.LinearOp map, double[] out, int count) {
        int wide = map.out() / TILE * TILE;
        int row = map.in() * LANES;
        int step = map.out() * LANES;
        int v = 0;
        for (; v + TILE <= count; v += TILE) {
            for (int o = 0; o < wide; o += TILE) {
                LaneTiles.products(h, v * row, map, o, out, v * step + o * LANES, step);
            }
        }
        for (; v < count; v++) {
            for (int o = 0; o < wide; o += TILE) {
                LaneTiles.row(h, v * row, map, o, out, v * step + o * LANES);
            }
        }
        for (int o = wide; o < map.out(); o++) {
            for (int i = 0; i < count; i++) {
                LaneTiles.product(h, i * row, map, o, out, i * step + o * LANES);
            }
        }
    }

    /** Rows as weighted sums of rows; the factors of the rows themselves lie so many numbers apart. */
    private void sums(
            double[] h, int width, double[] selves, int selfStep, double[] factors, double least, int count,
            double[] out) {
        int step = width * LANES;
        int c = 0;
        for (; c + 2 * TILE <= width; c += 2 * TILE) {
            LaneTiles.sums8(g, h, c * LANES, step, selves, selfStep, factors, least, count, out);
        }
        for (; c + TILE <= width; c += TILE) {
            LaneTiles.sums4(g, h, c * LANES, step, selves, selfStep, factors, least, count, out);
        }
        for (; c < width; c++) {
            LaneTiles.sum(g, h, c * LANES, step, selves, selfStep, factors, least, count, out);
        }
    }

    /** A row divided by its length, whose sum runs as {@link RowOps#dot} has it: every so-manieth column, then these sums. */
    private static void unit(double[] h, int width, int v, double floor, double[] out) {
        DoubleVector total = DoubleVector.zero(SPECIES);
        for (int first = 0; first < Math.min(LANES, width); first++) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int c = first; c < width; c += LANES) {
                DoubleVector x = at(h, v * width + c);
                sum = x.fma(x, sum);
            }
            total = total.add(sum);
        }
        DoubleVector factor = DoubleVector.broadcast(SPECIES, 1).div(total.sqrt().max(floor));
        for (int c = 0; c < width; c++) {
            at(h, v * width + c).mul(factor).intoArray(out, (v * width + c) * LANES);
        }
    }

    private void head(double[] top) {
        int width = plan.embedding();
        List<GraphProgram.Pooling> pooling = plan.program().pooling();
        if (pooling.isEmpty()) {
            for (int v = 0; v < rows; v++) {
                score(top, v * width, 1, v);
            }
            return;
        }
        for (int p = 0; p < pooling.size() && rows > 0; p++) {
            pool(pooling.get(p), top, p * width);
        }
        score(pooled, 0, pooling.size(), 0);
    }

    private void pool(GraphProgram.Pooling pooling, double[] top, int to) {
        int width = plan.embedding();
        boolean greatest = pooling == GraphProgram.Pooling.MAX;
        double factor = pooling == GraphProgram.Pooling.MEAN ? 1.0 / rows : 1;
        int c = 0;
        for (; c + TILE <= width; c += TILE) {
            if (greatest) {
                LaneTiles.greatest(top, c * LANES, width * LANES, rows, pooled, (to + c) * LANES);
            } else {
                LaneTiles.total(top, c * LANES, width * LANES, rows, factor, pooled, (to + c) * LANES);
            }
        }
        for (; c < width; c++) {
            DoubleVector all = greatest ? at(top, c) : DoubleVector.zero(SPECIES).add(at(top, c));
            for (int v = 1; v < rows; v++) {
                DoubleVector x = at(top, v * width + c);
                all = greatest ? all.max(x) : all.add(x);
            }
            (greatest ? all : all.mul(factor)).intoArray(pooled, (to + c) * LANES);
        }
    }

    /** The head's scores of a row; pools lie behind each other, in the head's matrix each rounded up to whole vectors. */
    private void score(double[] rowsOf, int from, int pools, int row) {
        GraphPlan.LinearOp head = plan.head();
        int classes = plan.program().classes();
        int width = plan.embedding();
        for (int k = 0; k < classes; k++) {
            DoubleVector sum = DoubleVector.broadcast(SPECIES, head.bias()[k]);
            for (int p = 0; p < pools; p++) {
                int place = p * plan.embeddingStride();
                for (int c = 0; c < width; c++) {
                    double entry = head.weight()[(place + c) * head.outStride() + k];
                    sum = at(rowsOf, from + p * width + c).fma(DoubleVector.broadcast(SPECIES, entry), sum);
                }
            }
            sum.intoArray(scores, (row * classes + k) * LANES);
        }
    }
}
