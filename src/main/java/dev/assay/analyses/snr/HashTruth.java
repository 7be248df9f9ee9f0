package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.data.ClassOrder;
import dev.assay.data.Dataset;
import dev.assay.data.LabelSets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What counts as right when codes are searched: one of the same class, or, where samples have several labels, one with
 * at least one label in common (snr-metric-learning, step 7).
 *
 * @param relevance which rows of the database are relevant to a query
 * @param alike which queries are positives of each other
 * @param label what a query is called; null for a query without a class
 */
record HashTruth(HashRetrieval.Relevance relevance, PairLosses.Alike alike, IntFunction<String> label) {

    /** By classes. */
    static HashTruth of(EmbeddingInputs rows) throws AnalysisException {
        if (!rows.labelled()) {
            throw new AnalysisException(
                    "the samples have no labels", rows.queries().name(), "retrieval is scored by classes; give them");
        }
        int[] asking = rows.queryLabels();
        int[] answering = rows.labelsToFind();
        return new HashTruth(
                (q, j) -> asking[q] >= 0 && asking[q] == answering[j],
                (i, j) -> asking[i] == asking[j],
                row -> rows.className(asking[row]));
    }

    /** By several labels per sample where the inputs have them, else by classes. */
    static HashTruth of(Inputs inputs, EmbeddingInputs rows) throws AnalysisException {
        Optional<LabelSets> queries = sets(inputs, EmbeddingInputs.EMBEDDINGS);
        if (queries.isEmpty()) {
            queries = sets(inputs, EmbeddingInputs.DATA);
        }
        Optional<LabelSets> found = rows.same() ? Optional.empty() : sets(inputs, EmbeddingInputs.DATABASE);
        if (queries.isEmpty() && found.isEmpty()) {
            return of(rows);
        }
        // A label matrix with a single 1 in every row is read as classes; beside one with several it is a matrix again.
        LabelSets asking = queries.or(
                () -> sets(rows.queries().labels(), rows.queries().classes(), found.orElseThrow()))
                .orElseThrow(() -> without(rows.queries().name(), rows.database().name()));
        LabelSets answering = asking;
        if (!rows.same()) {
            StoredRows database = rows.database();
            answering = found.or(() -> sets(database.labels(), database.classes(), asking))
                    .orElseThrow(() -> without(database.name(), rows.queries().name()));
            if (answering.names().size() != asking.names().size()) {
                throw new AnalysisException(
                        "it has " + answering.names().size() + " labels, " + rows.queries().name() + " has "
                                + asking.names().size(),
                        database.name(),
                        "give both the same labels in the same order");
            }
            if (!answering.names().equals(asking.names())
                    && !ClassOrder.isPlain(answering.names())
                    && !ClassOrder.isPlain(asking.names())) {
                throw new AnalysisException(
                        "its labels (" + ClassOrder.listed(answering.names()) + ") are not those of "
                                + rows.queries().name() + " (" + ClassOrder.listed(asking.names()) + ")",
                        database.name(),
                        "give both the same labels in the same order, with the same classes=");
            }
        }
        LabelSets others = answering;
        return new HashTruth(
                (q, j) -> asking.share(q, others, j), (i, j) -> asking.share(i, asking, j), asking::text);
    }

    private static AnalysisException without(String name, String other) {
        return new AnalysisException(
                "its samples have no sets of labels, those of " + other + " do", name,
                "give a label matrix of 0 and 1 for both");
    }

    /** Classes as sets of one label each; empty without classes, or when they are not as many as the other's labels. */
    private static Optional<LabelSets> sets(int[] labels, List<String> classes, LabelSets other) {
        return labels != null && classes.size() == other.names().size()
                ? Optional.of(LabelSets.ofClasses(classes, labels))
                : Optional.empty();
    }

    private static Optional<LabelSets> sets(Inputs inputs, String role) throws AnalysisException {
        Optional<Dataset> data = inputs.find(role, Dataset.class);
        return data.isPresent() ? data.get().labelSets() : Optional.empty();
    }
}
