package dev.assay.analyses.nap.verify.net;

import java.util.Arrays;
import java.util.List;

/**
 * A network of affine maps and ReLUs in float64: every layer's pre-activation is an affine map of the input and of the
 * outputs of earlier layers (of several, where there are residual additions). Node 0 is the input, node k = 1..L the
 * output of ReLU layer k; block k makes the value that enters ReLU k, block L+1 the scores. Immutable.
 */
public final class ReluNetwork {

    private final int inputs;
    private final List<Block> blocks;
    private final int[] offsets;

    /**
     * One linear map into a block.
     *
     * @param source node that it takes, 0 for the input
     * @param map the map
     */
    public record Term(int source, Linear map) {}

    /**
     * The affine map into one layer.
     *
     * @param name the layer's name
     * @param terms one for each source
     * @param bias as many values as the layer has units
     */
    public record Block(String name, List<Term> terms, double[] bias) {

        /** Copies the list. */
        public Block {
            terms = List.copyOf(terms);
        }

        /** Number of units. */
        public int width() {
            return bias.length;
        }
    }

    /**
     * A network.
     *
     * @param inputs number of input values
     * @param blocks the blocks of the ReLU layers in order, then that of the scores
     */
    public ReluNetwork(int inputs, List<Block> blocks) {
        this.inputs = inputs;
        this.blocks = List.copyOf(blocks);
        this.offsets = new int[blocks.size() + 1];
        for (int k = 1; k <= blocks.size(); k++) {
            Block block = blocks.get(k - 1);
            offsets[k] = offsets[k - 1] + (k < blocks.size() ? block.width() : 0);
            for (Term term : block.terms()) {
                int width = term.source() == 0 ? inputs : blocks.get(term.source() - 1).width();
                if (term.source() >= k || term.map().columns() != width || term.map().rows() != block.width()) {
                    throw new IllegalArgumentException("block " + k + " does not fit its source " + term.source());
                }
            }
        }
    }

    /** Number of input values. */
    public int inputs() {
        return inputs;
    }

    /** Number of scores. */
    public int outputs() {
        return blocks.getLast().width();
    }

    /** Number of ReLU layers, L. */
    public int layers() {
        return blocks.size() - 1;
    }

    /** Block k = 1..L+1. */
    public Block block(int k) {
        return blocks.get(k - 1);
    }

    /** Width of node k = 0..L, or of the scores for L+1. */
    public int width(int node) {
        return node == 0 ? inputs : blocks.get(node - 1).width();
    }

    /** Number of ReLU units. */
    public int units() {
        return offsets[layers()];
    }

    /** Flat index of the first unit of layer k = 1..L. */
    public int offset(int k) {
        return offsets[k - 1];
    }

    /** The layer, from 1, of a flat unit index. */
    public int layerOf(int unit) {
        int k = 1;
        while (unit >= offsets[k]) {
            k++;
        }
        return k;
    }

    /** Multiplications of one backward pass for one row, from the scores to the input. */
    public long work() {
        long work = 0;
        for (Block block : blocks) {
            for (Term term : block.terms()) {
                work += (long) term.map().rows() * term.map().columns();
            }
        }
        return work;
    }

    /**
     * Runs a batch.
     *
     * @param x row-major, {@code count x inputs()}
     * @return pre-activations of blocks 1..L+1 (the last are the scores), at places 0..L
     */
    public double[][] run(double[] x, int count) {
        double[][] z = new double[blocks.size()][];
        double[][] h = new double[blocks.size()][];
        h[0] = x;
        for (int k = 1; k <= blocks.size(); k++) {
            Block block = block(k);
            double[] out = new double[count * block.width()];
            for (int n = 0; n < count; n++) {
                System.arraycopy(block.bias(), 0, out, n * block.width(), block.width());
            }
            for (Term term : block.terms()) {
                term.map().forward(h[term.source()], count, out);
            }
            z[k - 1] = out;
            if (k < blocks.size()) {
                double[] relu = out.clone();
                for (int i = 0; i < relu.length; i++) {
                    relu[i] = Math.max(relu[i], 0);
                }
                h[k] = relu;
            }
        }
        return z;
    }

    /** The scores of one input. */
    public double[] scores(double[] x) {
        return run(x, 1)[layers()];
    }

    /** A network of fully connected layers, for tests and small examples: weights {@code [out][in]}. */
    public static ReluNetwork dense(double[][][] weights, double[][] biases) {
        Block[] blocks = new Block[weights.length];
        for (int k = 0; k < weights.length; k++) {
            double[] flat = Arrays.stream(weights[k]).flatMapToDouble(Arrays::stream).toArray();
            Linear map = Linear.dense(weights[k].length, weights[k][0].length, flat);
            blocks[k] = new Block("layer " + (k + 1), List.of(new Term(k, map)), biases[k]);
        }
        return new ReluNetwork(weights[0][0].length, List.of(blocks));
    }
}
