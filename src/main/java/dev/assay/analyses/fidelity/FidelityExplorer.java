package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.EdgeCut;
import dev.assay.analyses.fidelity.explain.Explainer;
import dev.assay.analyses.fidelity.explain.Explainers;
import dev.assay.analyses.fidelity.explain.Explanation;
import dev.assay.analyses.fidelity.explain.ExplanationFile;
import dev.assay.analyses.fidelity.explain.ExplanationFileKind;
import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.Kernels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A finished run of robust fidelity: scores again with other probabilities or another cut, from the stored explanations;
 * shows the explanations of an instance, one perturbed graph, and what an edge does.
 */
final class FidelityExplorer implements Explorer<RobustFidelityParameters> {

    /** Instances that are scored again while a control is moved. */
    private static final int MOST_INSTANCES = 200;
    private static final int MOST_LISTED = 500;
    private static final Runnable GO_ON = () -> {};

    private final Kernels kernels;
    private final InstanceSource source;
    private final List<Explainer> explainers;
    private final int[] keys;
    private final long seed;

    private FidelityExplorer(
            Kernels kernels, InstanceSource source, List<Explainer> explainers, int[] keys, long seed) {
        this.kernels = kernels;
        this.source = source;
        this.explainers = explainers;
        this.keys = keys;
        this.seed = seed;
    }

    /** Opens what a run left behind; empty when it did not come to its end. */
    static Optional<Explorer<RobustFidelityParameters>> open(
            Inputs inputs, RobustFidelityParameters parameters, Path artifacts) throws AnalysisException {
        StoredExplainers stored = StoredExplainers.read(artifacts);
        if (stored == null) {
            return Optional.empty();
        }
        Kernels kernels = Kernels.cpu(Math.max(1, Runtime.getRuntime().availableProcessors()));
        try {
            InstanceSource source =
                    RobustFidelity.source(inputs, parameters, kernels.get(BatchedGraphConvolution.class));
            List<Explainer> explainers = new ArrayList<>();
            for (int e = 0; e < stored.names().size(); e++) {
                Path file = stored.files().get(e);
                ExplanationFile opened = (ExplanationFile) new ExplanationFileKind().open(Location.of(file));
                opened.check(source.data(), source.size());
                explainers.add(Explainers.stored(stored.names().get(e), opened));
            }
            return Optional.of(new FidelityExplorer(kernels, source, explainers, stored.keys(), stored.seed()));
        } catch (AnalysisException | RuntimeException e) {
            kernels.close();
            throw e;
        }
    }

    @Override
    public void update(RobustFidelityParameters parameters, ResultSink sink) throws AnalysisException {
        FidelityBoard board = scored(parameters, some(MOST_INSTANCES));
        board.emit(sink, false);
        Instance first = source.open(keys[0]);
        new ExplanationPictures(first, names(), scores(first)).emit(sink, cut(parameters));
    }

    private int[] some(int most) {
        int count = Math.min(most, keys.length);
        return IntStream.range(0, count).map(i -> keys[(int) ((long) i * keys.length / count)]).toArray();
    }

    private List<String> names() {
        return explainers.stream().map(Explainer::name).toList();
    }

    private EdgeCut cut(RobustFidelityParameters parameters) {
        return parameters.edgeCut(source.data().hasTruth());
    }

    private List<double[]> scores(Instance instance) throws AnalysisException {
        List<double[]> scores = new ArrayList<>();
        for (Explainer explainer : explainers) {
            scores.add(explainer.explain(instance, GO_ON).scores());
        }
        return scores;
    }

