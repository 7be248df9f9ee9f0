package dev.assay.compute.opencl;

import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.EdgeSets;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import dev.assay.compute.GraphStep;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A network on a graph as the numbers that {@code graph_convolution.cl} reads; places are those of its first enum. */
final class ClGraphProgram {

    /** Numbers in front of everything else. */
    private static final int HEADER = 28;

    private static final int LINEAR = 0;
    private static final int NORMALISED_SUM = 1;
    private static final int WEIGHTED_SUM = 2;
    private static final int AFFINE = 3;
    private static final int RELU = 4;
    private static final int UNIT_ROWS = 5;
    private static final int LAYER_END = 6;

    private final GraphPattern g;
    private final GraphProgram program;
    private final DoubleStream.Builder doubles = DoubleStream.builder();
    private int doubleCount;
    private final IntStream.Builder steps = IntStream.builder();
    private int stepCount;
    private int sums;
    private int widest;
    private final int startWidth;
    private final int atStart;
    private final int atSelf;
    private final int atOutside;
    private final int atFactor;
    private final int atOwn;
    private final int atHead;
    private final int atHeadBias;
    private final double[] numbers;
    private final int[] stepNumbers;
    private double work;

    ClGraphProgram(GraphPattern pattern, GraphProgram program, double[] features) {
        this.g = pattern;
        this.program = program;
        List<GraphStep> all = program.steps();
        // The first product does not depend on the edges: it is computed here, once for all copies.
        boolean multiplied = !all.isEmpty() && all.getFirst() instanceof GraphStep.Linear;
        double[] start = multiplied ? product((GraphStep.Linear) all.getFirst(), features) : features;
        int width = multiplied ? all.getFirst().outputWidth(program.inputWidth()) : program.inputWidth();
        this.startWidth = width;
        this.widest = width;
        int at = 0;
        for (GraphStep step : all.subList(multiplied ? 1 : 0, all.size())) {
            add(step, width, program.concatenate() ? at : 0);
            work += (double) g.rows(sums) * width * (step instanceof GraphStep.Linear map ? map.out() : 1);
            width = step.outputWidth(width);
            widest = Math.max(widest, width);
            at += step instanceof GraphStep.LayerEnd ? width : 0;
        }
        this.atHead = put(program.head().weight());
        this.atHeadBias = program.head().bias() == null ? -1 : put(program.head().bias());
        this.atStart = put(start);
        this.atSelf = put(g.selfWeight());
        this.atOutside = g.outsideDegree() == null ? -1 : put(g.outsideDegree());
        double[] own = new double[g.nodes()];
        double[] factor = wholeDegrees(own);
        this.atFactor = put(factor);
        this.atOwn = put(own);
        this.numbers = doubles.build().toArray();
        this.stepNumbers = steps.build().toArray();
    }

    private void add(GraphStep step, int width, int embeddingAt) {
        switch (step) {
            case GraphStep.Linear map -> step(
                    LINEAR, width, map.out(), put(map.weight()), map.bias() == null ? -1 : put(map.bias()));
            case GraphStep.NormalisedSum sum -> {
                sums++;
                work += (double) g.source().length * width;
                step(NORMALISED_SUM, width, width, 0, 0);
            }
            case GraphStep.WeightedSum sum -> {
                sums++;
                work += (double) g.source().length * width;
                step(WEIGHTED_SUM, width, width, put(sum.self()), 0);
            }
            case GraphStep.Affine affine -> {
                double[] ones = new double[width];
                Arrays.fill(ones, 1);
                step(AFFINE, width, width, put(affine.factor() == null ? ones : affine.factor()), put(affine.shift()));
            }
            case GraphStep.Relu relu -> step(RELU, width, width, 0, 0);
            case GraphStep.UnitRows unit -> step(UNIT_ROWS, width, width, put(unit.floor()), 0);
            case GraphStep.LayerEnd end -> step(LAYER_END, width, width, embeddingAt, 0);
        }
    }

