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
import dev.assay.data.Dataset;
import dev.assay.data.npy.NpzArrays;
import dev.assay.data.npy.NpzKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A finished run: the threshold follows a slider, a row or point leads to its neighbours, a cell to both of its samples.
 * A database of its own is looked at when something of it is asked for.
 */
final class SnrExplorer implements Explorer<SnrParameters> {

    private static final Runnable NEVER_STOPS = () -> {};
    private static final int SHOWN = 16;

    private final Inputs inputs;
    private final Vectors queries;
    private final Dataset database;
    private final boolean computed;
    private final SnrParameters parameters;
    private final Kernels kernels;
    private final SquaredDistances kernel;
    private final Distance first;
    private final PreparedRows prepared;
    private final PairSample pairs;
    /** Made at the first look at the database. */
    private EmbeddingInputs rows;

    private SnrExplorer(
            Inputs inputs, Vectors queries, Dataset database, boolean computed, SnrParameters parameters,
            int[] chosen) {
        this.inputs = inputs;
        this.queries = queries;
        this.database = database;
        this.computed = computed;
        this.parameters = parameters;
        this.kernels = Kernels.cpu(1);
        this.kernel = kernels.get(SquaredDistances.class);
        this.first = parameters.scored().getFirst();
        this.prepared = PreparedRows.of(
                queries.values(), queries.rows(), queries.columns(), first.form(), parameters.normalize(),
                parameters.eps());
        this.pairs = PairSample.of(
                first, prepared, EmbeddingInputs.among(queries, computed).queryLabels(), chosen, kernel, NEVER_STOPS);
    }

    static Optional<Explorer<SnrParameters>> open(Inputs inputs, SnrParameters parameters, Path artifacts)
            throws AnalysisException {
        String role = EmbeddingInputs.sampleRole(inputs);
        Path file = artifacts.resolve(SnrMetricLearning.FILE);
        Optional<Dataset> embeddings = inputs.find(EmbeddingInputs.EMBEDDINGS, Dataset.class);
        Optional<Dataset> other = inputs.find(EmbeddingInputs.DATABASE, Dataset.class);
        if (embeddings.isPresent()) {
            Vectors vectors = EmbeddingInputs.labelled(
                    VectorReader.read(embeddings.get(), role, NEVER_STOPS, n -> {}),
                    inputs.find(EmbeddingInputs.DATA, Dataset.class),
                    data -> VectorReader.labels(data, NEVER_STOPS, n -> {}));
            return Optional.of(new SnrExplorer(
                    inputs, vectors, other.orElse(null), false, parameters, chosen(vectors, parameters, artifacts)));
        }
        Path answers = artifacts.resolve(EmbeddingInputs.DATABASE_FILE);
        if (!Files.exists(file) || other.isPresent() && !Files.exists(answers)) {
            return Optional.empty();
        }
        Vectors vectors;
        try (Dataset kept = new NpzKind().open(Location.of(file))) {
            vectors = VectorReader.read(kept, role, NEVER_STOPS, n -> {})
                    .named(inputs.get(EmbeddingInputs.DATA, Dataset.class));
        }
        int[] chosen = chosen(vectors, parameters, artifacts);
        Dataset database = other.isPresent() ? new NpzKind().open(Location.of(answers)) : null;
        return Optional.of(new SnrExplorer(inputs, vectors, database, true, parameters, chosen));
    }

    /** The rows that the run's matrix shows. */
    private static int[] chosen(Vectors queries, SnrParameters parameters, Path artifacts) throws AnalysisException {
        Path file = artifacts.resolve(SnrMetricLearning.PAIRS_FILE);
        if (queries.rows() <= parameters.matrixLimit() || !Files.exists(file)) {
            return PairSample.draw(queries.rows(), parameters.matrixLimit(), 0);
        }
        try (NpzArrays arrays = NpzArrays.open(file)) {
            return Arrays.stream(arrays.read(SnrMetricLearning.PAIRS).values())
                    .mapToInt(row -> (int) row)
                    .filter(row -> row >= 0 && row < queries.rows())
                    .toArray();
        }
    }