    /** Scores instances in full. */
    private FidelityBoard scored(RobustFidelityParameters parameters, int[] chosen) throws AnalysisException {
        int[] schedule = RobustRun.schedule(parameters.samples());
        double[] ratios = NumberList.parse(parameters.ratios());
        FidelityBoard board = new FidelityBoard(names(), ratios, schedule, parameters, source);
        InstanceScoring[] scorings = new InstanceScoring[chosen.length];
        Explained[] explained = new Explained[chosen.length];
        List<List<double[]>> edgeScores = new ArrayList<>();
        IntStream.range(0, chosen.length).forEach(i -> edgeScores.add(null));
        try (Parallel parallel = new Parallel(kernelsThreads())) {
            parallel.run(chosen.length, i -> {
                Instance instance = source.open(chosen[i]);
                List<double[]> scores = scores(instance);
                scorings[i] = new InstanceScoring(instance, parameters.sampling(seed));
                List<Explained.Part> parts = new ArrayList<>();
                for (double[] s : scores) {
                    EdgeCut.Cut set = cut(parameters).of(s, instance);
                    scorings[i].add(set.members(), schedule);
                    for (double ratio : ratios) {
                        scorings[i].addToCurve(
                                EdgeCut.first(s, EdgeCut.sizeOf(ratio, instance.units().size())).members());
                    }
                    parts.add(Explained.part(
                            instance, Explanation.of(s), set, Double.NaN));
                }
                scorings[i].advance(parameters.samples(), GO_ON);
                explained[i] = new Explained(
                        chosen[i], instance.label(), instance.predicted(), instance.f(), instance.units().size(),
                        parts);
                edgeScores.set(i, scores);
            }, GO_ON);
        }
        for (int i = 0; i < chosen.length; i++) {
            board.add(explained[i], edgeScores.get(i), scorings[i].instance());
            board.set(i, scorings[i].scores());
        }
        return board;
    }

    private static int kernelsThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public List<Result> details(Selection selection, RobustFidelityParameters parameters) throws AnalysisException {
        Optional<Ref> edge = selection.first("edge");
        if (edge.isPresent()) {
            return edge(edge.get().key());
        }
        Optional<Ref> instance = selection.first("instance").or(() -> selection.first("sample"));
        int explainer = selection.first("explainer").map(r -> names().indexOf(r.key())).orElse(0);
        if (instance.isPresent()) {
            return instance(Integer.parseInt(instance.get().key()), Math.max(0, explainer), parameters);
        }
        return selection.first("explainer").isPresent() && explainer >= 0
                ? explainer(explainer, parameters)
                : List.of();
    }

    /** The instances of an explainer, best first. */
    private List<Result> explainer(int explainer, RobustFidelityParameters parameters) throws AnalysisException {
        FidelitySummary summary = scored(parameters, some(MOST_INSTANCES)).summary(false);
        Table.Builder table = new Table.Builder(
                "explained_instances", names().get(explainer) + " by instance, best first",
                List.of(
                        FidelityResults.instanceColumn(source.nodeTask()),
                        Column.real("robust_delta", "Robust \u0394", ""), Column.real("robust_plus", "Robust +", ""),
                        Column.real("robust_minus", "Robust \u2212", ""), Column.real("f", "f(G)", ""),
                        Column.integer("size", "Size"), Column.text("flags", "Flags")));
        IntStream.range(0, summary.scores().size())
                .boxed()
                .sorted((a, b) -> Double.compare(
                        delta(summary, b, explainer), delta(summary, a, explainer)))
                .limit(MOST_LISTED)
                .forEach(i -> {
                    SetScore s = summary.scores().get(i).sets().get(explainer);
                    Explained x = summary.instances().get(i);
                    table.add(
                            x.key(), s.values()[Scores.ROBUST_DELTA], s.values()[Scores.ROBUST_PLUS],
                            s.values()[Scores.ROBUST_MINUS], x.f(), s.size(), x.flags(explainer, s));
                });
        return List.of(table.snapshot());
    }

    private static double delta(FidelitySummary summary, int instance, int explainer) {
        return summary.scores().get(instance).sets().get(explainer).values()[Scores.ROBUST_DELTA];
    }

