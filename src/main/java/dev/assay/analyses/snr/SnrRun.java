package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.SquaredDistances;
import dev.assay.data.npy.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** One run of {@link SnrMetricLearning}. */
final class SnrRun {

    private static final int MOST_NAMED = 10;
    /** Rows in a UMAP map, some 15 s of work; a seeded sample beyond. */
    private static final int MOST_IN_UMAP = 10_000;

    private final Inputs inputs;
    private final SnrParameters parameters;
    private final RunContext context;
    private final SquaredDistances kernel;

    SnrRun(Inputs inputs, SnrParameters parameters, RunContext context) {
        this.inputs = inputs;
        this.parameters = parameters;
        this.context = context;
        this.kernel = context.kernel(SquaredDistances.class);
    }

    void run() throws AnalysisException {
        try (EmbeddingInputs rows =
                EmbeddingInputs.read(inputs, parameters.layer(), parameters.normalize(), context)) {
            run(rows);
        }
    }

    private void run(EmbeddingInputs rows) throws AnalysisException {
        if (rows.computed()) {
            Vectors queries = rows.queries();
            write(SnrMetricLearning.FILE, npz -> {
                npz.add("embeddings", queries.values(), queries.rows(), queries.columns());
                if (queries.labelled()) {
                    npz.add("labels", queries.labels());
                }
            });
        }
        String role = EmbeddingInputs.sampleRole(inputs);
        SnrResults results = new SnrResults(rows, parameters, role, EmbeddingInputs.databaseRole(inputs));
        SnrPlots plots = new SnrPlots(rows, role);
        PreparedRows centred = prepare(rows.queries(), Distance.Form.CENTRED);
        remark(rows, centred);
        long classes = rows.queries().labelled()
                ? Arrays.stream(rows.queryLabels()).filter(l -> l >= 0).distinct().count()
                : 0;
        List<DistanceRun> runs = score(rows, results, (int) classes);
        RunContext.Progress progress = context.phase("Views", 4, "steps");
        Distance first = runs.getFirst().distance();
        PairSample pairs = pairs(rows, first, centred);
        if (pairs.rows().length < rows.queries().rows()) {
            context.log("The matrix, the histograms and the asymmetry plot show " + pairs.rows().length + " of "
                    + rows.queries().rows() + " rows.");
            write(SnrMetricLearning.PAIRS_FILE, npz -> npz.add(SnrMetricLearning.PAIRS, pairs.rows()));
        }
        PairSample.Sides sides = pairs.sides(context::checkCancelled);
        double[] edges = sides.edges();
        results.scalars(context, runs, centred, classes, rows.labelled() ? sides.auc() : Double.NaN);
        if (rows.labelled()) {
            nameSingletons(runs.getFirst().scores());
            results.recall(context, runs);
            results.retrieval(context, runs);
            results.perClass(context, runs);
        }
        wall(rows, runs.getFirst());
        progress.advance(1);
        plots.matrix(context, first, pairs, context::checkCancelled);
        plots.histograms(context, first, pairs, edges);
        SnrPlots.threshold(context, first, pairs, parameters.threshold());
        progress.advance(1);
        plots.asymmetry(
                context,
                first == Distance.SNR_QUERY ? pairs : pairs(rows, Distance.SNR_QUERY, centred),
                context.seed());
        plots.rowStatistics(context);
        map(rows, plots, first);
        progress.advance(1);
        plots.sides(context, first, pairs, edges);
        results.rows(context, centred);
        progress.advance(1);
    }

    private void map(EmbeddingInputs rows, SnrPlots plots, Distance first) {
        if (parameters.map() == MapKind.PCA || rows.queries().rows() < UmapPlane.LEAST_ROWS) {
            plots.map(context, context.seed(), context::checkCancelled);
            return;
        }
        int all = rows.queries().rows();
        int[] chosen = PairSample.draw(all, MOST_IN_UMAP, context.seed());
        Arrays.sort(chosen);
        if (chosen.length < all) {
            context.log("The map shows " + chosen.length + " of " + all + " rows.");
        }
        plots.umap(
                context, first, prepare(rows.queries(), first.form()), chosen, context.seed(),
                context::checkCancelled);
    }

