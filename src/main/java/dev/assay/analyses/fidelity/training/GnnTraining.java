package dev.assay.analyses.fidelity.training;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.data.graph.GraphDataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Trains a small graph neural network on the user's graphs and saves it as a folder that opens in the workbench. */
public final class GnnTraining implements Analysis<GnnTrainingParameters> {

    static final String GRAPHS = "graphs";

    private static final String HELP = "gnn-training.md";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                "gnn-training",
                "Train a GNN",
                "Graph explanations",
                "Can a small graph neural network learn my graphs, so that I can ask what it looks at?",
                "Kipf, Welling: Semi-Supervised Classification with Graph Convolutional Networks. ICLR 2017, arXiv"
                        + " 1609.02907; Xu, Hu, Leskovec, Jegelka: How Powerful are Graph Neural Networks? ICLR 2019,"
                        + " arXiv 1810.00826",
                help());
    }

    private static String help() {
        try (InputStream in = GnnTraining.class.getResourceAsStream(HELP)) {
            if (in == null) {
                throw new IllegalStateException("the help page " + HELP + " is not installed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(InputRole.required(
                GRAPHS, "Graphs", GraphDataset.class, "Graphs with classes, or one graph whose nodes have classes."));
    }

    @Override
    public Class<GnnTrainingParameters> parameters() {
        return GnnTrainingParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        Optional<GraphDataset> graphs = inputs.find(GRAPHS, GraphDataset.class);
        if (graphs.isPresent() && !graphs.get().labelled()) {
            return Fit.no("The graphs have no classes to learn.");
        }
        return Fit.yes();
    }

    @Override
    public void run(Inputs inputs, GnnTrainingParameters parameters, RunContext context) throws AnalysisException {
        new TrainingRun(inputs.get(GRAPHS, GraphDataset.class), parameters.effective(), context).run();
    }
}
