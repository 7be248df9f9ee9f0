package dev.assay.compute.cpu;

import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import java.util.Arrays;
import java.util.List;

/** One copy after the other on the buffers of one thread: forward, and back for derivatives. */
final class GraphPass {

    /**
     * What all copies begin with.
     *
     * @param rows stored rows that the first step of a pass takes
     * @param first index of that step: 1 when the first one is a linear map, which is done already
     * @param factor {@code [entries]}: factors of messages between degrees of the whole graph; null when not needed
     * @param own {@code [nodes]}: factors of the added self-loops with these degrees
     */
    record Start(double[] rows, int first, double[] factor, double[] own) {

        static Start of(GraphPattern g, GraphPlan plan, double[] features) {
            int width = plan.program().inputWidth();
            double[] rows = RowOps.padded(features, g.nodes(), width);
            int first = 0;
            if (plan.ops().getFirst() instanceof GraphPlan.LinearOp map) {
                double[] product = new double[Math.multiplyExact(g.nodes(), map.outStride())];
                RowOps.linear(
                        rows, map.inStride(), map.in(), map.weight(), map.outStride(), map.bias(), product, g.nodes());
                rows = product;
                first = 1;
            }
            return new Start(rows, first, plan.normalised() ? new double[g.source().length] : null,
                    new double[g.nodes()]).withDegrees(g);
        }

        private Start withDegrees(GraphPattern g) {
            if (factor != null) {
                double[] ones = new double[g.edges()];
                Arrays.fill(ones, 1);
                double[] root = new double[g.nodes()];
                degrees(g, ones, 0, root, own);
                factors(g, ones, 0, root, factor);
            }
            return this;
        }
    }

    private final GraphPattern g;
    private final GraphPlan plan;
    private final Start start;
    private final double[] weight;
    private final double[] factor;
    private final double[] own;
    private final double[] rootDegree;
    private final double[][] turns = new double[2][];
    private final double[][] kept;
    private final double[][] before;
    private final double[] embedding;
    private final double[] pooled;
    private final double[] scores;
    private final int rows;
    private double[] top;
    private double[] normalFactor;
    private double[] normalOwn;
    private EdgeRemoval removal;

    GraphPass(GraphPattern g, GraphPlan plan, Start start) {
        this.g = g;
        this.plan = plan;
        this.start = start;
        int entries = g.source().length;
        this.weight = new double[entries];
        this.factor = new double[plan.normalised() ? entries : 0];
        this.own = new double[plan.normalised() ? g.nodes() : 0];
        this.rootDegree = new double[plan.normalised() ? g.nodes() : 0];
        this.kept = new double[plan.ops().size()][];
        this.before = new double[plan.ops().size()][];
        this.rows = g.rows(plan.sums());
        this.embedding = plan.program().concatenate() ? new double[rows * plan.embeddingStride()] : null;
        List<GraphProgram.Pooling> pooling = plan.program().pooling();
        this.pooled = new double[pooling.size() * plan.embeddingStride()];
        this.scores = new double[(pooling.isEmpty() ? rows : 1) * plan.head().outStride()];
    }

