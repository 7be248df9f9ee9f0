package dev.assay.compute;

/**
 * Runs a network of graph convolutions over many copies of one graph that differ only in the weights of their edges. All
 * copies share one sparsity pattern; a removed edge has weight 0. Arithmetic is float64 and the result of a copy does not
 * depend on which other copies are in the call.
 */
public interface BatchedGraphConvolution {

    /**
     * Makes a graph ready: what does not depend on the weights is computed once.
     *
     * @param pattern the edges
     * @param program the network
     * @param features {@code [nodes][program.inputWidth()]}, not changed and not to be changed any more
     */
    Prepared prepare(GraphPattern pattern, GraphProgram program, double[] features);

    /** A graph that is ready. Safe to use from several threads at once. */
    interface Prepared {

        /** Rows of class scores for each copy: 1 when nodes are pooled, else the pattern's last number of active nodes. */
        int rows();

        /**
         * Class scores before softmax.
         *
         * @param weights {@code [copies][edges]}, usually 0 or 1
         * @param copies number of copies
         * @param removal what a weight means
         * @param scores {@code [copies][rows][classes]}, overwritten
         */
        void scores(double[] weights, int copies, EdgeRemoval removal, double[] scores);

        /**
         * Class probabilities of copies from which sets of edges are removed.
         *
         * @param removed what is removed from each copy
         * @param removal what removing means
         * @param probabilities {@code [copies][rows][classes]}, overwritten
         */
        default void probabilities(EdgeSets removed, EdgeRemoval removal, double[] probabilities) {
            scores(removed.weights(), removed.copies(), removal, probabilities);
            int rows = removed.copies() * rows();
            EdgeSets.softmax(probabilities, 0, rows, rows == 0 ? 0 : probabilities.length / rows);
        }

        /**
         * Derivatives of a scalar of each copy's scores by its edge weights and its features.
         *
         * @param weights {@code [copies][edges]}
         * @param copies number of copies
         * @param removal what a weight means
         * @param objective the scalar
         * @param values {@code [copies]}, overwritten with the scalar
         * @param byEdge {@code [copies][edges]}, overwritten; null when not wanted
         * @param byFeature {@code [copies][nodes][inputWidth]}, overwritten; null when not wanted
         */
        void gradients(
                double[] weights,
                int copies,
                EdgeRemoval removal,
                Objective objective,
                double[] values,
                double[] byEdge,
                double[] byFeature);

        /**
         * What the head sees of each active node, for the graph with the given weights.
         *
         * @param weights {@code [edges]}
         * @return {@code [active nodes after the last layer][program.embeddingWidth()]}
         */
        double[] embeddings(double[] weights, EdgeRemoval removal);
    }

    /** A scalar function of a copy's scores. Called from several threads at once. */
    @FunctionalInterface
    interface Objective {

        /**
         * Evaluates it.
         *
         * @param copy which copy
         * @param scores {@code [rows][classes]}, not to be changed
         * @param byScore {@code [rows][classes]} of zeros, to be filled with the derivatives by the scores
         * @return the value
         */
        double evaluate(int copy, double[] scores, double[] byScore);
    }
}
