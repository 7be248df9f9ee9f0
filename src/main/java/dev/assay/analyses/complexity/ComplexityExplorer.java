package dev.assay.analyses.complexity;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.compute.Kernels;
import dev.assay.compute.PairDistances;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A finished run whose features were linked in trees: every threshold follows from the stored merges. */
final class ComplexityExplorer implements Explorer<ComplexityParameters> {

    /** Multiply-adds up to which a merged network is evaluated while the threshold moves; some tenths of a second. */
    private static final long EVALUATED = 10_000_000_000L;

    /** What the ids of a group's own results begin with. */
    private static final List<String> OF_GROUP = List.of("dendrogram_", "distance_", "members_");
    /** Most members whose distances are shown. */
    private static final int MOST_COMPARED = 256;

    private final NetworkUnderAnalysis network;
    private final List<Linked> linked;
    private final List<TradeOff.Point> tradeOff;
    private final List<Curve.Series> complexity;
    private final Evaluation evaluation;
    private final DistanceFile distances;
    private final NetworkSize before;
    private final Map<List<Integer>, Double> accuracies = new HashMap<>();

    private ComplexityExplorer(
            NetworkUnderAnalysis network,
            RunFile kept,
            Evaluation evaluation,
            DistanceFile distances,
            ComplexityParameters parameters) {
        this.network = network;
        this.linked = kept.linked();
        this.tradeOff = kept.tradeOff();
        this.complexity = ComplexityResults.series(linked, parameters.maxRatio());
        this.evaluation = evaluation;
        this.distances = distances;
        this.before = network.size();
    }

