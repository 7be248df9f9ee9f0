package dev.assay.compute.cpu;

import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import dev.assay.compute.GraphStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The reference: one copy after the other, one number after the other, each step as its formula stands. The fast kernel is
 * held against it, and it is what one graph at a time costs.
 */
public final class PlainGraphConvolution implements BatchedGraphConvolution {

    @Override
    public Prepared prepare(GraphPattern pattern, GraphProgram program, double[] features) {
        return new Plain(pattern, program, features);
    }

    private static final class Plain implements Prepared {

        private final GraphPattern g;
        private final GraphProgram program;
        private final double[] features;
        private final int propagations;

        Plain(GraphPattern pattern, GraphProgram program, double[] features) {
            this.g = pattern;
            this.program = program;
            this.features = features;
            this.propagations = (int) program.steps().stream()
                    .filter(s -> s instanceof GraphStep.NormalisedSum || s instanceof GraphStep.WeightedSum)
                    .count();
        }

        @Override
        public int rows() {
            return program.pooling().isEmpty() ? g.rows(propagations) : 1;
        }

        @Override
        public void scores(double[] weights, int copies, EdgeRemoval removal, double[] scores) {
            int length = rows() * program.classes();
            for (int c = 0; c < copies; c++) {
                Pass pass = new Pass(weights, c * g.edges(), removal);
                System.arraycopy(pass.scores(), 0, scores, c * length, length);
            }
        }

        @Override
        public double[] embeddings(double[] weights, EdgeRemoval removal) {
            Pass pass = new Pass(weights, 0, removal);
            return pass.embedding();
        }

        @Override
        public void gradients(
                double[] weights, int copies, EdgeRemoval removal, Objective objective, double[] values,
                double[] byEdge, double[] byFeature) {
            for (int c = 0; c < copies; c++) {
                Pass pass = new Pass(weights, c * g.edges(), removal);
                double[] byScore = new double[pass.scores().length];
                values[c] = objective.evaluate(c, pass.scores(), byScore);
                double[] edges = new double[g.edges()];
                double[] input = pass.back(byScore, edges);
                if (byEdge != null) {
                    System.arraycopy(edges, 0, byEdge, c * edges.length, edges.length);
                }
                if (byFeature != null) {
                    System.arraycopy(input, 0, byFeature, c * input.length, input.length);
                }
            }
        }

        /** One copy: forward keeps the rows before each step, back goes through them in reverse. */
        private final class Pass {

            private final double[] w;
            private final int first;
            private final EdgeRemoval removal;
            private final double[] rootDegree;
            private final double[] inverse;
            private final List<double[]> before = new ArrayList<>();
            private final List<double[]> layers = new ArrayList<>();
            private final List<Integer> widths = new ArrayList<>();
            private final int rows;
            private final double[] embedding;
            private final double[] pooled;
            private final int[] greatest;
            private final double[] scores;

            Pass(double[] w, int first, EdgeRemoval removal) {
                this.w = w;
                this.first = first;
                this.removal = removal;
                this.rootDegree = new double[g.nodes()];
                this.inverse = new double[g.nodes()];
                for (int v = 0; v < g.nodes(); v++) {
                    double degree = g.selfWeight()[v] + (g.outsideDegree() == null ? 0 : g.outsideDegree()[v]);
                    for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                        degree += removal == EdgeRemoval.STRUCTURAL ? weight(i) : 1;
                    }
                    inverse[v] = degree > 0 ? 1 / degree : 0;
                    rootDegree[v] = Math.sqrt(inverse[v]);
                }
                double[] h = features;
                int width = program.inputWidth();
                int done = 0;
                for (GraphStep step : program.steps()) {
                    before.add(h);
                    widths.add(width);
                    if (step instanceof GraphStep.NormalisedSum || step instanceof GraphStep.WeightedSum) {
                        done++;
                    }
                    h = forward(step, h, width, g.rows(done));
                    width = step.outputWidth(width);
                    if (step instanceof GraphStep.LayerEnd) {
                        layers.add(h);
                        widths.set(widths.size() - 1, width);
                    }
                }
                this.rows = g.rows(done);
                int embeddingWidth = program.embeddingWidth();
                this.embedding = program.concatenate() ? concatenated(embeddingWidth) : Arrays.copyOf(h, rows * width);
                int poolings = program.pooling().size();
                this.greatest = new int[embeddingWidth];
                this.pooled = poolings == 0 ? embedding : pool(embeddingWidth);
                this.scores = linear(program.head(), pooled, poolings == 0 ? rows : 1);
            }

            double[] scores() {
                return scores;
            }

            double[] embedding() {
                return embedding;
            }

            private double weight(int entry) {
                return g.edge()[entry] < 0 ? 1 : w[first + g.edge()[entry]];
            }

            /** What a message of an entry is multiplied by. */
            private double message(int v, int entry) {
                return weight(entry) * rootDegree[v] * rootDegree[g.source()[entry]];
            }

