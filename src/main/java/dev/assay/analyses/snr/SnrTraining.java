package dev.assay.analyses.snr;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Trains an encoder with a metric loss over the signal-to-noise distance, or over the Euclidean one with the same seeds,
 * and scores retrieval among classes that it never saw.
 */
public final class SnrTraining implements Analysis<TrainingParameters> {

    /** Public identifier. */
    public static final String ID = "snr-metric-learning-training";

    static final String TRAIN = "train";
    static final String UNSEEN = "unseen";
    static final String MODEL = "model";
    static final String CITATION =
            "Yuan, Deng, Tang, Tang, Chen: Signal-to-Noise Ratio: A Robust Distance Metric for Deep Metric Learning."
                    + " CVPR 2019, arXiv 1904.02616";
    static final String FAMILY = "Metric learning";

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "SNR training",
                FAMILY,
                "Would training with the SNR distance make retrieval of unseen classes better than Euclid does?",
                CITATION,
                HelpPage.read(ID));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(TRAIN, "Training data", Dataset.class, "Labelled samples to train on."),
                InputRole.optional(
                        UNSEEN,
                        "Unseen classes",
                        Dataset.class,
                        "Labelled samples of other classes, to retrieve among; without them the training data is"
                                + " scored."),
                InputRole.optional(
                        MODEL, "Own encoder", Model.class, "A TorchScript module to train, for encoder=model."));
    }

    @Override
    public Class<TrainingParameters> parameters() {
        return TrainingParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        for (String role : List.of(TRAIN, UNSEEN)) {
            var data = inputs.find(role, Dataset.class);
            if (data.isPresent() && !data.get().labelled()) {
                return Fit.no(data.get().name() + " has no labels; metric learning needs classes.");
            }
        }
        return Fit.yes();
    }

    @Override
    public void run(Inputs inputs, TrainingParameters parameters, RunContext context) throws AnalysisException {
        Checkpoint.require(parameters.checkpoint(), List.of(""));
        TrainingJob.Setup setup = setup(inputs, parameters, context);
        ResultSink.Rows rows = context.table("runs", "Trainings", List.of(
                Column.text("distance", "Distance"),
                Column.text("loss", "Loss"),
                Column.integer("seed", "Seed"),
                Column.share("recall_at_1_seen", "Recall@1, seen"),
                Column.share("recall_at_1_unseen", "Recall@1, unseen"),
                Column.share("map_at_r_unseen", "MAP@R, unseen"),
                Column.real("mean_abs_row_mean", "Mean |row mean|", ""),
                Column.real("final_loss", "Final loss", ""),
                Column.real("seconds", "Time", "s")));
        List<TrainingJob.Scores> all = train(setup, context.artifacts().resolve("encoder"), rows::add);
        results(all, parameters, context);
    }

    /** Told of every finished training. */
    @FunctionalInterface
    interface Row {
        void add(Object... cells);
    }

    static List<TrainingJob.Scores> train(TrainingJob.Setup setup, Path encoders, Row row) throws AnalysisException {
        TrainingParameters parameters = setup.parameters();
        List<TrainingJob.Scores> all = new ArrayList<>();
        for (long seed = setup.context().seed(); seed < setup.context().seed() + parameters.seeds(); seed++) {
            for (TrainingDistance distance : parameters.distances()) {
                TrainingJob.Scores s = new TrainingJob(setup, distance, seed).run(encoders);
                all.add(s);
                row.add(
                        distance.id(),
                        name(parameters.loss()),
                        seed,
                        s.recallSeen(),
                        s.recallUnseen(),
                        s.mapUnseen(),
                        s.meanAbsRowMean(),
                        s.finalLoss(),
                        s.seconds());
            }
        }
        return all;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static TrainingJob.Setup setup(Inputs inputs, TrainingParameters parameters, RunContext context)
            throws AnalysisException {
        Dataset train = inputs.get(TRAIN, Dataset.class);
        Dataset unseen = inputs.find(UNSEEN, Dataset.class).orElse(null);
        labelled(train);
        if (unseen != null) {
            labelled(unseen);
            if (!Arrays.equals(train.sampleShape(), unseen.sampleShape())) {
                throw new AnalysisException(
                        "its samples are " + Arrays.toString(unseen.sampleShape()) + ", those of " + train.name()
                                + " are " + Arrays.toString(train.sampleShape()),
                        unseen.name(),
                        "choose data of one shape");
            }
        }
        Path module = module(inputs, parameters);
        VectorReader reader = new VectorReader(context);
        Vectors seen = reader.read(train, TRAIN);
        Vectors held = unseen == null ? null : reader.read(unseen, UNSEEN);
        BatchSampler sampler =
                BatchSampler.of(seen, parameters.classesPerBatch(), parameters.samplesPerClass(), context.seed());
        if (sampler.usableClasses() < parameters.classesPerBatch()) {
            context.warn("Only " + sampler.usableClasses() + " classes have two samples or more; a batch has that many"
                    + " classes instead of " + parameters.classesPerBatch() + ".");
        }
        int[] sample = train.sampleShape();
        return new TrainingJob.Setup(
                parameters,
                seen,
                held,
                sample,
                module,
                context.artifacts().resolve(Checkpoint.FOLDER),
                context,
                TrainingJob.Plots.of(context, parameters.loss()),
                0,
                false,
                "");
    }

    private static void labelled(Dataset data) throws AnalysisException {
        if (data.size() == 0) {
            throw new AnalysisException("there are no samples", data.name(), "choose data with samples");
        }
        if (!data.labelled()) {
            throw new AnalysisException(
                    "the samples have no labels", data.name(), "metric learning needs classes; give the labels");
        }
    }

    private static Path module(Inputs inputs, TrainingParameters parameters) throws AnalysisException {
        if (parameters.encoder() != EncoderKind.MODEL) {
            return null;
        }
        Model model = inputs.find(MODEL, Model.class)
                .orElseThrow(() -> new AnalysisException(
                        "encoder=model needs a module to train", "input model", "give model=FILE.pt"));
        if (!model.format().startsWith("TorchScript")) {
            throw new AnalysisException(
                    "a network in the format " + model.format() + " cannot be trained",
                    model.name(),
                    "give a TorchScript module, or use encoder=conv or encoder=mlp");
        }
        return model.location().path();
    }

    private static void results(List<TrainingJob.Scores> all, TrainingParameters parameters, RunContext context) {
        Table.Builder summary = new Table.Builder("summary", "Distances, mean over seeds", List.of(
                Column.text("distance", "Distance"),
                Column.text("loss", "Loss"),
                Column.integer("seeds", "Seeds"),
                Column.share("recall_at_1_unseen", "Recall@1, unseen"),
                Column.share("recall_at_1_unseen_sd", "Standard deviation"),
                Column.share("map_at_r_unseen", "MAP@R, unseen"),
                Column.share("map_at_r_unseen_sd", "Standard deviation")));
        for (TrainingDistance distance : parameters.distances()) {
            List<TrainingJob.Scores> of =
                    all.stream().filter(s -> s.distance() == distance).toList();
            summary.add(
                    distance.id(),
                    name(parameters.loss()),
                    of.size(),
                    mean(of, TrainingJob.Scores::recallUnseen),
                    deviation(of, TrainingJob.Scores::recallUnseen),
                    mean(of, TrainingJob.Scores::mapUnseen),
                    deviation(of, TrainingJob.Scores::mapUnseen));
        }
        context.emit(summary.snapshot());
        Table.Builder recall = new Table.Builder("recall", "Recall@K after training", List.of(
                Column.text("distance", "Distance"),
                Column.integer("seed", "Seed"),
                Column.integer("k", "K"),
                Column.share("value", "Recall")));
        for (TrainingJob.Scores s : all) {
            for (int k : s.means().ks()) {
                recall.add(s.distance().id(), s.seed(), k, s.means().recallAt(k, TieRule.INDEX));
            }
        }
        context.emit(recall.snapshot());
        List<TrainingJob.Scores> first = all.stream()
                .filter(s -> s.distance() == parameters.distances().getFirst())
                .toList();
        String note = parameters.distances().getFirst() + ", mean over " + first.size()
                + (first.size() == 1 ? " seed" : " seeds");
        context.emit(new Scalar("recall_at_1_seen", "Recall@1 of seen classes",
                mean(first, TrainingJob.Scores::recallSeen), "share", note));
        context.emit(new Scalar("recall_at_1_unseen", "Recall@1 of unseen classes",
                mean(first, TrainingJob.Scores::recallUnseen), "share", note));
        context.emit(new Scalar("map_at_r_unseen", "MAP@R of unseen classes",
                mean(first, TrainingJob.Scores::mapUnseen), "share", note));
        context.emit(new Scalar("mean_abs_row_mean", "Mean |row mean|",
                mean(first, TrainingJob.Scores::meanAbsRowMean), "", note));
        context.emit(new Scalar("steps_run", "Steps", mean(first, s -> (double) s.steps()), "", note));
    }

    private static double mean(List<TrainingJob.Scores> of, ToDoubleFunction<TrainingJob.Scores> value) {
        return of.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /** With the divisor n - 1; absent for a single seed. */
    private static double deviation(List<TrainingJob.Scores> of, ToDoubleFunction<TrainingJob.Scores> value) {
        double mean = mean(of, value);
        return of.size() < 2
                ? Double.NaN
                : Math.sqrt(of.stream()
                        .mapToDouble(value)
                        .map(v -> (v - mean) * (v - mean))
                        .sum()
                        / (of.size() - 1));
    }
}