    private void step(int kind, int in, int out, int first, int second) {
        steps.add(kind).add(in).add(out).add(first).add(second);
        stepCount++;
    }

    private int put(double... values) {
        int at = doubleCount;
        for (double value : values) {
            doubles.add(value);
        }
        doubleCount += values.length;
        return at;
    }

    private double[] product(GraphStep.Linear map, double[] rows) {
        double[] out = new double[Math.multiplyExact(g.nodes(), map.out())];
        for (int v = 0; v < g.nodes(); v++) {
            for (int o = 0; o < map.out(); o++) {
                double sum = map.bias() == null ? 0 : map.bias()[o];
                for (int i = 0; i < map.in(); i++) {
                    sum += rows[v * map.in() + i] * map.weight()[i * map.out() + o];
                }
                out[v * map.out() + o] = sum;
            }
        }
        return out;
    }

    /** Factors of messages and, in {@code own}, of self-loops, with the degrees of the whole graph. */
    private double[] wholeDegrees(double[] own) {
        double[] root = new double[g.nodes()];
        for (int v = 0; v < g.nodes(); v++) {
            double degree = g.selfWeight()[v] + (g.outsideDegree() == null ? 0 : g.outsideDegree()[v])
                    + g.start()[v + 1] - g.start()[v];
            double inverse = degree > 0 ? 1 / degree : 0;
            root[v] = Math.sqrt(inverse);
            own[v] = g.selfWeight()[v] * inverse;
        }
        double[] factor = new double[g.source().length];
        for (int v = 0; v < g.nodes(); v++) {
            for (int i = g.start()[v]; i < g.start()[v + 1]; i++) {
                factor[i] = root[v] * root[g.source()[i]];
            }
        }
        return factor;
    }

    /** The floating numbers, the same for all calls. */
    double[] doubles() {
        return numbers;
    }

    /** The whole numbers of a call. */
    int[] ints(EdgeRemoval removal, boolean softmax, EdgeSets sets) {
        int[] active = IntStream.rangeClosed(0, sums).map(g::rows).toArray();
        int[] unitOf = sets == null ? new int[0] : sets.unitOf();
        int[] pooling = program.pooling().stream().mapToInt(Enum::ordinal).toArray();
        int atSteps = HEADER;
        int atActive = atSteps + 5 * stepCount;
        int atRowStart = atActive + active.length;
        int atSource = atRowStart + g.start().length;
        int atEdge = atSource + g.source().length;
        int atUnit = atEdge + g.edge().length;
        int atPooling = atUnit + unitOf.length;
        int[] head = {
            g.nodes(), g.source().length, g.edges(), widest, program.embeddingWidth(), program.concatenate() ? 1 : 0,
            program.classes(), g.rows(sums), pooling.length, stepCount, startWidth,
            removal == EdgeRemoval.STRUCTURAL ? 1 : 0, softmax ? 1 : 0, sets == null ? 0 : sets.words(), atSteps,
            atActive, atRowStart, atSource, atEdge, atUnit, atPooling, atStart, atSelf, atOutside, atFactor, atOwn,
            atHead, atHeadBias
        };
        return Stream.of(head, stepNumbers, active, g.start(), g.source(), g.edge(), unitOf, pooling)
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    /** Numbers that a copy works on, as the kernel divides them. */
    long workLength() {
        int rows = g.rows(sums);
        return 2L * g.source().length + 2L * g.nodes() + 2L * g.nodes() * widest
                + (long) Math.max(1, rows + program.pooling().size()) * program.embeddingWidth();
    }

    /** Rows of scores of a copy. */
    int rows() {
        return program.pooling().isEmpty() ? g.rows(sums) : 1;
    }

    int classes() {
        return program.classes();
    }

    int edges() {
        return g.edges();
    }

    /** Multiplications of a copy, roughly. */
    double work() {
        return work;
    }
}