    /** Roots of the inverse degrees, and the factor of the self-loop that is added. */
    private static void degrees(GraphPattern g, double[] w, int first, double[] root, double[] own) {
        for (int v = 0; v < g.nodes(); v++) {
            double degree = g.selfWeight()[v] + (g.outsideDegree() == null ? 0 : g.outsideDegree()[v]);
            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                degree += g.edge()[i] < 0 ? 1 : w[first + g.edge()[i]];
            }
            double inverse = degree > 0 ? 1 / degree : 0;
            root[v] = Math.sqrt(inverse);
            own[v] = g.selfWeight()[v] * inverse;
        }
    }

    private static void factors(GraphPattern g, double[] w, int first, double[] root, double[] factor) {
        for (int v = 0; v < g.nodes(); v++) {
            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                factor[i] = (g.edge()[i] < 0 ? 1 : w[first + g.edge()[i]]) * root[v] * root[g.source()[i]];
            }
        }
    }

    /** The scores of a copy whose weights begin at {@code first}. */
    void forward(double[] w, int first, EdgeRemoval mode, boolean keep) {
        removal = mode;
        for (int i = 0; i < weight.length; i++) {
            weight[i] = g.edge()[i] < 0 ? 1 : w[first + g.edge()[i]];
        }
        if (plan.normalised()) {
            if (mode == EdgeRemoval.STRUCTURAL) {
                degrees(g, w, first, rootDegree, own);
                factors(g, w, first, rootDegree, factor);
                normalFactor = factor;
                normalOwn = own;
            } else {
                for (int i = 0; i < weight.length; i++) {
                    factor[i] = weight[i] * start.factor()[i];
                }
                normalFactor = factor;
                normalOwn = start.own();
            }
        }
        double[] h = start.rows();
        int done = 0;
        for (int s = start.first(); s < plan.ops().size(); s++) {
            before[s] = h;
            GraphPlan.Op op = plan.ops().get(s);
            if (op instanceof GraphPlan.NormalisedSumOp || op instanceof GraphPlan.WeightedSumOp) {
                done++;
            }
            h = step(op, s, h, g.rows(done), keep);
        }
        top = plan.program().concatenate() ? embedding : h;
        pool();
    }

    /** Where a step writes: a buffer of its own when rows are kept, else in place or the buffer not in use. */
    private double[] target(int s, double[] h, GraphPlan.Op op, boolean inPlace, boolean keep) {
        if (keep) {
            if (kept[s] == null) {
                kept[s] = new double[g.nodes() * op.outStride()];
            }
            return kept[s];
        }
        if (inPlace && h != start.rows()) {
            return h;
        }
        int turn = h == turns[0] ? 1 : 0;
        if (turns[turn] == null) {
            turns[turn] = new double[g.nodes() * plan.widestStride()];
        }
        return turns[turn];
    }

    private double[] step(GraphPlan.Op op, int s, double[] h, int count, boolean keep) {
        int stride = op.inStride();
        switch (op) {
            case GraphPlan.LinearOp map -> {
                double[] out = target(s, h, op, false, keep);
                RowOps.linear(
                        h, stride, map.in(), map.weight(), map.outStride(), map.bias(), out, count);
                return out;
            }
            case GraphPlan.NormalisedSumOp sum -> {
                double[] out = target(s, h, op, false, keep);
                for (int v = 0; v < count; v++) {
                    RowOps.gather(
                            h, stride, v, normalOwn[v], normalFactor, g.source(), g.start()[v], g.start()[v + 1], out);
                }
                return out;
            }
            case GraphPlan.WeightedSumOp sum -> {
                double[] out = target(s, h, op, false, keep);
                for (int v = 0; v < count; v++) {
                    RowOps.gather(
                            h, stride, v, sum.self(), weight, g.source(), g.start()[v], g.start()[v + 1], out);
                }
                return out;
            }
            case GraphPlan.AffineOp affine -> {
                double[] out = target(s, h, op, true, keep);
                RowOps.affine(h, affine.factor(), affine.shift(), out, stride, count);
                return out;
            }
            case GraphPlan.ReluOp relu -> {
                double[] out = target(s, h, op, true, keep);
                RowOps.relu(h, out, count * stride);
                return out;
            }
            case GraphPlan.UnitRowsOp unit -> {
                double[] out = target(s, h, op, true, keep);
                for (int v = 0; v < count; v++) {
                    double length = Math.sqrt(RowOps.dot(h, v * stride, h, v * stride, stride));
                    RowOps.divide(h, v * stride, Math.max(length, unit.floor()), out, stride);
                }
                return out;
            }
            case GraphPlan.LayerEndOp end -> {
                if (plan.program().concatenate()) {
                    for (int v = 0; v < rows; v++) {
                        System.arraycopy(
                                h, v * stride, embedding, v * plan.embeddingStride() + end.at(), end.in());
                    }
                }
                return h;
            }
        }
    }

    private void pool() {
        GraphPlan.LinearOp head = plan.head();
        List<GraphProgram.Pooling> pooling = plan.program().pooling();
        int stride = plan.embeddingStride();
        if (pooling.isEmpty()) {
            RowOps.linear(top, stride, head.in(), head.weight(), head.outStride(), head.bias(), scores, rows);
            return;
        }
        for (int p = 0; p < pooling.size() && rows > 0; p++) {
            switch (pooling.get(p)) {
                case MAX -> RowOps.max(top, stride, rows, pooled, p * stride);
                case MEAN -> RowOps.sum(top, stride, rows, 1.0 / rows, pooled, p * stride);
                case SUM -> RowOps.sum(top, stride, rows, 1, pooled, p * stride);
            }
        }
        RowOps.linear(pooled, pooled.length, head.in(), head.weight(), head.outStride(), head.bias(), scores, 1);
    }

    /** The scores of the latest copy, {@code [rows][classes]}. */
    void scores(double[] out, int at) {
        int classes = plan.program().classes();
        int stride = plan.head().outStride();
        for (int r = 0; r < scores.length / stride; r++) {
            System.arraycopy(scores, r * stride, out, at + r * classes, classes);
        }
    }

    /** What the head saw of the latest copy, {@code [rows][width]}. */
    double[] embedding() {
        int width = plan.embedding();
        double[] out = new double[rows * width];
        for (int v = 0; v < rows; v++) {
            System.arraycopy(top, v * plan.embeddingStride(), out, v * width, width);
        }
        return out;
    }

    /** Derivatives of the latest copy, which has been kept: those by weights are added, those by features written. */
    void back(double[] byScore, double[] byEdge, double[] byFeature, int featureAt) {
        double[] byTop = backHead(byScore);
        double[] d = null;
        int done = plan.sums();
        for (int s = plan.ops().size() - 1; s >= start.first(); s--) {
            GraphPlan.Op op = plan.ops().get(s);
            if (op instanceof GraphPlan.LayerEndOp end) {
                boolean last = d == null;
                if (last) {
                    d = new double[rows * op.inStride()];
                }
                if (last || plan.program().concatenate()) {
                    for (int v = 0; v < rows; v++) {
                        for (int j = 0; j < end.in(); j++) {
                            d[v * op.inStride() + j] += byTop[v * plan.embeddingStride() + end.at() + j];
                        }
                    }
                }
                continue;
            }
            int count = g.rows(done);
            if (op instanceof GraphPlan.NormalisedSumOp || op instanceof GraphPlan.WeightedSumOp) {
                done--;
            }
            boolean wanted = s > start.first() || byFeature != null;
            d = step(op, d, before[s], count, g.rows(done), byEdge, wanted);
        }
        if (byFeature != null) {
            features(d, byFeature, featureAt);
        }
    }

    private void features(double[] d, double[] byFeature, int featureAt) {
        int width = plan.program().inputWidth();
        int stride = RowOps.stride(width);
        int count = g.rows(0);
        double[] out = d;
        if (start.first() == 1 && plan.ops().getFirst() instanceof GraphPlan.LinearOp map) {
            out = new double[count * stride];
            RowOps.linear(d, map.outStride(), map.out(), map.back(), stride, new double[stride], out, count);
        }
        Arrays.fill(byFeature, featureAt, featureAt + g.nodes() * width, 0);
        for (int v = 0; v < count; v++) {
            System.arraycopy(out, v * stride, byFeature, featureAt + v * width, width);
        }
    }

    private double[] backHead(double[] byScore) {
        GraphPlan.LinearOp head = plan.head();
        int classes = plan.program().classes();
        List<GraphProgram.Pooling> pooling = plan.program().pooling();
        int count = pooling.isEmpty() ? rows : 1;
        double[] padded = RowOps.padded(byScore, count, classes);
        double[] byInput = new double[count * head.inStride()];
        RowOps.linear(
                padded, head.outStride(), classes, head.back(), head.inStride(), new double[head.inStride()], byInput,
                count);
        if (pooling.isEmpty()) {
            return byInput;
        }
        int stride = plan.embeddingStride();
        double[] d = new double[rows * stride];
        for (int p = 0; p < pooling.size(); p++) {
            for (int j = 0; j < plan.embedding() && rows > 0; j++) {
                double by = byInput[p * stride + j];
                switch (pooling.get(p)) {
                    case MAX -> d[greatest(j) * stride + j] += by;
                    case MEAN -> spread(d, j, by / rows);
                    case SUM -> spread(d, j, by);
                }
            }
        }
        return d;
    }

    private void spread(double[] d, int column, double by) {
        for (int v = 0; v < rows; v++) {
            d[v * plan.embeddingStride() + column] += by;
        }
    }

    private int greatest(int column) {
        int stride = plan.embeddingStride();
        int best = 0;
        for (int v = 1; v < rows; v++) {
            if (top[v * stride + column] > top[best * stride + column]) {
                best = v;
            }
        }
        return best;
    }

    private double[] step(
            GraphPlan.Op op, double[] d, double[] h, int count, int countBefore, double[] byEdge, boolean wanted) {
        int stride = op.inStride();
        switch (op) {
            case GraphPlan.LayerEndOp end -> {
                return d;
            }
            case GraphPlan.LinearOp map -> {
                double[] out = new double[count * stride];
                RowOps.linear(d, map.outStride(), map.out(), map.back(), stride, new double[stride], out, count);
                return out;
            }
            case GraphPlan.AffineOp affine -> {
                RowOps.affine(d, affine.factor(), new double[stride], d, stride, count);
                return d;
            }
            case GraphPlan.ReluOp relu -> {
                RowOps.reluBack(h, d, d, count * stride);
                return d;
            }
            case GraphPlan.UnitRowsOp unit -> {
                for (int v = 0; v < count; v++) {
                    double length = Math.sqrt(RowOps.dot(h, v * stride, h, v * stride, stride));
                    boolean free = length > unit.floor();
                    double divisor = free ? length : unit.floor();
                    if (free) {
                        double along = RowOps.dot(d, v * stride, h, v * stride, stride) / (divisor * divisor);
                        RowOps.add(h, v * stride, -along, d, v * stride, stride);
                    }
                    RowOps.divide(d, v * stride, divisor, d, stride);
                }
                return d;
            }
            case GraphPlan.WeightedSumOp sum -> {
                double[] out = wanted ? new double[countBefore * stride] : null;
                for (int v = 0; v < count; v++) {
                    if (wanted) {
                        RowOps.add(d, v * stride, sum.self(), out, v * stride, stride);
                    }
                    for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                        int u = g.source()[i];
                        if (wanted && weight[i] != 0) {
                            RowOps.add(d, v * stride, weight[i], out, u * stride, stride);
                        }
                        if (g.edge()[i] >= 0) {
                            byEdge[g.edge()[i]] += RowOps.dot(d, v * stride, h, u * stride, stride);
                        }
                    }
                }
                return out;
            }
            case GraphPlan.NormalisedSumOp sum -> {
                return backNormalised(d, h, stride, count, countBefore, byEdge, wanted);
            }
        }
    }

    private double[] backNormalised(
            double[] d, double[] h, int stride, int count, int countBefore, double[] byEdge, boolean wanted) {
        boolean structural = removal == EdgeRemoval.STRUCTURAL;
        double[] out = wanted ? new double[countBefore * stride] : null;
        // What a change of the node's degree does, gathered over all messages that its degree divides.
        double[] byDegree = structural ? new double[g.nodes()] : null;
        for (int v = 0; v < count; v++) {
            if (wanted) {
                RowOps.add(d, v * stride, normalOwn[v], out, v * stride, stride);
            }
            if (structural) {
                double inverse = rootDegree[v] * rootDegree[v];
                byDegree[v] -= normalOwn[v] * inverse * RowOps.dot(d, v * stride, h, v * stride, stride);
            }
            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                int u = g.source()[i];
                if (wanted && normalFactor[i] != 0) {
                    RowOps.add(d, v * stride, normalFactor[i], out, u * stride, stride);
                }
                if (!structural) {
                    if (g.edge()[i] >= 0) {
                        byEdge[g.edge()[i]] += start.factor()[i]
                                * RowOps.dot(d, v * stride, h, u * stride, stride);
                    }
                    continue;
                }
                double along = RowOps.dot(d, v * stride, h, u * stride, stride);
                if (g.edge()[i] >= 0) {
                    byEdge[g.edge()[i]] += along * rootDegree[u] * rootDegree[v];
                }
                double half = normalFactor[i] * along / 2;
                byDegree[v] -= half * rootDegree[v] * rootDegree[v];
                byDegree[u] -= half * rootDegree[u] * rootDegree[u];
            }
        }
        if (structural) {
            for (int v = 0; v < g.nodes(); v++) {
                for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                    if (g.edge()[i] >= 0) {
                        byEdge[g.edge()[i]] += byDegree[v];
                    }
                }
            }
        }
        return out;
    }
}
