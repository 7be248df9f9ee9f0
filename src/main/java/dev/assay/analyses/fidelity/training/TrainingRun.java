package dev.assay.analyses.fidelity.training;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.analysis.RunContext;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnFiles;
import dev.assay.model.gnn.GnnInit;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.GnnTrainer;
import dev.assay.model.gnn.GnnWeights;
import dev.assay.model.gnn.Scoring;
import dev.assay.model.gnn.Split;
import dev.assay.text.Numbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One training: makes the configuration, splits the data, trains, publishes and saves. */
final class TrainingRun {

    private static final String FOLDER = "model";

    private final GraphDataset data;
    private final GnnTrainingParameters p;
    private final RunContext context;
    private final BatchedGraphConvolution kernel;
    private final TrainingResults results;
    private final GnnConfig config;
    private GnnTrainer.Epoch bestEpoch;
    private GnnWeights bestWeights;
    private int epochsRun;

    TrainingRun(GraphDataset data, GnnTrainingParameters parameters, RunContext context) throws AnalysisException {
        this.data = data;
        this.p = parameters;
        this.context = context;
        this.kernel = context.kernel(BatchedGraphConvolution.class);
        this.results = new TrainingResults(context);
        if (!data.labelled()) {
            throw new AnalysisException(
                    "the graphs have no classes to learn", data.location().toString(),
                    "give data with graph labels, or one graph with node labels");
        }
        this.config = configuration(Map.of());
    }

    private GnnConfig configuration(Map<String, Object> training) throws InputException {
        GnnConfig.FeatureSource source = source();
        int inputWidth = switch (source.kind()) {
            case CONSTANT -> p.featureWidth();
            case STORED -> data.featureWidth();
            case LABELS -> data.nodeLabels().size();
        };
        if (inputWidth == 0) {
            throw new InputException(
                    source.kind() == GnnConfig.FeatureSource.Kind.STORED
                            ? "the data stores no node features"
                            : "the nodes of the data have no labels",
                    data.location().toString(), "use features=auto, or a number for constant features");
        }
        List<GnnConfig.GnnLayer> layers = new ArrayList<>();
        for (int i = 0; i < p.layers(); i++) {
            layers.add(new GnnConfig.GnnLayer(p.width(), steps(i)));
        }
        return new GnnConfig(
                p.architecture(), data.task(), inputWidth, data.classes().size(), layers,
                data.task() == GraphTask.GRAPH ? p.readout() : List.of(),
                p.concatLayers().or(data.task() == GraphTask.NODE), p.selfTerm(), p.epsilon(), true, 1e-5, source,
                data.classes(), training);
    }

    private List<GnnConfig.Step> steps(int layer) {
        if (p.batchNorm()) {
            return layer < p.layers() - 1
                    ? List.of(GnnConfig.Step.CONV, GnnConfig.Step.RELU, GnnConfig.Step.BATCHNORM)
                    : List.of(GnnConfig.Step.CONV, GnnConfig.Step.RELU);
        }
        return p.normalizeRows().or(p.architecture() == GnnConfig.Architecture.GCN)
                ? List.of(GnnConfig.Step.CONV, GnnConfig.Step.L2, GnnConfig.Step.RELU)
                : List.of(GnnConfig.Step.CONV, GnnConfig.Step.RELU);
    }

    private GnnConfig.FeatureSource source() {
        return switch (p.features().strip()) {
            case GnnTrainingParameters.STORED -> GnnConfig.FeatureSource.stored();
            case GnnTrainingParameters.LABELS -> GnnConfig.FeatureSource.labels();
            case GnnTrainingParameters.AUTO -> data.featureWidth() > 0 ? GnnConfig.FeatureSource.stored()
                    : data.nodeLabels().size() > 1 ? GnnConfig.FeatureSource.labels()
                            : GnnConfig.FeatureSource.constant(0.1);
            default -> GnnConfig.FeatureSource.constant(p.constant());
        };
    }

    void run() throws AnalysisException {
        int[] samples = samples();
        Split split = Split.of(
                samples, p.split().stream().mapToDouble(s -> s.toDouble()).toArray(), p.splitSeed());
        warnOfClasses(split);
        GnnModel start = GnnModel.of(data.name(), config, GnnInit.random(config, context.seed()));
        results.layers(start);
        GnnTrainer.Options options = new GnnTrainer.Options(
                p.epochs(), p.learningRate(), 0, p.batchSize(), p.clipNorm(), p.patience(), p.stopAccuracy(), 0,
                context.seed());
        RunContext.Progress progress = context.phase("Training", p.epochs(), "epochs");
        try {
            GnnTrainer.Outcome outcome = GnnTrainer.train(
                    start, data, split.train(), split.validation(), options, kernel, new Live(progress));
            if (outcome.diverged()) {
                context.warn("The loss was no longer a number after epoch " + outcome.epochsRun()
                        + "; training stopped and the best weights before are kept. Try a smaller learning rate.");
            }
        } catch (CancellationException e) {
            if (bestWeights != null) {
                finish(split);
            }
            throw e;
        }
        if (bestWeights == null) {
            throw new AnalysisException(
                    "the loss was no number in the first epoch", data.location().toString(),
                    "use a smaller learning rate, or features of moderate size");
        }
        finish(split);
    }

