package dev.assay.analyses.fidelity.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analyses.fidelity.Golden;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.Kernels;
import dev.assay.data.graph.GraphSample;

import dev.assay.model.gnn.ExampleA;
import dev.assay.model.gnn.Target;
import org.junit.jupiter.api.Test;

/** A graph of which few copies fit into a call: between calls explainers look for a cancel, and memory stays small. */
class LargeInstanceTest {

    private static final int NODES = 60_000;
    private static final int PAIRS = 150;

    @Test
    void explainersGiveTheKernelAsManyCopiesAsItIsSoonThroughWith() throws Exception {
        int[][] pairs = new int[PAIRS][];
        for (int i = 0; i < PAIRS; i++) {
            pairs[i] = new int[] {i, i + 1};
        }
        double[] features = new double[3 * NODES];
        features[4] = 1;
        try (Kernels kernels = Kernels.cpu(2)) {
            GraphSample graph = GraphSample.of(NODES).undirected(pairs).features(3, features).label(0).build();
            Instance instance = Golden.instance(
                    kernels.get(BatchedGraphConvolution.class), EdgeRemoval.STRUCTURAL, ExampleA.gcn(), graph);
            int each = instance.network().copiesPerCall();
            int[] looks = new int[1];

            SimpleExplainers.occlusion(instance, Target.PROBABILITY, false, () -> looks[0]++);

            assertThat(each).isLessThan(PAIRS);
            assertThat(looks[0]).as("calls of %s copies", each).isEqualTo((PAIRS + each - 1) / each);

            looks[0] = 0;
            SimpleExplainers.integrated(instance, Target.PROBABILITY, false, 2 * each, () -> looks[0]++);
            assertThat(looks[0]).isEqualTo(2);
        }
    }
}
