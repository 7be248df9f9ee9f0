package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.compute.SquaredDistances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** Trains one encoder with one distance and one seed, from the start or from a checkpoint. */
final class TrainingJob {

    /** More rows than this are not scored; a seeded sample stands for them. */
    private static final int MOST_SCORED = 5_000;

    /** Below this a batch's loss counts as a number. */
    private static final double DIVERGED = 1e30;

    /**
     * What all jobs of a run share.
     *
     * @param beta weighs the term that pulls values to -1 and 1, 0 for none
     * @param balanced whether every value of an embedding gets mean 0 and variance 1 over a batch
     * @param called what the series of a job are called instead of its distance; empty for the distance
     */
    record Setup(
            TrainingParameters parameters,
            Vectors seen,
            Vectors unseen,
            int[] sample,
            Path module,
            Path checkpoints,
            RunContext context,
            Plots plots,
            double beta,
            boolean balanced,
            String called) {}

    /** The curves of a run; a series per distance and seed. The parts of pairs are null for losses that have none. */
    record Plots(
            ResultSink.Points total,
            ResultSink.Points positive,
            ResultSink.Points negative,
            ResultSink.Points zeroMean,
            ResultSink.Points active,
            ResultSink.Points recall) {

        static Plots of(RunContext context, LossKind kind) {
            Axis step = Axis.of("Step", "");
            Axis loss = Axis.of("Loss", "");
            boolean pairs = kind == LossKind.CONT;
            return new Plots(
                    context.curve("loss_total", "Loss", step, loss),
                    pairs ? context.curve("loss_positive", "Loss of positive pairs", step, loss) : null,
                    pairs ? context.curve("loss_negative", "Loss of negative pairs", step, loss) : null,
                    context.curve("loss_zero_mean", "Zero-mean term", step, loss),
                    context.curve("active_share", "Pairs or triplets that still cost something", step,
                            Axis.of("Share", "share")),
                    context.curve("recall_at_1", "Recall@1 while training", step, Axis.of("Recall@1", "share")));
        }
    }

    /**
     * How a job ended.
     *
     * @param held embeddings of what was scored last
     * @param heldRows index of each of them among the samples
     */
    record Scores(
            TrainingDistance distance,
            long seed,
            double recallSeen,
            double recallUnseen,
            double mapUnseen,
            double meanAbsRowMean,
            double finalLoss,
            double seconds,
            long steps,
            RetrievalMeans means,
            Vectors held,
            int[] heldRows) {}

    private final Setup setup;
    private final TrainingParameters parameters;
    private final RunContext context;
    private final TrainingDistance distance;
    private final long seed;
    private final String name;
    private final SquaredDistances kernel;
    private final boolean graphics;

    TrainingJob(Setup setup, TrainingDistance distance, long seed) {
        this.setup = setup;
        this.parameters = setup.parameters();
        this.context = setup.context();
        this.distance = distance;
        this.seed = seed;
        this.name = distance.id() + "-seed" + seed;
        this.kernel = context.kernel(SquaredDistances.class);
        this.graphics = context.graphics();
    }

    /** Everything that changes what a step does, so that a checkpoint is only gone on from with the same. */
    private String setting() {
        return String.join(
                "; ",
                "encoder " + parameters.encoder().of(setup.sample()),
                "dimension " + parameters.dimension(),
                "loss " + parameters.loss(distance),
                "batch " + parameters.classesPerBatch() + "x" + parameters.samplesPerClass(),
                "learningRate " + parameters.learningRate(),
                "weightDecay " + parameters.weightDecay(),
                "samples " + setup.seen().rows() + "x" + setup.seen().columns(),
                "values " + Integer.toHexString(Arrays.hashCode(setup.seen().values())),
                "labels " + Integer.toHexString(Arrays.hashCode(setup.seen().labels())),
                "beta " + setup.beta(),
                "balanced " + setup.balanced(),
                "seed " + seed);
    }

    private String series() {
        return (setup.called().isEmpty() ? distance.id() : setup.called()) + ", seed " + seed;
    }

    private Encoder open(Checkpoint resumed) throws AnalysisException {
        if (parameters.encoder() == EncoderKind.MODEL) {
            return Encoder.load(
                    resumed != null && resumed.has(name) ? resumed.module(name) : setup.module(), setup.sample(),
                    graphics);
        }
        return Encoder.create(
                parameters.encoder().of(setup.sample()),
                setup.sample(),
                parameters.dimension(),
                setup.balanced(),
                seed,
                setup.seen().name(),
                graphics);
    }

