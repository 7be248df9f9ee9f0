package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Fit;
import dev.assay.analysis.Location;
import dev.assay.analysis.RunContext;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import dev.assay.data.npy.NpzKind;
import dev.assay.data.npy.NpzWriter;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.ShapeFit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Reads all rows of a file, or computes them with a model. */
final class VectorReader {

    private static final int FILE_BATCH = 4096;
    private static final int BATCH_VALUES = 1 << 22;

    private final RunContext context;

    VectorReader(RunContext context) {
        this.context = context;
    }

    /** The samples themselves as rows. */
    Vectors read(Dataset data, String role) throws AnalysisException {
        RunContext.Progress progress = context.phase("Reading " + data.name(), data.size(), "rows");
        return read(data, role, context::checkCancelled, progress::advance);
    }

    /**
     * The samples themselves as rows, without a run.
     *
     * @param check called between batches, throws to stop
     * @param done told of the rows that were read
     */
    static Vectors read(Dataset data, String role, Runnable check, LongConsumer done) throws AnalysisException {
        Rows rows = new Rows(data, role, columns(data));
        pass(data, check, done, batch -> rows.add(batch, batch.samples()));
        return rows.finish();
    }

    /** The labels of samples. */
    int[] labels(Dataset data) throws AnalysisException {
        RunContext.Progress progress = context.phase("Labels of " + data.name(), data.size(), "rows");
        return labels(data, context::checkCancelled, progress::advance);
    }

    /** The labels of samples, without a run; see {@link #read(Dataset, String, Runnable, LongConsumer)}. */
    static int[] labels(Dataset data, Runnable check, LongConsumer done) throws AnalysisException {
        int[] labels = new int[Math.toIntExact(data.size())];
        pass(
                data,
                check,
                done,
                batch -> System.arraycopy(batch.labels(), 0, labels, (int) batch.first(), batch.count()));
        return labels;
    }

    private interface Visitor {
        void batch(ReadAhead.Batch batch) throws AnalysisException;
    }

    private static void pass(Dataset data, Runnable check, LongConsumer done, Visitor visitor)
            throws AnalysisException {
        int batchSize = Math.clamp(BATCH_VALUES / columns(data), 1, FILE_BATCH);
        try (ReadAhead ahead = ReadAhead.of(data, batchSize)) {
            for (var next = ahead.next(check); next.isPresent(); next = ahead.next(check)) {
                try (ReadAhead.Batch batch = next.get()) {
                    check.run();
                    visitor.batch(batch);
                    done.accept(batch.count());
                }
            }
        }
    }

    /** Rows that stay in their file. */
    StoredRows scan(Dataset data, boolean normalize) throws AnalysisException {
        RunContext.Progress progress = context.phase("Checking " + data.name(), data.size(), "rows");
        return StoredRows.scan(data, normalize, context::checkCancelled, progress::advance);
    }

    /**
     * What a model makes of samples.
     *
     * @param layer name of a layer or of a tensor; empty for the model's output
     */
    Vectors compute(Model model, Dataset data, String role, String layer) throws AnalysisException {
        return compute(model, data, layer, columns -> new Rows(data, role, columns)).finish();
    }

