package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.Answered.LayerState;
import dev.assay.analyses.nap.verify.search.Outcome.TargetOutcome;
import dev.assay.analyses.nap.verify.search.Verdict;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publishes instances as they are decided. */
final class VerifyResults {

    /** What an instance's number refers to. */
    static final RefKind INSTANCE = new RefKind("instance", "");

    /** What a row of the verdict matrix refers to. */
    static final RefKind ASKED = new RefKind("asked", "");
    /** What a column of the verdict matrix refers to. */
    static final RefKind SETTING = new RefKind("setting", "");

    private static final String BOUNDS = "bounds";
    private static final String BOUNDS_TITLE = "Bounds of the margin";
    private static final String NODES = "nodes";
    private static final String NODES_TITLE = "Problems of the search";
    private static final Axis TIME = Axis.of("Time", "s");
    private static final Axis MARGIN = Axis.of("Margin", "");
    private static final Axis PROBLEMS = Axis.of("Problems", "");

    private final RunContext context;
    private final List<String> classes;
    private final String soundness;
    private final ResultSink.Rows verdicts;
    private final ResultSink.Rows rivals;
    private final ResultSink.Rows unstable;
    private final ResultSink.Rows counterexamples;
    private final ResultSink.Points bounds;
    private final ResultSink.Points nodes;
    private boolean bounded;
    private boolean searched;
    private final Map<Verdict, Integer> counts = new LinkedHashMap<>();
    private final boolean severalNetworks;
    private final List<Answered> all = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private double lower = Double.NaN;

    VerifyResults(RunContext context, List<String> classes, String soundness, boolean severalNetworks) {
        this.context = context;
        this.severalNetworks = severalNetworks;
        this.classes = classes;
        this.soundness = soundness;
        for (Verdict v : Verdict.values()) {
            counts.put(v, 0);
        }
        verdicts = context.table("verdicts", "Verdicts", List.of(
                Column.integer("instance", "Instance").to(INSTANCE),
                Column.text("query", "Question"),
                Column.text("reference", "Reference"),
                Column.real("eps", "ε", ""),
                Column.text("slack", "Slack"),
                Column.text("target_class", "Class"),
                Column.text("verdict", "Verdict"),
                Column.text("reason", "Reason"),
                Column.real("lower_bound", "Lower bound", ""),
                Column.real("upper_bound", "Upper bound", ""),
                Column.text("engine", "Engine"),
                Column.real("seconds", "Time", "s"),
                Column.integer("nodes", "Problems"),
                Column.text("non_emptiness", "Known input"),
                Column.text("soundness", "Soundness"),
                Column.text("network", "Network")));
        rivals = context.table("rivals", "Rivals", List.of(
                Column.integer("instance", "Instance").to(INSTANCE),
                Column.text("rival", "Rival"),
                Column.text("verdict", "Verdict"),
                Column.real("lower_bound", "Lower bound", ""),
                Column.real("upper_bound", "Upper bound", ""),
                Column.text("engine", "Engine"),
                Column.real("seconds", "Time", "s"),
                Column.integer("nodes", "Problems")));
        unstable = context.table("unstable", "Unstable neurons by layer", List.of(
                Column.integer("instance", "Instance").to(INSTANCE),
                Column.integer("layer", "Layer"),
                Column.integer("width", "Neurons"),
                Column.integer("free", "Unstable without the pattern"),
                Column.integer("pattern", "Unstable with it"),
                Column.integer("stable", "Stable"),
                Column.integer("pattern_fixed", "Settled by the pattern"),
                Column.text("name", "Layer's name").to(RefKind.layer(NapVerification.MODEL))));
        counterexamples = context.table("counterexamples", "Counterexamples", List.of(
                Column.integer("instance", "Instance").to(INSTANCE),
                Column.text("rival", "Rival"),
                Column.real("margin_float64", "Margin in float64", ""),
                Column.real("margin_float32", "Margin in float32", ""),
                Column.bool("on_border", "On the border"),
                Column.text("file", "File")));
        bounds = context.curve(BOUNDS, BOUNDS_TITLE, TIME, MARGIN);
        nodes = context.curve(NODES, NODES_TITLE, TIME, PROBLEMS);
        totals();
    }

    /** A point of the live curves; values that are not finite are left out. */
    void bound(int instance, double seconds, double low, double high) {
        bounded |= Double.isFinite(low) || Double.isFinite(high);
        if (Double.isFinite(low)) {
            bounds.add(instance + " lower", seconds, low);
        }
        if (Double.isFinite(high)) {
            bounds.add(instance + " upper", seconds, high);
        }
    }

    /** A point of the live curve of problems. */
    void node(int instance, double seconds, long open, long closed) {
        searched = true;
        nodes.add(instance + " open", seconds, open);
        nodes.add(instance + " closed", seconds, closed);
    }

