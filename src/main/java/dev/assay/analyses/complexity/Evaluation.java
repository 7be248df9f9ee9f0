package dev.assay.analyses.complexity;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.ShapeFit;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Accuracy of networks on an evaluation set. */
final class Evaluation {

    private final Optional<Dataset> data;
    private final String reason;
    private final RunContext context;

    /**
     * @param data the evaluation set, or null
     * @param model the network whose smaller versions are to be evaluated
     */
    Evaluation(Dataset data, Model model, RunContext context) {
        this.context = context;
        if (data == null) {
            this.data = Optional.empty();
            reason = "";
        } else {
            reason = misfit(data, model);
            this.data = reason.isEmpty() ? Optional.of(data) : Optional.empty();
        }
    }

    private static String misfit(Dataset data, Model model) {
        if (!data.labelled()) {
            return data.name() + " has no labels";
        }
        if (data.classes().size() > model.output().size()) {
            return data.name() + " has " + data.classes().size() + " classes, the network "
                    + model.output().size() + " scores";
        }
        return ShapeFit.of(data.sampleShape(), model.input()).reason();
    }

    /** Why there are no accuracies though data was given; empty otherwise. */
    String reason() {
        return reason;
    }

    boolean possible() {
        return data.isPresent();
    }

    /** Share of labelled samples whose greatest score is that of their label; NaN without data. */
    double accuracy(Model model) throws AnalysisException {
        if (data.isEmpty()) {
            return Double.NaN;
        }
        int batch = InferenceOptions.goodBatchSize(model, List.of());
        long right = 0;
        long labelled = 0;
        try (Inference inference = model.open(new InferenceOptions(batch, context.threads(), List.of()));
                ReadAhead reader = ReadAhead.of(data.get(), batch)) {
            for (Optional<ReadAhead.Batch> next = reader.next(context::checkCancelled);
                    next.isPresent();
                    next = reader.next(context::checkCancelled)) {
                try (ReadAhead.Batch samples = next.get();
                        Inference.Activations out = inference.run(samples.samples(), samples.count())) {
                    FloatBuffer scores = out.scores();
                    int classes = scores.remaining() / samples.count();
                    for (int s = 0; s < samples.count(); s++) {
                        if (samples.label(s) >= 0) {
                            labelled++;
                            right += decision(scores, s * classes, classes) == samples.label(s) ? 1 : 0;
                        }
                    }
                }
            }
        }
        return labelled == 0 ? Double.NaN : (double) right / labelled;
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
}
