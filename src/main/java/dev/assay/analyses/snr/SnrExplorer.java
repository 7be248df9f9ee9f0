package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.compute.Kernels;
import dev.assay.compute.SquaredDistances;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.npy.NpzKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A finished run: the threshold follows a slider, a row or point leads to its neighbours, a cell to both of its samples.
 * Explores a run whose queries search among themselves.
 */
final class SnrExplorer implements Explorer<SnrParameters> {

    private static final Runnable NEVER_STOPS = () -> {};
    private static final int SHOWN = 16;

    private final Inputs inputs;
    private final EmbeddingInputs rows;
    private final Kernels kernels;
    private final SquaredDistances kernel;
    private final Distance first;
    private final PreparedRows prepared;
    private final PreparedRows centred;
    private final PairSample pairs;

    private SnrExplorer(Inputs inputs, EmbeddingInputs rows, SnrParameters parameters) {
        this.inputs = inputs;
        this.rows = rows;
        this.kernels = Kernels.cpu(1);
        this.kernel = kernels.get(SquaredDistances.class);
        this.first = parameters.scored().getFirst();
        this.prepared = prepare(first.form(), parameters);
        this.centred = first.form() == Distance.Form.CENTRED ? prepared : prepare(Distance.Form.CENTRED, parameters);
        this.pairs = PairSample.of(
                first, prepared, rows.queryLabels(), parameters.matrixLimit(), 0, kernel, NEVER_STOPS);
    }

    private PreparedRows prepare(Distance.Form form, SnrParameters parameters) {
        Vectors v = rows.queries();
        return PreparedRows.of(v.values(), v.rows(), v.columns(), form, parameters.normalize(), parameters.eps());
    }

    static Optional<Explorer<SnrParameters>> open(Inputs inputs, SnrParameters parameters, Path artifacts)
            throws AnalysisException {
        String role = EmbeddingInputs.sampleRole(inputs);
        Path file = artifacts.resolve(SnrMetricLearning.FILE);
        Optional<Dataset> embeddings = inputs.find(EmbeddingInputs.EMBEDDINGS, Dataset.class);
        if (inputs.roles().contains(EmbeddingInputs.DATABASE) || embeddings.isEmpty() && !Files.exists(file)) {
            return Optional.empty();
        }
        Vectors vectors;
        if (embeddings.isPresent()) {
            vectors = read(embeddings.get(), role, null);
        } else {
            Dataset data = inputs.get(EmbeddingInputs.DATA, Dataset.class);
            try (Dataset kept = new NpzKind().open(Location.of(file))) {
                vectors = read(kept, role, data);
            }
        }
        return Optional.of(
                new SnrExplorer(inputs, new EmbeddingInputs(vectors, vectors, vectors.labels(), true), parameters));
    }

    /** @param named the data whose class names hold; null for the rows' own */
    private static Vectors read(Dataset data, String role, Dataset named) throws AnalysisException {
        int columns = Arrays.stream(data.sampleShape()).reduce(1, Math::multiplyExact);
        int count = Math.toIntExact(data.size());
        float[] values = new float[Math.multiplyExact(count, columns)];
        int[] labels = new int[count];
        int batch = Math.min(count, 1024);
        FloatBuffer buffer = ByteBuffer.allocateDirect(batch * columns * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        int[] some = new int[batch];
        try (BatchReader reader = data.read(0, batch)) {
            int at = 0;
            for (int n = reader.next(buffer, some); n > 0; n = reader.next(buffer, some)) {
                buffer.get(values, at * columns, n * columns);
                System.arraycopy(some, 0, labels, at, n);
                at += n;
                buffer.clear();
            }
        }
        boolean labelled = named == null ? data.labelled() : named.labelled();
        return new Vectors(
                data.name(),
                role,
                values,
                count,
                columns,
                labelled ? labels : null,
                named == null ? data.classes() : named.classes());
    }

    @Override
    public void update(SnrParameters parameters, ResultSink sink) {
        SnrPlots.threshold(sink, first, pairs, parameters.threshold());
    }

    @Override
    public List<Result> details(Selection selection, SnrParameters parameters) throws AnalysisException {
        List<Ref> samples = selection.all("sample");
        if (samples.size() >= 2) {
            return pair(index(samples.get(0)), index(samples.get(1)));
        }
        if (samples.size() == 1) {
            return neighbours(index(samples.getFirst()));
        }
        return List.of();
    }

    private static int index(Ref sample) {
        return Integer.parseInt(sample.key());
    }

    private List<Result> neighbours(int query) throws AnalysisException {
        if (query >= rows.queries().rows()) {
            return List.of();
        }
        Retrieval retrieval = new Retrieval(prepared, prepared, rows.queryLabels(), rows.labelsToFind());
        if (!retrieval.asks(first, query)) {
            return List.of();
        }
        double[] distances = new double[prepared.rows()];
        retrieval.distances(
                first, kernel, query, distances, new double[retrieval.bufferLength()], NEVER_STOPS);
        int[] nearest = new QueryScorer(new int[0], SHOWN)
                .score(distances, distances.length, j -> false)
                .nearest();
        RefKind sample = RefKind.sample(EmbeddingInputs.sampleRole(inputs));
        Table.Builder table = new Table.Builder(
                "nearest", "Nearest to row " + query + " by " + first.id(), List.of(
                        Column.integer("rank", "Rank"),
                        Column.integer("row", "Row").to(sample),
                        Column.text("class", "Class"),
                        Column.real("distance", "Distance", "")));
        for (int i = 0; i < nearest.length; i++) {
            table.add(
                    i + 1,
                    nearest[i],
                    rows.className(rows.queryLabels()[nearest[i]]),
                    first.shown(distances[nearest[i]]));
        }
        List<Result> results = new ArrayList<>();
        new Wall(inputs, rows)
                .grid(
                        "neighbours_of",
                        "Row " + query + " and its neighbours by " + first.id(),
                        new int[] {query},
                        new int[][] {nearest})
                .ifPresent(results::add);
        results.add(table.snapshot());
        return results;
    }

    private List<Result> pair(int i, int j) throws AnalysisException {
        if (Math.max(i, j) >= centred.rows()) {
            return List.of();
        }
        int n = centred.columns();
        double product = 0;
        double[] squared = new double[1];
        kernel.from(centred.values(), i, centred.values(), j, j + 1, n, squared);
        for (int c = 0; c < n; c++) {
            product += centred.values()[i * n + c] * centred.values()[j * n + c];
        }
        double a = centred.denominators()[i];
        double b = centred.denominators()[j];
        Table.Builder table = new Table.Builder("pair", "Rows " + i + " and " + j, List.of(
                Column.text("quantity", "Quantity"), Column.real("value", "Value", "")));
        table.add("SNR distance, " + i + " as anchor", squared[0] / a)
                .add("SNR distance, " + j + " as anchor", squared[0] / b)
                .add("Correlation of the rows", product / Math.sqrt(a * b))
                .add("Ratio of standard deviations", Math.sqrt(b / a))
                .add("Euclidean distance without row means", Math.sqrt(squared[0]));
        List<Result> results = new ArrayList<>();
        new Wall(inputs, rows)
                .grid("both_samples", "Rows " + i + " and " + j, new int[] {i}, new int[][] {{j}})
                .ifPresent(results::add);
        results.add(table.snapshot());
        return results;
    }

    @Override
    public void close() {
        kernels.close();
    }
}
