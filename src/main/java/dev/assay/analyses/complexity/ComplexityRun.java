package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.ComplexityResults.GroupRow;
import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Scalar;
import dev.assay.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import onnx.Onnx;

/** One run of feature complexity. */
final class ComplexityRun {

    private final NetworkUnderAnalysis network;
    private final Dataset batch;
    private final Evaluation evaluation;
    private final ComplexityParameters parameters;
    private final RunContext context;
    private final ResultSink.Rows merges;
    private final List<Linked> linked = new ArrayList<>();

    ComplexityRun(
            NetworkUnderAnalysis network,
            Dataset batch,
            Evaluation evaluation,
            ComplexityParameters parameters,
            RunContext context) {
        this.network = network;
        this.batch = batch;
        this.evaluation = evaluation;
        this.parameters = parameters;
        this.context = context;
        this.merges = context.table("merges", "Merges in order", ComplexityResults.mergeColumns());
    }

    void run() throws AnalysisException {
        warnings();
        ComplexityResults.emitNotAnalysed(network.groups(), context);
        NetworkSize before = NetworkSize.of(network.graph().getGraph(), network.shapes());
        double accuracy = evaluation.accuracy(network.model());
        if (evaluation.possible()) {
            context.emit(
                    new Scalar("accuracy_before", "Accuracy before", accuracy, "share", "of the original network"));
        }
        List<Partition> chosen = parameters.profile() == Profile.WARD ? ward() : reference();
        Onnx.ModelProto merged = merged(chosen);
        ComplexityResults.emitSizes(before, NetworkSize.of(merged.getGraph(), network.shapes()), context);
        if (evaluation.possible()) {
            context.emit(new Scalar(
                    "accuracy_after", "Accuracy after", accuracy(merged), "share", "of the merged network"));
        }
        tradeoff();
        if (parameters.exportModel()) {
            export(merged);
        }
    }

    private void warnings() {
        FeatureGroups groups = network.groups();
        if (parameters.profile() == Profile.REFERENCE && !groups.unhomogeneous().isEmpty()) {
            context.warn("Profile reference changes the function of networks with "
                    + String.join(", ", groups.unhomogeneous())
                    + ": adding up features needs an activation such as ReLU"
                    + " that scales with its input. Profile ward averages and keeps exact copies exact.");
        }
        if (!evaluation.reason().isEmpty()) {
            context.warn("Accuracies are left out: " + evaluation.reason());
        }
    }

    private List<Partition> ward() throws AnalysisException {
        List<Group> groups = network.groups().groups();
        ActivationRecords records = parameters.space() == Space.ACTIVATIONS
                ? ActivationRecords.collect(network, batch, parameters.activationDistance(), context)
                : null;
        RunContext.Progress progress = context.phase("Merging", groups.size(), "groups");
        for (int g = 0; g < groups.size(); g++) {
            GroupDistances distances =
                    records == null ? GroupDistances.ofWeights(network, g, parameters.vector()) : records.distances(g);
            List<Merge> all =
                    WardLinkage.link(distances.squared(), groups.get(g).size(), context::checkCancelled);
            Linked link = new Linked(groups.get(g).name(), groups.get(g).size(), all, distances.dead());
            linked.add(link);
            int applied = link.applied(parameters.beta(), parameters.maxRatio()).size();
            for (int m = 0; m < all.size(); m++) {
                addMerge(link.name(), m, all.get(m), link.features() - m - 1, m < applied);
            }
            distances.heatmap(link).ifPresent(context::emit);
            emitWard(network, linked, parameters, context);
            progress.advance(1);
        }
        LinkedFile.write(linked, context.artifacts());
        return linked.stream()
                .map(l -> l.partition(parameters.beta(), parameters.maxRatio()))
                .toList();
    }

    private void addMerge(String group, int step, Merge merge, int left, boolean applied) {
        merges.add(
                group, step + 1, merge.first(), merge.second(), merge.cost(), merge.max(), merge.ratio(), left,
                applied);
    }

