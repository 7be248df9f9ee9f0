package dev.assay.analyses.nap.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analyses.nap.verify.Answered.Counterexample;
import dev.assay.analyses.nap.verify.proof.ProofFile;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Keeps what an instance's verdict rests on: what the explorer shows, the counterexample's pictures, the proof. */
final class Evidence {

    /** Instances whose counterexamples are drawn in the run itself. */
    private static final int MOST_DRAWN = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Model model;
    private final String network;
    private final List<String> classes;
    private final VerifyParameters parameters;
    private final Optional<InputPictures> pictures;
    private final List<ImageGrid.Item> drawn = new ArrayList<>();

    /**
     * @param network name of the network where there are several, else empty
     * @param data null for none
     */
    Evidence(Model model, String network, Dataset data, List<String> classes, VerifyParameters parameters) {
        this.model = model;
        this.network = network;
        this.classes = classes;
        this.parameters = parameters;
        Optional<InputPictures> own = InputPictures.of(model.input().shape());
        this.pictures = data == null ? own : InputPictures.of(data.sampleShape()).or(() -> own);
    }

    /**
     * What the explorer reads back.
     *
     * @param asked the row of the verdict matrix
     * @param setting its column
     * @param facts names and values of the verdict
     * @param classes names of the scores
     * @param scores at the counterexample, or null
     * @param neurons names of the pattern's units nearest to their border, with their values
     * @param reference the reference's values, or null
     * @param point the counterexample's values, or null
     */
    record Stored(
            String asked,
            String setting,
            Map<String, String> facts,
            List<String> classes,
            double[] scores,
            Map<String, Double> neurons,
            double[] reference,
            double[] point,
            int[] shape,
            double low,
            double high) {}

    /** Writes the evidence of an instance, and its proof where it is one. */
    void save(Answered a, Path folder, RunContext context) throws AnalysisException {
        Counterexample found = a.found();
        double[] reference = a.question().starts().isEmpty() ? null : a.question().starts().getFirst();
        Map<String, Double> neurons = new LinkedHashMap<>();
        for (int i = 0; found != null && i < found.tight().length; i++) {
            neurons.put(name(found.tight()[i]), found.values()[i]);
        }
        Stored stored = new Stored(
                VerifyResults.asked(a.question()),
                VerifyResults.setting(a.question(), network),
                facts(a),
                classes,
                found == null ? null : found.scores(),
                neurons,
                reference,
                found == null ? null : found.x(),
                model.input().shape(),
                parameters.domainLow(),
                parameters.domainHigh());
        try {
            CounterexampleFiles.write(folder.resolve(file(a.number())), JSON.writeValueAsBytes(stored));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (NapVerification.provable(a) && !a.proofs().isEmpty()) {
            CounterexampleFiles.write(
                    folder.resolve("proofs/instance-" + a.number() + ProofFile.ENDING),
                    out -> ProofFile.write(out, model.sha256(), a.question().reference(), a.proofs()));
        }
        if (found != null && reference != null && pictures.isPresent() && drawn.size() < 3 * MOST_DRAWN) {
            drawn.addAll(items(pictures.get(), stored, "instance " + a.number()));
            context.emit(new ImageGrid("counterexample_images", "Counterexamples beside their references", drawn));
        }
    }

    /** The pictures of a reference, a counterexample and their difference. */
    static List<ImageGrid.Item> items(InputPictures pictures, Stored s, String name) {
        return List.of(
                new ImageGrid.Item(
                        pictures.draw(s.reference(), s.low(), s.high()), name + ", reference", null),
                new ImageGrid.Item(
                        pictures.draw(s.point(), s.low(), s.high()),
                        "counterexample: " + s.facts().get("Rival"),
                        null),
                new ImageGrid.Item(pictures.difference(s.point(), s.reference()), "difference", null));
    }

    static String file(int instance) {
        return "evidence/instance-" + instance + ".json";
    }

    static Stored read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Stored.class);
    }

    private Map<String, String> facts(Answered a) {
        Question q = a.question();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Instance", String.valueOf(a.number()));
        put(facts, "Network", network);
        facts.put("Question", q.query());
        put(facts, "Reference", q.reference());
        put(facts, "Half-width", Double.isNaN(q.eps()) ? "" : String.valueOf(q.eps()));
        put(facts, "Slack", q.slack());
        put(facts, "Class", q.targetClass());
        facts.put("Verdict", a.verdict().toString());
        put(facts, "Reason", a.reason());
        put(facts, "Lower bound", number(a.lower()));
        put(facts, "Upper bound", number(a.upper()));
        facts.put("Engine", a.engine());
        facts.put("Known input", a.nonEmptiness().isEmpty() ? "none: the region is empty" : a.nonEmptiness());
        if (q.signs().size() > 0) {
            facts.put("Required states", String.valueOf(q.signs().size()));
        }
        if (a.found() != null) {
            facts.put("Rival", a.found().rival());
            facts.put("Margin in float64", number(a.found().margin()));
            facts.put("Margin in the model's runtime", number(a.found().runtimeMargin()));
            facts.put("On the border", a.found().border() ? "yes" : "no");
        }
        if (NapVerification.provable(a) && !a.proofs().isEmpty()) {
            facts.put("Proof", "proofs/instance-" + a.number() + ProofFile.ENDING);
        }
        return facts;
    }

    private static String number(double v) {
        return Double.isFinite(v) ? String.format(Locale.ROOT, "%.6g", v) : "";
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }

    private String name(int unit) {
        return model.reluLayers().stream()
                .filter(l -> unit >= l.offset() && unit < l.offset() + l.width())
                .findFirst()
                .map(l -> l.number() + ":" + (unit - l.offset()))
                .orElse(String.valueOf(unit));
    }
}
