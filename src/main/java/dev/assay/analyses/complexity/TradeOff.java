package dev.assay.analyses.complexity;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import onnx.Onnx;

/** Size, and with labelled data accuracy, of the merged networks over thresholds, next to pruning at equal widths. */
final class TradeOff {

    private static final String ID = "tradeoff";
    private static final String MERGE = "merge";

    private final NetworkUnderAnalysis network;
    private final Evaluation evaluation;
    private final ComplexityParameters parameters;
    private final RunContext context;
    private final List<Point> points = new ArrayList<>();

    /**
     * One smaller network.
     *
     * @param method {@code merge}, {@code magnitude} or {@code random}
     * @param accuracy share of right decisions; NaN without labelled data
     */
    record Point(String method, double beta, long features, long parameters, long multiplyAdds, double accuracy) {}

    TradeOff(
            NetworkUnderAnalysis network,
            Evaluation evaluation,
            ComplexityParameters parameters,
            RunContext context) {
        this.network = network;
        this.evaluation = evaluation;
        this.parameters = parameters;
        this.context = context;
    }

    /**
     * Tries all thresholds.
     *
     * @param partitions the groups' clusters at a threshold
     * @param chosen the size at the run's own threshold, which is marked
     */
    List<Point> run(DoubleFunction<List<Partition>> partitions, NetworkSize chosen) throws AnalysisException {
        TreeSet<Double> betas = new TreeSet<>(parameters.betas());
        RunContext.Progress progress = context.phase("Trade-off", betas.size(), "thresholds");
        for (double beta : betas) {
            context.checkCancelled();
            List<Partition> at = partitions.apply(beta);
            add(MERGE, beta, at, chosen);
            if (parameters.baselines() && evaluation.possible()) {
                add("magnitude", beta, pruned(at, true), chosen);
                add("random", beta, pruned(at, false), chosen);
            }
            progress.advance(1);
        }
        if (points.isEmpty()) {
            context.emit(table(points));
        }
        return points;
    }

    private void add(String method, double beta, List<Partition> partitions, NetworkSize chosen)
            throws AnalysisException {
        NetworkSize size = network.size(partitions);
        double accuracy = Double.NaN;
        if (evaluation.possible()) {
            boolean merging = method.equals(MERGE);
            Onnx.ModelProto smaller = network.merged(
                    partitions,
                    merging && parameters.profile() == Profile.REFERENCE,
                    parameters.bnFix(),
                    merging && parameters.varianceRepair());
            accuracy = evaluation.accuracy(smaller, network.model());
        }
        long features = partitions.stream().mapToLong(Partition::size).sum();
        points.add(new Point(method, beta, features, size.parameters(), size.multiplyAdds(), accuracy));
        emit(points, chosen.parameters(), context);
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

    /** Table and curve of some points; the curve marks the size of the network that is looked at. */
    static void emit(List<Point> points, long marked, ResultSink sink) {
        sink.emit(table(points));
        Map<String, List<Point>> methods = new LinkedHashMap<>();
        points.stream()
                .filter(p -> !Double.isNaN(p.accuracy()))
                .forEach(p -> methods.computeIfAbsent(p.method(), m -> new ArrayList<>()).add(p));
        if (methods.isEmpty()) {
            return;
        }
        List<Curve.Series> series = new ArrayList<>();
        methods.forEach((method, of) -> series.add(Curve.Series.of(
                method,
                of.stream().mapToDouble(Point::parameters).toArray(),
                of.stream().mapToDouble(Point::accuracy).toArray())));
        sink.emit(new Curve(
                ID,
                "Accuracy against parameters",
                Axis.of("Parameters", "").marking(marked),
                Axis.of("Accuracy", "share"),
                series,
                null));
    }

    private static Table table(List<Point> points) {
        Table.Builder table = new Table.Builder(ID, "Accuracy against size", ComplexityResults.tradeoffColumns());
        for (Point p : points) {
            table.add(
                    p.method(),
                    p.beta(),
                    p.features(),
                    p.parameters(),
                    p.multiplyAdds(),
                    Double.isNaN(p.accuracy()) ? null : p.accuracy());
        }
        return table.snapshot();
    }
}
