package dev.assay.model.gnn;

import dev.assay.compute.GraphProgram;
import dev.assay.compute.GraphStep;
import dev.assay.data.graph.GraphTask;
import java.util.ArrayList;
import java.util.List;

/** Turns configuration and weights into numeric steps (gnn-models-and-explainers, models 1 to 4). */
final class GnnProgram {

    /** Least divisor of the row normalisation. */
    private static final double FLOOR = 1e-12;

    private final GnnConfig config;
    private final GnnWeights weights;

    private GnnProgram(GnnConfig config, GnnWeights weights) {
        this.config = config;
        this.weights = weights;
    }

    /** The steps; the weights have been checked against the configuration. */
    static GraphProgram of(GnnConfig config, GnnWeights weights) {
        return new GnnProgram(config, weights).build();
    }

    private GraphProgram build() {
        List<GraphStep> steps = new ArrayList<>();
        for (int i = 0; i < config.layers().size(); i++) {
            GnnConfig.GnnLayer layer = config.layers().get(i);
            for (GnnConfig.Step step : layer.steps()) {
                switch (step) {
                    case CONV -> convolution(i, layer.width(), steps);
                    case L2 -> steps.add(new GraphStep.UnitRows(FLOOR));
                    case RELU -> steps.add(new GraphStep.Relu());
                    case BATCHNORM -> steps.add(batchNorm(i, layer.width()));
                }
            }
            steps.add(new GraphStep.LayerEnd());
        }
        List<GraphProgram.Pooling> pooling = config.task() == GraphTask.NODE ? List.of()
                : config.readout().stream()
                        .map(r -> switch (r) {
                            case MAX -> GraphProgram.Pooling.MAX;
                            case MEAN -> GraphProgram.Pooling.MEAN;
                            case SUM -> GraphProgram.Pooling.SUM;
                        })
                        .toList();
        return new GraphProgram(
                config.inputWidth(), steps, pooling, config.concatLayers(),
                linear("lin", config.headInput(), config.classes()));
    }

    private void convolution(int i, int width, List<GraphStep> steps) {
        String conv = "convs." + i;
        int in = config.layerInput(i);
        if (config.architecture() == GnnConfig.Architecture.GCN) {
            steps.add(new GraphStep.Linear(in, width, transposed(conv + ".lin.weight", in, width), null));
            steps.add(new GraphStep.NormalisedSum());
            GnnWeights.Tensor bias = weights.get(conv + ".bias");
            if (bias != null) {
                steps.add(new GraphStep.Affine(null, bias.values()));
            }
            return;
        }
        GnnWeights.Tensor eps = weights.get(conv + ".eps");
        double epsilon = eps == null ? config.epsilon() : eps.values()[0];
        steps.add(new GraphStep.WeightedSum(config.selfTerm() ? 1 + epsilon : 0));
        steps.add(linear(conv + ".nn.0", in, width));
        steps.add(new GraphStep.Relu());
        steps.add(linear(conv + ".nn.2", width, width));
        if (config.mlpFinalRelu()) {
            steps.add(new GraphStep.Relu());
        }
    }

    private GraphStep.Linear linear(String name, int in, int out) {
        GnnWeights.Tensor bias = weights.get(name + ".bias");
        return new GraphStep.Linear(in, out, transposed(name + ".weight", in, out),
                bias == null ? null : bias.values());
    }

    private GraphStep batchNorm(int i, int width) {
        String norm = "norms." + i;
        double[] weight = weights.get(norm + ".weight").values();
        double[] bias = weights.get(norm + ".bias").values();
        double[] mean = weights.get(norm + ".running_mean").values();
        double[] variance = weights.get(norm + ".running_var").values();
        double[] factor = new double[width];
        double[] shift = new double[width];
        for (int j = 0; j < width; j++) {
            factor[j] = weight[j] / Math.sqrt(variance[j] + config.batchNormEps());
            shift[j] = bias[j] - mean[j] * factor[j];
        }
        return new GraphStep.Affine(factor, shift);
    }

    /** Stored out x in, used in x out. */
    private double[] transposed(String name, int in, int out) {
        double[] stored = weights.get(name).values();
        double[] used = new double[stored.length];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                used[i * out + o] = stored[o * in + i];
            }
        }
        return used;
    }
}
