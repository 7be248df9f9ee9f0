package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows that an analysis works on and the samples behind them.
 *
 * @param queries rows that ask
 * @param database rows that answer; the same object when every query asks among the others
 * @param databaseLabels classes of the database by the numbers of the queries' classes, -1 for a class that is not among
 *     them
 * @param computed whether a model made the rows
 */
record EmbeddingInputs(Vectors queries, Vectors database, int[] databaseLabels, boolean computed) {

    static final String EMBEDDINGS = "embeddings";
    static final String MODEL = "model";
    static final String DATA = "data";
    static final String DATABASE = "database";

    private static final String MEND =
            "give embeddings=FILE (NPY, NPZ or CSV), or model=FILE and data=FILE whose outputs are the embeddings";

    boolean same() {
        return queries == database;
    }

    /** The role whose samples the queries are; with embeddings from a file that is the data beside them, if given. */
    static String sampleRole(Inputs inputs) {
        return inputs.roles().contains(DATA) ? DATA : EMBEDDINGS;
    }

    static String databaseRole(Inputs inputs) {
        return inputs.roles().contains(DATABASE) ? DATABASE : sampleRole(inputs);
    }

    static EmbeddingInputs read(Inputs inputs, String layer, RunContext context) throws AnalysisException {
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
            Vectors queries = reader.read(embeddings.get(), role);
            Vectors database = other.isPresent() ? reader.read(other.get(), DATABASE) : queries;
            return of(labelsOf(queries, data), database == queries ? null : database, false);
        }
        if (model.isEmpty() || data.isEmpty()) {
            String missing = model.isPresent() ? "data for the model is missing" : "there are no embeddings";
            throw new AnalysisException(missing, "inputs", MEND);
        }
        Vectors queries = reader.compute(model.get(), data.get(), role, layer);
        Vectors database = other.isPresent() ? reader.compute(model.get(), other.get(), DATABASE, layer) : null;
        return of(queries, database, true);
    }

    /** Embeddings without labels take them from the data whose rows they are. */
    private static Vectors labelsOf(Vectors rows, Optional<Dataset> data) throws AnalysisException {
        if (data.isPresent() && data.get().size() != rows.rows()) {
            throw new AnalysisException(
                    "it has " + data.get().size() + " samples, the embeddings have " + rows.rows() + " rows",
                    data.get().name(),
                    "give the data that the embeddings were made from, in the same order");
        }
        return rows;
    }

    private static EmbeddingInputs of(Vectors queries, Vectors database, boolean computed) throws AnalysisException {
        if (queries.rows() < 2) {
            throw new AnalysisException(
                    "there is only one row, and nothing to compare it with", queries.name(), "give two rows or more");
        }
        if (database == null) {
            return new EmbeddingInputs(queries, queries, queries.labels(), computed);
        }
        if (database.columns() != queries.columns()) {
            throw new AnalysisException(
                    "its rows have " + database.columns() + " values, those of " + queries.name() + " have "
                            + queries.columns(),
                    database.name(),
                    "give embeddings of the same model");
        }
        return new EmbeddingInputs(queries, database, translated(queries, database), computed);
    }

    private static int[] translated(Vectors queries, Vectors database) {
        if (!queries.labelled() || !database.labelled()) {
            return null;
        }
        Map<String, Integer> known = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(queries.classes());
        for (int c = 0; c < names.size(); c++) {
            known.put(names.get(c), c);
        }
        return Arrays.stream(database.labels())
                .map(label -> label < 0 ? -1 : known.getOrDefault(database.classes().get(label), -1))
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
        return databaseLabels == null ? unknown(database.rows()) : databaseLabels;
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
