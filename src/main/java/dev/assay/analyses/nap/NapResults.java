package dev.assay.analyses.nap;

import dev.assay.analysis.Exact;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import dev.assay.compute.PatternMasks;
import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Turns patterns and scores into the results that the method's file names. */
final class NapResults {

    /** The class column of the last row of each slack. */
    static final String ALL = "all";

    /** Kind of the reference that a row holds to its slack. */
    static final RefKind SLACK = new RefKind("slack", "");

    /** Cells above which a matrix neurons x classes is not drawn; the pattern file has it all. */
    static final long MOST_CELLS = 4_000_000;

    /** Classes above which pairs are listed at the chosen slack only. */
    private static final int MOST_CLASSES_FOR_ALL_PAIRS = 100;

    private final Neurons neurons;
    private final List<String> classes;
    private final long[] leftOut;
    private final int reportedNeurons;
    private final List<String> neuronNames;
    private final String soFar;

    /**
     * @param classes names
     * @param leftOut words of units that do not count in reported sizes
     * @param soFar said behind every title; empty when the results are final
     */
    NapResults(Neurons neurons, List<String> classes, long[] leftOut, String soFar) {
        this.soFar = soFar;
        this.neurons = neurons;
        this.classes = classes;
        this.leftOut = leftOut;
        this.reportedNeurons =
                neurons.count() - Arrays.stream(leftOut).mapToInt(Long::bitCount).sum();
        this.neuronNames = drawsNeurons(neurons, classes) ? neurons.names() : List.of();
    }

    static NapResults of(Mined mined, NapParameters parameters) {
        long[] none = new long[mined.neurons().layout().words()];
        return new NapResults(mined.neurons(), mined.classes(), parameters.excludeDead() ? mined.dead() : none, "");
    }

    /** Whether a matrix neurons x classes is small enough to be a result. */
    static boolean drawsNeurons(Neurons neurons, List<String> classes) {
        return (long) neurons.count() * classes.size() <= MOST_CELLS;
    }

    /** The slack in words, e.g. {@code slack 0.01, purity 0.99}. */
    static String at(Exact slack) {
        return "slack " + slack + ", purity " + slack.complement();
    }

    /** Accuracy and other scalars of one split that are known without any pattern. */
    static void accuracy(ResultSink sink, String role, long correct, long labelled) {
        if (labelled > 0) {
            sink.emit(new Scalar(
                    role + "_accuracy",
                    name(role) + " accuracy",
                    (double) correct / labelled,
                    "share",
                    Numbers.count(correct) + " of " + Numbers.count(labelled) + " samples"));
        }
    }

    /** {@code neurons} and {@code dead_neurons}, and the list of the latter. */
    void neurons(ResultSink sink, Mined mined) {
        Table.Builder dead = new Table.Builder(
                "dead",
                "Neurons that no training sample activates",
                List.of(
                        Column.text("neuron", "Neuron").to(RefKind.neuron(NapMining.MODEL)),
                        Column.integer("layer", "ReLU layer"),
                        Column.text("name", "Layer").to(RefKind.layer(NapMining.MODEL)),
                        Column.integer("unit", "Unit")));
        BitLayout layout = neurons.layout();
        for (int unit = 0; unit < neurons.count(); unit++) {
            if (mined.isDead(unit)) {
                int block = layout.layerOf(unit);
                var layer = neurons.blocks().get(block).layer();
                dead.add(neurons.name(unit), layer.number(), layer.name(), unit - layout.unitOffset(block));
            }
        }
        Table table = dead.snapshot();
        sink.emit(new Scalar("neurons", "Neurons", neurons.count(), "", "units that pass through a ReLU"));
        sink.emit(new Scalar(
                "dead_neurons", "Dead neurons", table.rowCount(), "", "never active on any training sample"));
        if (table.rowCount() > 0) {
            sink.emit(table);
        }
    }

    /** The table {@code recall}. */
    void recall(ResultSink sink, List<SlackScores> all) {
        sink.emit(recallTable(all));
    }