    private static Double finite(double v) {
        return Double.isFinite(v) ? v : null;
    }

    /** Number of instances so far, which is the number of the next one. */
    int count() {
        return all.size();
    }

    /** A decided instance of a model; {@code file} names its counterexample, or is null. */
    void add(Answered a, Model model, String file) {
        Question q = a.question();
        all.add(a);
        settings.add(setting(q, severalNetworks ? model.name() : ""));
        verdicts.add(
                (long) a.number(),
                q.query(),
                q.reference(),
                finite(q.eps()),
                q.slack(),
                q.targetClass(),
                a.verdict().toString(),
                a.reason(),
                finite(a.lower()),
                finite(a.upper()),
                a.engine(),
                a.seconds(),
                a.nodes(),
                a.nonEmptiness().isEmpty() ? "" : a.nonEmptiness(),
                soundness,
                model.name());
        for (TargetOutcome t : a.rivals()) {
            rivals.add(
                    (long) a.number(),
                    t.target().name(),
                    t.verdict().toString(),
                    finite(t.lower()),
                    t.witness() == null ? null : finite(t.witness().margin()),
                    t.engine(),
                    t.seconds(),
                    t.nodes());
        }
        for (LayerState s : a.layers()) {
            unstable.add(
                    (long) a.number(),
                    (long) s.layer(),
                    (long) s.width(),
                    (long) s.free(),
                    (long) s.pattern(),
                    (long) (s.width() - s.pattern()),
                    (long) s.fixed(),
                    layer(model, s.layer()));
        }
        if (a.found() != null) {
            counterexamples.add(
                    (long) a.number(),
                    a.found().rival(),
                    a.found().margin(),
                    a.found().runtimeMargin(),
                    a.found().border(),
                    file);
        }
        counts.merge(a.verdict(), 1, Integer::sum);
        if (a.verdict() != Verdict.EMPTY && !(a.lower() >= lower) && Double.isFinite(a.lower())) {
            lower = a.lower();
        }
        totals();
        layers();
        if (a.question().rival().isEmpty()) {
            verdictMatrix();
        }
    }

    private static String layer(Model model, int number) {
        return model.reluLayers().stream()
                .filter(l -> l.number() == number)
                .map(ReluLayer::name)
                .findFirst()
                .orElse("");
    }

