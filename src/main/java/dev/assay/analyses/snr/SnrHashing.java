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
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.compute.SquaredDistances;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Binary codes from the signs of outputs, trained with a signal-to-noise triplet loss, and retrieval by them. */
public final class SnrHashing implements Analysis<HashingParameters> {

    /** Public identifier. */
    public static final String ID = "snr-metric-learning-hashing";

    /** Rows that the reported loss is taken of; a seeded sample beyond. */
    private static final int MOST_IN_LOSS = 2_048;

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                ID,
                "SNR hashing",
                SnrTraining.FAMILY,
                "How well are samples found by short binary codes?",
                SnrTraining.CITATION,
                HelpPage.read(ID));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.optional(
                        EmbeddingInputs.EMBEDDINGS,
                        "Outputs",
                        Dataset.class,
                        "A row of real outputs per sample; their signs are the codes."),
                InputRole.optional(
                        EmbeddingInputs.MODEL, "Model", Model.class, "The network whose outputs are hashed."),
                InputRole.optional(EmbeddingInputs.DATA, "Data", Dataset.class, "The samples to hash with the model."),
                InputRole.optional(
                        EmbeddingInputs.DATABASE, "Database", Dataset.class,
                        "What queries search in; of the same kind."),
                InputRole.optional(
                        SnrTraining.TRAIN, "Training data", Dataset.class, "Labelled samples to train an encoder on."),
                InputRole.optional(
                        SnrTraining.UNSEEN,
                        "Unseen classes",
                        Dataset.class,
                        "Labelled samples to retrieve among after training; the training data without them."));
    }

    @Override
    public Class<HashingParameters> parameters() {
        return HashingParameters.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        boolean trains = inputs.find(SnrTraining.TRAIN, Dataset.class).isPresent();
        return trains || EmbeddingInputs.given(inputs) ? Fit.yes()
                : Fit.no("There is nothing to hash yet: choose training data, outputs, or a model and data.");
    }

    @Override
    public void run(Inputs inputs, HashingParameters parameters, RunContext context) throws AnalysisException {
        Tables tables = new Tables(context, parameters);
        boolean given = inputs.roles().contains(EmbeddingInputs.EMBEDDINGS)
                || inputs.roles().contains(EmbeddingInputs.MODEL);
        if (given || !inputs.roles().contains(SnrTraining.TRAIN)) {
            try (EmbeddingInputs rows = EmbeddingInputs.read(inputs, "", false, context)) {
                tables.add(rows, HashTruth.of(inputs, rows), row -> row, true);
            }
            return;
        }
        TreeSet<Integer> lengths = new TreeSet<>(parameters.bits());
        Checkpoint.require(parameters.checkpoint(), lengths.stream().map(SnrHashing::folder).toList());
        TrainingJob.Setup setup =
                SnrTraining.setup(inputs, parameters.training(lengths.first(), ""), context);
        for (int bits : lengths) {
            TrainingJob.Scores trained = train(setup, parameters, bits);
            EmbeddingInputs rows = EmbeddingInputs.among(trained.held(), true);
            tables.add(rows, HashTruth.of(rows), row -> trained.heldRows()[row], bits == lengths.last());
        }
    }

    private static String folder(int bits) {
        return "bits" + bits;
    }

    private static TrainingJob.Scores train(TrainingJob.Setup all, HashingParameters parameters, int bits)
            throws AnalysisException {
        String folder = folder(bits);
        String from = parameters.checkpoint().isBlank()
                ? ""
                : Path.of(parameters.checkpoint().strip()).resolve(folder).toString();
        TrainingJob.Setup own = new TrainingJob.Setup(
                parameters.training(bits, from),
                all.seen(),
                all.unseen(),
                all.sample(),
                all.module(),
                all.checkpoints().resolve(folder),
                all.context(),
                all.plots(),
                parameters.beta(),
                true,
                bits + " bits");
        Path encoders = all.context().artifacts().resolve("encoder").resolve(folder);
        return SnrTraining.train(own, encoders, cells -> {}).getFirst();
    }

    /** What grows code length by code length. */
    private static final class Tables {

        private final RunContext context;
        private final HashingParameters parameters;
        private final ResultSink.Rows hashing;
        private final ResultSink.Points byBits;

        Tables(RunContext context, HashingParameters parameters) {
            this.context = context;
            this.parameters = parameters;
            this.hashing = context.table("hashing", "Retrieval by Hamming distance", List.of(
                    Column.integer("bits", "Bits"),
                    Column.integer("k", "K"),
                    Column.share("map_found", "MAP@K over those found"),
                    Column.share("map_relevant", "MAP@K over all relevant"),
                    Column.share("map_min", "MAP@K over min(K, R)"),
                    Column.share("map", "MAP"),
                    Column.share("precision_radius", "Precision within the radius"),
                    Column.integer("empty_balls", "Queries with nothing there")));
            this.byBits = context.curve(
                    "map_by_bits", "MAP by bits", Axis.of("Bits", ""), Axis.of("MAP", "share"));
        }

        /** @param sample the sample that a row is of */
        void add(EmbeddingInputs rows, HashTruth truth, IntUnaryOperator sample, boolean last)
                throws AnalysisException {
            HashCodes codes = HashCodes.of(rows.queries());
            HashCodes database = rows.same() ? codes : HashCodes.of(rows.database(), context::checkCancelled);
            int candidates = rows.same() ? rows.queries().rows() - 1 : rows.databaseRows();
            int[] ks = Retrieval.cut(parameters.k(), candidates);
            context.phase("Hamming retrieval, " + codes.bits() + " bits", -1, "queries");
            HashRetrieval found = HashRetrieval.of(
                    codes,
                    database,
                    truth.relevance(),
                    IntStream.concat(IntStream.of(1), Arrays.stream(ks)).sorted().distinct().toArray(),
                    parameters.radius(),
                    context.threads(),
                    context::checkCancelled);
            for (int k : ks) {
                double[] m = found.means().mapAtK()[Arrays.binarySearch(found.means().ks(), k)];
                hashing.add(
                        codes.bits(), k, m[0], m[1], m[2], found.means().map(), found.precisionRadius(),
                        found.emptyBalls());
                byBits.add(
                        "MAP@" + k + ", " + word(parameters.mapDenominator()),
                        codes.bits(),
                        m[parameters.mapDenominator().ordinal()]);
            }
            byBits.add("MAP", codes.bits(), found.means().map());
            if (last) {
                finish(rows, truth, sample, codes, found);
            }
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }

        private void finish(
                EmbeddingInputs rows, HashTruth truth, IntUnaryOperator sample, HashCodes codes, HashRetrieval found) {
            String note = codes.bits() + " bits";
            context.emit(new Scalar("map", "MAP", found.means().map(), "share", note));
            context.emit(new Scalar(
                    "recall_at_1", "Recall@1", found.means().recallAt(1, parameters.ties()), "share",
                    note + ", ties: " + word(parameters.ties())));
            context.emit(new Scalar("bits", "Bits", codes.bits(), "", ""));
            loss(rows.queries(), truth, note);
            ResultSink.Rows table = context.table("codes", "Codes, " + note, List.of(
                    Column.integer("row", "Row").to(RefKind.sample(rows.queries().role())),
                    Column.text("label", "Label"),
                    Column.text("code", "Code")));
            for (int r = 0; r < rows.queries().rows(); r++) {
                table.add(sample.applyAsInt(r), truth.label().apply(r), codes.text(r));
            }
        }

        private void loss(Vectors outputs, HashTruth truth, String note) {
            int count = Math.min(outputs.rows(), MOST_IN_LOSS);
            int[] chosen =
                    BatchSampler.draw(outputs.rows(), count, new SplittableRandom(context.seed()));
            int n = outputs.columns();
            double[] values = new double[count * n];
            for (int i = 0; i < count; i++) {
                for (int c = 0; c < n; c++) {
                    values[i * n + c] = outputs.values()[chosen[i] * n + c];
                }
            }
            BatchDistances batch = new BatchDistances(
                    TrainingDistance.SNR, values, count, n, parameters.eps(),
                    context.kernel(SquaredDistances.class), context.threads());
            PairLosses losses = new PairLosses(
                    batch.distances(),
                    (i, j) -> truth.alike().test(chosen[i], chosen[j]),
                    new double[count][count]);
            double triplet = losses.triplet(parameters.margin(), Reduction.ALL, context.threads()).loss();
            double quantisation = Quantisation.of(values, count);
            context.emit(new Scalar("loss_triplet", "Triplet loss", triplet, "", note));
            context.emit(new Scalar("loss_quantisation", "Quantisation term", quantisation, "", note));
            context.emit(new Scalar("loss", "Loss", triplet + parameters.beta() * quantisation, "", note));
        }
    }
}
