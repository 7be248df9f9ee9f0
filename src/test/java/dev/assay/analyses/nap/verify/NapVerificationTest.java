package dev.assay.analyses.nap.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.analyses.nap.PatternFile;
import dev.assay.analyses.nap.verify.proof.ProofFile;
import dev.assay.analyses.nap.verify.proof.ProofFileKind;
import dev.assay.analyses.nap.ArrayDataset;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxModel;
import dev.assay.run.fake.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The analysis on the golden toy: every question, its verdicts, files, evidence, and bad input. */
class NapVerificationTest {

    @TempDir
    Path folder;

    private OnnxModel model;
    private PatternFile patterns;

    @BeforeEach
    void toy() throws Exception {
        model = ToyModels.v1(folder);
        patterns = ToyModels.patterns(model, folder);
    }

    private TestRun run(Inputs inputs, VerifyParameters parameters) throws Exception {
        try (TestRun run = new TestRun(folder)) {
            new NapVerification().run(inputs, parameters, run);
            return run;
        }
    }

    private Inputs all() {
        return Inputs.of("model", model).with("patterns", patterns).with("data", ToyModels.references());
    }

    private Inputs property(String text) throws Exception {
        Path file = folder.resolve("p.vnnlib");
        Files.writeString(file, text);
        return Inputs.of("model", model).with("property", new PropertyFileKind().open(Location.of(file)));
    }

    private static List<Object> column(Table table, String name) {
        List<Object> values = new ArrayList<>();
        for (int r = 0; r < table.rowCount(); r++) {
            values.add(table.value(r, table.columnIndex(name)));
        }
        return values;
    }

    /** Golden V1: class 0 is falsified in the free box and proved within its pattern; class 1 has a counterexample. */
    @Test
    void thePatternIsTheSpecification() throws Exception {
        TestRun run = run(
                all(),
                ToyModels.parameters(Query.NAP_ROBUSTNESS, "domainLow", "-0.2", "domainHigh", "1.2", "slack", "0",
                        "indices", "0-2"));
        Table verdicts = run.table("verdicts");
        assertThat(column(verdicts, "target_class")).containsExactly("0", "1");
        assertThat(column(verdicts, "verdict")).containsExactly("verified", "falsified");
        assertThat((Double) verdicts.value(0, verdicts.columnIndex("lower_bound"))).isBetween(0.1499, 0.2751);
        assertThat(column(verdicts, "non_emptiness").getFirst()).isEqualTo("falsifier");
        assertThat(run.scalar("verified")).isEqualTo(1);
        assertThat(run.scalar("falsified")).isEqualTo(1);
        Table found = run.table("counterexamples");
        assertThat((Double) found.value(0, found.columnIndex("margin_float64"))).isNotPositive();
        assertThat((Double) found.value(0, found.columnIndex("margin_float32"))).isNotPositive();
        assertThat(folder.resolve((String) found.value(0, found.columnIndex("file")))).exists();
        assertThat(run.find(Heatmap.class, "share_verified")).isPresent();
    }

    @Test
    void aBallIsFalsifiedWithoutAndAReferenceThatIsWrongIsToldAtOnce() throws Exception {
        TestRun run = run(
                all(),
                ToyModels.parameters(Query.ROBUSTNESS, "indices", "0-2", "eps", "0.02,1"));
        Table verdicts = run.table("verdicts");
        assertThat(column(verdicts, "verdict"))
                .containsExactly("verified", "falsified", "verified", "falsified", "falsified", "falsified");
        assertThat(column(verdicts, "reason").get(4)).isEqualTo("the reference itself violates it");
        assertThat(run.warnings()).anyMatch(w -> w.contains("takes reference 2 for 1, not for 0"));
    }