    static Optional<Explorer<ComplexityParameters>> open(
            Inputs inputs, ComplexityParameters parameters, Path artifacts) throws AnalysisException {
        Optional<RunFile> kept = RunFile.read(artifacts);
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        OnnxModel model = (OnnxModel) inputs.get(FeatureComplexity.MODEL, Model.class);
        NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, parameters.layers());
        if (network.groups().groups().size() != kept.get().linked().size()) {
            throw new AnalysisException(
                    "the stored merges belong to another network", network.model().name(), "run the analysis again");
        }
        Evaluation evaluation = new Evaluation(
                inputs.find(FeatureComplexity.TEST, Dataset.class).orElse(null),
                model,
                Runtime.getRuntime().availableProcessors(),
                () -> {});
        return Optional.of(
                new ComplexityExplorer(network, kept.get(), evaluation, new DistanceFile(artifacts), parameters));
    }

    @Override
    public void update(ComplexityParameters parameters, ResultSink sink) throws AnalysisException {
        double beta = parameters.beta();
        List<Partition> partitions = ComplexityResults.partitions(linked, beta, parameters.maxRatio());
        ComplexityResults.emitLinked(network, linked, parameters, sink);
        sink.emit(ComplexityResults.curve(complexity, beta));
        linked.forEach(l -> sink.emit(l.dendrogram(beta)));
        NetworkSize after = network.size(partitions);
        ComplexityResults.emitSizes(before, after, sink);
        TradeOff.emit(tradeOff, after.parameters(), sink);
        if (evaluation.possible()) {
            sink.emit(ComplexityResults.accuracyAfter(accuracy(partitions, after, parameters)));
        }
    }

    /** NaN where finding it out would hold the user up. */
    private double accuracy(List<Partition> partitions, NetworkSize size, ComplexityParameters parameters)
            throws AnalysisException {
        List<Integer> widths = partitions.stream().map(Partition::size).toList();
        Double known = accuracies.get(widths);
        if (known == null) {
            if (evaluation.samples() * (double) size.multiplyAdds() > EVALUATED) {
                return Double.NaN;
            }
            known = evaluation.accuracy(
                    network.merged(partitions, false, parameters.bnFix(), parameters.varianceRepair()),
                    network.model());
            accuracies.put(widths, known);
        }
        return known;
    }

    @Override
    public List<Result> details(Selection selection, ComplexityParameters parameters) throws AnalysisException {
        Optional<Ref> group = selection.first(ComplexityResults.GROUP.kind());
        for (int g = 0; g < linked.size(); g++) {
            String name = linked.get(g).name();
            boolean meant = group.isPresent()
                    ? group.get().key().equals(name)
                    : OF_GROUP.stream().anyMatch(of -> selection.resultId().equals(of + name));
            if (meant) {
                return evidence(g, selection, parameters);
            }
        }
        return List.of();
    }

    private List<Result> evidence(int g, Selection selection, ComplexityParameters parameters)
            throws AnalysisException {
        Set<Integer> wanted = new HashSet<>();
        Stream.of(ComplexityResults.CLUSTER, ComplexityResults.FEATURE)
                .flatMap(kind -> selection.all(kind.kind()).stream())
                .forEach(r -> wanted.add(Integer.parseInt(r.key())));
        Partition partition = linked.get(g).partition(parameters.beta(), parameters.maxRatio());
        List<int[]> clusters = partition.clusters().stream()
                .filter(c -> wanted.isEmpty() || Arrays.stream(c).anyMatch(wanted::contains))
                // Without a choice the largest clusters are the ones to look at first.
                .sorted(Comparator.comparingInt(c -> wanted.isEmpty() ? -c.length : c[0]))
                .toList();
        List<Result> results = new ArrayList<>();
        FilterPictures.of(network, g, clusters).ifPresent(results::add);
        if (!wanted.isEmpty()) {
            results.add(compared(g, clusters, parameters));
        }
        results.add(members(g, clusters, parameters));
        return results;
    }

    /** The members' distances in the order of the dendrogram. */
    private Heatmap compared(int g, List<int[]> clusters, ComplexityParameters parameters) throws AnalysisException {
        Set<Integer> members = new HashSet<>();
        clusters.forEach(c -> Arrays.stream(c).forEach(members::add));
        int[] order = linked.get(g).leaves().stream()
                .filter(members::contains)
                .limit(MOST_COMPARED)
                .mapToInt(Integer::intValue)
                .toArray();
        double[][] squared;
        try (Kernels kernels = Kernels.cpu(1)) {
            squared = parameters.space() == Space.WEIGHTS
                    ? GroupDistances.ofSome(
                            network, g, parameters.vector(), order, kernels.get(PairDistances.class))
                    : distances.some(g, linked.get(g).features(), order);
        }
        List<String> names = squared.length == 0
                ? List.of()
                : Arrays.stream(order).mapToObj(String::valueOf).toList();
        String title = members.size() > order.length
                ? "Squared distances of the first " + order.length + " members"
                : "Squared distances of the members";
        return GroupDistances.heatmap("members_" + linked.get(g).name(), title, names, squared);
    }

    private Table members(int g, List<int[]> clusters, ComplexityParameters parameters) {
        Table.Builder members = new Table.Builder(
                "members",
                "Features of " + linked.get(g).name() + " at beta " + parameters.beta(),
                List.of(
                        Column.integer("cluster", "Cluster"),
                        Column.integer("feature", "Feature"),
                        Column.integer("size", "Cluster size"),
                        Column.real("incoming_norm", "Norm of incoming weights", ""),
                        Column.real("outgoing_norm", "Norm of outgoing weights", "")));
        for (int[] cluster : clusters) {
            for (int member : cluster) {
                members.add(
                        cluster[0], member, cluster.length, norm(g, member, true), norm(g, member, false));
            }
        }
        return members.snapshot();
    }

    private double norm(int group, int feature, boolean incoming) {
        double squares = 0;
        for (StoredWeight t : network.tensors()) {
            if (incoming && t.rowGroup() == group) {
                squares += Arrays.stream(t.row(feature)).map(v -> v * v).sum();
            } else if (!incoming && t.columnGroup() == group) {
                squares += Arrays.stream(t.column(feature)).map(v -> v * v).sum();
            }
        }
        return Math.sqrt(squares);
    }

    @Override
    public void close() {
        // Holds no files and no native memory; the inputs belong to the caller.
    }
}
