package dev.assay.compute.cpu;

import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import dev.assay.compute.GraphStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program with its matrices laid out for whole vectors. Immutable, shared by all graphs it runs on. */
final class GraphPlan {

    /** A step with the length of a stored row before and behind it. */
    sealed interface Op {

        /** Width of a row before the step. */
        int in();

        /** Width of a row behind it. */
        default int out() {
            return in();
        }

        /** Length of a stored row before the step. */
        default int inStride() {
            return RowOps.stride(in());
        }

        /** Length of a stored row behind it. */
        default int outStride() {
            return RowOps.stride(out());
        }
    }

    /** Rows times a matrix; {@code back} is the matrix turned for derivatives. */
    record LinearOp(int in, int out, double[] weight, double[] back, double[] bias) implements Op {

        static LinearOp of(GraphStep.Linear map) {
            double[] turned = new double[map.in() * map.out()];
            for (int i = 0; i < map.in(); i++) {
                for (int o = 0; o < map.out(); o++) {
                    turned[o * map.in() + i] = map.weight()[i * map.out() + o];
                }
            }
            double[] bias = map.bias() == null ? new double[map.out()] : map.bias();
            return new LinearOp(
                    map.in(), map.out(), RowOps.padded(map.weight(), map.in(), map.out()),
                    RowOps.padded(turned, map.out(), map.in()), RowOps.padded(bias, 1, map.out()));
        }
    }

    record NormalisedSumOp(int in) implements Op {}

    record WeightedSumOp(int in, double self) implements Op {}

    record AffineOp(int in, double[] factor, double[] shift) implements Op {}

    record ReluOp(int in) implements Op {}

    record UnitRowsOp(int in, double floor) implements Op {}

    /** The rows are a layer's output, from column {@code at} of the embedding. */
    record LayerEndOp(int in, int at) implements Op {}

    private final GraphProgram program;
    private final List<Op> ops;
    private final LinearOp head;
    private final int embedding;
    private final int sums;
    private final int widest;
    private final boolean normalised;

    GraphPlan(GraphProgram program) {
        this.program = program;
        List<Op> list = new ArrayList<>();
        int width = program.inputWidth();
        int at = 0;
        int greatest = width;
        int sumCount = 0;
        for (GraphStep step : program.steps()) {
            int now = width;
            list.add(switch (step) {
                case GraphStep.Linear map -> LinearOp.of(map);
                case GraphStep.NormalisedSum sum -> new NormalisedSumOp(now);
                case GraphStep.WeightedSum sum -> new WeightedSumOp(now, sum.self());
                case GraphStep.Affine affine -> new AffineOp(
                        now, RowOps.padded(affine.factor() == null ? ones(now) : affine.factor(), 1, now),
                        RowOps.padded(affine.shift(), 1, now));
                case GraphStep.Relu relu -> new ReluOp(now);
                case GraphStep.UnitRows unit -> new UnitRowsOp(now, unit.floor());
                case GraphStep.LayerEnd end -> new LayerEndOp(now, program.concatenate() ? at : 0);
            });
            width = list.getLast().out();
            greatest = Math.max(greatest, width);
            if (step instanceof GraphStep.LayerEnd) {
                at += width;
            } else if (step instanceof GraphStep.NormalisedSum || step instanceof GraphStep.WeightedSum) {
                sumCount++;
            }
        }
        this.ops = List.copyOf(list);
        this.embedding = program.embeddingWidth();
        this.sums = sumCount;
        this.widest = greatest;
        this.normalised = list.stream().anyMatch(NormalisedSumOp.class::isInstance);
        this.head = LinearOp.of(program.pooling().isEmpty() ? program.head() : spread(program, embedding));
    }

    private static double[] ones(int width) {
        double[] ones = new double[width];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The head for pooled rows that are each as long as a stored row: its matrix gets rows of zeros for what is unused. */
    private static GraphStep.Linear spread(GraphProgram program, int width) {
        GraphStep.Linear head = program.head();
        int stride = RowOps.stride(width);
        double[] weight = new double[program.pooling().size() * stride * head.out()];
        for (int p = 0; p < program.pooling().size(); p++) {
            System.arraycopy(
                    head.weight(), p * width * head.out(), weight, p * stride * head.out(), width * head.out());
        }
        return new GraphStep.Linear(program.pooling().size() * stride, head.out(), weight, head.bias());
    }

    GraphProgram program() {
        return program;
    }

    List<Op> ops() {
        return ops;
    }

    LinearOp head() {
        return head;
    }

    int embedding() {
        return embedding;
    }

    int embeddingStride() {
        return RowOps.stride(embedding);
    }

    /** Number of sums over edges. */
    int sums() {
        return sums;
    }

    /** Length of the longest stored row. */
    int widestStride() {
        return RowOps.stride(widest);
    }

    /** Whether degrees are needed. */
    boolean normalised() {
        return normalised;
    }

    /** Multiplications of one copy, roughly. */
    long work(GraphPattern g) {
        long work = g.nodes() * 8L + g.source().length * 4L;
        int done = 0;
        for (Op op : ops) {
            long rows = g.rows(done);
            work += switch (op) {
                case LinearOp map -> rows * map.in() * map.outStride();
                case NormalisedSumOp sum -> (rows + share(g, ++done)) * sum.inStride();
                case WeightedSumOp sum -> (rows + share(g, ++done)) * sum.inStride();
                default -> rows * op.inStride();
            };
        }
        return work;
    }

    private static long share(GraphPattern g, int done) {
        return g.start()[g.rows(done)];
    }
}