    /** The curves of recall and size. */
    void curves(ResultSink sink, List<SlackScores> all) {
        if (all.getFirst().train() != null) {
            recallCurve(sink, NapMining.TRAIN, all, SlackScores::train);
        }
        if (all.getFirst().test() != null) {
            recallCurve(sink, NapMining.TEST, all, SlackScores::test);
        }
        constrained(sink, all);
    }

    private Table recallTable(List<SlackScores> all) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.real("slack", "Slack s", "").to(SLACK),
                Column.text("class", "Class").to(RefKind.ofClass()),
                Column.integer("support", "Mined samples"),
                Column.integer("active", "Active |A|"),
                Column.integer("inactive", "Inactive |D|"),
                Column.integer("free", "Free")));
        for (String split : List.of("train", "test")) {
            String label = split.equals("train") ? "Training " : "Test ";
            columns.add(Column.integer(split + "_size", label + "samples"));
            columns.add(Column.integer(split + "_followers", label + "followers"));
            columns.add(Column.share(split + "_recall", label + "recall"));
            columns.add(Column.integer(split + "_foreign", label + "foreign followers"));
            columns.add(Column.share(split + "_precision", label + "precision"));
            columns.add(Column.integer(split + "_counterexamples", label + "counterexamples"));
        }
        columns.add(Column.share("region_share", "Region share"));
        Table.Builder table = new Table.Builder("recall", "Patterns and recall by class", columns);
        for (SlackScores scores : all) {
            rows(table, scores);
        }
        return table.snapshot();
    }

    private void rows(Table.Builder table, SlackScores scores) {
        PatternMasks masks = scores.patterns().masks();
        long[] support = scores.support();
        long[] sums = new long[4];
        for (int c = 0; c < classes.size(); c++) {
            Integer active = null;
            Integer inactive = null;
            Integer free = null;
            if (masks.present(c)) {
                active = scores.patterns().size(scores.set(), c, -1, true, leftOut);
                inactive = scores.patterns().size(scores.set(), c, -1, false, leftOut);
                free = reportedNeurons - active - inactive;
                sums[1] += active;
                sums[2] += inactive;
                sums[3] += free;
            }
            sums[0] += support[c];
            row(table, scores, classes.get(c), c, support[c], active, inactive, free);
        }
        SlackScores total = new SlackScores(
                scores.patterns(),
                scores.set(),
                scores.support(),
                scores.train().total(),
                scores.test() == null ? null : scores.test().total(),
                scores.region() == null ? null : scores.region().total());
        row(table, total, ALL, 0, sums[0], sums[1], sums[2], sums[3]);
    }

    private static void row(
            Table.Builder table,
            SlackScores scores,
            String name,
            int c,
            Object support,
            Object active,
            Object inactive,
            Object free) {
        List<Object> cells =
                new ArrayList<>(Arrays.asList(scores.slack().toDouble(), name, support, active, inactive, free));
        for (SplitScores split : Arrays.asList(scores.train(), scores.test())) {
            cells.addAll(
                    split == null
                            ? Arrays.asList(null, null, null, null, null, null)
                            : Arrays.asList(
                                    split.size()[c],
                                    split.followers()[c],
                                    split.recall(c),
                                    split.foreign()[c],
                                    split.precision(c),
                                    split.counterexamples()[c]));
        }
        cells.add(scores.region() == null ? null : scores.region().recall(c));
        table.add(cells.toArray());
    }

    private void recallCurve(
            ResultSink sink, String role, List<SlackScores> all, Function<SlackScores, SplitScores> split) {
        List<Curve.Series> series = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            int index = c;
            if (all.getFirst().patterns().masks().present(c)) {
                series.add(line(classes.get(c), all, s -> value(split.apply(s).recall(index))));
            }
        }
        series.add(line(ALL, all, s -> value(split.apply(s).total().recall(0))));
        sink.emit(new Curve(
                role + "_recall",
                name(role) + " recall against slack" + soFar,
                Axis.log("Slack s", ""),
                Axis.of("Recall", "share"),
                series,
                RefKind.ofClass()));
    }

    /** A split's name at the start of a title. */
    private static String name(String role) {
        return role.equals(NapMining.TRAIN) ? "Training" : "Test";
    }

    private static double value(Double number) {
        return number == null ? Double.NaN : number;
    }

    private static Curve.Series line(String name, List<SlackScores> all, ToDoubleFunction<SlackScores> value) {
        return Curve.Series.of(
                name,
                all.stream().mapToDouble(s -> s.slack().toDouble()).toArray(),
                all.stream().mapToDouble(value).toArray());
    }

    /** |A| + |D|; the line of all is the mean over the classes that have a pattern. */
    private void constrained(ResultSink sink, List<SlackScores> all) {
        int[] present = IntStream.range(0, classes.size())
                .filter(c -> all.getFirst().patterns().masks().present(c))
                .toArray();
        List<Curve.Series> series = new ArrayList<>();
        for (int c : present) {
            series.add(line(classes.get(c), all, s -> s.size(c, leftOut)));
        }
        if (present.length > 0) {
            series.add(line(
                    ALL,
                    all,
                    s -> IntStream.of(present).mapToDouble(c -> s.size(c, leftOut)).sum() / present.length));
        }
        sink.emit(new Curve(
                "constrained",
                "Constrained neurons against slack" + soFar,
                Axis.log("Slack s", ""),
                Axis.of("Constrained neurons per class", ""),
                series,
                RefKind.ofClass()));
    }

    /** The table {@code layers}: how the constrained neurons of one slack spread over the layers. */
    void layers(ResultSink sink, SlackScores chosen) {
        sink.emit(layerTable(chosen.patterns(), chosen.set()));
    }

    /** The heat map {@code states} of one slack. */
    void states(ResultSink sink, SlackScores chosen) {
        Patterns patterns = chosen.patterns();
        int set = chosen.set();
        if (neuronNames.isEmpty()) {
            return;
        }
        double[][] states = new double[neurons.count()][classes.size()];
        for (int c = 0; c < classes.size(); c++) {
            boolean present = patterns.masks().present(c);
            for (double[] row : states) {
                row[c] = present ? 0 : Double.NaN;
            }
            if (present) {
                for (int unit : patterns.masks().units(set, c, true)) {
                    states[unit][c] = 1;
                }
                for (int unit : patterns.masks().units(set, c, false)) {
                    states[unit][c] = -1;
                }
            }
        }
        sink.emit(neuronMap(
                "states",
                "Required states, " + at(chosen.slack()) + soFar,
                states,
                Heatmap.Palette.DIVERGING)
                .explained(
                        Axis.of("Required state", ""),
                        new Heatmap.Level(1, "active"),
                        new Heatmap.Level(-1, "inactive"),
                        new Heatmap.Level(0, "free")));
    }

    /** The heat map {@code activity}: the share behind each state. */
    void activity(ResultSink sink, ActivationCounts counts) {
        if (neuronNames.isEmpty()) {
            return;
        }
        double[][] shares = new double[neurons.count()][classes.size()];
        for (int c = 0; c < classes.size(); c++) {
            long support = counts.support()[c];
            for (int unit = 0; unit < shares.length; unit++) {
                shares[unit][c] = support == 0 ? Double.NaN : (double) counts.active()[c][unit] / support;
            }
        }
        sink.emit(neuronMap(
                "activity",
                "Share of a class's samples that activate a neuron",
                shares,
                Heatmap.Palette.SEQUENTIAL)
                .explained(Axis.of("Active samples", "share")));
    }

    private Heatmap neuronMap(String id, String title, double[][] values, Heatmap.Palette palette) {
        return new Heatmap(
                id,
                title,
                neuronNames,
                classes,
                values,
                "Neuron",
                "Class",
                RefKind.neuron(NapMining.MODEL),
                RefKind.ofClass(),
                palette,
                neurons.groups());
    }

    private Table layerTable(Patterns patterns, int set) {
        Table.Builder table = new Table.Builder(
                "layers",
                "Constrained neurons by layer, " + at(patterns.slacks().get(set)) + soFar,
                List.of(
                        Column.integer("layer", "ReLU layer"),
                        Column.text("name", "Name").to(RefKind.layer(NapMining.MODEL)),
                        Column.integer("units", "Units"),
                        Column.integer("left_out", "Left out"),
                        Column.text("class", "Class"),
                        Column.integer("active", "Active |A|"),
                        Column.integer("inactive", "Inactive |D|"),
                        Column.integer("free", "Free")));
        BitLayout layout = neurons.layout();
        for (int b = 0; b < layout.layers(); b++) {
            int out = 0;
            int end = b + 1 == layout.layers() ? layout.words() : layout.wordOffset(b + 1);
            for (int w = layout.wordOffset(b); w < end; w++) {
                out += Long.bitCount(leftOut[w]);
            }
            var layer = neurons.blocks().get(b).layer();
            for (int c = 0; c < classes.size(); c++) {
                if (patterns.masks().present(c)) {
                    int active = patterns.size(set, c, b, true, leftOut);
                    int inactive = patterns.size(set, c, b, false, leftOut);
                    int free = layout.width(b) - out - active - inactive;
                    table.add(
                            layer.number(), layer.name(), layout.width(b), out, classes.get(c), active, inactive, free);
                }
            }
        }
        return table.snapshot();
    }

    /** The table {@code conflict_pairs}, the heat map {@code conflicts} and the number of pairs without a conflict. */
    void conflicts(ResultSink sink, List<SlackScores> all, SlackScores chosen) {
        Table.Builder pairs = new Table.Builder(
                "conflict_pairs",
                "Neurons on which two classes' patterns disagree",
                List.of(
                        Column.real("slack", "Slack s", "").to(SLACK),
                        Column.text("class_a", "Class").to(RefKind.ofClass()),
                        Column.text("class_b", "Other class").to(RefKind.ofClass()),
                        Column.integer("neurons", "Opposing neurons")));
        double[][] matrix = new double[classes.size()][classes.size()];
        for (double[] row : matrix) {
            Arrays.fill(row, Double.NaN);
        }
        boolean many = classes.size() > MOST_CLASSES_FOR_ALL_PAIRS;
        int without = 0;
        for (SlackScores scores : many ? List.of(chosen) : all) {
            for (int a = 0; a < classes.size(); a++) {
                for (int b = a + 1; b < classes.size(); b++) {
                    PatternMasks masks = scores.patterns().masks();
                    if (!masks.present(a) || !masks.present(b)) {
                        continue;
                    }
                    int count = scores.patterns().conflicts(scores.set(), a, b);
                    pairs.add(scores.slack().toDouble(), classes.get(a), classes.get(b), count);
                    if (scores.slack().equals(chosen.slack())) {
                        matrix[a][b] = matrix[b][a] = count;
                        without += count == 0 ? 1 : 0;
                    }
                }
            }
        }
        sink.emit(new Scalar(
                "zero_conflict_pairs",
                "Pairs without conflict",
                without,
                "",
                "pairs of classes whose patterns one input might both follow, at slack " + chosen.slack()));
        sink.emit(new Heatmap(
                "conflicts",
                "Neurons on which patterns disagree, " + at(chosen.slack()),
                classes,
                classes,
                matrix,
                "Class",
                "Class",
                RefKind.ofClass(),
                RefKind.ofClass(),
                Heatmap.Palette.SEQUENTIAL,
                List.of())
                .explained(Axis.of("Opposing neurons", "")));
        sink.emit(pairs.snapshot());
    }

    /** The totals at the chosen slack. */
    void totals(ResultSink sink, SlackScores chosen) {
        if (chosen.train() != null) {
            total(sink, NapMining.TRAIN, chosen.train(), chosen.slack());
        }
        if (chosen.test() != null) {
            total(sink, NapMining.TEST, chosen.test(), chosen.slack());
        }
    }

    private void total(ResultSink sink, String role, SplitScores scores, Exact slack) {
        SplitScores sum = scores.total();
        sink.emit(new Scalar(
                role + "_recall",
                name(role) + " recall" + soFar,
                value(sum.recall(0)),
                "share",
                Numbers.count(sum.followers()[0]) + " of " + Numbers.count(sum.size()[0])
                        + " samples follow their class's pattern at slack " + slack));
        sink.emit(new Scalar(
                role + "_foreign",
                name(role) + " foreign followers" + soFar,
                sum.foreign()[0],
                "",
                "times a sample follows another class's pattern at slack " + slack));
    }
}