    /** Queries and database. */
    private EmbeddingInputs rows() throws AnalysisException {
        if (rows == null) {
            if (database == null) {
                rows = EmbeddingInputs.among(queries, computed);
            } else {
                StoredRows found = StoredRows.scan(database, parameters.normalize(), NEVER_STOPS, n -> {});
                Dataset named = inputs.get(EmbeddingInputs.DATABASE, Dataset.class);
                rows = EmbeddingInputs.of(
                        queries,
                        new StoredRows(
                                database,
                                named.name(),
                                found.rows(),
                                found.columns(),
                                named.labelled() ? found.labels() : null,
                                named.classes(),
                                found.least()),
                        computed);
            }
        }
        return rows;
    }

    @Override
    public void update(SnrParameters live, ResultSink sink) {
        SnrPlots.threshold(sink, first, pairs, live.threshold());
    }

    @Override
    public List<Result> details(Selection selection, SnrParameters live) throws AnalysisException {
        List<Ref> samples = selection.all("sample");
        if (samples.size() >= 2) {
            return pair(samples.get(0), samples.get(1));
        }
        if (samples.size() == 1) {
            return stored(samples.getFirst()) ? askers(index(samples.getFirst()))
                    : neighbours(index(samples.getFirst()));
        }
        return List.of();
    }

    private static int index(Ref sample) {
        return Integer.parseInt(sample.key());
    }

    /** Whether a sample is one of a database of its own. */
    private boolean stored(Ref sample) {
        return database != null && sample.kind().role().equals(EmbeddingInputs.DATABASE);
    }

    private List<Result> neighbours(int query) throws AnalysisException {
        if (query >= queries.rows() || !prepared.asks(first, query)) {
            return List.of();
        }
        QueryScores found;
        if (database == null) {
            Retrieval retrieval = new Retrieval(prepared, rows().queryLabels());
            double[] distances = new double[prepared.rows()];
            retrieval.distances(first, kernel, query, distances, new double[retrieval.bufferLength()], NEVER_STOPS);
            found = new QueryScorer(new int[0], SHOWN).score(distances, distances.length, j -> false);
        } else {
            int n = prepared.columns();
            PreparedRows one = new PreparedRows(
                    first.form(),
                    Arrays.copyOfRange(prepared.values(), query * n, (query + 1) * n),
                    1,
                    n,
                    new double[] {prepared.denominator(query)},
                    new boolean[] {true});
            found = new StreamedRetrieval(
                    one,
                    new int[] {-1},
                    rows().database(),
                    rows().labelsToFind(),
                    parameters.normalize(),
                    parameters.eps(),
                    StreamedRetrieval.MOST_HELD)
                    .score(first, new int[0], SHOWN, kernel, 1, NEVER_STOPS, rows -> {})[0];
        }
        return nearest(
                "Nearest to row " + query,
                Wall.of(inputs, rows(), false, database != null),
                query,
                found,
                EmbeddingInputs.databaseRole(inputs),
                j -> rows.databaseClass(j));
    }

    /** The queries that a row of the database is nearest to. */
    private List<Result> askers(int row) throws AnalysisException {
        if (row >= database.size()) {
            return List.of();
        }
        PreparedRows answer = part(values(database, row), 1);
        if (!answer.found(first, 0)) {
            return List.of();
        }
        double[] distances = new double[prepared.rows()];
        kernel.from(answer.values(), 0, prepared.values(), 0, distances.length, prepared.columns(), distances);
        for (int q = 0; q < distances.length; q++) {
            distances[q] = prepared.asks(first, q)
                    ? first.rank(distances[q], prepared.denominator(q), answer.denominator(0))
                    : Double.NaN;
        }
        return nearest(
                "Queries nearest to database row " + row,
                Wall.of(inputs, rows(), true, false),
                row,
                new QueryScorer(new int[0], SHOWN).score(distances, distances.length, j -> false),
                EmbeddingInputs.sampleRole(inputs),
                q -> rows.className(rows.queryLabels()[q]));
    }

