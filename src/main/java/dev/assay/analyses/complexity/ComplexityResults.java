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
import java.util.TreeSet;

/** Feature complexity in the words of the result contract; ids are those of the method. */
final class ComplexityResults {

    static final RefKind GROUP = new RefKind("group", "model");
    static final RefKind CLUSTER = new RefKind("cluster", "model");
    static final RefKind FEATURE = new RefKind("feature", "model");

    /** Points of a line that a chart can show. */
    private static final int MOST_POINTS = 400;

    private ComplexityResults() {}

    /**
     * One group as it stands at the threshold.
     *
     * @param complexity features left
     * @param largest size of the largest cluster, or null while it is not known
     * @param dead number of dead features, or null likewise
     * @param clusters members of each cluster
     * @param min cheapest pair that was not merged; NaN when one feature is left
     * @param max the value it is held against; NaN likewise
     */
    record GroupRow(
            String name,
            List<String> tensors,
            int features,
            int complexity,
            Integer largest,
            Integer dead,
            List<int[]> clusters,
            double min,
            double max) {

        GroupRow(
                String name, List<String> tensors, int features, Partition partition, int dead, double min,
                double max) {
            this(name, tensors, features, partition.size(), partition.largest(), dead, partition.clusters(), min, max);
        }

        /** A group whose merging goes on; the pair is the one that was merged last. */
        static GroupRow unfinished(
                String name, List<String> tensors, int features, int left, double cost, double max) {
            return new GroupRow(name, tensors, features, left, null, null, List.of(), cost, max);
        }
    }

    /** The table of groups. */
    static Table groups(List<GroupRow> rows, double beta) {
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
                        Column.real("stop_ratio", "Next cost / largest", ""),
                        Column.text("tensor", "First tensor").to(RefKind.tensor(FeatureComplexity.MODEL))));
        for (GroupRow row : rows) {
            groups.add(
                    row.name(),
                    String.join(",", row.tensors()),
                    row.features(),
                    row.complexity(),
                    (double) row.complexity() / row.features(),
                    row.largest(),
                    row.dead(),
                    row.min(),
                    row.max(),
                    row.max() == 0 ? 0 : row.min() / row.max(),
                    row.tensors().isEmpty() ? null : row.tensors().getFirst());
        }
        return groups.snapshot();
    }

    /** Tables and curves that follow from the partitions at a threshold. */
    static void emit(List<GroupRow> rows, double beta, ResultSink sink) {
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
            complexity[g] = row.complexity();
            for (int[] cluster : row.clusters()) {
                clusters.add(row.name(), cluster[0], cluster.length, Partition.members(cluster));
            }
        }
        double all = Arrays.stream(features).sum();
        double left = Arrays.stream(complexity).sum();
        String at = "at beta " + beta;
        sink.emit(new Scalar("features", "Features", all, "", "in " + rows.size() + " groups"));
        sink.emit(new Scalar("complexity", "Feature complexity", left, "", at));
        sink.emit(new Scalar("ratio", "Kept share", left / all, "share", at));
        sink.emit(groups(rows, beta));
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

    /** The accuracy of the merged network; NaN when it is not known at this threshold. */
    static Scalar accuracyAfter(double accuracy) {
        String note = Double.isNaN(accuracy) ? "not evaluated at this beta; run again" : "of the merged network";
        return new Scalar("accuracy_after", "Accuracy after", accuracy, "share", note);
    }

    /** Every group's clusters at a threshold. */
    static List<Partition> partitions(List<Linked> linked, double beta, double maxRatio) {
        return linked.stream().map(l -> l.partition(beta, maxRatio)).toList();
    }

    /** A row of the table of merges. */
    static void addMerge(
            ResultSink.Rows merges, String group, int step, Merge merge, int left, boolean applied) {
        merges.add(
                group, step + 1, merge.first(), merge.second(), merge.cost(), merge.max(), merge.ratio(), left,
                applied);
    }

    /** Tables, scalars and the depth profile of the groups that are linked, at a threshold. */
    static void emitLinked(
            NetworkUnderAnalysis network, List<Linked> linked, ComplexityParameters parameters, ResultSink sink) {
        List<GroupRow> rows = new ArrayList<>();
        for (int g = 0; g < linked.size(); g++) {
            Linked l = linked.get(g);
            int applied = l.applied(parameters.beta(), parameters.maxRatio());
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
        emit(rows, parameters.beta(), sink);
    }

    /** The lines of the complexity curve of linked groups, at every threshold at which a group loses a feature. */
    static List<Curve.Series> series(List<Linked> linked, double maxRatio) {
        double[] betas = thresholds(linked);
        double[][] complexity = new double[linked.size()][betas.length];
        for (int g = 0; g < linked.size(); g++) {
            for (int b = 0; b < betas.length; b++) {
                complexity[g][b] = linked.get(g).complexity(betas[b], maxRatio);
            }
        }
        return series(linked.stream().map(Linked::name).toList(), betas, complexity);
    }

    private static double[] thresholds(List<Linked> linked) {
        TreeSet<Double> steps = new TreeSet<>(List.of(0.0));
        for (Linked l : linked) {
            l.merges().stream().map(Merge::ratio).filter(r -> r > 0 && r < 1).forEach(steps::add);
        }
        double[] all = steps.stream().mapToDouble(Double::doubleValue).toArray();
        if (all.length <= MOST_POINTS) {
            return all;
        }
        double[] thinned = new double[MOST_POINTS];
        for (int i = 0; i < MOST_POINTS; i++) {
            thinned[i] = all[(int) ((long) i * (all.length - 1) / (MOST_POINTS - 1))];
        }
        return thinned;
    }

    /** One line a group, and their total. */
    static List<Curve.Series> series(List<String> names, double[] betas, double[][] complexity) {
        List<Curve.Series> series = new ArrayList<>();
        double[] total = new double[betas.length];
        for (int g = 0; g < names.size(); g++) {
            series.add(Curve.Series.of(names.get(g), betas, complexity[g]));
            for (int b = 0; b < betas.length; b++) {
                total[b] += complexity[g][b];
            }
        }
        series.add(Curve.Series.of("total", betas, total));
        return series;
    }

    /** The complexity curve with the threshold that is looked at. */
    static Curve curve(List<Curve.Series> series, double beta) {
        return new Curve(
                "complexity",
                "Features left against the threshold",
                Axis.log("Threshold beta", "").following("beta", beta),
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