    private PairSample pairs(EmbeddingInputs rows, Distance distance, PreparedRows centred) {
        PreparedRows prepared =
                distance.form() == Distance.Form.CENTRED ? centred : prepare(rows.queries(), distance.form());
        return PairSample.of(
                distance,
                prepared,
                rows.queryLabels(),
                PairSample.draw(prepared.rows(), parameters.matrixLimit(), context.seed()),
                kernel,
                context::checkCancelled);
    }

    private PreparedRows prepare(Vectors rows, Distance.Form form) {
        return PreparedRows.of(
                rows.values(), rows.rows(), rows.columns(), form, parameters.normalize(), parameters.eps());
    }

    /** What the user should know before reading the figures. */
    private void remark(EmbeddingInputs rows, PreparedRows centred) throws AnalysisException {
        int[] constant = IntStream.range(0, centred.rows()).filter(r -> !centred.usable()[r]).toArray();
        if (constant.length == centred.rows()
                && parameters.scored().stream().allMatch(d -> d.dividesByQuery() || d.dividesByDatabase())) {
            throw new AnalysisException(
                    "every row is constant, so that no row can be an anchor",
                    rows.queries().name(),
                    "the embedding collapsed; choose another layer or checkpoint");
        }
        if (constant.length > 0) {
            context.warn(constant.length + " constant " + (constant.length == 1 ? "row is" : "rows are")
                    + " left out as anchors: " + named(constant));
        }
        if (!rows.labelled()) {
            context.warn("There are no labels, so that retrieval is not scored; neighbours and views are shown.");
        }
        if (unitLength(rows.queries())) {
            context.warn("All rows have length 1: the SNR and the cosine distance will rank almost alike.");
        }
        if (parameters.scored().contains(Distance.SNR_QUERY) && parameters.scored().contains(Distance.EUCLID)) {
            context.log("For a fixed query the SNR distance with the query as anchor ranks as the Euclidean distance"
                    + " between rows whose means are taken off; the two differ only by the row means.");
        }
    }

    /** Queries without another member of their class, which nothing can find. */
    private void nameSingletons(QueryScores[] scores) {
        int[] alone = IntStream.range(0, scores.length)
                .filter(q -> scores[q] != null && scores[q].singleton())
                .toArray();
        if (alone.length > 0) {
            context.warn(alone.length + (alone.length == 1 ? " query has" : " queries have")
                    + " no other member of the class to find: " + named(alone));
        }
    }

    private static String named(int[] rows) {
        return "row " + String.join(", ", Arrays.stream(rows).limit(MOST_NAMED).mapToObj(String::valueOf).toList())
                + (rows.length > MOST_NAMED ? " and others." : ".");
    }

    private static boolean unitLength(Vectors rows) {
        for (int r = 0; r < rows.rows(); r++) {
            double sum = 0;
            for (int c = 0; c < rows.columns(); c++) {
                double v = rows.values()[r * rows.columns() + c];
                sum += v * v;
            }
            if (Math.abs(sum - 1) > 1e-3) {
                return false;
            }
        }
        return true;
    }

    private List<DistanceRun> score(EmbeddingInputs rows, SnrResults results, int classes) throws AnalysisException {
        ResultSink.Rows neighbours = results.neighbours(context);
        Map<Distance.Form, ClusterScores> clustered = new EnumMap<>(Distance.Form.class);
        List<DistanceRun> runs = new ArrayList<>();
        for (Distance distance : parameters.scored()) {
            PreparedRows queries = prepare(rows.queries(), distance.form());
            Searched found = rows.same()
                    ? among(distance, queries, rows)
                    : streamed(distance, queries, rows);
            ClusterScores clusters = null;
            if (parameters.clusters() && rows.labelled()) {
                if (!clustered.containsKey(distance.form())) {
                    clustered.put(distance.form(), cluster(queries, rows.queryLabels(), classes, distance));
                }
                clusters = clustered.get(distance.form());
            }
            runs.add(new DistanceRun(
                    distance,
                    found.scores(),
                    RetrievalMeans.of(found.scores(), found.ks(), parameters.singletons()),
                    clusters));
            list(distance, rows, found.scores(), neighbours);
        }
        return runs;
    }