    /** The explanations of an instance, one perturbed graph, and how the prediction moves. */
    private List<Result> instance(int key, int explainer, RobustFidelityParameters parameters)
            throws AnalysisException {
        Instance instance = source.open(key);
        List<double[]> scores = scores(instance);
        ExplanationPictures pictures = new ExplanationPictures(instance, names(), scores);
        List<Result> results = new ArrayList<>(pictures.pictures(cut(parameters)));
        boolean[] members = cut(parameters).of(scores.get(explainer), instance).members();
        int sample = parameters.sample();
        SampleDraws draws = new SampleDraws(instance, seed);
        MaskTable table = new MaskTable(instance);
        long[] set = Bits.of(members);
        long[] rest = Bits.complement(set, members.length);
        long[] plus = new long[set.length];
        long[] minus = new long[set.length];
        Bits.and(draws.below(parameters.alpha1(), sample), set, plus);
        Bits.and(draws.below(1 - parameters.alpha2(), sample), rest, minus);
        int plusId = table.index(plus);
        int minusId = table.index(minus);
        table.evaluate(GO_ON);
        if (!results.isEmpty()) {
            String by = ", " + names().get(explainer);
            results.add(pictures.perturbed(
                    "perturbed_plus", "draw " + sample + " of +" + by + ", " + Bits.count(plus) + " removed", plus,
                    table.f(plusId)));
            results.add(pictures.perturbed(
                    "perturbed_minus", "draw " + sample + " of \u2212" + by + ", " + Bits.count(minus) + " removed",
                    minus, table.f(minusId)));
        }
        results.add(distribution(instance, members, explainer, parameters));
        results.add(edges(instance, scores));
        return results;
    }

    private Distribution distribution(
            Instance instance, boolean[] members, int explainer, RobustFidelityParameters parameters) {
        InstanceScoring scoring = new InstanceScoring(instance, parameters.sampling(seed));
        scoring.add(members, new int[0]);
        scoring.advance(parameters.samples(), GO_ON);
        InstanceScores found = scoring.scores();
        return new Distribution(
                "instance_probability",
                "Probability of class " + instance.label() + " on perturbed graphs, " + names().get(explainer),
                Axis.of("Probability", ""), Histogram.edges(),
                List.of(
                        new Distribution.Series("+", found.plus().getFirst().counts()),
                        new Distribution.Series("\u2212", found.minus().getFirst().counts())),
                List.of(new Distribution.Mark("f(G)", instance.f())));
    }

    private Table edges(Instance instance, List<double[]> scores) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("edge", "Edge").to(ExplanationPictures.EDGE), Column.bool("truth", "Ground truth")));
        for (int e = 0; e < scores.size(); e++) {
            columns.add(Column.real("score_" + (e + 1), names().get(e), ""));
        }
        Table.Builder table = new Table.Builder("edge_scores", "Scores of the edges", columns);
        for (int u = 0; u < Math.min(MOST_LISTED, instance.units().size()); u++) {
            List<Object> row = new ArrayList<>();
            row.add(instance.key() + ":" + instance.units().from(u) + "-" + instance.units().to(u));
            row.add(instance.truth() == null ? null : (Object) instance.truth()[u]);
            for (double[] s : scores) {
                row.add(s[u]);
            }
            table.add(row.toArray());
        }
        return table.snapshot();
    }

    /** What each explainer says of an edge, and what its removal does. */
    private List<Result> edge(String key) throws AnalysisException {
        String[] parts = key.split("[:-]");
        Instance instance = source.open(Integer.parseInt(parts[0]));
        int a = Integer.parseInt(parts[1]);
        int b = Integer.parseInt(parts[2]);
        int unit = IntStream.range(0, instance.units().size())
                .filter(u -> instance.units().from(u) == a && instance.units().to(u) == b
                        || instance.units().edgeCount(u) == 2 && instance.units().from(u) == b
                                && instance.units().to(u) == a)
                .findFirst()
                .orElse(-1);
        if (unit < 0) {
            return List.of();
        }
        MaskTable table = new MaskTable(instance);
        long[] one = new long[Bits.words(instance.units().size())];
        Bits.set(one, unit);
        int id = table.index(one);
        table.evaluate(GO_ON);
        Table.Builder facts = new Table.Builder(
                "edge_facts", "Edge " + a + "\u2013" + b + " of " + (source.nodeTask() ? "node " : "graph ") + parts[0],
                List.of(Column.text("what", "What"), Column.real("value", "Value", ""),
                        Column.real("rank", "Rank", "")));
        facts.add("Probability of the whole graph", instance.f(), null);
        facts.add("Probability without the edge", table.f(id), null);
        facts.add("Drop when it is removed", instance.f() - table.f(id), null);
        for (int e = 0; e < explainers.size(); e++) {
            double[] s = explainers.get(e).explain(instance, GO_ON).scores();
            long above = Arrays.stream(s).filter(v -> v > s[unit]).count();
            facts.add("Score by " + names().get(e), s[unit], above + 1);
        }
        return List.of(facts.snapshot());
    }

    @Override
    public void close() {
        kernels.close();
    }
}
