package dev.assay.model.gnn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.assay.analysis.AnalysisException;
import dev.assay.data.graph.GraphTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The network in training mode on DJL's PyTorch engine: loss of a batch and its derivatives by all weights, by autograd.
 * Float32. Not for several threads at once.
 */
final class TorchGnn implements AutoCloseable {

    private static final String ENGINE = "PyTorch";
    private static final float LEAST = -3e38f;
    private static final double FLOOR = 1e-12;
    /** Share of the batch's own statistics that enters the running ones, as PyTorch's default. */
    private static final double MOMENTUM = 0.1;

    private final GnnConfig config;
    private final Engine engine;
    private final NDManager manager;

    TorchGnn(GnnConfig config) throws AnalysisException {
        this.config = config;
        try {
            this.engine = Engine.getEngine(ENGINE);
        } catch (EngineException | UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new AnalysisException(
                    "the PyTorch engine does not start here (" + e.getMessage() + ")", "",
                    "run \"assay doctor\" to see what is missing", e);
        }
        this.manager = engine.newBaseManager(Device.cpu());
    }

    /**
     * Loss and derivatives.
     *
     * @param loss mean cross entropy over the batch's rows
     * @param byWeight by the name of the tensor
     */
    record Step(double loss, Map<String, float[]> byWeight) {}

    /**
     * One forward and backward pass.
     *
     * @param running running statistics of batch normalisation, moved on in place
     */
    Step step(GnnWeights weights, TrainingBatch batch, Map<String, double[]> running) {
        // The engine collects for one caller at a time, whoever that is.
        synchronized (engine) {
            int threads = JniUtils.getNumThreads();
            // The matrices are small: more threads only wait for each other, and one keeps every sum in the same order.
            JniUtils.setNumThreads(1);
            try (NDManager scope = manager.newSubManager();
                    GradientCollector collector = engine.newGradientCollector()) {
                return step(scope, collector, weights, batch, running);
            } finally {
                JniUtils.setNumThreads(threads);
            }
        }
    }