    @Test
    void referencesBelongToThePatternsClassOfTheirName() throws Exception {
        ArrayDataset one = new ArrayDataset("one", new float[][] {{1, 0}}, new int[] {0}, List.of("1"), 2);
        TestRun run = run(
                Inputs.of("model", model).with("patterns", patterns).with("data", one),
                ToyModels.parameters(Query.ROBUSTNESS, "indices", "0", "eps", "0.02"));
        assertThat(column(run.table("verdicts"), "target_class")).containsExactly("1");
        ArrayDataset wasp = new ArrayDataset("wasp", new float[][] {{1, 0}}, new int[] {0}, List.of("wasp"), 2);
        assertThatThrownBy(() -> run(
                Inputs.of("model", model).with("patterns", patterns).with("data", wasp),
                ToyModels.parameters(Query.ROBUSTNESS, "indices", "0", "eps", "0.02")))
                .hasMessageContaining("the label 'wasp'")
                .hasMessageContaining("classes=");
    }

    @Test
    void aVerdictThatRestsOnASolverAloneSaysSo() throws Exception {
        TestRun run =
                run(all(), ToyModels.parameters(Query.ROBUSTNESS, "indices", "0", "eps", "0.02", "engine", "milp"));
        assertThat(column(run.table("verdicts"), "verdict")).containsExactly("verified");
        assertThat(run.warnings()).anyMatch(w -> w.contains("no proof that could be replayed"));
    }

    @Test
    void theModelGraphFindsItsLayersAndAnEmptyChartSaysWhy() throws Exception {
        TestRun run = run(all(), ToyModels.parameters(Query.ROBUSTNESS, "indices", "0", "eps", "0.02"));
        Table unstable = run.table("unstable");
        assertThat(column(unstable, "name"))
                .containsExactly(model.reluLayers().getFirst().name());
        assertThat(unstable.columns().get(unstable.columnIndex("name")).ref()).isEqualTo(RefKind.layer("model"));
        assertThat(run.find(Curve.class, "nodes").orElseThrow().absent()).isEqualTo("No instance came to a search.");
        assertThat(run.find(Curve.class, "bounds").orElseThrow().absent()).isNull();
    }

    @Test
    void aClickOnAVerdictLeadsToItsEvidence() throws Exception {
        run(all(), ToyModels.parameters(Query.ROBUSTNESS, "indices", "0", "eps", "1"));
        try (Explorer<VerifyParameters> explorer =
                new NapVerification().explore(all(), VerifyParameters.defaults(), folder).orElseThrow()) {
            var details = explorer.details(
                    new Selection("verdicts", List.of(VerifyResults.INSTANCE.at(0))), VerifyParameters.defaults());
            assertThat(details).extracting(r -> r.id()).containsExactly("evidence", "evidence_scores");
            Table facts = (Table) details.getFirst();
            assertThat(column(facts, "value")).contains("falsified", "1");
            Selection cell = new Selection(
                    "verdict_matrix",
                    List.of(VerifyResults.ASKED.at("0"), VerifyResults.SETTING.at("ε 1.0")));
            assertThat(explorer.details(cell, VerifyParameters.defaults()))
                    .extracting(r -> r.id())
                    .containsExactly("evidence", "evidence_scores");
        }
    }

    @Test
    void twoPatternsThatOpposeEachOtherAreDisjointWithoutASearch() throws Exception {
        TestRun run = run(all(), ToyModels.parameters(Query.NON_AMBIGUITY, "slack", "0"));
        assertThat(column(run.table("verdicts"), "verdict")).containsExactly("verified");
        assertThat(run.heatmap("non_ambiguity").values()[0][1]).isEqualTo(1);
    }

    @Test
    void aConfusionIsExcludedOrShown() throws Exception {
        TestRun run = run(
                all(),
                ToyModels.parameters(Query.EXCLUSION, "slack", "1/3", "domainLow", "-0.2", "domainHigh", "1.2"));
        assertThat(run.heatmap("exclusion").values()[0][1]).isEqualTo(1);
        assertThat(run.heatmap("exclusion").values()[1][0]).isEqualTo(-1);
    }

