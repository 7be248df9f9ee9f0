package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import dev.assay.analysis.result.RefKind;
import dev.assay.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Queries and what they found, as pictures. */
final class Wall {

    private static final int QUERIES = 8;

    private final Inputs inputs;
    private final EmbeddingInputs rows;
    private final Side asking;
    private final Side answering;

    /** Samples of one input and their classes. */
    private record Side(String role, int[] labels) {}

    /**
     * Pictures of what was asked and found.
     *
     * @param fromDatabase whether the rows that ask are of the database
     * @param inDatabase whether those that were found are
     */
    static Wall of(Inputs inputs, EmbeddingInputs rows, boolean fromDatabase, boolean inDatabase) {
        return new Wall(inputs, rows, side(inputs, rows, fromDatabase), side(inputs, rows, inDatabase));
    }

    private static Side side(Inputs inputs, EmbeddingInputs rows, boolean database) {
        return database
                ? new Side(EmbeddingInputs.databaseRole(inputs), rows.labelsToFind())
                : new Side(EmbeddingInputs.sampleRole(inputs), rows.queryLabels());
    }

    private Wall(Inputs inputs, EmbeddingInputs rows, Side asking, Side answering) {
        this.inputs = inputs;
        this.rows = rows;
        this.asking = asking;
        this.answering = answering;
    }

    /** Some queries, half of them with a wrong nearest neighbour where there are such. */
    int[] choose(QueryScores[] scores, long seed) {
        int[] order = BatchSampler.draw(scores.length, scores.length, new SplittableRandom(seed));
        List<Integer> wrong = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int q : order) {
            if (scores[q] != null && scores[q].nearest().length > 0) {
                int nearest = scores[q].nearest()[0];
                boolean same = rows.queryLabels()[q] >= 0 && rows.queryLabels()[q] == rows.labelsToFind()[nearest];
                (same ? right : wrong).add(q);
            }
        }
        List<Integer> chosen = new ArrayList<>(wrong.subList(0, Math.min(QUERIES / 2, wrong.size())));
        chosen.addAll(right.subList(0, Math.min(QUERIES - chosen.size(), right.size())));
        return chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** Empty when the samples are no pictures. */
    Optional<ImageGrid> grid(String id, String title, int[] queries, int[][] found) throws AnalysisException {
        List<ImageGrid.Item> items = new ArrayList<>();
        for (int i = 0; i < queries.length; i++) {
            int label = asking.labels()[queries[i]];
            Optional<Picture> first = picture(asking.role(), queries[i]);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            items.add(new ImageGrid.Item(
                    Frames.around(first.get(), null),
                    (asking.role().equals(EmbeddingInputs.DATABASE) ? "database " : "query ") + queries[i]
                            + suffix(label),
                    RefKind.sample(asking.role()).at(queries[i])));
            for (int rank = 0; rank < found[i].length; rank++) {
                addFound(items, found[i][rank], rank + 1, label);
            }
        }
        return items.isEmpty() ? Optional.empty() : Optional.of(new ImageGrid(id, title, items));
    }

    private void addFound(List<ImageGrid.Item> items, int row, int rank, int label) throws AnalysisException {
        Optional<Picture> picture = picture(answering.role(), row);
        if (picture.isPresent()) {
            int its = answering.labels()[row];
            items.add(new ImageGrid.Item(
                    Frames.around(picture.get(), label < 0 ? null : (Boolean) (its == label)),
                    rank + suffix(its),
                    RefKind.sample(answering.role()).at(row)));
        }
    }

    private String suffix(int label) {
        return label < 0 ? "" : " · " + rows.className(label);
    }

    private Optional<Picture> picture(String role, int index) throws AnalysisException {
        Dataset data = inputs.find(role, Dataset.class).orElse(null);
        return data == null || index >= data.size() ? Optional.empty() : data.sample(index).picture();
    }
}
