package dev.assay.model.gnn;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains a network with Adam and softmax cross entropy, and keeps the weights of the best epoch: highest validation
 * accuracy, among equals the lower validation loss, among these the first (gnn-models-and-explainers, models 6).
 */
public final class GnnTrainer {

    private final GnnModel model;
    private final Options options;
    private final Listener listener;
    private final Scoring scoring;
    private final int[] train;
    private final int[] validation;
    private final GnnConfig config;
    private final List<GraphSample> graphs;
    private final List<double[]> features;

    private GnnTrainer(
            GnnModel model, GraphDataset data, int[] train, int[] validation, Options options,
            BatchedGraphConvolution kernel, Listener listener)
            throws InputException {
        this.model = model;
        this.config = model.config();
        this.options = options;
        this.listener = listener;
        this.train = train;
        this.validation = validation;
        this.scoring = new Scoring(kernel, model, data);
        this.graphs = new ArrayList<>();
        this.features = new ArrayList<>();
        for (int g = 0; g < data.size(); g++) {
            graphs.add(data.graph(g));
            features.add(model.features(data, data.graph(g)));
        }
    }

    /**
     * How to train.
     *
     * @param epochs most epochs, at least 1
     * @param learningRate of Adam
     * @param weightDecay of Adam
     * @param batchSize graphs per step; a node task takes all nodes at once
     * @param clipNorm greatest length of the derivative, 0 for any
     * @param patience epochs without gain after which it ends, 0 for never
     * @param stopAccuracy with patience: validation accuracy that ends it at once
     * @param edgeDropout share of the edge pairs left out at random in every step, 0 for none
     * @param seed of the order of samples and of the dropout
     */
    public record Options(
            int epochs, double learningRate, double weightDecay, int batchSize, double clipNorm, int patience,
            double stopAccuracy, double edgeDropout, long seed) {}

    /** What an epoch came to. */
    public record Epoch(
            int number, double trainLoss, double validationLoss, double trainAccuracy, double validationAccuracy) {}

    /** Hears of the training, on its thread. */
    public interface Listener {

        /**
         * Called before every step, and before every sample that is scored behind an epoch; may throw {@link
         * java.util.concurrent.CancellationException} to end it.
         */
        void step();

        /** Called after every epoch. */
        void epoch(Epoch epoch);

        /** Called behind it when no epoch before was better; these are the weights to keep. */
        default void best(Epoch epoch, GnnWeights weights) {}
    }

    /**
     * The end of a training.
     *
     * @param model with the best weights
     * @param bestEpoch from 1; 0 when no epoch was better than the start
     * @param epochsRun epochs that were finished
     * @param diverged whether it ended because the loss was no longer a number
     */
    public record Outcome(GnnModel model, int bestEpoch, int epochsRun, boolean diverged) {}

    /**
     * Trains.
     *
     * @param start weights to start from, e.g. {@link GnnInit#random}
     * @param train graphs (nodes in a node task) to learn from, all of them with a class
     * @param validation those that choose the best epoch; when empty, the training ones do
     * @throws AnalysisException when the data does not fit the network, or PyTorch does not start
     */
    public static Outcome train(
            GnnModel start, GraphDataset data, int[] train, int[] validation, Options options,
            BatchedGraphConvolution kernel, Listener listener)
            throws AnalysisException {
        return new GnnTrainer(start, data, train, validation, options, kernel, listener).run();
    }

