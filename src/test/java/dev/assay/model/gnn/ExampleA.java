package dev.assay.model.gnn;

import dev.assay.analysis.InputException;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Example A of robust-fidelity: 8 nodes, 10 undirected edges, two GCN layers of width 3, max and mean readout. */
public final class ExampleA {

    /** The pairs in the order of the method file, which is that of sorted pairs. */
    public static final int[][] PAIRS = {
        {0, 1}, {0, 3}, {0, 4}, {1, 2}, {2, 3}, {2, 6}, {4, 5}, {4, 7}, {5, 6}, {6, 7}
    };

    static final double[] FEATURES = {
        .4, .4, 1.0, 1.1, .1, .7, .2, 1.0, .1, .3, 0, .2, 1.0, .9, .1, .5, .9, .4, .5, .5, .6, 1.2, 1.1, .4
    };
    static final double[] W1 = {1.2, .4, 0, -.8, -1.6, 1.4, .2, -.4, -.5};
    static final double[] B1 = {.2, -.2, -.1};
    static final double[] W2 = {1.5, .8, 1.3, .9, -.1, -.6, -1.2, .1, -1.3};
    static final double[] B2 = {-.3, .4, .1};
    static final double[] WO = {-1.9, 1.9, 3.4, -3.1, -2.2, 2.1, .6, 1.2, -1.5, -2.3, -.5, 3.1};
    static final double[] BO = {-.4, .1};

    private ExampleA() {}

    /** The graph, both directions of a pair one behind the other; the ground truth is the square 0-1-2-3. */
    public static GraphSample graph() {
        boolean[] truth = new boolean[20];
        for (int pair : new int[] {0, 1, 3, 4}) {
            truth[2 * pair] = true;
            truth[2 * pair + 1] = true;
        }
        return GraphSample.of(8).undirected(PAIRS).features(3, FEATURES).truth(truth).label(0).build();
    }

    static GnnConfig config(GnnConfig.Architecture architecture, GraphTask task, boolean unit, boolean self) {
        List<GnnConfig.Step> steps = unit
                ? List.of(GnnConfig.Step.CONV, GnnConfig.Step.L2, GnnConfig.Step.RELU)
                : List.of(GnnConfig.Step.CONV, GnnConfig.Step.RELU);
        return new GnnConfig(
                architecture, task, 3, 2,
                List.of(new GnnConfig.GnnLayer(3, steps), new GnnConfig.GnnLayer(3, steps)),
                List.of(GnnConfig.Readout.MAX, GnnConfig.Readout.MEAN), task == GraphTask.NODE, self, 0.1, true, 1e-5,
                GnnConfig.FeatureSource.stored(), List.of(), Map.of());
    }

    static GnnWeights gcnWeights() {
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("convs.0.lin.weight", stored(W1, 3, 3));
        tensors.put("convs.0.bias", GnnWeights.Tensor.vector(B1));
        tensors.put("convs.1.lin.weight", stored(W2, 3, 3));
        tensors.put("convs.1.bias", GnnWeights.Tensor.vector(B2));
        tensors.put("lin.weight", stored(WO, 6, 2));
        tensors.put("lin.bias", GnnWeights.Tensor.vector(BO));
        return new GnnWeights(tensors);
    }

    static GnnWeights ginWeights() {
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>();
        for (int part : new int[] {0, 2}) {
            tensors.put("convs.0.nn." + part + ".weight", stored(W1, 3, 3));
            tensors.put("convs.0.nn." + part + ".bias", GnnWeights.Tensor.vector(B1));
            tensors.put("convs.1.nn." + part + ".weight", stored(W2, 3, 3));
            tensors.put("convs.1.nn." + part + ".bias", GnnWeights.Tensor.vector(B2));
        }
        tensors.put("lin.weight", stored(WO, 6, 2));
        tensors.put("lin.bias", GnnWeights.Tensor.vector(BO));
        return new GnnWeights(tensors);
    }

    /** The network of the file: relu(P(HW) + b) twice. */
    public static GnnModel gcn() throws InputException {
        return GnnModel.of(
                "example", config(GnnConfig.Architecture.GCN, GraphTask.GRAPH, false, true), gcnWeights());
    }

    /** The same layers with a head for nodes over both layers' outputs. */
    public static GnnModel nodeModel() throws InputException {
        return model(GnnConfig.Architecture.GCN, GraphTask.NODE, false, true);
    }

    static GnnModel model(GnnConfig.Architecture architecture, GraphTask task, boolean unit, boolean self)
            throws InputException {
        return GnnModel.of(
                "example", config(architecture, task, unit, self),
                architecture == GnnConfig.Architecture.GCN ? gcnWeights() : ginWeights());
    }

    /** in x out as the file gives it, to out x in as models store it. */
    static GnnWeights.Tensor stored(double[] used, int in, int out) {
        double[] values = new double[used.length];
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                values[o * in + i] = used[i * out + o];
            }
        }
        return GnnWeights.Tensor.matrix(out, in, values);
    }
}