    /** Trains, scores and exports. */
    Scores run(Path encoders) throws AnalysisException {
        Checkpoint resumed =
                parameters.checkpoint().isBlank() ? null : new Checkpoint(Path.of(parameters.checkpoint().strip()));
        long started = System.nanoTime();
        try (Encoder encoder = open(resumed)) {
            Checkpoint.State state = new Checkpoint.State(0, Double.NaN, 0);
            if (resumed != null && resumed.has(name)) {
                state = resumed.load(name, setting(), encoder);
                context.log(name + " goes on from step " + state.step() + ".");
            } else if (resumed != null) {
                context.log(name + " has no checkpoint in " + resumed.folder() + " and starts from the beginning.");
            }
            state = train(encoder, state, started);
            return finish(encoder, state, encoders);
        }
    }

    private static double since(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    private Checkpoint.State train(Encoder encoder, Checkpoint.State from, long started) throws AnalysisException {
        BatchSampler sampler =
                BatchSampler.of(setup.seen(), parameters.classesPerBatch(), parameters.samplesPerClass(), seed);
        MetricLoss loss = parameters.loss(distance);
        Checkpoint checkpoint = new Checkpoint(setup.checkpoints());
        RunContext.Progress progress =
                context.phase("Training " + series(), Math.max(0, parameters.steps() - from.step()), "steps");
        boolean own = parameters.encoder() == EncoderKind.MODEL;
        Checkpoint.State kept = from;
        double last = from.lastLoss();
        long step = from.step();
        try {
            while (step < parameters.steps()) {
                context.checkCancelled();
                last = step(encoder, sampler, loss, step, kept);
                step++;
                progress.advance(1);
                if (step % parameters.evaluateEvery() == 0 || step == parameters.steps()) {
                    evaluate(encoder, step, kept);
                    kept = new Checkpoint.State(step, last, from.seconds() + since(started));
                    checkpoint.save(name, setting(), kept, encoder, own);
                }
            }
        } catch (CancellationException e) {
            if (step > kept.step()) {
                checkpoint.save(
                        name,
                        setting(),
                        new Checkpoint.State(step, last, from.seconds() + since(started)),
                        encoder,
                        own);
            }
            throw e;
        }
        return new Checkpoint.State(step, last, from.seconds() + since(started));
    }

    private double step(Encoder encoder, BatchSampler sampler, MetricLoss loss, long step, Checkpoint.State kept)
            throws AnalysisException {
        int[] batch = sampler.batch(step);
        int columns = setup.seen().columns();
        float[] samples = new float[batch.length * columns];
        int[] labels = new int[batch.length];
        for (int i = 0; i < batch.length; i++) {
            System.arraycopy(setup.seen().values(), batch[i] * columns, samples, i * columns, columns);
            labels[i] = setup.seen().labels()[batch[i]];
        }
        MetricLoss.Outcome[] outcome = new MetricLoss.Outcome[1];
        encoder.step(samples, batch.length, parameters.learningRate(), parameters.weightDecay(), rows -> {
            double[] values = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                values[i] = rows[i];
            }
            outcome[0] = Quantisation.added(
                    loss.of(values, labels, kernel, context.threads()), values, labels.length, setup.beta());
            return gradient(outcome[0]);
        });
        MetricLoss.Outcome found = outcome[0];
        if (!good(found)) {
            throw diverged("the loss", step, kept);
        }
        plot(found, step + 1);
        return found.total();
    }