    /** What follows from the merges of the groups that are done. */
    static void emitWard(
            NetworkUnderAnalysis network, List<Linked> linked, ComplexityParameters parameters, ResultSink sink) {
        List<GroupRow> rows = new ArrayList<>();
        for (int g = 0; g < linked.size(); g++) {
            Linked l = linked.get(g);
            int applied = l.applied(parameters.beta(), parameters.maxRatio()).size();
            boolean more = applied < l.merges().size();
            rows.add(new GroupRow(
                    l.name(),
                    network.groups().groups().get(g).tensors(),
                    l.features(),
                    l.partition(parameters.beta(), parameters.maxRatio()),
                    l.dead().size(),
                    more ? l.merges().get(applied).cost() : Double.NaN,
                    more ? l.merges().get(applied).max() : Double.NaN));
        }
        ComplexityResults.emit(rows, parameters.beta(), sink);
        double[] betas = curveBetas(linked);
        double[][] complexity = new double[linked.size()][betas.length];
        for (int g = 0; g < linked.size(); g++) {
            for (int b = 0; b < betas.length; b++) {
                complexity[g][b] = linked.get(g).complexity(betas[b], parameters.maxRatio());
            }
        }
        sink.emit(ComplexityResults.curve(linked.stream().map(Linked::name).toList(), betas, complexity));
    }

    /** Every threshold at which a group loses a feature, thinned to what a chart can show. */
    private static double[] curveBetas(List<Linked> linked) {
        TreeSet<Double> steps = new TreeSet<>(List.of(0.0));
        for (Linked l : linked) {
            l.merges().stream().map(Merge::ratio).filter(r -> r > 0 && r < 1).forEach(steps::add);
        }
        double[] all = steps.stream().mapToDouble(Double::doubleValue).toArray();
        int most = 400;
        if (all.length <= most) {
            return all;
        }
        double[] thinned = new double[most];
        for (int i = 0; i < most; i++) {
            thinned[i] = all[(int) ((long) i * (all.length - 1) / (most - 1))];
        }
        return thinned;
    }