    private static double[] values(Dataset data, int row) throws AnalysisException {
        float[] values = data.sample(row).values();
        double[] wide = new double[values.length];
        Arrays.setAll(wide, c -> values[c]);
        return wide;
    }

    private PreparedRows part(double[] values, int count) throws AnalysisException {
        return PreparedRows.part(
                values, count, queries.columns(), first.form(), parameters.normalize(), parameters.eps(),
                rows().database().least());
    }

    private List<Result> nearest(
            String title, Wall wall, int asked, QueryScores found, String role, IntFunction<String> className)
            throws AnalysisException {
        String full = title + " by " + first.id();
        Table.Builder table = new Table.Builder("nearest", full, List.of(
                Column.integer("rank", "Rank"),
                Column.integer("row", "Row").to(RefKind.sample(role)),
                Column.text("class", "Class"),
                Column.real("distance", "Distance", "")));
        for (int i = 0; i < found.nearest().length; i++) {
            int at = found.nearest()[i];
            table.add(i + 1, at, className.apply(at), first.shown(found.distances()[i]));
        }
        List<Result> results = new ArrayList<>();
        wall.grid("neighbours_of", full, new int[] {asked}, new int[][] {found.nearest()}).ifPresent(results::add);
        results.add(table.snapshot());
        return results;
    }

    private List<Result> pair(Ref one, Ref other) throws AnalysisException {
        int n = queries.columns();
        double[] both = new double[2 * n];
        for (int side = 0; side < 2; side++) {
            Ref ref = side == 0 ? one : other;
            int row = index(ref);
            if (row >= (stored(ref) ? database.size() : queries.rows())) {
                return List.of();
            }
            double[] values = new double[n];
            if (stored(ref)) {
                values = values(database, row);
            } else {
                for (int c = 0; c < n; c++) {
                    values[c] = queries.values()[row * n + c];
                }
            }
            System.arraycopy(values, 0, both, side * n, n);
        }
        PreparedRows centred = PreparedRows.of(
                both, 2, n, Distance.Form.CENTRED, parameters.normalize(), parameters.eps());
        double product = 0;
        double[] squared = new double[1];
        kernel.from(centred.values(), 0, centred.values(), 1, 2, n, squared);
        for (int c = 0; c < n; c++) {
            product += centred.values()[c] * centred.values()[n + c];
        }
        double a = centred.denominators()[0];
        double b = centred.denominators()[1];
        String title = called(one) + " and " + called(other);
        Table.Builder table = new Table.Builder("pair", capital(title), List.of(
                Column.text("quantity", "Quantity"), Column.real("value", "Value", "")));
        table.add("SNR distance, " + called(one) + " as anchor", squared[0] / a)
                .add("SNR distance, " + called(other) + " as anchor", squared[0] / b)
                .add("Correlation of the rows", product / n / Math.sqrt(centred.variance(0) * centred.variance(1)))
                .add("Ratio of standard deviations", Math.sqrt(centred.variance(1) / centred.variance(0)))
                .add("Euclidean distance without row means", Math.sqrt(squared[0]));
        List<Result> results = new ArrayList<>();
        EmbeddingInputs named =
                stored(one) || stored(other) ? rows() : EmbeddingInputs.among(queries, computed);
        Wall.of(inputs, named, stored(one), stored(other))
                .grid("both_samples", capital(title), new int[] {index(one)}, new int[][] {{index(other)}})
                .ifPresent(results::add);
        results.add(table.snapshot());
        return results;
    }

    private String called(Ref sample) {
        return (stored(sample) ? "database row " : "row ") + index(sample);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    @Override
    public void close() {
        if (computed && database != null) {
            database.close();
        }
        kernels.close();
    }
}