    /** Samples with a class; graphs without a node are left out. */
    private int[] samples() throws AnalysisException {
        int[] samples;
        if (data.task() == GraphTask.NODE) {
            int[] classes = data.graph(0).nodeClasses();
            samples = IntStream.range(0, classes.length).filter(v -> classes[v] >= 0).toArray();
        } else {
            List<Integer> found = new ArrayList<>();
            int empty = 0;
            for (int g = 0; g < data.size(); g++) {
                GraphSample graph = data.graph(g);
                if (graph.nodes() == 0) {
                    empty++;
                } else if (graph.label() >= 0) {
                    found.add(g);
                }
            }
            if (empty > 0) {
                context.warn(empty + (empty == 1 ? " graph has" : " graphs have") + " no nodes and "
                        + (empty == 1 ? "is" : "are") + " left out.");
            }
            samples = found.stream().mapToInt(Integer::intValue).toArray();
        }
        data.notes().forEach(context::warn);
        return samples;
    }

    private void warnOfClasses(Split split) throws AnalysisException {
        if (split.train().length == 0) {
            throw new AnalysisException(
                    "no sample is left to learn from", data.location().toString(),
                    "use more data, or a larger first share of the split");
        }
        long[] counts = classCounts(split.train());
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 0) {
                context.warn("The class " + data.classes().get(k) + " has no training "
                        + (data.task() == GraphTask.NODE ? "node" : "graph") + ", so it cannot be learnt.");
            }
        }
        if (split.validation().length == 0) {
            context.warn("There is no validation data; the best epoch is chosen by the training data.");
        }
    }

    private long[] classCounts(int[] samples) throws AnalysisException {
        long[] counts = new long[data.classes().size()];
        for (int s : samples) {
            counts[data.task() == GraphTask.NODE ? data.graph(0).nodeClasses()[s] : data.graph(s).label()]++;
        }
        return counts;
    }

    /** Explanations of a network that guesses are worth nothing, and its figures alone do not say that it does. */
    private void warnOfGuessing(int[] train) throws AnalysisException {
        double frequent = LongStream.of(classCounts(train)).max().orElse(0) / (double) train.length;
        if (bestEpoch.trainAccuracy() <= frequent) {
            context.warn("The network has learnt nothing: always naming the most frequent class is right for "
                    + Numbers.value(frequent, "share") + " of the training data. Train "
                    + (p.quickStart()
                            ? "with another seed or smaller batches, or without quickStart for more epochs."
                            : "for more epochs, with another seed, or with quickStart=true."));
        }
    }

    /** Figures of the best epoch, the confusion on the test part, and the folder. */
    private void finish(Split split) throws AnalysisException {
        Scoring scoring = new Scoring(kernel, GnnModel.of(data.name(), config, bestWeights), data);
        Scoring.Score test = scoring.score(bestWeights, split.test());
        results.finish(config, bestEpoch, epochsRun, test, split.test().length);
        warnOfGuessing(split.train());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("data", data.name());
        facts.put("seed", context.seed());
        facts.put("splitSeed", p.splitSeed());
        facts.put("bestEpoch", bestEpoch.number());
        facts.put("trainAccuracy", bestEpoch.trainAccuracy());
        facts.put("validationAccuracy", bestEpoch.validationAccuracy());
        if (split.test().length > 0) {
            facts.put("testAccuracy", test.accuracy());
        }
        GnnModel model = GnnModel.of(data.name(), configuration(facts), bestWeights);
        try {
            GnnFiles.writeFolder(model, context.artifacts().resolve(FOLDER));
        } catch (IOException e) {
            throw new AnalysisException(
                    "the network cannot be saved (" + e.getMessage() + ")", context.artifacts().toString(),
                    "check that there is room and that the folder may be written", e);
        }
        context.log("The network is saved in the folder " + FOLDER + ".");
    }

    /** Publishes as it goes. */
    private final class Live implements GnnTrainer.Listener {

        private final RunContext.Progress progress;

        Live(RunContext.Progress progress) {
            this.progress = progress;
        }

        @Override
        public void step() {
            context.checkCancelled();
        }

        @Override
        public void epoch(GnnTrainer.Epoch epoch) {
            epochsRun = epoch.number();
            results.epoch(epoch);
            progress.advance(1);
        }

        @Override
        public void best(GnnTrainer.Epoch epoch, GnnWeights weights) {
            bestEpoch = epoch;
            bestWeights = weights;
            results.best(epoch);
        }
    }
}
