package dev.assay.model.gnn;

import dev.assay.analysis.InputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holds the tensors against the configuration. */
final class WeightCheck {

    private static final String BATCHES = "num_batches_tracked";

    private final GnnConfig config;
    private final Map<String, GnnWeights.Tensor> left;
    private final Map<String, GnnWeights.Tensor> used = new LinkedHashMap<>();
    private final String where;

    private WeightCheck(GnnConfig config, Map<String, GnnWeights.Tensor> left, String where) {
        this.config = config;
        this.left = left;
        this.where = where;
    }

    /**
     * The tensors that the network uses, in its order.
     *
     * @throws InputException when one is missing, has another shape, is not finite, or is not used
     */
    static GnnWeights check(GnnConfig config, GnnWeights weights, String where) throws InputException {
        Map<String, GnnWeights.Tensor> left = new HashMap<>();
        for (Map.Entry<String, GnnWeights.Tensor> e : weights.tensors().entrySet()) {
            if (!e.getKey().endsWith(BATCHES)) {
                left.put(e.getKey().replaceFirst("^(norms\\.\\d+)\\.module\\.", "$1."), e.getValue());
            }
        }
        return new WeightCheck(config, left, where).run();
    }

    private GnnWeights run() throws InputException {
        for (int i = 0; i < config.layers().size(); i++) {
            int in = config.layerInput(i);
            int out = config.layers().get(i).width();
            String conv = "convs." + i;
            if (config.architecture() == GnnConfig.Architecture.GCN) {
                take(conv + ".lin.weight", out, in);
                takeIfThere(conv + ".bias", out);
            } else {
                take(conv + ".nn.0.weight", out, in);
                take(conv + ".nn.0.bias", out);
                take(conv + ".nn.2.weight", out, out);
                take(conv + ".nn.2.bias", out);
                takeScalarIfThere(conv + ".eps");
            }
            if (config.layers().get(i).steps().contains(GnnConfig.Step.BATCHNORM)) {
                String norm = "norms." + i;
                take(norm + ".weight", out);
                take(norm + ".bias", out);
                take(norm + ".running_mean", out);
                take(norm + ".running_var", out);
                requirePositive(norm + ".running_var");
            }
        }
        take("lin.weight", config.classes(), config.headInput());
        take("lin.bias", config.classes());
        if (!left.isEmpty()) {
            String name = left.keySet().stream().sorted().findFirst().orElseThrow();
            throw new InputException(
                    "the weights hold the tensor " + name + " " + shape(left.get(name).shape())
                            + ", which the configuration has no place for" + others(),
                    where,
                    "name the layers in config.json as the network has them, or remove the tensor");
        }
        return new GnnWeights(used);
    }

    private String others() {
        return left.size() == 1 ? "" : " (and " + (left.size() - 1) + " more)";
    }

    private void take(String name, int... shape) throws InputException {
        if (!left.containsKey(name)) {
            throw new InputException(
                    "the weights lack the tensor " + name + ", expected shape " + shape(shape),
                    where,
                    "save the whole state dict, and name the layers in config.json as the network has them");
        }
        takeIfThere(name, shape);
    }

    private void takeIfThere(String name, int... shape) throws InputException {
        GnnWeights.Tensor tensor = left.remove(name);
        if (tensor == null) {
            return;
        }
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw wrongShape(name, shape(shape), tensor);
        }
        keep(name, tensor);
    }

    private void takeScalarIfThere(String name) throws InputException {
        GnnWeights.Tensor tensor = left.remove(name);
        if (tensor == null) {
            return;
        }
        if (tensor.values().length != 1 || tensor.shape().length > 1) {
            throw wrongShape(name, "[] or [1]", tensor);
        }
        keep(name, tensor);
    }

    private InputException wrongShape(String name, String expected, GnnWeights.Tensor tensor) {
        return new InputException(
                "the tensor " + name + " has the shape " + shape(tensor.shape()) + ", expected " + expected,
                where,
                "give the widths in config.json as the network has them; every weight is stored out x in");
    }

    private void keep(String name, GnnWeights.Tensor tensor) throws InputException {
        for (int i = 0; i < tensor.values().length; i++) {
            if (!Double.isFinite(tensor.values()[i])) {
                throw new InputException(
                        "the tensor " + name + " holds " + tensor.values()[i] + " at place " + i,
                        where,
                        "the training went astray; save weights from before");
            }
        }
        used.put(name, tensor);
    }

    private void requirePositive(String name) throws InputException {
        for (double v : used.get(name).values()) {
            if (v + config.batchNormEps() <= 0) {
                throw new InputException(
                        "the tensor " + name + " holds the variance " + v, where, "save the weights again");
            }
        }
    }

    private static String shape(int[] shape) {
        return Arrays.toString(shape);
    }
}
