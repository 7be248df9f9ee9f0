package dev.assay.analyses.fidelity.training;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.GnnTrainer;
import dev.assay.model.gnn.Scoring;
import java.util.List;

/** The results of a training and their identifiers. */
final class TrainingResults {

    private static final String TRAIN = "train";
    private static final String VALIDATION = "validation";

    private final ResultSink sink;
    private final ResultSink.Points loss;
    private final ResultSink.Points accuracy;
    private final ResultSink.Rows epochs;

    TrainingResults(ResultSink sink) {
        this.sink = sink;
        Axis epoch = Axis.of("Epoch", "");
        this.loss = sink.curve("loss", "Loss", epoch, Axis.of("Cross entropy", ""));
        this.accuracy = sink.curve("accuracy", "Accuracy", epoch, Axis.of("Accuracy", "share"));
        this.epochs = sink.table("epochs", "Epochs", List.of(
                Column.integer("epoch", "Epoch"),
                Column.real("train_loss", "Training loss", ""),
                Column.real("validation_loss", "Validation loss", ""),
                Column.share("train_accuracy", "Training accuracy"),
                Column.share("validation_accuracy", "Validation accuracy")));
    }

    void layers(GnnModel model) {
        GnnConfig config = model.config();
        Table.Builder table = new Table.Builder("layers", "Layers", List.of(
                Column.text("layer", "Layer"),
                Column.text("type", "Type"),
                Column.integer("input_width", "Input width"),
                Column.integer("output_width", "Output width"),
                Column.integer("parameters", "Parameters")));
        for (int i = 0; i < config.layers().size(); i++) {
            StringBuilder type = new StringBuilder();
            for (GnnConfig.Step step : config.layers().get(i).steps()) {
                type.append(type.isEmpty() ? "" : ", ")
                        .append(step == GnnConfig.Step.CONV ? config.architecture().toString() : step.toString());
            }
            table.add(
                    "convs." + i, type.toString(), config.layerInput(i), config.layers().get(i).width(),
                    parameters(model, "convs." + i + ".") + parameters(model, "norms." + i + "."));
        }
        table.add("lin", "linear", config.headInput(), config.classes(), parameters(model, "lin."));
        sink.emit(table.snapshot());
        sink.emit(new Scalar("parameters", "Parameters", model.parameterCount(), "", ""));
    }

    private static long parameters(GnnModel model, String prefix) {
        return model.weights().tensors().entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix) && !e.getKey().contains(".running_"))
                .mapToLong(e -> e.getValue().values().length)
                .sum();
    }

    void epoch(GnnTrainer.Epoch e) {
        loss.add(TRAIN, e.number(), e.trainLoss());
        loss.add(VALIDATION, e.number(), e.validationLoss());
        accuracy.add(TRAIN, e.number(), e.trainAccuracy());
        accuracy.add(VALIDATION, e.number(), e.validationAccuracy());
        epochs.add(
                e.number(), e.trainLoss(), e.validationLoss(), e.trainAccuracy(), e.validationAccuracy());
        sink.emit(new Scalar("epochs_run", "Epochs run", e.number(), "", ""));
    }

    void best(GnnTrainer.Epoch e) {
        sink.emit(new Scalar("train_accuracy", "Training accuracy", e.trainAccuracy(), "share", ""));
        sink.emit(new Scalar(
                "validation_accuracy", "Validation accuracy", e.validationAccuracy(), "share", ""));
        sink.emit(new Scalar("best_epoch", "Best epoch", e.number(), "", ""));
    }

    void finish(GnnConfig config, GnnTrainer.Epoch best, int run, Scoring.Score test, int samples) {
        best(best);
        sink.emit(new Scalar("epochs_run", "Epochs run", run, "", ""));
        sink.emit(new Scalar(
                "test_accuracy", "Test accuracy", test.accuracy(), "share",
                samples == 0 ? "no test data" : "of " + samples + (samples == 1 ? " sample" : " samples")));
        Table.Builder table = new Table.Builder("confusion", "Confusion on the test data", List.of(
                Column.text("true_class", "True class"),
                Column.text("predicted_class", "Predicted class"),
                Column.integer("count", "Count")));
        for (int a = 0; a < config.classes(); a++) {
            for (int b = 0; b < config.classes(); b++) {
                table.add(config.className(a), config.className(b), test.confusion()[a][b]);
            }
        }
        sink.emit(table.snapshot());
    }
}
