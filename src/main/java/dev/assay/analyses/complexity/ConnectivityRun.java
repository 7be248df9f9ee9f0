package dev.assay.analyses.complexity;

import dev.assay.analyses.complexity.FeatureGroups.Group;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.model.onnx.OnnxModel;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One run of linear connectivity. */
final class ConnectivityRun {

    private static final String EXPORTED = "matched.onnx";

    private final NetworkUnderAnalysis network;
    private final OnnxModel other;
    private final Evaluation evaluation;
    private final ConnectivityParameters parameters;
    private final RunContext context;

    ConnectivityRun(
            NetworkUnderAnalysis network,
            OnnxModel other,
            Evaluation evaluation,
            ConnectivityParameters parameters,
            RunContext context) {
        this.network = network;
        this.other = other;
        this.evaluation = evaluation;
        this.parameters = parameters;
        this.context = context;
    }

    void run() throws AnalysisException {
        evaluation.doubt().ifPresent(context::warn);
        if (!evaluation.reason().isEmpty()) {
            context.warn("Loss and accuracy are left out: " + evaluation.reason());
        }
        MergedNetwork.Values second = SecondNetwork.values(network, other);
        ComplexityResults.emitNotAnalysed(network.groups(), context);
        WeightMatching matching = new WeightMatching(network, second, context::checkCancelled);
        double[] before = cosines(matching);
        RunContext.Progress progress = context.phase("Matching", -1, "rounds");
        Random random = new Random(context.seed());
        int rounds = 0;
        boolean gained = true;
        while (gained && rounds < parameters.rounds()) {
            gained = matching.round(random);
            rounds++;
            progress.advance(1);
            emitMatching(matching, before);
        }
        if (gained) {
            context.warn("Matching still gained after " + rounds + " rounds; allow more rounds for the best order.");
        }
        context.emit(new Scalar("rounds", "Rounds", rounds, "", "the last one gained nothing"));
        MergedNetwork.Values matched = Blend.reordered(network, second, matching.order());
        if (evaluation.possible()) {
            follow(second, matched);
        }
        if (parameters.exportModel()) {
            MergedModelFile.write(
                    new Blend(network.graph(), network.values(), matched).at(1),
                    network.model(),
                    context.artifacts(),
                    EXPORTED);
            context.log("The matched model is in " + EXPORTED);
        }
    }

    private double[] cosines(WeightMatching matching) throws AnalysisException {
        double[] cosines = new double[network.sizes().length];
        for (int g = 0; g < cosines.length; g++) {
            cosines[g] = matching.cosine(g);
        }
        return cosines;
    }

    private void emitMatching(WeightMatching matching, double[] before) throws AnalysisException {
        double[] after = cosines(matching);
        Table.Builder groups = new Table.Builder(
                "groups",
                "Similarity of the groups before and after matching",
                List.of(
                        Column.text("group", "Group"),
                        Column.integer("features", "Features"),
                        Column.integer("moved", "Moved"),
                        Column.real("similarity_before", "Cosine before", ""),
                        Column.real("similarity_after", "Cosine after", "")));
        Table.Builder assignment = new Table.Builder(
                "assignment",
                "Which feature of the second network matches which of the first",
                List.of(
                        Column.text("group", "Group"),
                        Column.integer("feature", "Feature"),
                        Column.integer("matched", "Feature of the second network")));
        long features = 0;
        long moved = 0;
        double weightedBefore = 0;
        double weightedAfter = 0;
        for (int g = 0; g < after.length; g++) {
            Group group = network.groups().groups().get(g);
            int[] order = matching.order().get(g);
            long here = IntStream.range(0, order.length).filter(i -> order[i] != i).count();
            groups.add(group.name(), group.size(), here, before[g], after[g]);
            for (int i = 0; i < order.length; i++) {
                assignment.add(group.name(), i, order[i]);
            }
            features += group.size();
            moved += here;
            weightedBefore += group.size() * before[g];
            weightedAfter += group.size() * after[g];
        }
        context.emit(new Scalar("features", "Features", features, "", "in " + after.length + " groups"));
        context.emit(new Scalar("moved", "Moved features", moved, "", "not at their own place"));
        context.emit(new Scalar(
                "similarity_before", "Cosine before", weightedBefore / features, "", "mean over features"));
        context.emit(
                new Scalar("similarity_after", "Cosine after", weightedAfter / features, "", "mean over features"));
        context.emit(groups.snapshot());
        context.emit(assignment.snapshot());
    }

    /** Loss and accuracy on the line to the second network as it is, and to the matched one. */
    private void follow(MergedNetwork.Values second, MergedNetwork.Values matched) throws AnalysisException {
        Axis along = Axis.of("Share of the second network", "");
        ResultSink.Points loss = context.curve(
                "loss", "Loss on the line between the networks", along, Axis.of("Cross-entropy", "nat"));
        ResultSink.Points accuracy = context.curve(
                "accuracy", "Accuracy on the line between the networks", along, Axis.of("Accuracy", "share"));
        ResultSink.Rows table = context.table(
                "line",
                "Loss and accuracy on the line",
                List.of(
                        Column.text("matching", "Matching"),
                        Column.real("alpha", "Share of the second network", ""),
                        Column.real("loss", "Cross-entropy", "nat"),
                        Column.share("accuracy", "Accuracy")));
        int points = parameters.points();
        RunContext.Progress progress = context.phase("Following the line", 2L * points, "networks");
        Evaluation.Worth[][] worth = new Evaluation.Worth[2][points];
        Blend[] lines = {
            new Blend(network.graph(), network.values(), second), new Blend(network.graph(), network.values(), matched)
        };
        String[] names = {"before matching", "after matching"};
        for (int p = 0; p < points; p++) {
            double alpha = (double) p / (points - 1);
            for (int line = 0; line < 2; line++) {
                context.checkCancelled();
                worth[line][p] = evaluation.measure(lines[line].at(alpha), network.model());
                loss.add(names[line], alpha, worth[line][p].loss());
                accuracy.add(names[line], alpha, worth[line][p].accuracy());
                table.add(names[line].split(" ")[0], alpha, worth[line][p].loss(), worth[line][p].accuracy());
                progress.advance(1);
            }
        }
        for (int line = 0; line < 2; line++) {
            String when = line == 0 ? "before" : "after";
            double[] losses = java.util.Arrays.stream(worth[line])
                    .mapToDouble(Evaluation.Worth::loss)
                    .toArray();
            double[] errors = java.util.Arrays.stream(worth[line])
                    .mapToDouble(w -> 1 - w.accuracy())
                    .toArray();
            context.emit(new Scalar(
                    "loss_barrier_" + when, "Loss barrier " + when, barrier(losses), "nat", "above the chord"));
            context.emit(new Scalar(
                    "accuracy_barrier_" + when, "Accuracy lost " + when, barrier(errors), "share", "below the chord"));
        }
    }

    /**
     * How far a line of values rises above the chord between its ends: the greatest {@code L(a) - ((1-a) L(0) + a L(1))}.
     */
    static double barrier(double[] values) {
        int last = values.length - 1;
        return IntStream.rangeClosed(0, last)
                .mapToDouble(p -> {
                    double alpha = (double) p / last;
                    return values[p] - ((1 - alpha) * values[0] + alpha * values[last]);
                })
                .max()
                .orElse(0);
    }
}
