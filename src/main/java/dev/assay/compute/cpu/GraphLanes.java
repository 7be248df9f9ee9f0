package dev.assay.compute.cpu;

import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many copies at once as a vector has lanes, each in a lane of its own: no width is rounded up, and what differs
 * between copies (degrees, factors of messages) is computed for all of them together. Every number of a copy comes from
 * the same operations in the same order as in {@link GraphPass}, so that both give the same scores to the bit. One thread.
 */
final class GraphLanes {

    /** Copies at once. */
    static final int LANES = DoubleVector.SPECIES_PREFERRED.length();

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Numbers of a node for all copies that should stay in the second cache, twice. */
    private static final int MOST = 32_768;

    private static final int TILE = 4;

    private final GraphPattern g;
    private final GraphPlan plan;
    private final GraphPass.Start start;
    private final int rows;
    private final double[] first;
    private final double[] weight;
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
        return DoubleVector.fromArray(SPECIES, values, index * LANES);
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
                for (int v = 0; v < count; v++) {
                    gather(h, width, v, own, v, factor, least, out);
                }
                return out;
            }
            case GraphPlan.WeightedSumOp sum -> {
                double[] out = other(h);
                Arrays.fill(same, sum.self());
                for (int v = 0; v < count; v++) {
                    gather(h, width, v, same, 0, weight, least, out);
                }
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

    /** Rows times a matrix plus a bias: tiles of four rows and four columns stay in registers. */
    private static void linear(double[] h, GraphPlan.LinearOp map, double[] out, int count) {
        int wide = map.out() / TILE * TILE;
        int v = 0;
        for (; v + TILE <= count; v += TILE) {
            for (int o = 0; o < wide; o += TILE) {
                tile(h, v * map.in() * LANES, map, o, out, (v * map.out() + o) * LANES);
            }
            for (int i = v; i < v + TILE; i++) {
                narrow(h, i, map, wide, out);
            }
        }
        for (; v < count; v++) {
            for (int o = 0; o < wide; o += TILE) {
                low(h, v * map.in() * LANES, map, o, out, (v * map.out() + o) * LANES);
            }
            narrow(h, v, map, wide, out);
        }
    }

    private static void tile(double[] h, int at, GraphPlan.LinearOp map, int o, double[] out, int to) {
        double[] weights = map.weight();
        int in = map.in();
        int stride = map.outStride();
        DoubleVector s00 = DoubleVector.broadcast(SPECIES, map.bias()[o]);
        DoubleVector s01 = DoubleVector.broadcast(SPECIES, map.bias()[o + 1]);
        DoubleVector s02 = DoubleVector.broadcast(SPECIES, map.bias()[o + 2]);
        DoubleVector s03 = DoubleVector.broadcast(SPECIES, map.bias()[o + 3]);
        DoubleVector s10 = s00;
        DoubleVector s11 = s01;
        DoubleVector s12 = s02;
        DoubleVector s13 = s03;
        DoubleVector s20 = s00;
        DoubleVector s21 = s01;
        DoubleVector s22 = s02;
        DoubleVector s23 = s03;
        DoubleVector s30 = s00;
        DoubleVector s31 = s01;
        DoubleVector s32 = s02;
        DoubleVector s33 = s03;
        int a = at;
        int b = at + in * LANES;
        int c = b + in * LANES;
        int d = c + in * LANES;
        for (int i = 0, w = o; i < in; i++, w += stride) {
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, h, a + i * LANES);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, h, b + i * LANES);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, h, c + i * LANES);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, h, d + i * LANES);
            DoubleVector y = DoubleVector.broadcast(SPECIES, weights[w]);
            s00 = x0.fma(y, s00);
            s10 = x1.fma(y, s10);
            s20 = x2.fma(y, s20);
            s30 = x3.fma(y, s30);
            y = DoubleVector.broadcast(SPECIES, weights[w + 1]);
            s01 = x0.fma(y, s01);
            s11 = x1.fma(y, s11);
            s21 = x2.fma(y, s21);
            s31 = x3.fma(y, s31);
            y = DoubleVector.broadcast(SPECIES, weights[w + 2]);
            s02 = x0.fma(y, s02);
            s12 = x1.fma(y, s12);
            s22 = x2.fma(y, s22);
            s32 = x3.fma(y, s32);
            y = DoubleVector.broadcast(SPECIES, weights[w + 3]);
            s03 = x0.fma(y, s03);
            s13 = x1.fma(y, s13);
            s23 = x2.fma(y, s23);
            s33 = x3.fma(y, s33);
        }
        store(s00, s01, s02, s03, out, to);
        store(s10, s11, s12, s13, out, to + map.out() * LANES);
        store(s20, s21, s22, s23, out, to + 2 * map.out() * LANES);
        store(s30, s31, s32, s33, out, to + 3 * map.out() * LANES);
    }

    private static void low(double[] h, int at, GraphPlan.LinearOp map, int o, double[] out, int to) {
        double[] weights = map.weight();
        DoubleVector s = DoubleVector.broadcast(SPECIES, map.bias()[o]);
        DoubleVector t = DoubleVector.broadcast(SPECIES, map.bias()[o + 1]);
        DoubleVector u = DoubleVector.broadcast(SPECIES, map.bias()[o + 2]);
        DoubleVector v = DoubleVector.broadcast(SPECIES, map.bias()[o + 3]);
        for (int i = 0, w = o; i < map.in(); i++, w += map.outStride()) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, h, at + i * LANES);
            s = x.fma(DoubleVector.broadcast(SPECIES, weights[w]), s);
            t = x.fma(DoubleVector.broadcast(SPECIES, weights[w + 1]), t);
            u = x.fma(DoubleVector.broadcast(SPECIES, weights[w + 2]), u);
            v = x.fma(DoubleVector.broadcast(SPECIES, weights[w + 3]), v);
        }
        store(s, t, u, v, out, to);
    }

    private static void store(
            DoubleVector s, DoubleVector t, DoubleVector u, DoubleVector v, double[] out, int to) {
        s.intoArray(out, to);
        t.intoArray(out, to + LANES);
        u.intoArray(out, to + 2 * LANES);
        v.intoArray(out, to + 3 * LANES);
    }

    /** The columns of a row that make no whole tile. */
    private static void narrow(double[] h, int v, GraphPlan.LinearOp map, int from, double[] out) {
        for (int o = from; o < map.out(); o++) {
            DoubleVector sum = DoubleVector.broadcast(SPECIES, map.bias()[o]);
            for (int i = 0; i < map.in(); i++) {
                double w = map.weight()[i * map.outStride() + o];
                sum = at(h, v * map.in() + i).fma(DoubleVector.broadcast(SPECIES, w), sum);
            }
            sum.intoArray(out, (v * map.out() + o) * LANES);
        }
    }

    /** One row as the weighted sum of rows; the factor of the row itself is found in a vector of {@code selves}. */
    private void gather(
            double[] h, int width, int v, double[] selves, int selfAt, double[] factors, double least, double[] out) {
        DoubleVector floor = DoubleVector.broadcast(SPECIES, least);
        DoubleVector self = at(selves, selfAt);
        int begin = g.start()[v];
        int end = g.start()[v + 1];
        int c = 0;
        for (; c + TILE <= width; c += TILE) {
            int here = (v * width + c) * LANES;
            DoubleVector s = DoubleVector.fromArray(SPECIES, h, here).mul(self);
            DoubleVector t = DoubleVector.fromArray(SPECIES, h, here + LANES).mul(self);
            DoubleVector u = DoubleVector.fromArray(SPECIES, h, here + 2 * LANES).mul(self);
            DoubleVector x = DoubleVector.fromArray(SPECIES, h, here + 3 * LANES).mul(self);
            for (int i = begin; i < end; i++) {
                DoubleVector f = at(factors, i);
                int there = (g.source()[i] * width + c) * LANES;
                s = DoubleVector.fromArray(SPECIES, h, there).fma(f, s);
                t = DoubleVector.fromArray(SPECIES, h, there + LANES).fma(f, t);
                u = DoubleVector.fromArray(SPECIES, h, there + 2 * LANES).fma(f, u);
                x = DoubleVector.fromArray(SPECIES, h, there + 3 * LANES).fma(f, x);
            }
            store(s.max(floor), t.max(floor), u.max(floor), x.max(floor), out, here);
        }
        for (; c < width; c++) {
            DoubleVector s = at(h, v * width + c).mul(self);
            for (int i = begin; i < end; i++) {
                s = at(h, g.source()[i] * width + c).fma(at(factors, i), s);
            }
            s.max(floor).intoArray(out, (v * width + c) * LANES);
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
                score(top, v * width, width, width, v);
            }
            return;
        }
        for (int p = 0; p < pooling.size() && rows > 0; p++) {
            for (int c = 0; c < width; c++) {
                pool(pooling.get(p), top, width, c).intoArray(pooled, (p * width + c) * LANES);
            }
        }
        score(pooled, 0, pooling.size() * width, width, 0);
    }

    private DoubleVector pool(GraphProgram.Pooling pooling, double[] top, int width, int c) {
        if (pooling == GraphProgram.Pooling.MAX) {
            DoubleVector best = at(top, c);
            for (int v = 1; v < rows; v++) {
                best = best.max(at(top, v * width + c));
            }
            return best;
        }
        DoubleVector sum = DoubleVector.zero(SPECIES);
        for (int v = 0; v < rows; v++) {
            sum = sum.add(at(top, v * width + c));
        }
        return sum.mul(pooling == GraphProgram.Pooling.MEAN ? 1.0 / rows : 1);
    }

    /** The head's scores of a row; pools lie behind each other, in the head's matrix each rounded up to whole vectors. */
    private void score(double[] rowsOf, int from, int length, int width, int row) {
        GraphPlan.LinearOp head = plan.head();
        int classes = plan.program().classes();
        int poolStride = plan.embeddingStride();
        for (int k = 0; k < classes; k++) {
            DoubleVector sum = DoubleVector.broadcast(SPECIES, head.bias()[k]);
            for (int i = 0; i < length; i++) {
                int place = i / width * poolStride + i % width;
                sum = at(rowsOf, from + i)
                        .fma(DoubleVector.broadcast(SPECIES, head.weight()[place * head.outStride() + k]), sum);
            }
            sum.intoArray(scores, (row * classes + k) * LANES);
        }
    }
}