    private Step step(
            NDManager scope, GradientCollector collector, GnnWeights weights, TrainingBatch batch,
            Map<String, double[]> running) {
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, GnnWeights.Tensor> e : weights.tensors().entrySet()) {
            if (trained(e.getKey())) {
                parameters.put(e.getKey(), parameter(scope, e.getValue()));
            }
        }
        NDArray scores = forward(scope, parameters, weights, batch, running);
        NDArray targets = scope.create(longs(batch.targets()), new Shape(batch.targets().length, 1));
        NDArray loss = scores.logSoftmax(1).gather(targets, 1).neg().mean();
        collector.backward(loss);
        Map<String, float[]> gradients = new LinkedHashMap<>();
        parameters.forEach((name, array) -> gradients.put(name, array.getGradient().toFloatArray()));
        return new Step(loss.toFloatArray()[0], gradients);
    }

    /** Whether a tensor is learnt; running statistics and a fixed epsilon are not. */
    static boolean trained(String name) {
        return !name.contains(".running_") && !name.endsWith(".eps");
    }

    private static NDArray parameter(NDManager scope, GnnWeights.Tensor tensor) {
        float[] values = new float[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) tensor.values()[i];
        }
        long[] shape = new long[tensor.shape().length];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = tensor.shape()[d];
        }
        NDArray array = scope.create(values, new Shape(shape));
        array.setRequiresGradient(true);
        return array;
    }

    private static long[] longs(int[] values) {
        long[] out = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    /**
     * A sparse matrix. The manager's own {@code createCoo} closes the arrays of indices and values although the matrix
     * goes on to use their memory; here they live as long as the scope does.
     */
    private static NDArray sparse(NDManager scope, float[] values, long[] row, long[] column, Shape shape) {
        long[] indices = Arrays.copyOf(row, 2 * row.length);
        System.arraycopy(column, 0, indices, row.length, row.length);
        NDArray places = scope.create(indices, new Shape(2, row.length));
        NDArray factors = scope.create(values, new Shape(values.length));
        return JniUtils.createSparseCoo((PtNDArray) places, (PtNDArray) factors, shape);
    }

    private NDArray forward(
            NDManager scope, Map<String, NDArray> parameters, GnnWeights weights, TrainingBatch batch,
            Map<String, double[]> running) {
        NDArray sum = sparse(
                scope, batch.factor(), longs(batch.row()), longs(batch.column()),
                new Shape(batch.nodes(), batch.nodes()));
        NDArray h = scope.create(batch.features(), new Shape(batch.nodes(), config.inputWidth()));
        List<NDArray> outputs = new ArrayList<>();
        for (int i = 0; i < config.layers().size(); i++) {
            for (GnnConfig.Step step : config.layers().get(i).steps()) {
                h = switch (step) {
                    case CONV -> convolution(i, sum, h, parameters, weights);
                    case L2 -> h.div(h.square().sum(new int[] {1}, true).maximum(FLOOR * FLOOR).sqrt());
                    case RELU -> Activation.relu(h);
                    case BATCHNORM -> batchNorm(i, h, parameters, running);
                };
            }
            outputs.add(h);
        }
        NDArray all = config.concatLayers() && outputs.size() > 1
                ? NDArrays.concat(new NDList(outputs), 1)
                : outputs.getLast();
        NDArray rows = config.task() == GraphTask.GRAPH ? readout(scope, all, batch)
                : rows(scope, all, batch.picked());
        return linear(rows, "lin", parameters);
    }

    private NDArray convolution(
            int i, NDArray sum, NDArray h, Map<String, NDArray> parameters, GnnWeights weights) {
        String conv = "convs." + i;
        if (config.architecture() == GnnConfig.Architecture.GCN) {
            NDArray out = sum.matMul(h.matMul(parameters.get(conv + ".lin.weight").transpose()));
            NDArray bias = parameters.get(conv + ".bias");
            return bias == null ? out : out.add(bias);
        }
        NDArray gathered = sum.matMul(h);
        GnnWeights.Tensor eps = weights.get(conv + ".eps");
        if (eps != null && config.selfTerm()) {
            // The batch's sum, which all layers share, has the configuration's epsilon.
            gathered = gathered.add(h.mul((float) (eps.values()[0] - config.epsilon())));
        }
        NDArray hidden = Activation.relu(linear(gathered, conv + ".nn.0", parameters));
        NDArray out = linear(hidden, conv + ".nn.2", parameters);
        return config.mlpFinalRelu() ? Activation.relu(out) : out;
    }

    private static NDArray linear(NDArray h, String name, Map<String, NDArray> parameters) {
        return h.matMul(parameters.get(name + ".weight").transpose()).add(parameters.get(name + ".bias"));
    }

    private NDArray batchNorm(int i, NDArray h, Map<String, NDArray> parameters, Map<String, double[]> running) {
        String norm = "norms." + i;
        NDArray mean = h.mean(new int[] {0}, true);
        NDArray centred = h.sub(mean);
        NDArray variance = centred.square().mean(new int[] {0}, true);
        long count = h.getShape().get(0);
        move(running.get(norm + ".running_mean"), mean.toFloatArray(), 1);
        move(running.get(norm + ".running_var"), variance.toFloatArray(), count > 1 ? count / (count - 1.0) : 1);
        return centred.div(variance.add((float) config.batchNormEps()).sqrt())
                .mul(parameters.get(norm + ".weight"))
                .add(parameters.get(norm + ".bias"));
    }

    private static void move(double[] running, float[] batch, double factor) {
        for (int j = 0; j < running.length; j++) {
            running[j] = (float) ((1 - MOMENTUM) * running[j] + MOMENTUM * factor * batch[j]);
        }
    }

    private static NDArray rows(NDManager scope, NDArray all, int[] picked) {
        long width = all.getShape().get(1);
        NDArray index = scope.create(longs(picked), new Shape(picked.length, 1));
        return all.gather(index.broadcast(new Shape(picked.length, width)), 0);
    }

    private NDArray readout(NDManager scope, NDArray all, TrainingBatch batch) {
        NDList parts = new NDList();
        for (GnnConfig.Readout readout : config.readout()) {
            parts.add(readout == GnnConfig.Readout.MAX ? greatest(scope, all, batch)
                    : pooled(scope, all, batch, readout == GnnConfig.Readout.MEAN));
        }
        return parts.size() == 1 ? parts.get(0) : NDArrays.concat(parts, 1);
    }

    private static NDArray pooled(NDManager scope, NDArray all, TrainingBatch batch, boolean mean) {
        long[] graph = new long[batch.nodes()];
        long[] node = new long[batch.nodes()];
        float[] factor = new float[batch.nodes()];
        for (int g = 0; g < batch.graphs(); g++) {
            int count = batch.nodeStart()[g + 1] - batch.nodeStart()[g];
            for (int v = batch.nodeStart()[g]; v < batch.nodeStart()[g + 1]; v++) {
                graph[v] = g;
                node[v] = v;
                factor[v] = mean ? 1f / count : 1f;
            }
        }
        return sparse(scope, factor, graph, node, new Shape(batch.graphs(), batch.nodes()))
                .matMul(all);
    }

    /** Greatest value of each column over a graph's nodes; short graphs are filled up with a row of least values. */
    private static NDArray greatest(NDManager scope, NDArray all, TrainingBatch batch) {
        int width = (int) all.getShape().get(1);
        int most = batch.mostNodes();
        int[] index = new int[batch.graphs() * most];
        boolean filled = false;
        for (int g = 0; g < batch.graphs(); g++) {
            int count = batch.nodeStart()[g + 1] - batch.nodeStart()[g];
            for (int i = 0; i < most; i++) {
                filled |= i >= count;
                index[g * most + i] = i < count ? batch.nodeStart()[g] + i : batch.nodes();
            }
        }
        NDArray rows = filled
                ? rows(scope, all.concat(scope.full(new Shape(1, width), LEAST), 0), index)
                : all;
        return rows.reshape(batch.graphs(), most, width).max(new int[] {1});
    }

    @Override
    public void close() {
        manager.close();
    }
}