    private List<Partition> reference() {
        List<Group> groups = network.groups().groups();
        List<Double> betas = new ArrayList<>(new TreeSet<>(parameters.betas()));
        RunContext.Progress progress = context.phase("Merging", betas.size() + 1L, "thresholds");
        int[] step = new int[groups.size()];
        MergeState state = new MergeState(network.tensors(), network.sizes());
        List<List<Merge>> history = emptyHistory(groups.size());
        List<ReferenceMerging.Stop> stops = merge(state, parameters.beta(), (g, merge, left) -> {
            history.get(g).add(merge);
            addMerge(groups.get(g).name(), step[g]++, merge, left, true);
        });
        List<Partition> chosen = new ArrayList<>();
        List<GroupRow> rows = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            int n = groups.get(g).size();
            chosen.add(Partition.of(n, history.get(g)).inOrder(state.order(g)));
            rows.add(new GroupRow(
                    groups.get(g).name(),
                    groups.get(g).tensors(),
                    n,
                    chosen.get(g),
                    GroupDistances.ofWeights(network, g, parameters.vector()).dead().size(),
                    stops.get(g).min(),
                    stops.get(g).max()));
        }
        ComplexityResults.emit(rows, parameters.beta(), context);
        progress.advance(1);
        double[][] complexity = new double[groups.size()][betas.size()];
        for (int b = 0; b < betas.size(); b++) {
            MergeState other = new MergeState(network.tensors(), network.sizes());
            merge(other, betas.get(b), (g, merge, left) -> {});
            for (int g = 0; g < groups.size(); g++) {
                complexity[g][b] = other.order(g).size();
            }
            progress.advance(1);
        }
        context.emit(ComplexityResults.curve(
                groups.stream().map(Group::name).toList(),
                betas.stream().mapToDouble(Double::doubleValue).toArray(),
                complexity));
        return chosen;
    }

    private static List<List<Merge>> emptyHistory(int groups) {
        List<List<Merge>> history = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            history.add(new ArrayList<>());
        }
        return history;
    }

    private List<ReferenceMerging.Stop> merge(MergeState state, double beta, ReferenceMerging.Listener listener) {
        ReferenceMerging merging =
                new ReferenceMerging(state, parameters.vector() == FeatureVector.IN_OUT, context::checkCancelled);
        List<ReferenceMerging.Stop> stops = merging.run(beta, parameters.maxRatio(), listener);
        if (merging.largestDrift() > ReferenceMerging.DRIFT) {
            context.warn("The updated Gram matrices drifted by " + merging.largestDrift()
                    + " from their recomputation; the merges were checked against recomputed ones from there on.");
        }
        return stops;
    }

    private Onnx.ModelProto merged(List<Partition> partitions) throws AnalysisException {
        return network.merged(
                partitions,
                parameters.profile() == Profile.REFERENCE,
                parameters.bnFix(),
                parameters.varianceRepair());
    }

    private double accuracy(Onnx.ModelProto merged) throws AnalysisException {
        try (var model = new GraphInMemory(merged, network.model()).open()) {
            return evaluation.accuracy(model);
        }
    }

    private void tradeoff() throws AnalysisException {
        ResultSink.Rows table =
                context.table("tradeoff", "Accuracy against size", ComplexityResults.tradeoffColumns());
        ResultSink.Points curve = context.curve(
                "tradeoff",
                "Accuracy against parameters",
                Axis.of("Parameters", ""),
                Axis.of("Accuracy", "share"));
        List<Double> betas = new ArrayList<>(new TreeSet<>(parameters.betas()));
        RunContext.Progress progress = context.phase("Trade-off", betas.size(), "thresholds");
        for (double beta : betas) {
            List<Partition> partitions = partitionsAt(beta);
            add(table, curve, "merge", beta, partitions);
            if (parameters.baselines() && evaluation.possible()) {
                add(table, curve, "magnitude", beta, pruned(partitions, true));
                add(table, curve, "random", beta, pruned(partitions, false));
            }
            progress.advance(1);
        }
    }

    private List<Partition> partitionsAt(double beta) {
        if (parameters.profile() == Profile.WARD) {
            return linked.stream().map(l -> l.partition(beta, parameters.maxRatio())).toList();
        }
        List<List<Merge>> history = emptyHistory(network.groups().groups().size());
        merge(new MergeState(network.tensors(), network.sizes()), beta, (g, merge, left) -> history.get(g)
                .add(merge));
        List<Partition> partitions = new ArrayList<>();
        for (int g = 0; g < history.size(); g++) {
            partitions.add(Partition.of(network.sizes()[g], history.get(g)));
        }
        return partitions;
    }

    private void add(
            ResultSink.Rows table, ResultSink.Points curve, String method, double beta, List<Partition> partitions)
            throws AnalysisException {
        Onnx.ModelProto merged = method.equals("merge")
                ? merged(partitions)
                : network.merged(partitions, false, parameters.bnFix(), false);
        NetworkSize size = NetworkSize.of(merged.getGraph(), network.shapes());
        long features = partitions.stream().mapToLong(Partition::size).sum();
        Double accuracy = evaluation.possible() ? accuracy(merged) : null;
        table.add(method, beta, features, size.parameters(), size.multiplyAdds(), accuracy);
        if (accuracy != null) {
            curve.add(method, size.parameters(), accuracy);
        }
    }

    private List<Partition> pruned(List<Partition> merged, boolean byMagnitude) {
        List<Partition> pruned = new ArrayList<>();
        for (int g = 0; g < merged.size(); g++) {
            int features = network.sizes()[g];
            int kept = merged.get(g).size();
            pruned.add(
                    byMagnitude
                            ? Pruning.byMagnitude(network.tensors(), g, features, kept)
                            : Pruning.byChance(context.seed(), g, features, kept));
        }
        return pruned;
    }

    private void export(Onnx.ModelProto merged) throws AnalysisException {
        if (!network.groups().shared().isEmpty()) {
            context.warn("No model was exported: the tensors " + String.join(", ", network.groups().shared())
                    + " are used in several places, which a merged file cannot tell apart");
            return;
        }
        MergedModelFile.write(merged, network.model(), context.artifacts());
        context.log("The merged model is in " + MergedModelFile.NAME);
    }
}