    @Test
    void theLargestRadiusGrowsWithThePattern() throws Exception {
        TestRun run = run(
                all(),
                ToyModels.parameters(Query.NAP_AUGMENTED, "indices", "0", "eps", "0.01", "radius", "true", "radiusMax",
                        "0.4"));
        List<Object> radius = column(run.table("radius"), "radius");
        assertThat((Double) radius.get(0)).isBetween(0.1, 0.39);
        assertThat((Double) radius.get(1)).isEqualTo(0.4);
    }

    @Test
    void aSavedProofReplaysAndADamagedOneDoesNot() throws Exception {
        run(
                all(),
                ToyModels.parameters(Query.NAP_ROBUSTNESS, "domainLow", "-0.2", "domainHigh", "1.2", "slack", "0",
                        "targetClass", "0"));
        Path file = folder.resolve("proofs/instance-0" + ProofFile.ENDING);
        ProofFile proof = (ProofFile) new ProofFileKind().open(Location.of(file));
        try (TestRun check = new TestRun(folder)) {
            new ProofCheck().run(
                    Inputs.of("model", model).with("proof", proof), ProofCheck.Parameters.defaults(), check);
            assertThat(check.scalar("accepted")).isEqualTo(1);
            assertThat(check.scalar("rejected")).isZero();
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> new ProofFileKind().open(Location.of(file)))
                .withMessageContaining("the proof cannot be read");
    }

    @Test
    void contradictoryInputBoundsAreAnEmptyRegion() throws Exception {
        TestRun run = run(
                property("(declare-const X_0 Real)(declare-const X_1 Real)(declare-const Y_0 Real)"
                        + "(declare-const Y_1 Real)(assert (>= X_0 1))(assert (<= X_0 0))(assert (>= X_1 0))"
                        + "(assert (<= X_1 1))(assert (<= Y_0 Y_1))"),
                ToyModels.parameters(Query.ROBUSTNESS));
        assertThat(column(run.table("verdicts"), "verdict")).containsExactly("empty region");
        assertThat(run.warnings()).anyMatch(w -> w.contains("X_0") && w.contains("contradict"));
    }

    @Test
    void aConjunctionOfRowsIsRefutedWhereOneOfThemIsImpossible() throws Exception {
        TestRun run = run(
                property("(declare-const X_0 Real)(declare-const X_1 Real)(declare-const Y_0 Real)"
                        + "(declare-const Y_1 Real)(assert (>= X_0 0.8))(assert (<= X_0 1.2))(assert (>= X_1 -0.2))"
                        + "(assert (<= X_1 0.2))(assert (>= Y_1 3))(assert (<= Y_0 Y_1))"),
                ToyModels.parameters(Query.ROBUSTNESS));
        assertThat(column(run.table("verdicts"), "verdict")).containsExactly("verified");
    }

