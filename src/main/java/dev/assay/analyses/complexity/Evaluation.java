package dev.assay.analyses.complexity;

import dev.assay.analysis.AnalysisException;
import dev.assay.data.ClassOrder;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.ShapeFit;
import dev.assay.model.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import onnx.Onnx;

/** Accuracy and loss of networks on an evaluation set. */
final class Evaluation {

    private final Optional<Dataset> data;
    private final String reason;
    private final Optional<String> doubt;
    private final int threads;
    private final Runnable checkCancelled;

    /**
     * @param data the evaluation set, or null
     * @param model the network whose variants are to be evaluated
     * @param checkCancelled called between batches; throws to stop
     */
    Evaluation(Dataset data, Model model, int threads, Runnable checkCancelled) {
        this.threads = threads;
        this.checkCancelled = checkCancelled;
        if (data == null) {
            this.data = Optional.empty();
            reason = "";
            doubt = Optional.empty();
        } else {
            reason = misfit(data, model);
            this.data = reason.isEmpty() ? Optional.of(data) : Optional.empty();
            doubt = this.data
                    .flatMap(d -> ClassOrder.doubt(d.name(), d.classes(), Math.toIntExact(model.output().size())));
        }
    }

    private static String misfit(Dataset data, Model model) {
        if (!data.labelled()) {
            return data.name() + " has no labels";
        }
        if (!model.output().isVector() || model.output().size() == 1) {
            return "the network ends in " + (model.output().size() == 1 ? "one score"
                    : "scores of the shape "
                            + model.output().shapeText())
                    + ", not in one score for each class";
        }
        if (data.classes().size() > model.output().size()) {
            return data.name() + " has " + data.classes().size() + " classes, the network "
                    + model.output().size() + " scores; name the classes in the order of the scores with classes=FILE"
                    + " or classes=A,B,C";
        }
        return ShapeFit.of(data.sampleShape(), model.input()).reason();
    }

    /** Why there are no accuracies though data was given; empty otherwise. */
    String reason() {
        return reason;
    }

    /** What is uncertain of the accuracies, a sentence. */
    Optional<String> doubt() {
        return doubt;
    }

    boolean possible() {
        return data.isPresent();
    }

    /** Number of samples, 0 without data. */
    long samples() {
        return data.map(Dataset::size).orElse(0L);
    }

    /**
     * What a network is worth.
     *
     * @param accuracy share of labelled samples whose greatest score is that of their label; NaN without any
     * @param loss mean cross-entropy of the softmax of the scores, in nats; NaN likewise
     */
    record Worth(double accuracy, double loss) {

        static final Worth UNKNOWN = new Worth(Double.NaN, Double.NaN);
    }

    /** The accuracy of a network in memory that has the inputs and outputs of another. */
    double accuracy(Onnx.ModelProto graph, OnnxModel like) throws AnalysisException {
        return measure(graph, like).accuracy();
    }

    /** What a network in memory is worth that has the inputs and outputs of another. */
    Worth measure(Onnx.ModelProto graph, OnnxModel like) throws AnalysisException {
        try (OnnxModel model = new GraphInMemory(graph, like).open()) {
            return measure(model);
        }
    }

    /** What a network is worth. */
    Worth measure(Model model) throws AnalysisException {
        if (data.isEmpty()) {
            return Worth.UNKNOWN;
        }
        int batch = InferenceOptions.goodBatchSize(model, List.of());
        long right = 0;
        long labelled = 0;
        double loss = 0;
        try (Inference inference = model.open(new InferenceOptions(batch, threads, List.of()));
                ReadAhead reader = ReadAhead.of(data.get(), batch)) {
            for (Optional<ReadAhead.Batch> next = reader.next(checkCancelled);
                    next.isPresent();
                    next = reader.next(checkCancelled)) {
                try (ReadAhead.Batch samples = next.get();
                        Inference.Activations out = inference.run(samples.samples(), samples.count())) {
                    FloatBuffer scores = out.scores();
                    int classes = scores.remaining() / samples.count();
                    for (int s = 0; s < samples.count(); s++) {
                        if (samples.label(s) >= 0) {
                            labelled++;
                            right += decision(scores, s * classes, classes) == samples.label(s) ? 1 : 0;
                            loss += crossEntropy(scores, s * classes, classes, samples.label(s));
                        }
                    }
                }
            }
        }
        return labelled == 0 ? Worth.UNKNOWN : new Worth((double) right / labelled, loss / labelled);
    }

    private static int decision(FloatBuffer scores, int at, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (scores.get(at + c) > scores.get(at + best)) {
                best = c;
            }
        }
        return best;
    }

    private static double crossEntropy(FloatBuffer scores, int at, int classes, int label) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            max = Math.max(max, scores.get(at + c));
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(scores.get(at + c) - max);
        }
        return Math.log(sum) - (scores.get(at + label) - max);
    }
}
