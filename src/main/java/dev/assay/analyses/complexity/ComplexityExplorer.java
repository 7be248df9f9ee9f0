package dev.assay.analyses.complexity;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A finished {@code ward} run: every threshold follows from the stored merges. */
final class ComplexityExplorer implements Explorer<ComplexityParameters> {

    private final NetworkUnderAnalysis network;
    private final List<Linked> linked;

    private ComplexityExplorer(NetworkUnderAnalysis network, List<Linked> linked) {
        this.network = network;
        this.linked = linked;
    }

    static Optional<Explorer<ComplexityParameters>> open(
            Inputs inputs, ComplexityParameters parameters, Path artifacts) throws AnalysisException {
        Optional<List<Linked>> linked = LinkedFile.read(artifacts);
        if (linked.isEmpty()) {
            return Optional.empty();
        }
        NetworkUnderAnalysis network =
                NetworkUnderAnalysis.of((OnnxModel) inputs.get("model", Model.class), parameters.layers());
        if (network.groups().groups().size() != linked.get().size()) {
            throw new AnalysisException(
                    "the stored merges belong to another network", network.model().name(), "run the analysis again");
        }
        return Optional.of(new ComplexityExplorer(network, linked.get()));
    }

    @Override
    public void update(ComplexityParameters parameters, ResultSink sink) throws AnalysisException {
        ComplexityRun.emitWard(network, linked, parameters, sink);
        List<Partition> partitions = partitions(parameters);
        ComplexityResults.emitSizes(
                NetworkSize.of(network.graph().getGraph(), network.shapes()),
                NetworkSize.of(
                        network.merged(partitions, false, parameters.bnFix(), false).getGraph(), network.shapes()),
                sink);
    }

    private List<Partition> partitions(ComplexityParameters parameters) {
        return linked.stream()
                .map(l -> l.partition(parameters.beta(), parameters.maxRatio()))
                .toList();
    }

    @Override
    public List<Result> details(Selection selection, ComplexityParameters parameters) {
        Optional<Ref> group = selection.first("group");
        List<Result> details = new ArrayList<>();
        for (int g = 0; g < linked.size(); g++) {
            String name = linked.get(g).name();
            boolean meant = group.isPresent()
                    ? group.get().key().equals(name)
                    : selection.resultId().equals("distance_" + name);
            if (meant) {
                details.addAll(evidence(g, selection, parameters));
            }
        }
        return details;
    }

    private List<Result> evidence(int g, Selection selection, ComplexityParameters parameters) {
        Partition partition = partitions(parameters).get(g);
        List<Integer> wanted = selection.all("cluster").stream()
                .map(r -> Integer.parseInt(r.key()))
                .toList();
        List<int[]> clusters = partition.clusters().stream()
                .filter(c -> wanted.isEmpty() || Arrays.stream(c).anyMatch(wanted::contains))
                .toList();
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
        List<Result> results = new ArrayList<>(List.of(members.snapshot()));
        FilterPictures.of(network, g, clusters).ifPresent(results::add);
        return results;
    }

    private double norm(int group, int feature, boolean incoming) {
        double squares = 0;
        for (WeightTensor t : network.tensors()) {
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