    /** Two networks, three instances, then the same list with what the first run decided. */
    @Test
    void aListRunsOverItsNetworksAndGoesOnFromEarlierResults() throws Exception {
        OnnxModel other = ToyModels.v1(folder);
        String box = "(declare-const X_0 Real)(declare-const X_1 Real)(declare-const Y_0 Real)(declare-const Y_1 Real)"
                + "(assert (>= X_0 0.8))(assert (<= X_0 1.2))(assert (>= X_1 -0.2))(assert (<= X_1 0.2))";
        Files.writeString(folder.resolve("holds.vnnlib"), box + "(assert (>= Y_1 3))");
        Files.writeString(folder.resolve("fails.vnnlib"), box + "(assert (>= Y_1 0))");
        Path list = folder.resolve("list.csv");
        Files.writeString(
                list,
                model.name() + ",holds.vnnlib,10\n" + other.name() + ",holds.vnnlib,10\n" + other.name()
                        + ",fails.vnnlib,10\n");
        Inputs inputs = Inputs.of("model", model)
                .with("model", other)
                .with("property", new PropertyFileKind().open(Location.of(list)));
        TestRun run = run(inputs, ToyModels.parameters(Query.ROBUSTNESS));
        Table verdicts = run.table("verdicts");
        assertThat(column(verdicts, "network")).containsExactly(model.name(), other.name(), other.name());
        assertThat(column(verdicts, "verdict")).containsExactly("verified", "verified", "falsified");
        Table networks = run.table("networks");
        assertThat(column(networks, "verified")).containsExactly(1L, 1L);
        assertThat(column(networks, "falsified")).containsExactly(0L, 1L);
        Path results = folder.resolve("results.csv");
        assertThat(Files.readAllLines(results))
                .hasSize(3)
                .element(2)
                .asString()
                .matches("assay,net[0-9]+\\.onnx,fails\\.vnnlib,[0-9.]+,sat,[0-9.]+");
        List<String> lines = Files.readAllLines(results);
        Files.write(results, List.of(lines.get(0), lines.get(2).replace(",sat,", ",timeout,")));
        assertThat(new EarlierResultsKind().recognises(Location.of(results))).isTrue();
        assertThat(new PropertyFileKind().recognises(Location.of(results))).isFalse();
        Inputs rest = inputs.with("results", new EarlierResultsKind().open(Location.of(results)));
        TestRun again = run(rest, ToyModels.parameters(Query.ROBUSTNESS));
        assertThat(column(again.table("verdicts"), "reference")).containsExactly("holds.vnnlib", "fails.vnnlib");
        Files.writeString(results, "a,b\n");
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> new EarlierResultsKind().open(Location.of(results)))
                .withMessageContaining("no result of an instance");
    }

    private String problem(Inputs inputs, VerifyParameters parameters) {
        String[] message = new String[1];
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> run(inputs, parameters))
                .satisfies(e -> message[0] = e.getMessage());
        return message[0];
    }

    @Test
    void aPropertyOfAnotherShapeIsRefused() throws Exception {
        Inputs inputs = property("(declare-const X_0 Real)(declare-const Y_0 Real)(assert (>= X_0 0))"
                + "(assert (<= X_0 1))(assert (<= Y_0 0))");
        assertThat(problem(inputs, ToyModels.parameters(Query.ROBUSTNESS)))
                .contains("the property speaks of 1 inputs and 1 outputs, the network has 2 and 2");
    }

    /** The closing softmax is left out, so that scores can only be compared with each other. */
    @Test
    void aNumberForProbabilitiesIsRefused() throws Exception {
        model = ToyModels.v1(folder, true);
        String box = "(declare-const X_0 Real)(declare-const X_1 Real)(declare-const Y_0 Real)(declare-const Y_1 Real)"
                + "(assert (>= X_0 0.8))(assert (<= X_0 1.2))(assert (>= X_1 -0.2))(assert (<= X_1 0.2))";
        assertThat(problem(property(box + "(assert (>= Y_1 1.5))"), ToyModels.parameters(Query.ROBUSTNESS)))
                .contains("Softmax");
        TestRun run = run(property(box + "(assert (<= Y_1 Y_0))"), ToyModels.parameters(Query.ROBUSTNESS));
        assertThat(column(run.table("verdicts"), "verdict")).containsExactly("falsified");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Inputs bare = Inputs.of("model", model);
        assertThat(problem(bare, ToyModels.parameters(Query.ROBUSTNESS))).contains("needs references");
        assertThat(problem(bare, ToyModels.parameters(Query.NAP_ROBUSTNESS))).contains("is about patterns");
        assertThat(problem(all(), ToyModels.parameters(Query.NAP_AUGMENTED, "slack", "0.2")))
                .contains("no set of patterns with slack 0.2");
        assertThat(problem(all(), ToyModels.parameters(Query.ROBUSTNESS, "indices", "7")))
                .contains("there is no sample 7");
        assertThat(problem(all(), ToyModels.parameters(Query.ROBUSTNESS, "targetClass", "cat")))
                .contains("there is no class 'cat'");
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> ToyModels.parameters(Query.ROBUSTNESS, "indices", "a"))
                .withMessageContaining("is not a list of samples");
    }

    @Test
    void patternsOfAnotherModelAreRefused() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("other");
        String w = g.initializer("w", new float[] {1, 2, 3, 4}, 2, 2);
        g.output(g.matMul(g.relu(g.matMul(g.input("x", -1, 2), w)), w), -1, 2);
        Inputs inputs = Inputs.of("model", ToyModels.open(g, folder))
                .with("patterns", patterns)
                .with("data", ToyModels.references());
        assertThat(problem(inputs, ToyModels.parameters(Query.NAP_AUGMENTED))).contains("mined on another model");
    }

    @Test
    void anUnsupportedOperatorIsNamed() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("sigmoid");
        String w = g.initializer("w", new float[] {1, 2, 3, 4}, 2, 2);
        String h = g.node("Sigmoid", List.of(g.matMul(g.input("x", -1, 2), w)));
        g.output(g.matMul(g.relu(h), w), -1, 2);
        assertThat(problem(
                Inputs.of("model", ToyModels.open(g, folder)).with("data", ToyModels.references()),
                ToyModels.parameters(Query.ROBUSTNESS))).contains("the operator Sigmoid of node");
    }

    @Test
    void aWeightThatIsNotANumberIsNamed() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("broken");
        String w = g.initializer("w", new float[] {1, Float.NaN, 3, 4}, 2, 2);
        g.output(g.matMul(g.relu(g.matMul(g.input("x", -1, 2), w)), w), -1, 2);
        assertThat(problem(
                Inputs.of("model", ToyModels.open(g, folder)).with("data", ToyModels.references()),
                ToyModels.parameters(Query.ROBUSTNESS))).contains("tensor 'w' holds NaN at place 1");
    }

    @Test
    void noTimeGivesUnknownAndACancelStops() throws Exception {
        TestRun none = run(
                all(), ToyModels.parameters(Query.NAP_ROBUSTNESS, "timeout", "0", "slack", "0", "targetClass", "0"));
        Table verdicts = none.table("verdicts");
        assertThat(column(verdicts, "verdict")).containsExactly("unknown");
        assertThat(column(verdicts, "reason")).containsExactly("timeout");
        try (TestRun cancelled = new TestRun(folder).cancelAfter(0)) {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> new NapVerification()
                            .run(all(), ToyModels.parameters(Query.ROBUSTNESS), cancelled));
        }
    }

    /** Of the subsets of the two required states the first unit alone suffices, the second alone does not. */
    @Test
    void aMinimalPatternCannotLoseANeuron() throws Exception {
        for (String method : List.of("coarsen", "stochastic", "gradient", "refine")) {
            try (TestRun run = new TestRun(folder)) {
                var parameters = dev.assay.analysis.ParameterSet.of(MinimalParameters.class)
                        .parse(java.util.Map.of("method", method, "domain", "true", "slack", "0", "indices", "0",
                                "domainLow", "-0.2", "domainHigh", "1.2", "engine", "ladder", "timeout", "30"));
                new MinimalNap().run(all(), parameters, run);
                Table minimal = run.table("minimal");
                assertThat(column(minimal, "verdict")).containsExactly("verified");
                assertThat(column(minimal, "mined")).containsExactly(2L);
                // Gradients rank the unit that does not suffice alone first, so their shortest prefix is both.
                boolean both = method.equals("gradient");
                assertThat(column(minimal, "minimal")).containsExactly(both ? 2L : 1L);
                assertThat(column(run.table("neurons"), "neuron")).first().isEqualTo("1:0");
            }
        }
    }
}
