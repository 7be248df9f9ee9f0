package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Fit;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.data.ClassOrder;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import java.util.Arrays;
import java.util.Optional;

/**
 * The rows that an analysis works on and the samples behind them.
 *
 * @param queries rows that ask
 * @param database rows that answer, left in their file; null when every query asks among the others
 * @param databaseLabels classes of the database by the numbers of the queries' classes, -1 for a class that is not among
 *     them
 * @param computed whether a model made the rows
 */
record EmbeddingInputs(Vectors queries, StoredRows database, int[] databaseLabels,
        boolean computed) implements AutoCloseable {

    static final String EMBEDDINGS = "embeddings";
    static final String MODEL = "model";
    static final String DATA = "data";
    static final String DATABASE = "database";

    private static final String MEND =
            "choose embeddings (NPY, NPZ or CSV), or a model and data whose outputs are the embeddings";

    /** Name of the file that keeps what a model made of the database. */
    static final String DATABASE_FILE = "database.npz";

    /** Whether there is anything that embeddings could come from. */
    static boolean given(Inputs inputs) {
        return inputs.find(EMBEDDINGS, Dataset.class).isPresent()
                || inputs.find(MODEL, Model.class).isPresent() && inputs.find(DATA, Dataset.class).isPresent();
    }

    /** What to say where there is not. */
    static Fit notGiven() {
        return Fit.no("There is nothing to search in yet: " + MEND + ".");
    }

    /** Rows that ask among themselves. */
    static EmbeddingInputs among(Vectors rows, boolean computed) {
        return new EmbeddingInputs(rows, null, rows.labels(), computed);
    }

    boolean same() {
        return database == null;
    }

    /** How many rows answer. */
    int databaseRows() {
        return same() ? queries.rows() : database.rows();
    }

    /** The role whose samples the queries are; with embeddings from a file that is the data beside them, if given. */
    static String sampleRole(Inputs inputs) {
        return inputs.roles().contains(DATA) ? DATA : EMBEDDINGS;
    }

    static String databaseRole(Inputs inputs) {
        return inputs.roles().contains(DATABASE) ? DATABASE : sampleRole(inputs);
    }

    /**
     * Reads the queries, and looks at the database once.
     *
     * @param layer whose output a model's embedding is; empty for the model's output
     * @param normalize whether rows will be divided by their length
     */
    static EmbeddingInputs read(Inputs inputs, String layer, boolean normalize, RunContext context)
            throws AnalysisException {
        VectorReader reader = new VectorReader(context);
        Optional<Dataset> embeddings = inputs.find(EMBEDDINGS, Dataset.class);
        Optional<Model> model = inputs.find(MODEL, Model.class);
        Optional<Dataset> data = inputs.find(DATA, Dataset.class);
        Optional<Dataset> other = inputs.find(DATABASE, Dataset.class);
        String role = sampleRole(inputs);
        if (embeddings.isPresent()) {
            if (model.isPresent()) {
                context.warn("Embeddings are given, so the model is not used.");
            }
            Vectors queries = labelled(reader.read(embeddings.get(), role), data, reader::labels);
            if (other.isEmpty()) {
                return of(queries, null, false);
            }
            checkColumns(queries, VectorReader.columns(other.get()), other.get().name());
            return of(queries, reader.scan(other.get(), normalize), false);
        }
        if (model.isEmpty() || data.isEmpty()) {
            String missing = model.isPresent() ? "data for the model is missing" : "there are no embeddings";
            throw new AnalysisException(missing, "inputs", MEND);
        }
        Vectors queries = reader.compute(model.get(), data.get(), role, layer);
        StoredRows database = other.isPresent()
                ? reader.store(
                        model.get(), other.get(), layer, normalize, context.artifacts().resolve(DATABASE_FILE))
                : null;
        return of(queries, database, true);
    }

    /** Reads the labels of samples. */
    @FunctionalInterface
    interface LabelReader {
        int[] labels(Dataset data) throws AnalysisException;
    }

    /** Embeddings without labels take them from the data whose rows they are. */
    static Vectors labelled(Vectors rows, Optional<Dataset> data, LabelReader reader)
            throws AnalysisException {
        if (data.isEmpty()) {
            return rows;
        }
        if (data.get().size() != rows.rows()) {
            throw new AnalysisException(
                    "it has " + data.get().size() + " samples, the embeddings have " + rows.rows() + " rows",
                    data.get().name(),
                    "give the data that the embeddings were made from, in the same order");
        }
        return rows.labelled() || !data.get().labelled()
                ? rows
                : new Vectors(
                        rows.name(),
                        rows.role(),
                        rows.values(),
                        rows.rows(),
                        rows.columns(),
                        reader.labels(data.get()),
                        data.get().classes());
    }

    static EmbeddingInputs of(Vectors queries, StoredRows database, boolean computed) throws AnalysisException {
        if (queries.rows() < 2) {
            throw new AnalysisException(
                    "there is only one row, and nothing to compare it with", queries.name(), "give two rows or more");
        }
        if (database == null) {
            return among(queries, computed);
        }
        checkColumns(queries, database.columns(), database.name());
        return new EmbeddingInputs(queries, database, translated(queries, database), computed);
    }

    private static void checkColumns(Vectors queries, int columns, String database) throws AnalysisException {
        if (columns != queries.columns()) {
            throw new AnalysisException(
                    "its rows have " + columns + " values, those of " + queries.name() + " have " + queries.columns(),
                    database,
                    "give embeddings of the same model");
        }
    }

    private static int[] translated(Vectors queries, StoredRows database) throws AnalysisException {
        if (!queries.labelled() || !database.labelled()) {
            return null;
        }
        int[] places = ClassOrder.places(database.classes(), queries.classes());
        if (Arrays.stream(places).allMatch(place -> place < 0)) {
            throw new AnalysisException(
                    "none of its classes (" + ClassOrder.listed(database.classes()) + ") is one of " + queries.name()
                            + " (" + ClassOrder.listed(queries.classes()) + "), so no query could find anything",
                    database.name(),
                    "name the classes of both alike, with classes=FILE or classes=A,B,C");
        }
        return Arrays.stream(database.labels())
                .map(label -> label < 0 ? -1 : places[label])
                .toArray();
    }

    /** Whether retrieval can be scored. */
    boolean labelled() {
        return queries.labelled() && databaseLabels != null;
    }

    int[] queryLabels() {
        return queries.labelled() ? queries.labels() : unknown(queries.rows());
    }

    int[] labelsToFind() {
        return databaseLabels == null ? unknown(databaseRows()) : databaseLabels;
    }

    /** Name of a database row's class; null for none. */
    String databaseClass(int row) {
        if (same()) {
            return className(queryLabels()[row]);
        }
        int label = database.labelled() ? database.labels()[row] : -1;
        return label < 0 ? null : database.classes().get(label);
    }

    /** Lets the file go that a model's database was written to; files that were given stay open. */
    @Override
    public void close() {
        if (computed && database != null) {
            database.data().close();
        }
    }

    private static int[] unknown(int rows) {
        int[] labels = new int[rows];
        Arrays.fill(labels, -1);
        return labels;
    }

    String className(int label) {
        return label < 0 ? null : queries.classes().get(label);
    }
}
