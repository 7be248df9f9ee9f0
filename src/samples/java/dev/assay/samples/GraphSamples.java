package dev.assay.samples;

import dev.assay.analysis.AnalysisException;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.Kernels;
import dev.assay.data.graph.GraphBenchmark;
import dev.assay.data.graph.GraphList;
import dev.assay.data.graph.GraphTask;
import dev.assay.data.graph.TuFolderWriter;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnFiles;
import dev.assay.model.gnn.GnnInit;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.GnnTrainer;
import dev.assay.model.gnn.Scoring;
import dev.assay.model.gnn.Split;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes the small BA-2motifs and trains the reference GCN on it. */
final class GraphSamples {

    private static final int GRAPHS = 200;
    private static final long GRAPH_SEED = 3;
    private static final long SPLIT_SEED = 42;
    private static final long TRAINING_SEED = 1;
    private static final int EPOCHS = 450;
    private static final double LEAST_ACCURACY = 0.95;

    private GraphSamples() {}

    static void make(Path folder, PrintStream out) throws IOException, AnalysisException {
        GraphList data = GraphBenchmark.twoMotifs(GRAPHS, GRAPH_SEED);
        TuFolderWriter.write(data, folder.resolve("ba2motifs"), GraphBenchmark.BA_2MOTIFS.prefix());
        GnnConfig config = config(Map.of());
        GnnModel start = GnnModel.of("ba2motifs-gcn", config, GnnInit.random(config, TRAINING_SEED));
        Split split = Split.of(IntStream.range(0, GRAPHS).toArray(), new double[] {0.8, 0.1, 0.1}, SPLIT_SEED);
        GnnTrainer.Options options =
                new GnnTrainer.Options(EPOCHS, 0.001, 0, 16, 2.0, 0, 1, 0, TRAINING_SEED);
        try (Kernels kernels = Kernels.cpu(1)) {
            BatchedGraphConvolution kernel = kernels.get(BatchedGraphConvolution.class);
            GnnTrainer.Outcome outcome = GnnTrainer.train(
                    start, data, split.train(), split.validation(), options, kernel, new GnnTrainer.Listener() {
                        @Override
                        public void step() {
                            // Nobody cancels the recipe.
                        }

                        @Override
                        public void epoch(GnnTrainer.Epoch epoch) {
                            if (epoch.number() % 100 == 0) {
                                out.printf(
                                        "epoch %d: loss %.4f, validation accuracy %.2f%n", epoch.number(),
                                        epoch.trainLoss(), epoch.validationAccuracy());
                            }
                        }
                    });
            Scoring scoring = new Scoring(kernel, outcome.model(), data);
            double train = scoring.score(outcome.model().weights(), split.train()).accuracy();
            double test = scoring.score(outcome.model().weights(), split.test()).accuracy();
            GnnModel model = GnnModel.of(
                    "ba2motifs-gcn",
                    config(Map.of(
                            "data", "ba2motifs", "seed", TRAINING_SEED, "splitSeed", SPLIT_SEED, "bestEpoch",
                            outcome.bestEpoch(), "trainAccuracy", train, "testAccuracy", test)),
                    outcome.model().weights());
            GnnFiles.writeFolder(model, folder.resolve("models").resolve("ba2motifs-gcn"));
            out.printf(
                    "ba2motifs-gcn: best epoch %d, accuracy %.3f on the training and %.3f on the test graphs%n",
                    outcome.bestEpoch(), train, test);
            if (test < LEAST_ACCURACY) {
                throw new IllegalStateException("ba2motifs-gcn is less accurate than " + LEAST_ACCURACY);
            }
        }
    }

    private static GnnConfig config(Map<String, Object> training) {
        List<GnnConfig.Step> steps = List.of(GnnConfig.Step.CONV, GnnConfig.Step.L2, GnnConfig.Step.RELU);
        return new GnnConfig(
                GnnConfig.Architecture.GCN, GraphTask.GRAPH, 10, 2,
                Collections.nCopies(3, new GnnConfig.GnnLayer(20, steps)),
                List.of(GnnConfig.Readout.MAX, GnnConfig.Readout.MEAN), false, true, 0, true, 1e-5,
                GnnConfig.FeatureSource.constant(0.1), List.of("five-cycle", "house"), training);
    }
}