            private double[] concatenated(int width) {
                double[] all = new double[rows * width];
                int at = 0;
                int layer = 0;
                for (int s = 0; s < program.steps().size(); s++) {
                    if (program.steps().get(s) instanceof GraphStep.LayerEnd) {
                        int own = widths.get(s);
                        for (int v = 0; v < rows; v++) {
                            System.arraycopy(layers.get(layer), v * own, all, v * width + at, own);
                        }
                        at += own;
                        layer++;
                    }
                }
                return all;
            }

            private double[] pool(int width) {
                double[] out = new double[program.pooling().size() * width];
                for (int p = 0; p < program.pooling().size(); p++) {
                    GraphProgram.Pooling pooling = program.pooling().get(p);
                    for (int j = 0; j < width; j++) {
                        double sum = 0;
                        int best = 0;
                        for (int v = 0; v < rows; v++) {
                            sum += embedding[v * width + j];
                            if (embedding[v * width + j] > embedding[best * width + j]) {
                                best = v;
                            }
                        }
                        if (pooling == GraphProgram.Pooling.MAX) {
                            greatest[j] = best;
                        }
                        out[p * width + j] = rows == 0 ? 0 : switch (pooling) {
                            case MAX -> embedding[best * width + j];
                            case MEAN -> sum / rows;
                            case SUM -> sum;
                        };
                    }
                }
                return out;
            }

            private double[] linear(GraphStep.Linear map, double[] h, int count) {
                double[] out = new double[count * map.out()];
                for (int v = 0; v < count; v++) {
                    for (int o = 0; o < map.out(); o++) {
                        double sum = map.bias() == null ? 0 : map.bias()[o];
                        for (int i = 0; i < map.in(); i++) {
                            sum += h[v * map.in() + i] * map.weight()[i * map.out() + o];
                        }
                        out[v * map.out() + o] = sum;
                    }
                }
                return out;
            }