    /**
     * What a model makes of samples, written to a file that is read again when it is searched.
     *
     * @param file where to; appears when it is complete
     */
    StoredRows store(Model model, Dataset data, String layer, boolean normalize, Path file) throws AnalysisException {
        StoredRows.Facts facts;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (NpzWriter npz = new NpzWriter(file)) {
                facts = compute(model, data, layer, columns -> written(data, columns, normalize, npz)).facts;
                npz.end();
                if (data.labelled()) {
                    npz.add("labels", facts.labels());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new AnalysisException(
                    "the embeddings cannot be written (" + e.getMessage() + ")", file.toString(), "make room", e);
        }
        return facts.finish(new NpzKind().open(Location.of(file)));
    }

    private static Written written(Dataset data, int columns, boolean normalize, NpzWriter npz)
            throws AnalysisException {
        StoredRows.Facts facts = new StoredRows.Facts(data, columns, normalize);
        try {
            npz.begin("embeddings", data.size(), columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Written(facts, columns, npz);
    }

    private <S extends Sink> S compute(Model model, Dataset data, String layer, Target<S> target)
            throws AnalysisException {
        Fit fit = ShapeFit.of(data.sampleShape(), model.input());
        if (!fit.fits()) {
            throw new AnalysisException(
                    fit.reason().replaceFirst("\\.$", ""),
                    data.name(),
                    "choose data of the shape that the model was trained on");
        }
        columns(data);
        Optional<Captured> captured = layer.isBlank() ? Optional.empty() : Optional.of(find(model, layer.strip()));
        int columns = captured.map(Captured::columns).orElse(Math.toIntExact(model.output().size()));
        List<String> capture = captured.map(c -> List.of(c.tensor())).orElse(List.of());
        S sink = target.of(columns);
        RunContext.Progress progress = context.phase("Embedding " + data.name(), data.size(), "samples");
        int largest = InferenceOptions.largestBatchSize(model, captured.isPresent() ? columns : 0L);
        try (Inference inference =
                model.open(new InferenceOptions(largest, context.threads(), capture, context.graphics()));
                ReadAhead ahead = ReadAhead.of(data, batchSize(model, inference, largest))) {
            for (var next = ahead.next(context::checkCancelled);
                    next.isPresent();
                    next = ahead.next(context::checkCancelled)) {
                context.checkCancelled();
                try (ReadAhead.Batch batch = next.get();
                        Inference.Activations out = inference.run(batch.samples(), batch.count())) {
                    FloatBuffer values = captured.isPresent() ? out.captured(0) : out.scores();
                    sink.add(batch, values);
                    progress.advance(batch.count());
                }
            }
        }
        return sink;
    }

    private static int batchSize(Model model, Inference inference, int largest) {
        return inference.place().isEmpty()
                ? Math.min(largest, InferenceOptions.goodBatchSize(model, List.of()))
                : largest;
    }

    /** A tensor to hand out, and its number of values for a sample. */
    private record Captured(String tensor, int columns) {}

    /** Values of a sample that a layer puts out, or -1 when that is not known beforehand or more than can be. */
    private static int width(Layer node) {
        long columns = 1;
        for (int d : node.outputShape()) {
            columns = d < 1 || columns < 1 || columns * d > Integer.MAX_VALUE ? -1 : columns * d;
        }
        return (int) columns;
    }

    /** The layers whose output can be an embedding, in the order of the graph. */
    static List<String> layers(Model model) {
        return model.layers().stream().filter(l -> width(l) > 0).map(Layer::name).toList();
    }

    private static Captured find(Model model, String layer) throws AnalysisException {
        for (Layer node : model.layers()) {
            int columns = node.name().equals(layer) ? width(node) : -1;
            if (columns > 0) {
                return new Captured(node.output(), columns);
            }
        }
        for (ReluLayer relu : model.reluLayers()) {
            if (relu.preActivation().equals(layer)) {
                return new Captured(layer, relu.width());
            }
        }
        throw new AnalysisException(
                "the model has no layer '" + layer + "' whose output can be taken",
                model.name(),
                "choose one of "
                        + String.join(", ", layers(model).stream().limit(30).toList()));
    }

    /** Values of a sample; refuses data without samples. */
    static int columns(Dataset data) throws AnalysisException {
        if (data.size() == 0) {
            throw new AnalysisException("there are no samples", data.name(), "choose data with samples");
        }
        return Math.toIntExact(Arrays.stream(data.sampleShape()).asLongStream().reduce(1, (x, y) -> x * y));
    }

    /** Where rows go as they come in. */
    private interface Sink {

        /** @param values the rows of the batch, row-major from the position on */
        void add(ReadAhead.Batch batch, FloatBuffer values) throws AnalysisException;
    }

    /** Makes the place for rows of so many columns. */
    private interface Target<S extends Sink> {
        S of(int columns) throws AnalysisException;
    }

    /** Keeps all rows in memory. */
    private static final class Rows implements Sink {

        private final RowCheck checked;
        private final String role;
        private final int columns;
        private final float[] values;
        private final int[] labels;

        Rows(Dataset data, String role, int columns) throws AnalysisException {
            if (data.size() * columns > Integer.MAX_VALUE - 16) {
                throw new AnalysisException(
                        data.size() + " rows of " + columns + " values are more than can be held",
                        data.name(),
                        "take a part of them with ?range=, or fewer values per row");
            }
            this.checked = new RowCheck(data, columns);
            this.role = role;
            this.columns = columns;
            this.values = new float[(int) (data.size() * columns)];
            this.labels = new int[(int) data.size()];
        }

        @Override
        public void add(ReadAhead.Batch batch, FloatBuffer from) throws AnalysisException {
            int at = checked.add(batch, from);
            from.duplicate().get(values, at * columns, batch.count() * columns);
            System.arraycopy(batch.labels(), 0, labels, at, batch.count());
        }

        Vectors finish() throws AnalysisException {
            checked.finish();
            Dataset data = checked.data();
            return new Vectors(
                    data.name(), role, values, labels.length, columns, data.labelled() ? labels : null,
                    data.classes());
        }
    }

    /** Writes rows to a file as they come, and keeps their labels. */
    private static final class Written implements Sink {

        private final StoredRows.Facts facts;
        private final int columns;
        private final NpzWriter npz;

        Written(StoredRows.Facts facts, int columns, NpzWriter npz) {
            this.facts = facts;
            this.columns = columns;
            this.npz = npz;
        }

        @Override
        public void add(ReadAhead.Batch batch, FloatBuffer values) throws AnalysisException {
            facts.add(batch, values);
            try {
                npz.append(values.duplicate().limit(values.position() + batch.count() * columns));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
