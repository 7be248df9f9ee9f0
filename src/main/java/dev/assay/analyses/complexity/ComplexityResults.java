package dev.assay.analyses.complexity;

import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Feature complexity in the words of the result contract; ids are those of the method. */
final class ComplexityResults {

    static final RefKind GROUP = new RefKind("group", "model");
    static final RefKind CLUSTER = new RefKind("cluster", "model");

    private ComplexityResults() {}

    /**
     * One group as it stands at the threshold.
     *
     * @param min cheapest pair that was not merged; NaN when one feature is left
     * @param max the value it is held against; NaN likewise
     */
    record GroupRow(
            String name, List<String> tensors, int features, Partition partition, int dead, double min, double max) {}

    /** Tables and curves that follow from the partitions at a threshold. */
    static void emit(List<GroupRow> rows, double beta, ResultSink sink) {
        Table.Builder groups = new Table.Builder(
                "groups",
                "Features and complexity by group, beta " + beta,
                List.of(
                        Column.text("group", "Group").to(GROUP),
                        Column.text("tensors", "Tensors"),
                        Column.integer("features", "Features"),
                        Column.integer("complexity", "Complexity"),
                        Column.share("ratio", "Ratio"),
                        Column.integer("largest_cluster", "Largest cluster"),
                        Column.integer("dead", "Dead"),
                        Column.real("stop_min", "Next cost", ""),
                        Column.real("stop_max", "Largest distance", ""),
                        Column.real("stop_ratio", "Next cost / largest", "")));
        Table.Builder clusters = new Table.Builder(
                "clusters",
                "Clusters of merged features, beta " + beta,
                List.of(
                        Column.text("group", "Group").to(GROUP),
                        Column.integer("cluster", "Cluster").to(CLUSTER),
                        Column.integer("size", "Size"),
                        Column.text("members", "Members")));
        double[] number = new double[rows.size()];
        double[] features = new double[rows.size()];
        double[] complexity = new double[rows.size()];
        for (int g = 0; g < rows.size(); g++) {
            GroupRow row = rows.get(g);
            number[g] = g + 1;
            features[g] = row.features();
            complexity[g] = row.partition().size();
            groups.add(
                    row.name(),
                    String.join(",", row.tensors()),
                    row.features(),
                    row.partition().size(),
                    complexity[g] / features[g],
                    row.partition().largest(),
                    row.dead(),
                    row.min(),
                    row.max(),
                    row.max() == 0 ? 0 : row.min() / row.max());
            for (int[] cluster : row.partition().clusters()) {
                clusters.add(row.name(), cluster[0], cluster.length, Partition.members(cluster));
            }
        }
        double all = Arrays.stream(features).sum();
        double left = Arrays.stream(complexity).sum();
        String at = "at beta " + beta;
        sink.emit(new Scalar("features", "Features", all, "", "in " + rows.size() + " groups"));
        sink.emit(new Scalar("complexity", "Feature complexity", left, "", at));
        sink.emit(new Scalar("ratio", "Kept share", left / all, "share", at));
        sink.emit(groups.snapshot());
        sink.emit(clusters.snapshot());
        sink.emit(new Curve(
                "depth",
                "Features and complexity over depth, beta " + beta,
                Axis.of("Group", ""),
                Axis.of("Features", ""),
                List.of(
                        Curve.Series.of("features", number, features),
                        Curve.Series.of("complexity", number, complexity)),
                null));
    }

    /** Size of the network before and after. */
    static void emitSizes(NetworkSize before, NetworkSize after, ResultSink sink) {
        sink.emit(new Scalar("parameters_before", "Parameters before", before.parameters(), "", "weights and biases"));
        sink.emit(new Scalar("parameters_after", "Parameters after", after.parameters(), "", "weights and biases"));
        sink.emit(new Scalar(
                "multiply_adds_before", "Multiply-adds before", before.multiplyAdds(), "", "for one sample"));
        sink.emit(
                new Scalar("multiply_adds_after", "Multiply-adds after", after.multiplyAdds(), "", "for one sample"));
    }

    /** The complexity curve: one line a group, and their total. */
    static Curve curve(List<String> names, double[] betas, double[][] complexity) {
        List<Curve.Series> series = new ArrayList<>();
        double[] total = new double[betas.length];
        for (int g = 0; g < names.size(); g++) {
            series.add(Curve.Series.of(names.get(g), betas, complexity[g]));
            for (int b = 0; b < betas.length; b++) {
                total[b] += complexity[g][b];
            }
        }
        series.add(Curve.Series.of("total", betas, total));
        return new Curve(
                "complexity",
                "Features left against the threshold",
                Axis.log("Threshold beta", ""),
                Axis.of("Features", ""),
                series,
                GROUP);
    }

    /** An empty table of what was left alone. */
    static void emitNotAnalysed(FeatureGroups groups, ResultSink sink) {
        Table.Builder table = new Table.Builder(
                "not_analysed",
                "Tensors that are left alone",
                List.of(Column.text("tensor", "Tensor"), Column.text("reason", "Reason")));
        groups.notAnalysed().forEach(n -> table.add(n.tensor(), n.reason()));
        sink.emit(table.snapshot());
    }

    /** Columns of the merges. */
    static List<Column> mergeColumns() {
        return List.of(
                Column.text("group", "Group").to(GROUP),
                Column.integer("step", "Step"),
                Column.integer("first", "First"),
                Column.integer("second", "Second"),
                Column.real("cost", "Cost", ""),
                Column.real("max", "Largest distance", ""),
                Column.real("ratio", "Cost / largest", ""),
                Column.integer("features_left", "Features left"),
                Column.bool("applied", "Applied"));
    }

    /** Columns of the trade-off. */
    static List<Column> tradeoffColumns() {
        return List.of(
                Column.text("method", "Method"),
                Column.real("beta", "Beta", ""),
                Column.integer("features", "Features"),
                Column.integer("parameters", "Parameters"),
                Column.integer("multiply_adds", "Multiply-adds"),
                Column.share("accuracy", "Accuracy"));
    }
}
