package dev.assay.compute;

/** One numeric step on the rows of a graph's nodes, {@code [nodes][width]}. */
public sealed interface GraphStep {

    /** Width of the rows after the step. */
    default int outputWidth(int inputWidth) {
        return inputWidth;
    }

    /**
     * Rows times a matrix, plus a bias.
     *
     * @param in width before
     * @param out width after
     * @param weight {@code [in][out]}
     * @param bias {@code [out]}, or null for none
     */
    record Linear(int in, int out, double[] weight, double[] bias) implements GraphStep {
        @Override
        public int outputWidth(int inputWidth) {
            return out;
        }
    }

    /**
     * Symmetrically normalised sum over incoming edges and a self-loop: with degree d of a node = its self-loop plus its
     * incoming weights, a message from u to v counts w / sqrt(d_u d_v) and the self-loop 1 / d_v (Kipf and Welling 2017;
     * gnn-models-and-explainers, models 1).
     */
    record NormalisedSum() implements GraphStep {}

    /**
     * Plain sum over incoming edges, plus a multiple of the node itself (Xu et al. 2019; gnn-models-and-explainers,
     * models 2).
     *
     * @param self factor of the node's own row
     */
    record WeightedSum(double self) implements GraphStep {}

    /**
     * Each column times a factor plus a shift: a bias, or batch normalisation with fixed statistics.
     *
     * @param factor {@code [width]}, or null for 1
     * @param shift {@code [width]}
     */
    record Affine(double[] factor, double[] shift) implements GraphStep {}

    /** Negative values become 0. */
    record Relu() implements GraphStep {}

    /**
     * Each row divided by its Euclidean length, but by no less than a floor.
     *
     * @param floor least divisor
     */
    record UnitRows(double floor) implements GraphStep {}

    /** The end of a layer: the rows as they are now are one of the layer outputs. Changes nothing. */
    record LayerEnd() implements GraphStep {}
}