    /** The derivatives in float32; null when they are no good, so that the weights stay as they are. */
    private static float[] gradient(MetricLoss.Outcome outcome) {
        if (!good(outcome)) {
            return null;
        }
        float[] gradient = new float[outcome.gradient().length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) outcome.gradient()[i];
        }
        return gradient;
    }

    private static boolean good(MetricLoss.Outcome outcome) {
        if (!(Math.abs(outcome.total()) < DIVERGED)) {
            return false;
        }
        for (double g : outcome.gradient()) {
            if (!(Math.abs(g) < DIVERGED)) {
                return false;
            }
        }
        return true;
    }

    private AnalysisException diverged(String what, long step, Checkpoint.State kept) {
        return new AnalysisException(
                "training diverged: " + what + " is no finite number any more at step " + (step + 1),
                name,
                kept.step() == 0
                        ? "lower the learning rate"
                        : "lower the learning rate; the checkpoint of step " + kept.step() + " is kept in "
                                + setup.checkpoints());
    }

    private void plot(MetricLoss.Outcome found, long step) {
        Plots plots = setup.plots();
        plots.total().add(series(), step, found.total());
        if (plots.positive() != null) {
            plots.positive().add(series(), step, found.positive());
            plots.negative().add(series(), step, found.negative());
        }
        plots.zeroMean().add(series(), step, found.zeroMean());
        plots.active().add(series(), step, found.activeShare());
    }

    private void evaluate(Encoder encoder, long step, Checkpoint.State kept) throws AnalysisException {
        double seen = score(encoder, setup.seen(), step, kept).recallAt(1, TieRule.INDEX);
        setup.plots().recall().add(series() + ", seen", step, seen);
        if (setup.unseen() != null) {
            double unseen = score(encoder, setup.unseen(), step, kept).recallAt(1, TieRule.INDEX);
            setup.plots().recall().add(series() + ", unseen", step, unseen);
        }
    }

    /** @param of index of each row among the samples, which are too many to be scored all */
    private record Encoded(float[] rows, int count, int columns, int[] labels, int[] of) {}

    private Encoded encode(Encoder encoder, Vectors data, long step, Checkpoint.State kept) throws AnalysisException {
        int[] of = data.rows() > MOST_SCORED ? sample(data.rows()) : IntStream.range(0, data.rows()).toArray();
        Vectors part = of.length < data.rows() ? part(data, of) : data;
        float[] rows = encoder.encode(part.values(), part.rows(), context::checkCancelled);
        for (float v : rows) {
            if (!Float.isFinite(v)) {
                throw diverged("an embedding", step - 1, kept);
            }
        }
        return new Encoded(rows, part.rows(), encoder.dimension(), part.labels(), of);
    }

    private int[] sample(int rows) {
        int[] chosen = BatchSampler.draw(rows, MOST_SCORED, new SplittableRandom(seed));
        Arrays.sort(chosen);
        return chosen;
    }

    private static Vectors part(Vectors data, int[] chosen) {
        float[] values = new float[chosen.length * data.columns()];
        int[] labels = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(
                    data.values(), chosen[i] * data.columns(), values, i * data.columns(), data.columns());
            labels[i] = data.labels()[chosen[i]];
        }
        return new Vectors(data.name(), data.role(), values, chosen.length, data.columns(), labels, data.classes());
    }

    private RetrievalMeans score(Encoder encoder, Vectors data, long step, Checkpoint.State kept)
            throws AnalysisException {
        return score(encode(encoder, data, step, kept));
    }

    private RetrievalMeans score(Encoded encoded) throws AnalysisException {
        Distance scored = switch (distance) {
            case SNR, SNR_NORMALIZED -> Distance.SNR_QUERY;
            case EUCLID -> Distance.EUCLID;
            case EUCLID_NORMALIZED -> Distance.COSINE;
        };
        PreparedRows rows = PreparedRows.of(
                encoded.rows(), encoded.count(), encoded.columns(), scored.form(), distance.normalizes(), 0);
        Retrieval retrieval = new Retrieval(rows, encoded.labels());
        int candidates = retrieval.candidates(scored);
        List<Integer> asked = new ArrayList<>(parameters.k());
        asked.add(1);
        int[] ks = Retrieval.cut(asked, candidates);
        return RetrievalMeans.of(
                retrieval.score(scored, ks, 1, kernel, context.threads(), context::checkCancelled, n -> {}),
                ks,
                Singletons.COUNT);
    }

    private Scores finish(Encoder encoder, Checkpoint.State state, Path encoders)
            throws AnalysisException {
        RetrievalMeans seen = score(encoder, setup.seen(), state.step(), state);
        Vectors held = setup.unseen() == null ? setup.seen() : setup.unseen();
        Encoded encoded = encode(encoder, held, state.step(), state);
        RetrievalMeans unseen = score(encoded);
        Path file;
        try {
            Files.createDirectories(encoders);
            file = encoder.export(encoders.resolve(name));
        } catch (IOException e) {
            throw new AnalysisException(
                    "the encoder cannot be written (" + e.getMessage() + ")", encoders.toString(), "make room", e);
        }
        context.log(String.format(
                Locale.ROOT, "%s: Recall@1 %.4f seen, %.4f %s; the encoder is %s", name,
                seen.recallAt(1, TieRule.INDEX), unseen.recallAt(1, TieRule.INDEX),
                setup.unseen() == null ? "seen" : "unseen", file));
        boolean has = setup.unseen() != null;
        return new Scores(
                distance,
                seed,
                seen.recallAt(1, TieRule.INDEX),
                has ? unseen.recallAt(1, TieRule.INDEX) : Double.NaN,
                has ? unseen.mapAtR() : Double.NaN,
                meanAbsRowMean(encoded),
                state.lastLoss(),
                state.seconds(),
                state.step(),
                unseen,
                new Vectors(
                        held.name(),
                        held.role(),
                        encoded.rows(),
                        encoded.count(),
                        encoded.columns(),
                        encoded.labels(),
                        held.classes()),
                encoded.of());
    }

    private static double meanAbsRowMean(Encoded encoded) {
        double total = 0;
        for (int r = 0; r < encoded.count(); r++) {
            double sum = 0;
            for (int c = 0; c < encoded.columns(); c++) {
                sum += encoded.rows()[r * encoded.columns() + c];
            }
            total += Math.abs(sum / encoded.columns());
        }
        return total / encoded.count();
    }
}
