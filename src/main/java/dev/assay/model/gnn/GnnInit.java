package dev.assay.model.gnn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Weights to start a training from: Glorot uniform matrices and zero bias in GCN layers; uniform within one over the root of
 * the input's width in linear maps, as PyTorch has them; batch normalisation that changes nothing (gnn-models-and-explainers, models 1).
 */
public final class GnnInit {

    private GnnInit() {}

    /** Random weights; the same seed gives the same ones. */
    public static GnnWeights random(GnnConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < config.layers().size(); i++) {
            int in = config.layerInput(i);
            int out = config.layers().get(i).width();
            String conv = "convs." + i;
            if (config.architecture() == GnnConfig.Architecture.GCN) {
                tensors.put(conv + ".lin.weight", glorot(in, out, random));
                tensors.put(conv + ".bias", constant(out, 0));
            } else {
                linear(conv + ".nn.0", in, out, random, tensors);
                linear(conv + ".nn.2", out, out, random, tensors);
            }
            if (config.layers().get(i).steps().contains(GnnConfig.Step.BATCHNORM)) {
                String norm = "norms." + i;
                tensors.put(norm + ".weight", constant(out, 1));
                tensors.put(norm + ".bias", constant(out, 0));
                tensors.put(norm + ".running_mean", constant(out, 0));
                tensors.put(norm + ".running_var", constant(out, 1));
            }
        }
        linear("lin", config.headInput(), config.classes(), random, tensors);
        return new GnnWeights(tensors);
    }

    private static void linear(
            String name, int in, int out, SplittableRandom random, Map<String, GnnWeights.Tensor> tensors) {
        double limit = 1 / Math.sqrt(in);
        tensors.put(name + ".weight", GnnWeights.Tensor.matrix(out, in, uniform(in * out, limit, random)));
        tensors.put(name + ".bias", GnnWeights.Tensor.vector(uniform(out, limit, random)));
    }

    private static GnnWeights.Tensor glorot(int in, int out, SplittableRandom random) {
        return GnnWeights.Tensor.matrix(out, in, uniform(in * out, Math.sqrt(6.0 / (in + out)), random));
    }

    /** Rounded to float32, in which training runs. */
    private static double[] uniform(int count, double limit, SplittableRandom random) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> (float) ((2 * random.nextDouble() - 1) * limit));
        return values;
    }

    private static GnnWeights.Tensor constant(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return GnnWeights.Tensor.vector(values);
    }
}
