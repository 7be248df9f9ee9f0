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
        EmbeddingInputs rows = EmbeddingInputs.read(inputs, parameters.layer(), context);
        if (rows.computed()) {
            save(rows.queries(), context.artifacts().resolve(SnrMetricLearning.FILE));
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
        }
        results.scalars(context, runs, centred, classes, rows.labelled() ? pairs.auc() : Double.NaN);
        if (rows.labelled()) {
            results.recall(context, runs);
            results.retrieval(context, runs);
            results.perClass(context, runs);
        }
        wall(rows, runs.getFirst());
        progress.advance(1);
        plots.matrix(context, first, pairs);
        plots.histograms(context, first, pairs);
        SnrPlots.threshold(context, first, pairs, parameters.threshold());
        progress.advance(1);
        plots.asymmetry(
                context,
                first == Distance.SNR_QUERY ? pairs : pairs(rows, Distance.SNR_QUERY, centred),
                context.seed());
        plots.rowStatistics(context, centred);
        plots.map(context, context.seed(), context::checkCancelled);
        progress.advance(1);
        plots.sides(context, first, pairs);
        results.rows(context, centred);
        progress.advance(1);
    }

    private PairSample pairs(EmbeddingInputs rows, Distance distance, PreparedRows centred) {
        PreparedRows prepared =
                distance.form() == Distance.Form.CENTRED ? centred : prepare(rows.queries(), distance.form());
        return PairSample.of(
                distance,
                prepared,
                rows.queryLabels(),
                parameters.matrixLimit(),
                context.seed(),
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
                    + " left out as anchors: row "
                    + String.join(", ", Arrays.stream(constant).limit(MOST_NAMED).mapToObj(String::valueOf).toList())
                    + (constant.length > MOST_NAMED ? " and others." : "."));
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
            PreparedRows database = rows.same() ? queries : prepare(rows.database(), distance.form());
            Retrieval retrieval = new Retrieval(queries, database, rows.queryLabels(), rows.labelsToFind());
            int candidates = retrieval.candidates(distance);
            int[] ks = rows.labelled() ? Retrieval.cut(parameters.k(), candidates) : new int[0];
            if (rows.labelled() && parameters.k().stream().anyMatch(k -> k > candidates)) {
                context.warn(distance.id() + ": K is cut to the " + candidates + " candidates that a query has.");
            }
            RunContext.Progress progress =
                    context.phase("Retrieval by " + distance.id(), queries.rows(), "queries");
            QueryScores[] scores = rows.labelled() || distance == Distance.SNR_SYMMETRIC
                    ? retrieval.score(
                            distance,
                            ks,
                            parameters.neighbours(),
                            kernel,
                            context.threads(),
                            context::checkCancelled,
                            progress::advance)
                    : nearest(distance, retrieval, progress);
            ClusterScores clusters = null;
            if (parameters.clusters() && rows.labelled()) {
                if (!clustered.containsKey(distance.form())) {
                    clustered.put(distance.form(), cluster(queries, rows.queryLabels(), classes, distance));
                }
                clusters = clustered.get(distance.form());
            }
            runs.add(new DistanceRun(
                    distance, scores, RetrievalMeans.of(scores, ks, parameters.singletons()), clusters));
            list(distance, retrieval, scores, neighbours);
        }
        return runs;
    }

    /** Neighbours alone, without the distances to all the others. */
    private QueryScores[] nearest(Distance distance, Retrieval retrieval, RunContext.Progress progress) {
        PreparedRows queries = retrieval.queries();
        PreparedRows database = retrieval.database();
        NeighbourSearch.Neighbours found = context.kernel(NeighbourSearch.class)
                .search(
                        rows(queries, distance.dividesByQuery(), row -> retrieval.asks(distance, row)),
                        rows(database, distance.dividesByDatabase(), row -> retrieval.candidate(distance, row)),
                        parameters.neighbours(),
                        queries == database,
                        context::checkCancelled);
        QueryScores[] scores = new QueryScores[queries.rows()];
        for (int q = 0; q < scores.length; q++) {
            int start = q * found.k();
            if (retrieval.asks(distance, q)) {
                int[] nearest = IntStream.range(start, start + found.k())
                        .map(i -> found.index()[i])
                        .filter(i -> i >= 0)
                        .toArray();
                scores[q] = new QueryScores(
                        0, new double[0][], new double[0][], Double.NaN, Double.NaN, Double.NaN, nearest);
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

    private void list(Distance distance, Retrieval retrieval, QueryScores[] scores, ResultSink.Rows table) {
        int n = retrieval.queries().columns();
        double[] squared = new double[1];
        for (int q = 0; q < scores.length; q++) {
            context.checkCancelled();
            int rank = 0;
            int most = scores[q] == null ? 0 : Math.min(parameters.neighbours(), scores[q].nearest().length);
            while (rank < most) {
                int j = scores[q].nearest()[rank++];
                kernel.from(retrieval.queries().values(), q, retrieval.database().values(), j, j + 1, n, squared);
                double value = distance.shown(distance.rank(
                        squared[0], retrieval.queries().denominator(q), retrieval.database().denominator(j)));
                int label = retrieval.queryLabels()[q];
                table.add(
                        distance.id(), q, rank, j, value,
                        label < 0 ? null : (Boolean) (label == retrieval.databaseLabels()[j]));
            }
        }
    }

    private void wall(EmbeddingInputs rows, DistanceRun run) throws AnalysisException {
        Wall wall = new Wall(inputs, rows);
        int[] chosen = wall.choose(run.scores(), context.seed());
        int[][] found = Arrays.stream(chosen)
                .mapToObj(q -> run.scores()[q].nearest())
                .map(n -> Arrays.copyOf(n, Math.min(n.length, parameters.neighbours())))
                .toArray(int[][]::new);
        wall.grid("retrieval_wall", "Queries and their neighbours by " + run.distance().id(), chosen, found)
                .ifPresent(context::emit);
    }

    private static void save(Vectors rows, Path file) throws AnalysisException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (NpzWriter npz = new NpzWriter(file)) {
                npz.add("embeddings", rows.values(), rows.rows(), rows.columns());
                if (rows.labelled()) {
                    npz.add("labels", rows.labels());
                }
            }
        } catch (IOException e) {
            throw new AnalysisException(
                    "the embeddings cannot be written (" + e.getMessage() + ")", file.toString(), "make room", e);
        }
    }
}
