package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.Decision;
import dev.assay.analyses.nap.PatternFile;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.search.Target;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.data.ClassOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.onnx.OnnxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Turns inputs and parameters into instances. */
final class Questions {

    private final Model model;
    private final ReluNetwork net;
    private final PatternFile patterns;
    private final Dataset data;
    private final VerifyParameters parameters;
    private final Consumer<String> warn;
    private final int[] unitOf;
    private final List<String> classes;

    /**
     * @param patterns null for none
     * @param data null for none
     * @throws AnalysisException when the patterns belong to another model or to other units
     */
    Questions(
            Model model,
            ReluNetwork net,
            PatternFile patterns,
            Dataset data,
            VerifyParameters parameters,
            Consumer<String> warn)
            throws AnalysisException {
        this.model = model;
        this.net = net;
        this.patterns = patterns;
        this.data = data;
        this.parameters = parameters;
        this.warn = warn;
        if (patterns != null) {
            patterns.requireModel(model.sha256());
        }
        this.unitOf = patterns == null ? new int[0] : units();
        this.classes = classes();
        if (data != null && size(data.sampleShape()) != net.inputs()) {
            throw new AnalysisException(
                    "a sample has " + size(data.sampleShape()) + " values, the network takes " + net.inputs(),
                    data.name(),
                    "choose data of the shape that the model was trained on");
        }
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private int[] units() throws AnalysisException {
        int[] units = new int[patterns.units()];
        for (PatternFile.LayerLayout layer : patterns.content().layers()) {
            ReluLayer relu = model.reluLayers().stream()
                    .filter(l -> l.number() == layer.number())
                    .findFirst()
                    .orElse(null);
            if (relu == null || relu.width() != layer.width()) {
                throw new AnalysisException(
                        "the layer '" + layer.name() + "' of the patterns has " + layer.width()
                                + " units, the model's has " + (relu == null ? 0 : relu.width()),
                        patterns.name(),
                        "mine patterns of single units (convUnits=position)");
            }
            for (int j = 0; j < layer.width(); j++) {
                units[layer.offset() + j] = relu.offset() + j;
            }
        }
        return units;
    }

    /** Class names in the order of the scores. */
    private List<String> classes() {
        List<String> given = patterns != null && patterns.content().classNames() != null
                ? patterns.content().classNames()
                : data != null && data.labelled() ? data.classes() : List.of();
        if (patterns == null && data != null) {
            ClassOrder.doubt(data.name(), given, net.outputs()).ifPresent(warn);
        }
        return ClassOrder.ofOutputs(given, net.outputs());
    }

    ReluNetwork net() {
        return net;
    }

    List<String> classNames() {
        return classes;
    }

    int classOf(String name, String parameter) throws AnalysisException {
        int c = classes.indexOf(name.strip());
        if (c < 0) {
            throw new AnalysisException(
                    "there is no class '" + name + "'",
                    "parameter " + parameter,
                    "choose one of " + String.join(", ", classes));
        }
        return c;
    }

    /** The slacks in the pattern file that are asked for; one empty text for no pattern. */
    List<String> slacks() throws AnalysisException {
        if (patterns == null) {
            return List.of("");
        }
        if (parameters.slack().strip().equals(VerifyParameters.ALL)) {
            return patterns.content().sets().stream().map(PatternFile.PatternSet::slack).toList();
        }
        Exact slack = Exact.parse(parameters.slack());
        return List.of(patterns.set(slack)
                .map(PatternFile.PatternSet::slack)
                .orElseThrow(() -> new AnalysisException(
                        "there is no set of patterns with slack " + slack,
                        patterns.name(),
                        "choose one of "
                                + String.join(
                                        ", ",
                                        patterns.content().sets().stream()
                                                .map(PatternFile.PatternSet::slack)
                                                .toList()))));
    }

    /** The operator at the network's end that the scores are taken before; empty for none. */
    String leftOut() {
        return model instanceof OnnxModel onnx ? onnx.leftOut() : "";
    }

    /** A class's pattern; without one for no pattern at all. */
    Signs signs(String slack, int ofClass) throws AnalysisException {
        if (slack.isEmpty()) {
            return Signs.none(net.units());
        }
        PatternFile.ClassPattern pattern = patterns.set(Exact.parse(slack)).orElseThrow().classes().stream()
                .filter(p -> p.className().equals(classes.get(ofClass)))
                .findFirst()
                .orElseThrow(() -> new AnalysisException(
                        "class " + classes.get(ofClass) + " has no pattern at slack " + slack,
                        patterns.name(),
                        "mine on data with samples of that class"));
        return Signs.pattern(
                net.units(), mapped(pattern.active()), mapped(pattern.inactive()), parameters.activationMargin());
    }

    private int[] mapped(int[] units) {
        return Arrays.stream(units).map(j -> unitOf[j]).toArray();
    }

    /** The targets of a class: every rival, or one. */
    List<Target> targets(int ofClass, int rival) {
        List<Target> targets = new ArrayList<>();
        double sign = parameters.decision() == Decision.ARGMAX ? 1 : -1;
        for (int o = 0; o < net.outputs(); o++) {
            if (o != ofClass && (rival < 0 || o == rival)) {
                double[] c = new double[net.outputs()];
                c[ofClass] = sign;
                c[o] = -sign;
                targets.add(new Target(classes.get(o), List.of(new Row(c, -parameters.outputMargin()))));
            }
        }
        return targets;
    }

    Box domain() {
        return ball(null, 0);
    }

    /** The ball around a point within the domain; the domain itself for no point. */
    Box ball(double[] x, double eps) {
        double[] low = new double[net.inputs()];
        double[] high = new double[net.inputs()];
        Arrays.fill(low, parameters.domainLow());
        Arrays.fill(high, parameters.domainHigh());
        for (int i = 0; x != null && i < low.length; i++) {
            low[i] = Math.clamp(x[i] - eps, parameters.domainLow(), parameters.domainHigh());
            high[i] = Math.clamp(x[i] + eps, parameters.domainLow(), parameters.domainHigh());
        }
        return new Box(low, high);
    }

    /** All instances of the run without properties. */
    List<Question> all() throws AnalysisException {
        Query query = parameters.query();
        if (query != Query.ROBUSTNESS && patterns == null) {
            throw new AnalysisException(
                    "the question " + query + " is about patterns",
                    "input patterns",
                    "choose the patterns.json that NAP mining wrote for this model");
        }
        if (net.outputs() < 2) {
            throw new AnalysisException(
                    "the network has one score, so there is no class to win", model.name(), "give a property");
        }
        if (!model.output().isVector()) {
            throw new AnalysisException(
                    "the network ends in scores of the shape " + model.output().shapeText()
                            + ", several for each class, so there is no class to win",
                    model.name(),
                    "give a property");
        }
        if (query.local()) {
            return local();
        }
        return query == Query.NON_AMBIGUITY ? pairs() : global();
    }

    private List<Question> local() throws AnalysisException {
        if (data == null) {
            throw new AnalysisException(
                    "the question " + parameters.query() + " needs references",
                    "input data",
                    "choose labelled data that holds them, or a property");
        }
        List<Question> all = new ArrayList<>();
        boolean cut = parameters.query() == Query.NAP_AUGMENTED;
        for (long index : parameters.references()) {
            Sample sample = sample(index);
            double[] x = wide(sample.values());
            int c = targetClass(sample);
            warnings(index, x, c, cut);
            for (double eps : parameters.eps()) {
                for (String slack : cut ? slacks() : List.of("")) {
                    all.add(new Question(
                            parameters.query().toString(),
                            String.valueOf(index),
                            index,
                            eps,
                            slack,
                            classes.get(c),
                            "",
                            List.of(new Question.Part(ball(x, eps), targets(c, rival()))),
                            signs(slack, c),
                            List.of(x),
                            parameters.timeout()));
                }
            }
        }
        return all;
    }

    private int rival() throws AnalysisException {
        return parameters.rival().isBlank() ? -1 : classOf(parameters.rival(), "rival");
    }

    private Sample sample(long index) throws AnalysisException {
        if (index >= data.size()) {
            throw new AnalysisException(
                    "there is no sample " + index + "; the data has " + data.size(),
                    "parameter indices",
                    "choose indices below " + data.size());
        }
        Sample sample = data.sample(index);
        for (float v : sample.values()) {
            if (!Float.isFinite(v)) {
                throw new AnalysisException("sample " + index + " holds " + v, data.name(), "choose another sample");
            }
        }
        return sample;
    }

    private int targetClass(Sample sample) throws AnalysisException {
        if (!parameters.targetClass().isBlank()) {
            return classOf(parameters.targetClass(), "targetClass");
        }
        if (sample.label() < 0) {
            throw new AnalysisException(
                    "sample " + sample.index() + " has no label", data.name(), "give targetClass, or labelled data");
        }
        int c = ClassOrder.places(data.classes(), classes)[sample.label()];
        if (c < 0) {
            throw new AnalysisException(
                    "the label '" + data.classes().get(sample.label()) + "' of sample " + sample.index()
                            + " is none of the classes " + String.join(", ", classes),
                    data.name(),
                    "give targetClass, or name the classes in the order of the scores with classes=FILE or"
                            + " classes=A,B,C");
        }
        return c;
    }

    private void warnings(long index, double[] x, int c, boolean cut) throws AnalysisException {
        double[][] z = net.run(x, 1);
        double[] scores = z[net.layers()];
        int best = 0;
        for (int o = 1; o < scores.length; o++) {
            boolean better = parameters.decision() == Decision.ARGMAX
                    ? scores[o] > scores[best]
                    : scores[o] < scores[best];
            best = better ? o : best;
        }
        if (best != c) {
            warn.accept("The network takes reference " + index + " for " + classes.get(best) + ", not for "
                    + classes.get(c) + ". When that surprises you, look at the scaling of the data first.");
        }
        if (!domain().contains(x)) {
            warn.accept("Reference " + index + " lies outside of the domain from " + parameters.domainLow() + " to "
                    + parameters.domainHigh() + "; its ball is cut there.");
        }
        for (String slack : cut ? slacks() : List.<String>of()) {
            double[] flat = new double[net.units()];
            for (int k = 1; k <= net.layers(); k++) {
                System.arraycopy(z[k - 1], 0, flat, net.offset(k), net.width(k));
            }
            if (signs(slack, c).violation(flat) > 0) {
                warn.accept("Reference " + index + " does not follow the pattern of class " + classes.get(c)
                        + " at slack " + slack + "; its ball may miss the pattern's region.");
            }
        }
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private List<Integer> chosenClasses() throws AnalysisException {
        if (!parameters.targetClass().isBlank()) {
            return List.of(classOf(parameters.targetClass(), "targetClass"));
        }
        List<Integer> all = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            all.add(c);
        }
        return all;
    }

    private List<Question> global() throws AnalysisException {
        List<Question> all = new ArrayList<>();
        boolean exclusion = parameters.query() == Query.EXCLUSION;
        for (String slack : slacks()) {
            for (int c : chosenClasses()) {
                Signs signs = signs(slack, c);
                for (int o = 0; o < classes.size(); o++) {
                    boolean asked = exclusion ? o != c && (rival() < 0 || rival() == o) : o == 0;
                    if (asked) {
                        all.add(new Question(
                                parameters.query().toString(),
                                "",
                                -1,
                                Double.NaN,
                                slack,
                                classes.get(c),
                                exclusion ? classes.get(o) : "",
                                List.of(new Question.Part(domain(), targets(c, exclusion ? o : rival()))),
                                signs,
                                followers(signs),
                                parameters.timeout()));
                    }
                }
            }
        }
        return all;
    }

    /** Samples of the references that follow the pattern, to start from. */
    private List<double[]> followers(Signs signs) throws AnalysisException {
        List<double[]> found = new ArrayList<>();
        if (data == null) {
            return found;
        }
        for (long index : parameters.references()) {
            if (index >= data.size()) {
                continue;
            }
            double[] x = wide(sample(index).values());
            double[][] z = net.run(x, 1);
            double[] flat = new double[net.units()];
            for (int k = 1; k <= net.layers(); k++) {
                System.arraycopy(z[k - 1], 0, flat, net.offset(k), net.width(k));
            }
            if (signs.violation(flat) <= 0) {
                found.add(x);
            }
        }
        return found;
    }

    private List<Question> pairs() throws AnalysisException {
        List<Question> all = new ArrayList<>();
        boolean whole = parameters.targetClass().isBlank();
        for (String slack : slacks()) {
            for (int a : chosenClasses()) {
                for (int b = 0; b < classes.size(); b++) {
                    boolean asked = b != a && (rival() < 0 || rival() == b) && (!whole || b > a);
                    if (!asked) {
                        continue;
                    }
                    Optional<Signs> both = signs(slack, a).and(signs(slack, b));
                    Target any = Target.presence(net.outputs());
                    List<Question.Part> parts = both.isEmpty()
                            ? List.of()
                            : List.of(new Question.Part(domain(), List.of(new Target(classes.get(b), any.rows()))));
                    all.add(new Question(
                            parameters.query().toString(),
                            "",
                            -1,
                            Double.NaN,
                            slack,
                            classes.get(a),
                            classes.get(b),
                            parts,
                            both.orElseGet(() -> Signs.none(net.units())),
                            List.of(),
                            parameters.timeout()));
                }
            }
        }
        return all;
    }
}
