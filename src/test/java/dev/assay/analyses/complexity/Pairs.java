package dev.assay.analyses.complexity;

import dev.assay.compute.Kernels;
import dev.assay.compute.PairDistances;

/** The processor's kernel of all pairs, which holds no thread of its own, for tests. */
final class Pairs {

    static final PairDistances KERNEL = Kernels.cpu(1).get(PairDistances.class);

    private Pairs() {}

    /** Adds {@code V Vᵀ} of the rows of a matrix. */
    static void add(double[] vectors, int n, int d, double[] gram) {
        KERNEL.addProducts(Gram.part(vectors, d), n, gram, () -> {});
    }
}