            private double[] forward(GraphStep step, double[] h, int width, int count) {
                return switch (step) {
                    case GraphStep.Linear map -> linear(map, h, count);
                    case GraphStep.LayerEnd end -> h;
                    case GraphStep.NormalisedSum sum -> {
                        double[] out = new double[count * width];
                        for (int v = 0; v < count; v++) {
                            add(out, v, h, v, width, g.selfWeight()[v] * inverse[v]);
                            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                                add(out, v, h, g.source()[i], width, message(v, i));
                            }
                        }
                        yield out;
                    }
                    case GraphStep.WeightedSum sum -> {
                        double[] out = new double[count * width];
                        for (int v = 0; v < count; v++) {
                            add(out, v, h, v, width, sum.self());
                            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                                add(out, v, h, g.source()[i], width, weight(i));
                            }
                        }
                        yield out;
                    }
                    case GraphStep.Affine affine -> {
                        double[] out = new double[count * width];
                        for (int i = 0; i < out.length; i++) {
                            double factor = affine.factor() == null ? 1 : affine.factor()[i % width];
                            out[i] = h[i] * factor + affine.shift()[i % width];
                        }
                        yield out;
                    }
                    case GraphStep.Relu relu -> {
                        double[] out = new double[count * width];
                        for (int i = 0; i < out.length; i++) {
                            out[i] = Math.max(0, h[i]);
                        }
                        yield out;
                    }
                    case GraphStep.UnitRows unit -> {
                        double[] out = new double[count * width];
                        for (int v = 0; v < count; v++) {
                            double length = Math.max(length(h, v, width), unit.floor());
                            for (int j = 0; j < width; j++) {
                                out[v * width + j] = h[v * width + j] / length;
                            }
                        }
                        yield out;
                    }
                };
            }

            private static double length(double[] h, int v, int width) {
                double sum = 0;
                for (int j = 0; j < width; j++) {
                    sum += h[v * width + j] * h[v * width + j];
                }
                return Math.sqrt(sum);
            }

            private static void add(double[] out, int v, double[] h, int u, int width, double factor) {
                for (int j = 0; j < width; j++) {
                    out[v * width + j] += factor * h[u * width + j];
                }
            }

            /** From the derivatives by the scores to those by the weights (added) and by the features (returned). */
            double[] back(double[] byScore, double[] byEdge) {
                int width = program.embeddingWidth();
                double[] byPooled = backLinear(program.head(), byScore, program.pooling().isEmpty() ? rows : 1);
                double[] byEmbedding = program.pooling().isEmpty() ? byPooled : backPool(byPooled, width);
                int at = width;
                double[] d = null;
                int done = propagations;
                for (int s = program.steps().size() - 1; s >= 0; s--) {
                    GraphStep step = program.steps().get(s);
                    int own = widths.get(s);
                    if (step instanceof GraphStep.LayerEnd) {
                        boolean last = d == null;
                        if (last) {
                            d = new double[rows * own];
                        }
                        if (last || program.concatenate()) {
                            at -= own;
                            for (int v = 0; v < rows; v++) {
                                for (int j = 0; j < own; j++) {
                                    d[v * own + j] += byEmbedding[v * width + at + j];
                                }
                            }
                        }
                        continue;
                    }
                    boolean sum = step instanceof GraphStep.NormalisedSum || step instanceof GraphStep.WeightedSum;
                    int count = g.rows(done);
                    if (sum) {
                        done--;
                    }
                    d = back(step, d, before.get(s), own, count, g.rows(done), byEdge);
                }
                return Arrays.copyOf(d, features.length);
            }

            private double[] backPool(double[] byPooled, int width) {
                double[] d = new double[rows * width];
                for (int p = 0; p < program.pooling().size(); p++) {
                    for (int j = 0; j < width; j++) {
                        double by = byPooled[p * width + j];
                        switch (program.pooling().get(p)) {
                            case MAX -> d[greatest[j] * width + j] += by;
                            case MEAN -> {
                                for (int v = 0; v < rows; v++) {
                                    d[v * width + j] += by / rows;
                                }
                            }
                            case SUM -> {
                                for (int v = 0; v < rows; v++) {
                                    d[v * width + j] += by;
                                }
                            }
                        }
                    }
                }
                return d;
            }

            private static double[] backLinear(GraphStep.Linear map, double[] d, int count) {
                double[] out = new double[count * map.in()];
                for (int v = 0; v < count; v++) {
                    for (int i = 0; i < map.in(); i++) {
                        double sum = 0;
                        for (int o = 0; o < map.out(); o++) {
                            sum += d[v * map.out() + o] * map.weight()[i * map.out() + o];
                        }
                        out[v * map.in() + i] = sum;
                    }
                }
                return out;
            }

            private double[] back(
                    GraphStep step, double[] d, double[] h, int width, int count, int countBefore, double[] byEdge) {
                return switch (step) {
                    case GraphStep.LayerEnd end -> d;
                    case GraphStep.Linear map -> backLinear(map, d, count);
                    case GraphStep.Affine affine -> {
                        double[] out = d.clone();
                        for (int i = 0; affine.factor() != null && i < out.length; i++) {
                            out[i] *= affine.factor()[i % width];
                        }
                        yield out;
                    }
                    case GraphStep.Relu relu -> {
                        double[] out = d.clone();
                        for (int i = 0; i < out.length; i++) {
                            out[i] = h[i] > 0 ? out[i] : 0;
                        }
                        yield out;
                    }
                    case GraphStep.UnitRows unit -> {
                        double[] out = new double[count * width];
                        for (int v = 0; v < count; v++) {
                            double length = length(h, v, width);
                            boolean free = length > unit.floor();
                            double divisor = free ? length : unit.floor();
                            double along = free ? dot(d, v, h, v, width) / (divisor * divisor) : 0;
                            for (int j = 0; j < width; j++) {
                                out[v * width + j] = (d[v * width + j] - along * h[v * width + j]) / divisor;
                            }
                        }
                        yield out;
                    }
                    case GraphStep.WeightedSum sum -> {
                        double[] out = new double[countBefore * width];
                        for (int v = 0; v < count; v++) {
                            add(out, v, d, v, width, sum.self());
                            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                                int u = g.source()[i];
                                add(out, u, d, v, width, weight(i));
                                addEdge(byEdge, i, dot(d, v, h, u, width));
                            }
                        }
                        yield out;
                    }
                    case GraphStep.NormalisedSum sum -> backNormalised(d, h, width, count, countBefore, byEdge);
                };
            }

            private double[] backNormalised(
                    double[] d, double[] h, int width, int count, int countBefore, double[] byEdge) {
                double[] out = new double[countBefore * width];
                // What a change of the node's degree does, gathered over all messages that its degree divides.
                double[] byDegree = new double[g.nodes()];
                for (int v = 0; v < count; v++) {
                    double self = g.selfWeight()[v] * inverse[v];
                    add(out, v, d, v, width, self);
                    byDegree[v] -= self * dot(d, v, h, v, width) * inverse[v];
                    for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                        int u = g.source()[i];
                        double message = message(v, i);
                        double along = dot(d, v, h, u, width);
                        add(out, u, d, v, width, message);
                        addEdge(byEdge, i, along * rootDegree[u] * rootDegree[v]);
                        byDegree[v] -= message * along * inverse[v] / 2;
                        byDegree[u] -= message * along * inverse[u] / 2;
                    }
                }
                if (removal == EdgeRemoval.STRUCTURAL) {
                    for (int v = 0; v < g.nodes(); v++) {
                        for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                            addEdge(byEdge, i, byDegree[v]);
                        }
                    }
                }
                return out;
            }

            private void addEdge(double[] byEdge, int entry, double by) {
                if (g.edge()[entry] >= 0) {
                    byEdge[g.edge()[entry]] += by;
                }
            }

            private static double dot(double[] a, int v, double[] b, int u, int width) {
                double sum = 0;
                for (int j = 0; j < width; j++) {
                    sum += a[v * width + j] * b[u * width + j];
                }
                return sum;
            }
        }
    }
}
