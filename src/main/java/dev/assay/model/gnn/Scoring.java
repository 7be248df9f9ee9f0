package dev.assay.model.gnn;

import dev.assay.analysis.InputException;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import java.util.Arrays;

/** Loss and accuracy of weights on samples of one dataset; patterns and features are made once. */
public final class Scoring {

    private final BatchedGraphConvolution kernel;
    private final GnnConfig config;
    private final GraphSample[] graphs;
    private final GraphPattern[] patterns;
    private final double[][] features;

    /** Prepares the data for a network's configuration. */
    public Scoring(BatchedGraphConvolution kernel, GnnModel model, GraphDataset data) throws InputException {
        this.kernel = kernel;
        this.config = model.config();
        this.graphs = new GraphSample[data.size()];
        this.patterns = new GraphPattern[data.size()];
        this.features = new double[data.size()][];
        for (int g = 0; g < graphs.length; g++) {
            graphs[g] = data.graph(g);
            patterns[g] = GraphPattern.of(graphs[g].nodes(), graphs[g].from(), graphs[g].to());
            features[g] = model.features(data, graphs[g]);
        }
    }

    /**
     * What weights are worth.
     *
     * @param loss mean cross entropy
     * @param accuracy share that is classified correctly
     * @param confusion {@code [true class][predicted class]} counts
     */
    public record Score(double loss, double accuracy, long[][] confusion) {}

    /**
     * Scores samples, all of them with a class.
     *
     * @param samples graphs, or nodes in a node task
     */
    public Score score(GnnWeights weights, int[] samples) {
        return score(weights, samples, () -> {});
    }

    /**
     * The same, watched.
     *
     * @param check called before every sample; may throw to end it
     */
    public Score score(GnnWeights weights, int[] samples, Runnable check) {
        GraphProgram program = GnnProgram.of(config, weights);
        int classes = config.classes();
        long[][] confusion = new long[classes][classes];
        double loss = 0;
        double[] all = config.task() == GraphTask.NODE ? scores(program, 0) : null;
        for (int s : samples) {
            check.run();
            double[] scores =
                    all == null ? scores(program, s) : Arrays.copyOfRange(all, s * classes, (s + 1) * classes);
            int label = all == null ? graphs[s].label() : graphs[0].nodeClasses()[s];
            int predicted = Softmax.argmax(scores, 0, classes);
            loss += crossEntropy(scores, label);
            confusion[label][predicted]++;
        }
        long correct = 0;
        for (int k = 0; k < classes; k++) {
            correct += confusion[k][k];
        }
        return new Score(
                samples.length == 0 ? Double.NaN : loss / samples.length,
                samples.length == 0 ? Double.NaN : correct / (double) samples.length, confusion);
    }

    private double[] scores(GraphProgram program, int g) {
        BatchedGraphConvolution.Prepared ready = kernel.prepare(patterns[g], program, features[g]);
        double[] ones = new double[patterns[g].edges()];
        Arrays.fill(ones, 1);
        double[] scores = new double[ready.rows() * config.classes()];
        ready.scores(ones, 1, EdgeRemoval.STRUCTURAL, scores);
        return scores;
    }

    private static double crossEntropy(double[] scores, int label) {
        double greatest = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        for (double s : scores) {
            sum += Math.exp(s - greatest);
        }
        return Math.log(sum) + greatest - scores[label];
    }
}