    private Outcome run() throws AnalysisException {
        Map<String, GnnWeights.Tensor> now = new LinkedHashMap<>();
        model.weights().tensors().forEach(
                (name, t) -> now.put(name, new GnnWeights.Tensor(t.shape(), t.values().clone())));
        Map<String, double[]> running = new HashMap<>();
        Map<String, Adam> adam = new LinkedHashMap<>();
        now.forEach((name, t) -> {
            if (TorchGnn.trained(name)) {
                adam.put(name, new Adam(t.values().length, options.learningRate(), options.weightDecay()));
            } else {
                running.put(name, t.values());
            }
        });
        SplittableRandom order = new SplittableRandom(options.seed());
        SplittableRandom dropped = order.split();
        GnnWeights best = copy(now);
        double bestAccuracy = -1;
        double bestLoss = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        int gained = 0;
        try (TorchGnn torch = new TorchGnn(config)) {
            for (int epoch = 1; epoch <= options.epochs(); epoch++) {
                double loss = steps(torch, now, running, adam, order, dropped);
                if (!Double.isFinite(loss) || !finite(now)) {
                    return new Outcome(rebuilt(best), bestEpoch, epoch - 1, true);
                }
                GnnWeights weights = copy(now);
                Scoring.Score trained = scoring.score(weights, train, listener::step);
                Scoring.Score held =
                        validation.length == 0 ? trained : scoring.score(weights, validation, listener::step);
                Epoch figures =
                        new Epoch(epoch, trained.loss(), held.loss(), trained.accuracy(), held.accuracy());
                listener.epoch(figures);
                boolean better = held.accuracy() > bestAccuracy
                        || held.accuracy() == bestAccuracy && held.loss() < bestLoss;
                if (held.accuracy() > bestAccuracy) {
                    gained = epoch;
                }
                if (better) {
                    bestAccuracy = held.accuracy();
                    bestLoss = held.loss();
                    bestEpoch = epoch;
                    best = weights;
                    listener.best(figures, best);
                }
                if (options.patience() > 0
                        && (held.accuracy() >= options.stopAccuracy() || epoch - gained >= options.patience())) {
                    return new Outcome(rebuilt(best), bestEpoch, epoch, false);
                }
            }
        }
        return new Outcome(rebuilt(best), bestEpoch, options.epochs(), false);
    }

    private GnnModel rebuilt(GnnWeights weights) throws InputException {
        return GnnModel.of(model.name(), config, weights);
    }

    private static GnnWeights copy(Map<String, GnnWeights.Tensor> now) {
        Map<String, GnnWeights.Tensor> copy = new LinkedHashMap<>();
        now.forEach((name, t) -> copy.put(name, new GnnWeights.Tensor(t.shape(), t.values().clone())));
        return new GnnWeights(copy);
    }

    private static boolean finite(Map<String, GnnWeights.Tensor> now) {
        return now.values().stream().allMatch(t -> Arrays.stream(t.values()).allMatch(Double::isFinite));
    }

    /** One epoch of steps; the mean loss. */
    private double steps(
            TorchGnn torch, Map<String, GnnWeights.Tensor> now, Map<String, double[]> running, Map<String, Adam> adam,
            SplittableRandom order, SplittableRandom dropped) {
        int[] shuffled = train.clone();
        int size = config.task() == GraphTask.NODE ? Math.max(1, shuffled.length) : options.batchSize();
        if (config.task() == GraphTask.GRAPH) {
            Split.shuffle(shuffled, order);
        }
        double sum = 0;
        for (int at = 0; at < shuffled.length; at += size) {
            listener.step();
            int[] picked = Arrays.copyOfRange(shuffled, at, Math.min(shuffled.length, at + size));
            TorchGnn.Step step = torch.step(new GnnWeights(now), batch(picked, dropped), running);
            sum += step.loss() * picked.length;
            if (!Double.isFinite(step.loss())) {
                return step.loss();
            }
            update(now, adam, step.byWeight());
        }
        return sum / Math.max(1, shuffled.length);
    }

    private TrainingBatch batch(int[] picked, SplittableRandom dropped) {
        if (config.task() == GraphTask.NODE) {
            int[] classes = graphs.getFirst().nodeClasses();
            int[] targets = Arrays.stream(picked).map(v -> classes[v]).toArray();
            return TrainingBatch.of(config, graphs, features, targets, picked, options.edgeDropout(), dropped);
        }
        List<GraphSample> chosen = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        int[] targets = new int[picked.length];
        for (int i = 0; i < picked.length; i++) {
            chosen.add(graphs.get(picked[i]));
            rows.add(features.get(picked[i]));
            targets[i] = graphs.get(picked[i]).label();
        }
        return TrainingBatch.of(config, chosen, rows, targets, null, options.edgeDropout(), dropped);
    }

    private void update(
            Map<String, GnnWeights.Tensor> now, Map<String, Adam> adam, Map<String, float[]> byWeight) {
        double square = 0;
        for (float[] gradient : byWeight.values()) {
            for (float g : gradient) {
                square += (double) g * g;
            }
        }
        double length = Math.sqrt(square);
        double factor = options.clipNorm() > 0 && length > options.clipNorm() ? options.clipNorm() / length : 1;
        byWeight.forEach((name, gradient) -> {
            double[] scaled = new double[gradient.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = factor * gradient[i];
            }
            double[] values = now.get(name).values();
            adam.get(name).step(values, scaled);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) values[i];
            }
        });
    }
}