    /** The scores of all queries by a K list. */
    private record Searched(int[] ks, QueryScores[] scores) {}

    private int[] cut(Distance distance, EmbeddingInputs rows, int candidates) {
        if (rows.labelled() && parameters.k().stream().anyMatch(k -> k > candidates)) {
            context.warn(distance.id() + ": K is cut to the " + candidates + " candidates that a query has.");
        }
        return rows.labelled() ? Retrieval.cut(parameters.k(), candidates) : new int[0];
    }

    private Searched among(Distance distance, PreparedRows queries, EmbeddingInputs rows) throws AnalysisException {
        Retrieval retrieval = new Retrieval(queries, rows.queryLabels());
        int[] ks = cut(distance, rows, retrieval.candidates(distance));
        RunContext.Progress progress = context.phase("Retrieval by " + distance.id(), queries.rows(), "queries");
        QueryScores[] scores = rows.labelled() || distance == Distance.SNR_SYMMETRIC
                ? retrieval.score(
                        distance,
                        ks,
                        parameters.neighbours(),
                        kernel,
                        context.threads(),
                        context::checkCancelled,
                        progress::advance)
                : nearest(distance, queries, progress);
        return new Searched(ks, scores);
    }

    private Searched streamed(Distance distance, PreparedRows queries, EmbeddingInputs rows)
            throws AnalysisException {
        StreamedRetrieval retrieval = new StreamedRetrieval(
                queries,
                rows.queryLabels(),
                rows.database(),
                rows.labelsToFind(),
                parameters.normalize(),
                parameters.eps(),
                StreamedRetrieval.MOST_HELD);
        RunContext.Progress counting =
                context.phase("Candidates of " + distance.id(), rows.databaseRows(), "rows");
        int[] ks = cut(
                distance,
                rows,
                retrieval.candidates(distance, context::checkCancelled, counting::advance));
        int passes = (ks.length > 0 ? 2 : 1) * retrieval.rounds(ks, parameters.neighbours()).length;
        RunContext.Progress progress =
                context.phase("Retrieval by " + distance.id(), (long) passes * rows.databaseRows(), "rows");
        QueryScores[] scores = retrieval.score(
                distance,
                ks,
                parameters.neighbours(),
                kernel,
                context.threads(),
                context::checkCancelled,
                progress::advance);
        return new Searched(ks, scores);
    }

    /** Neighbours alone, without the distances to all the others. */
    private QueryScores[] nearest(Distance distance, PreparedRows rows, RunContext.Progress progress) {
        NeighbourSearch.Neighbours found = context.kernel(NeighbourSearch.class)
                .search(
                        rows(rows, distance.dividesByQuery(), row -> rows.asks(distance, row)),
                        rows(rows, distance.dividesByDatabase(), row -> rows.found(distance, row)),
                        parameters.neighbours(),
                        true,
                        context::checkCancelled);
        QueryScores[] scores = new QueryScores[rows.rows()];
        double[] squared = new double[1];
        for (int q = 0; q < scores.length; q++) {
            if (rows.asks(distance, q)) {
                int[] nearest = Arrays.stream(found.index(), q * found.k(), (q + 1) * found.k())
                        .filter(i -> i >= 0)
                        .toArray();
                double[] values = new double[nearest.length];
                for (int i = 0; i < nearest.length; i++) {
                    kernel.from(
                            rows.values(), q, rows.values(), nearest[i], nearest[i] + 1, rows.columns(), squared);
                    values[i] = distance.rank(squared[0], rows.denominator(q), rows.denominator(nearest[i]));
                }
                scores[q] = new QueryScores(
                        0, new double[0][], new double[0][], Double.NaN, Double.NaN, Double.NaN, nearest, values);
            }
        }
        progress.advance(scores.length);
        return scores;
    }

