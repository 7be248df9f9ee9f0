package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Fit;
import dev.assay.analysis.RunContext;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.ShapeFit;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
        int columns = columns(data);
        Rows rows = new Rows(data, role, columns);
        RunContext.Progress progress = context.phase("Reading " + data.name(), data.size(), "rows");
        int batchSize = Math.clamp(BATCH_VALUES / columns, 1, FILE_BATCH);
        try (ReadAhead ahead = ReadAhead.of(data, batchSize)) {
            for (var next = ahead.next(context::checkCancelled);
                    next.isPresent();
                    next = ahead.next(context::checkCancelled)) {
                try (ReadAhead.Batch batch = next.get()) {
                    context.checkCancelled();
                    rows.add(batch, batch.samples());
                    progress.advance(batch.count());
                }
            }
        }
        return rows.finish();
    }

    /**
     * What a model makes of samples.
     *
     * @param layer name of a layer or of a tensor; empty for the model's output
     */
    Vectors compute(Model model, Dataset data, String role, String layer) throws AnalysisException {
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
        Rows rows = new Rows(data, role, columns);
        RunContext.Progress progress = context.phase("Embedding " + data.name(), data.size(), "samples");
        int batchSize = InferenceOptions.goodBatchSize(model, List.of());
        try (Inference inference =
                model.open(new InferenceOptions(batchSize, context.threads(), capture, context.graphics()));
                ReadAhead ahead = ReadAhead.of(data, batchSize)) {
            for (var next = ahead.next(context::checkCancelled);
                    next.isPresent();
                    next = ahead.next(context::checkCancelled)) {
                context.checkCancelled();
                try (ReadAhead.Batch batch = next.get();
                        Inference.Activations out = inference.run(batch.samples(), batch.count())) {
                    FloatBuffer values = captured.isPresent() ? out.captured(0) : out.scores();
                    rows.add(batch, captured.map(c -> c.after(values)).orElse(values));
                    progress.advance(batch.count());
                }
            }
        }
        return rows.finish();
    }

    /** A tensor to hand out, and whether the layer asked for is the ReLU behind it. */
    private record Captured(String tensor, int columns, boolean relu) {

        FloatBuffer after(FloatBuffer values) {
            if (!relu) {
                return values;
            }
            FloatBuffer positive = FloatBuffer.allocate(values.remaining());
            for (int i = 0; i < positive.capacity(); i++) {
                positive.put(i, Math.max(0, values.get(values.position() + i)));
            }
            return positive;
        }
    }

    private static Captured find(Model model, String layer) throws AnalysisException {
        for (ReluLayer relu : model.reluLayers()) {
            if (relu.name().equals(layer) && relu.exact()) {
                return new Captured(relu.preActivation(), relu.width(), true);
            }
            if (relu.preActivation().equals(layer)) {
                return new Captured(layer, relu.width(), false);
            }
        }
        for (Layer node : model.layers()) {
            if (node.name().equals(layer)) {
                int columns = 1;
                for (int d : node.outputShape()) {
                    columns = d < 1 || columns < 1 ? -1 : Math.multiplyExact(columns, d);
                }
                if (columns > 0) {
                    return new Captured(layer, columns, false);
                }
            }
        }
        throw new AnalysisException(
                "the model has no layer '" + layer + "' whose output can be taken",
                model.name(),
                "choose one of "
                        + String.join(", ", model.layers().stream().map(Layer::name).limit(30).toList()));
    }

    private static int columns(Dataset data) throws AnalysisException {
        if (data.size() == 0) {
            throw new AnalysisException("there are no samples", data.name(), "choose data with samples");
        }
        long columns = Arrays.stream(data.sampleShape()).asLongStream().reduce(1, (a, b) -> a * b);
        if (data.size() * columns > Integer.MAX_VALUE - 16) {
            throw new AnalysisException(
                    data.size() + " rows of " + columns + " values are more than can be held",
                    data.name(),
                    "take a part of them with ?limit=, or fewer values per row");
        }
        return (int) columns;
    }

    /** Rows as they come in. */
    private static final class Rows {

        private final Dataset data;
        private final String role;
        private final int columns;
        private final float[] values;
        private final int[] labels;
        private int count;

        Rows(Dataset data, String role, int columns) throws AnalysisException {
            if (columns < 2) {
                throw new AnalysisException(
                        "a row has only one value, and the variance over one value is 0",
                        data.name(),
                        "choose embeddings of at least two values");
            }
            if (data.size() * columns > Integer.MAX_VALUE - 16) {
                throw new AnalysisException(
                        data.size() + " rows of " + columns + " values are more than can be held",
                        data.name(),
                        "choose a layer with fewer values or fewer samples");
            }
            this.data = data;
            this.role = role;
            this.columns = columns;
            this.values = new float[(int) (data.size() * columns)];
            this.labels = new int[(int) data.size()];
        }

        void add(ReadAhead.Batch batch, FloatBuffer from) throws AnalysisException {
            int at = Math.toIntExact(batch.first());
            from.duplicate().get(values, at * columns, batch.count() * columns);
            System.arraycopy(batch.labels(), 0, labels, at, batch.count());
            for (int i = at * columns; i < (at + batch.count()) * columns; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new AnalysisException(
                            "row " + i / columns + ", column " + i % columns + " is "
                                    + (Float.isNaN(values[i]) ? "NaN" : "infinite"),
                            data.name(),
                            "mend the value or leave the row out");
                }
            }
            count = at + batch.count();
        }

        Vectors finish() throws AnalysisException {
            if (count != labels.length) {
                throw new AnalysisException(
                        "it ends after " + count + " of " + labels.length + " rows", data.name(), "save it again");
            }
            return new Vectors(
                    data.name(), role, values, count, columns, data.labelled() ? labels : null, data.classes());
        }
    }
}