    private void totals() {
        counts.forEach((verdict, count) -> context.emit(new Scalar(
                verdict.toString().replace(' ', '_'),
                capital(verdict.toString()),
                count,
                "",
                verdict == Verdict.EMPTY ? "proofs that would say nothing" : "")));
        context.emit(new Scalar("lower_bound", "Least lower bound", lower, "", "above 0 is a proof"));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Stable and unstable units of every layer, added up over the instances. */
    private void layers() {
        int depth = all.stream().mapToInt(a -> a.layers().size()).max().orElse(0);
        if (depth == 0) {
            return;
        }
        long[] stable = new long[depth];
        long[] settled = new long[depth];
        long[] open = new long[depth];
        double[] edges = new double[depth + 1];
        for (int k = 0; k <= depth; k++) {
            edges[k] = k + 0.5;
        }
        for (Answered a : all) {
            for (LayerState s : a.layers()) {
                int by = Math.min(s.fixed(), s.width() - s.pattern());
                settled[s.layer() - 1] += by;
                stable[s.layer() - 1] += s.width() - s.pattern() - by;
                open[s.layer() - 1] += s.pattern();
            }
        }
        context.emit(new Distribution(
                "layer_states",
                "Neurons by layer, all instances",
                Axis.of("Layer", "").from("unstable", "layer"),
                edges,
                List.of(
                        new Distribution.Series("stable", stable),
                        new Distribution.Series("settled by the pattern", settled),
                        new Distribution.Series("unstable", open))));
    }

    /** What a column of the verdict matrix stands for; {@code network} is empty where there is only one. */
    static String setting(Question q, String network) {
        String ball = Double.isNaN(q.eps()) ? "" : "ε " + q.eps();
        String pattern = q.slack().isEmpty() ? "" : "slack " + q.slack();
        String both = ball + (ball.isEmpty() || pattern.isEmpty() ? "" : ", ") + pattern;
        if (network.isEmpty()) {
            return both.isEmpty() ? "no pattern" : both;
        }
        return both.isEmpty() ? network : network + ", " + both;
    }

    /** What a row of the verdict matrix stands for. */
    static String asked(Question q) {
        return q.reference().isEmpty() ? "class " + q.targetClass() : q.reference();
    }

    private void verdictMatrix() {
        List<String> rows = all.stream().map(a -> asked(a.question())).distinct().toList();
        List<String> columns = settings.stream().distinct().toList();
        double[][] values = new double[rows.size()][columns.size()];
        for (double[] row : values) {
            java.util.Arrays.fill(row, Double.NaN);
        }
        for (int n = 0; n < all.size(); n++) {
            Answered a = all.get(n);
            values[rows.indexOf(asked(a.question()))][columns.indexOf(settings.get(n))] = code(a.verdict());
        }
        context.emit(new Heatmap(
                "verdict_matrix",
                "Verdicts",
                rows,
                columns,
                values,
                "Reference or property",
                "Region",
                ASKED,
                SETTING,
                Heatmap.Palette.CATEGORICAL,
                List.of())
                .explained(
                        Axis.of("Verdict", ""),
                        new Heatmap.Level(2, "empty region", Heatmap.Hue.GREY),
                        new Heatmap.Level(1, "verified", Heatmap.Hue.GREEN),
                        new Heatmap.Level(0, "unknown"),
                        new Heatmap.Level(-1, "falsified", Heatmap.Hue.VERMILION)));
    }

    private static double code(Verdict verdict) {
        return switch (verdict) {
            case VERIFIED -> 1;
            case FALSIFIED -> -1;
            case EMPTY -> 2;
            case UNKNOWN -> 0;
        };
    }

    /** Charts that stayed empty say why. */
    void end() {
        if (!searched) {
            context.emit(Curve.without(NODES, NODES_TITLE, TIME, PROBLEMS,
                    "No instance came to a search."));
        }
        if (!bounded) {
            context.emit(Curve.without(BOUNDS, BOUNDS_TITLE, TIME, MARGIN,
                    "No region holds an input, so there is no margin to bound."));
        }
    }

    /** The matrices of what was decided. */
    void matrices(Query query) {
        if (query == Query.EXCLUSION || query == Query.NON_AMBIGUITY) {
            pairs(query);
        }
        if (!all.isEmpty() && all.stream().anyMatch(a -> !a.question().slack().isEmpty())) {
            shares("share_verified", "Share verified by class and slack", Verdict.VERIFIED);
            shares("share_vacuous", "Share of empty regions by class and slack", Verdict.EMPTY);
        }
    }

    private void pairs(Query query) {
        int n = classes.size();
        String slack = all.isEmpty() ? "" : all.getLast().question().slack();
        double[][] values = new double[n][n];
        for (double[] row : values) {
            java.util.Arrays.fill(row, Double.NaN);
        }
        for (Answered a : all) {
            int i = classes.indexOf(a.question().targetClass());
            int j = classes.indexOf(a.question().rival());
            if (i < 0 || j < 0 || !a.question().slack().equals(slack)) {
                continue;
            }
            double code = code(a.verdict());
            values[i][j] = code;
            if (query == Query.NON_AMBIGUITY) {
                values[j][i] = code;
            }
        }
        boolean ambiguity = query == Query.NON_AMBIGUITY;
        context.emit(new Heatmap(
                ambiguity ? "non_ambiguity" : "exclusion",
                (ambiguity ? "Can an input show both patterns?" : "Is the confusion excluded?") + " Slack " + slack,
                classes,
                classes,
                values,
                ambiguity ? "Pattern" : "Class of the pattern",
                ambiguity ? "Pattern" : "Rival",
                RefKind.ofClass(),
                RefKind.ofClass(),
                Heatmap.Palette.CATEGORICAL,
                List.of())
                .explained(
                        Axis.of("Verdict", ""),
                        new Heatmap.Level(2, "empty region", Heatmap.Hue.GREY),
                        new Heatmap.Level(1, ambiguity ? "disjoint" : "verified", Heatmap.Hue.GREEN),
                        new Heatmap.Level(0, "unknown"),
                        new Heatmap.Level(-1, ambiguity ? "common input" : "falsified", Heatmap.Hue.VERMILION)));
    }

    private void shares(String id, String title, Verdict verdict) {
        List<String> slacks = all.stream().map(a -> a.question().slack()).distinct().toList();
        List<String> present = classes.stream()
                .filter(c -> all.stream().anyMatch(a -> a.question().targetClass().equals(c)))
                .toList();
        double[][] values = new double[present.size()][slacks.size()];
        for (int i = 0; i < present.size(); i++) {
            for (int s = 0; s < slacks.size(); s++) {
                String c = present.get(i);
                String slack = slacks.get(s);
                List<Answered> cell = all.stream()
                        .filter(a -> a.question().targetClass().equals(c)
                                && a.question().slack().equals(slack))
                        .toList();
                long hits = cell.stream().filter(a -> a.verdict() == verdict).count();
                values[i][s] = cell.isEmpty() ? Double.NaN : (double) hits / cell.size();
            }
        }
        context.emit(new Heatmap(
                id,
                title,
                present,
                slacks.stream().map(s -> s.isEmpty() ? "none" : s).toList(),
                values,
                "Class",
                "Slack",
                RefKind.ofClass(),
                null,
                Heatmap.Palette.SEQUENTIAL,
                List.of(),
                Axis.of("Share", "share"),
                List.of()));
    }
}