    private static NeighbourSearch.Rows rows(
            PreparedRows prepared, boolean divides, IntPredicate usable) {
        float[] values = new float[prepared.values().length];
        double[] scale = new double[prepared.rows()];
        for (int r = 0; r < prepared.rows(); r++) {
            boolean in = usable.test(r);
            scale[r] = divides && in ? 1 / prepared.denominator(r) : 1;
            for (int c = 0; c < prepared.columns(); c++) {
                int at = r * prepared.columns() + c;
                values[at] = in ? (float) prepared.values()[at] : Float.NaN;
            }
        }
        return new NeighbourSearch.Rows(values, prepared.rows(), prepared.columns(), scale);
    }

    private ClusterScores cluster(PreparedRows prepared, int[] labels, int classes, Distance distance)
            throws AnalysisException {
        int[] known = IntStream.range(0, labels.length).filter(r -> labels[r] >= 0).toArray();
        if (known.length < labels.length || classes < 1) {
            context.log("Rows without a class are clustered with nothing to compare them to; NMI and F1 are left out.");
            return null;
        }
        context.phase("k-means for " + distance.id(), -1, "starts");
        int[] clusters = new KMeans(prepared, classes, kernel, context.threads(), context::checkCancelled)
                .assign(parameters.kmeansStarts(), parameters.kmeansIterations(), context.seed());
        int[] numbered = numbered(labels);
        ClusterScores scores = ClusterScores.of(numbered, clusters, classes, classes);
        return classes == 1
                ? new ClusterScores(
                        scores.information(), Double.NaN, Double.NaN, scores.precision(), scores.recall(), scores.f1())
                : scores;
    }

    /** Classes that have members, numbered from 0. */
    private static int[] numbered(int[] labels) {
        int[] present = Arrays.stream(labels).distinct().sorted().toArray();
        return Arrays.stream(labels).map(l -> Arrays.binarySearch(present, l)).toArray();
    }

    private void list(Distance distance, EmbeddingInputs rows, QueryScores[] scores, ResultSink.Rows table) {
        int[] labels = rows.queryLabels();
        int[] toFind = rows.labelsToFind();
        for (int q = 0; q < scores.length; q++) {
            context.checkCancelled();
            int most = scores[q] == null ? 0 : scores[q].nearest().length;
            for (int i = 0; i < most; i++) {
                int found = scores[q].nearest()[i];
                table.add(
                        distance.id(), q, i + 1, found, distance.shown(scores[q].distances()[i]),
                        labels[q] < 0 ? null : (Boolean) (labels[q] == toFind[found]));
            }
        }
    }

    private void wall(EmbeddingInputs rows, DistanceRun run) throws AnalysisException {
        Wall wall = Wall.of(inputs, rows, false, true);
        int[] chosen = wall.choose(run.scores(), context.seed());
        int[][] found = Arrays.stream(chosen).mapToObj(q -> run.scores()[q].nearest()).toArray(int[][]::new);
        wall.grid("retrieval_wall", "Queries and their neighbours by " + run.distance().id(), chosen, found)
                .ifPresent(context::emit);
    }

    /** Fills an archive. */
    private interface Filling {
        void fill(NpzWriter npz) throws IOException;
    }

    private void write(String name, Filling filling) throws AnalysisException {
        Path file = context.artifacts().resolve(name);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (NpzWriter npz = new NpzWriter(file)) {
                filling.fill(npz);
            }
        } catch (IOException e) {
            throw new AnalysisException(
                    "it cannot be written (" + e.getMessage() + ")", file.toString(), "make room", e);
        }
    }
}
