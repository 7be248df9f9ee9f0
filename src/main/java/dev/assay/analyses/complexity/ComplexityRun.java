package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.ComplexityResults.GroupRow;
import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Scalar;
import dev.assay.compute.PairDistances;
import dev.assay.data.Dataset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Double, List<Partition>> swept = new HashMap<>();
    private List<Linked> linked = List.of();

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
        NetworkSize before = network.size();
        if (evaluation.possible()) {
            context.phase("Accuracy before", -1, "networks");
            context.emit(new Scalar(
                    "accuracy_before",
                    "Accuracy before",
                    evaluation.measure(network.model()).accuracy(),
                    "share",
                    "of the original network"));
        }
        List<Partition> chosen = parameters.profile() == Profile.REFERENCE ? reference() : linked();
        NetworkSize after = network.size(chosen);
        ComplexityResults.emitSizes(before, after, context);
        if (evaluation.possible()) {
            context.emit(ComplexityResults.accuracyAfter(evaluation.accuracy(merged(chosen), network.model())));
        }
        TradeOff tradeOff = new TradeOff(network, evaluation, parameters, context);
        List<TradeOff.Point> points = tradeOff.run(this::partitionsAt, after);
        if (!linked.isEmpty()) {
            RunFile.write(new RunFile(linked, points), context.artifacts());
        }
        if (parameters.exportModel()) {
            export(chosen);
        }
    }

    private void warnings() {
        FeatureGroups groups = network.groups();
        if (!network.broken().isEmpty()) {
            context.warn("Layers are left out and the network's scores are worth nothing: "
                    + String.join(", ", network.broken())
                    + "; the training diverged or the export went wrong.");
        }
        if (parameters.profile() == Profile.REFERENCE && !groups.unhomogeneous().isEmpty()) {
            context.warn("Profile reference changes the function of networks with "
                    + String.join(", ", groups.unhomogeneous())
                    + ": adding up features needs an activation such as ReLU"
                    + " that scales with its input. Profile ward averages and keeps exact copies exact.");
        }
        evaluation.doubt().ifPresent(context::warn);
        if (!evaluation.reason().isEmpty()) {
            context.warn("Accuracies are left out: " + evaluation.reason());
        }
        if (!network.working().tied().isEmpty()) {
            context.warn("Several operations share " + String.join(", ", network.working().tied())
                    + ": every use counts in the distances, and sizes after merging count each use,"
                    + " because the uses may end with different widths.");
        }
    }

    /** Profiles that link the original features in a tree. */
    private List<Partition> linked() throws AnalysisException {
        ActivationRecords records = parameters.space() == Space.ACTIVATIONS
                ? ActivationRecords.collect(network, batch, parameters.distance(), context)
                : null;
        linked = new GroupLinking(network, records, parameters, context, merges).run();
        return ComplexityResults.partitions(linked, parameters.beta(), parameters.maxRatio());
    }

    private List<Partition> reference() {
        List<Group> groups = network.groups().groups();
        List<Double> betas = new ArrayList<>(new TreeSet<>(parameters.betas()));
        RunContext.Progress progress = context.phase("Merging", betas.size() + 1L, "thresholds");
        int[] step = new int[groups.size()];
        MergeState state = new MergeState(network.copiedTensors(), network.sizes());
        List<List<Merge>> history = emptyHistory(groups.size());
        LiveGroups live = new LiveGroups(network, parameters.beta(), parameters.maxRatio(), context);
        List<ReferenceMerging.Stop> stops = merge(state, parameters.beta(), (g, merge, left) -> {
            history.get(g).add(merge);
            ComplexityResults.addMerge(merges, groups.get(g).name(), step[g]++, merge, left, true);
            live.merged(g, merge, left);
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
                    GroupDistances.dead(network, g, parameters.vector()).size(),
                    stops.get(g).min(),
                    stops.get(g).max()));
        }
        ComplexityResults.emit(rows, parameters.beta(), context);
        progress.advance(1);
        double[][] complexity = new double[groups.size()][betas.size()];
        for (int b = 0; b < betas.size(); b++) {
            List<Partition> partitions = partitionsAt(betas.get(b));
            for (int g = 0; g < groups.size(); g++) {
                complexity[g][b] = partitions.get(g).size();
            }
            progress.advance(1);
        }
        context.emit(ComplexityResults.curve(
                ComplexityResults.series(
                        groups.stream().map(Group::name).toList(),
                        betas.stream().mapToDouble(Double::doubleValue).toArray(),
                        complexity),
                parameters.beta()));
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
                new ReferenceMerging(state, parameters.vector() == FeatureVector.IN_OUT,
                        context.kernel(PairDistances.class), context::checkCancelled);
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

    private List<Partition> partitionsAt(double beta) {
        if (parameters.profile() != Profile.REFERENCE) {
            return ComplexityResults.partitions(linked, beta, parameters.maxRatio());
        }
        return swept.computeIfAbsent(beta, b -> {
            List<List<Merge>> history = emptyHistory(network.groups().groups().size());
            merge(new MergeState(network.copiedTensors(), network.sizes()), b, (g, merge, left) -> history.get(g)
                    .add(merge));
            List<Partition> partitions = new ArrayList<>();
            for (int g = 0; g < history.size(); g++) {
                partitions.add(Partition.of(network.sizes()[g], history.get(g)));
            }
            return partitions;
        });
    }

    private void export(List<Partition> chosen) throws AnalysisException {
        WorkingGraph working = network.working();
        if (!working.tied().isEmpty()) {
            context.warn("No model was exported: the tensors " + String.join(", ", working.tied())
                    + " are used in several places, which a merged file cannot keep shared");
        } else if (!working.quantised().isEmpty()) {
            context.warn("No model was exported: the weights " + String.join(", ", working.quantised())
                    + " are quantised; they were compared as the numbers they stand for, and a merged file would lose"
                    + " the quantisation");
        } else {
            MergedModelFile.write(merged(chosen), network.model(), context.artifacts());
            context.log("The merged model is in " + MergedModelFile.NAME);
        }
    }
}
