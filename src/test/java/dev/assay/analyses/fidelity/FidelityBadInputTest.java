package dev.assay.analyses.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.analyses.fidelity.explain.ExplanationFile;
import dev.assay.analyses.fidelity.explain.ExplanationFileKind;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.ExampleA;
import dev.assay.model.gnn.GnnConfig;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.GnnWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of "Bad input" of robust-fidelity, and those of explanation files: a clear sentence, a warning or a flag. */
class FidelityBadInputTest {

    @TempDir
    Path folder;

    private static Inputs inputs(GnnModel model, GraphSample... graphs) {
        return Inputs.of("model", model).with("graphs", new Golden.OneGraph(List.of(graphs)));
    }

    private FakeRun run(Inputs inputs, String... parameters) throws Exception {
        try (FakeRun run = new FakeRun(folder, 2, 0)) {
            new RobustFidelity().run(inputs, Settings.robust(parameters), run);
            return run;
        }
    }

    private String problem(Inputs inputs, String... parameters) {
        String[] message = new String[1];
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> run(inputs, parameters))
                .satisfies(e -> message[0] = e.getMessage());
        return message[0];
    }

    private ExplanationFile file(String text) throws Exception {
        Path file = folder.resolve("mine.csv");
        Files.writeString(file, text);
        return (ExplanationFile) new ExplanationFileKind().open(Location.of(file));
    }

    private String fileProblem(String text) {
        String[] message = new String[1];
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> file(text))
                .satisfies(e -> message[0] = e.getMessage());
        return message[0];
    }

    private Inputs withFile(String text) throws Exception {
        return inputs(ExampleA.gcn(), ExampleA.graph()).with("explanations", file(text));
    }

    private static String header(String rows) {
        return "graph,u,v,score\n" + rows;
    }

    @Test
    void anExplanationOfAnotherGraphNamesTheFirstEdgeThatIsNotThere() throws Exception {
        assertThat(problem(withFile(header("0,0,1,1\n0,0,2,0.5\n")), "explainers=none"))
                .isEqualTo(
                        "mine.csv, line 3: graph 0 has no edge from 0 to 2; check that the explanation belongs to this"
                                + " data and counts nodes from 0 within their graph.");
        assertThat(problem(withFile(header("0,0,1,1\n3,0,1,1\n")), "explainers=none"))
                .startsWith("mine.csv, line 3: there is no graph 3; the data has 1 and counts from 0");
        assertThat(problem(withFile(header("0,0,99,1\n")), "explainers=none")).contains("no edge from 0 to 99");
        assertThat(problem(withFile("node,u,v,score\n0,0,1,1\n"), "explainers=none"))
                .contains("its rows are of nodes and the data asks for the classes of graphs");
    }

    @Test
    void scoresThatAreNoNumbersAreCountedOrTakenAsLowest() throws Exception {
        String text = header("0,0,1,NaN\n0,0,3,inf\n0,1,2,0.5\n0,2,3,0.25\n");
        assertThat(problem(withFile(text), "explainers=none"))
                .isEqualTo(
                        "mine.csv: 2 scores are no finite number; mend the file, or use nonFinite=lowest to count them"
                                + " as lowest.");
        FakeRun run = run(withFile(text), "explainers=none", "nonFinite=lowest", "cut=topK", "topK=1");
        assertThat(run.of("scores", "mine", "size")).isEqualTo(1L);
        assertThat(run.warnings()).anyMatch(w -> w.contains("6 edges have no row and score 0"));
    }

    @Test
    void equalScoresAreFlaggedAsATie() throws Exception {
        FakeRun run = run(
                withFile(header("0,0,1,0.3\n0,0,3,0.3\n0,1,2,0.3\n")), "explainers=none", "cut=topK", "topK=2");
        assertThat(run.of("scores", "mine", "flags")).isEqualTo("tie");
        assertThat(run.warnings()).anyMatch(w -> w.contains("arbitrary") && w.endsWith("mine in 1 of 1 instances."));
        assertThat(run.scalar("instances_flagged")).isEqualTo(1);
    }

    @Test
    void emptyAndFullExplanationsAreFlaggedAndNotRanked() throws Exception {
        FakeRun run = run(withFile(header("0,0,1,0\n")), "explainers=truth");
        assertThat(run.of("scores", "mine", "flags")).isEqualTo("empty");
        assertThat(run.number("scores", "mine", "robust_plus")).isZero();
        assertThat(run.of("explainers", "mine", "rank")).isNull();
        assertThat(run.of("explainers", "mine", "instances")).isEqualTo(0L);
        assertThat(run.of("explainers", "truth", "rank")).isEqualTo(1L);
        assertThat(run.warnings()).anyMatch(w -> w.contains("empty or everything"));
        StringBuilder all = new StringBuilder();
        for (int[] pair : ExampleA.PAIRS) {
            all.append("0,").append(pair[0]).append(',').append(pair[1]).append(",1\n");
        }
        FakeRun full = run(withFile(header(all.toString())), "explainers=none");
        assertThat(full.of("scores", "mine", "flags")).isEqualTo("full");
        assertThat(full.number("scores", "mine", "robust_minus")).isZero();
        assertThat(full.number("scores", "mine", "sparsity")).isZero();
    }

    @Test
    void alphasThatRemoveNothingAreWarnedOf() throws Exception {
        Inputs inputs = inputs(ExampleA.gcn(), ExampleA.graph());
        assertThat(run(inputs, "alpha1=0").warnings()).anyMatch(w -> w.contains("0 by construction"));
        assertThat(run(inputs, "alpha2=1").warnings()).anyMatch(w -> w.contains("minus score is 0 by construction"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "alpha1=1.1", "alpha2=-0.1", "samples=0", "samples=1000001", "alpha1=NaN", "ratios=0.1,2", "ratios=a",
        "instances=5-2", "instances=x", "explainers=guess", "explainers=truth,truth", "explainers=none,truth",
        "estimator=fast", "cut=best", "hops=-1", "enumerationBudget=0"
    })
    void parametersOutOfRangeAreRefusedBeforeTheStart(String parameter) {
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> Settings.robust(parameter))
                .withMessageStartingWith("parameter " + parameter.substring(0, parameter.indexOf('=')) + ": ");
    }

    @Test
    void anOneSidedSetCountsThePairAsInIt() throws Exception {
        FakeRun run = run(withFile(header("0,0,1,1\n0,1,0,0\n0,0,3,1\n0,3,0,1\n")), "explainers=none");
        assertThat(run.of("scores", "mine", "size")).isEqualTo(2L);
        assertThat(run.warnings()).anyMatch(w -> w.contains("1 pairs have one direction in the set"));
    }

    @Test
    void wrongPredictionsAreCountedAndCanBeLeftOut() throws Exception {
        GraphSample wrong = GraphSample.of(8).undirected(ExampleA.PAIRS).features(3, ExampleA.graph().features())
                .truth(ExampleA.graph().truth()).label(1).build();
        FakeRun both = run(inputs(ExampleA.gcn(), ExampleA.graph(), wrong));
        assertThat(both.scalar("instances")).isEqualTo(2);
        assertThat(both.scalar("instances_correct")).isEqualTo(1);
        assertThat(both.text("scores")).contains("wrong");
        FakeRun right = run(inputs(ExampleA.gcn(), ExampleA.graph(), wrong), "onlyCorrect=true");
        assertThat(right.scalar("instances")).isEqualTo(1);
        assertThat(problem(inputs(ExampleA.gcn(), wrong), "onlyCorrect=true"))
                .contains("there is no instance to look at").contains("switch onlyCorrect off");
    }

    @Test
    void aNetworkThatIgnoresEdgesIsRefused() throws Exception {
        Map<String, GnnWeights.Tensor> zero = new LinkedHashMap<>();
        ExampleA.gcn().weights().tensors().forEach((name, t) -> zero.put(
                name, name.startsWith("lin") ? t : new GnnWeights.Tensor(t.shape(), new double[t.values().length])));
        GnnModel blind = GnnModel.of("blind", ExampleA.gcn().config(), new GnnWeights(zero));
        assertThat(problem(inputs(blind, ExampleA.graph())))
                .startsWith("blind: removing all edges changes no prediction");
    }

    @Test
    void graphsWithoutEdgesScoreZeroAndAreFlagged() throws Exception {
        GraphSample bare = GraphSample.of(8).features(3, ExampleA.graph().features()).truth(new boolean[0]).label(0)
                .build();
        GraphSample single = GraphSample.of(1).features(3, new double[] {1, 2, 3}).truth(new boolean[0]).label(0)
                .build();
        FakeRun run = run(inputs(ExampleA.gcn(), bare, ExampleA.graph(), single), "explainers=truth,occlusion,random,"
                + "gradient,integratedGradients,gnnExplainer,pgExplainer", "pgEpochs=2", "gnnEpochs=3");
        assertThat(run.number("scores", "truth", "robust_delta")).isZero();
        assertThat(run.of("scores", "truth", "flags").toString()).startsWith("no_edges");
        assertThat(run.of("scores", "truth", "sparsity")).isNull();
        assertThat(run.of("explainers", "truth", "instances")).isEqualTo(1L);
    }

    @Test
    void missingLabelsFallBackToPredictedOnes() throws Exception {
        GraphSample unlabelled = GraphSample.of(8).undirected(ExampleA.PAIRS)
                .features(3, ExampleA.graph().features()).build();
        FakeRun run = run(inputs(ExampleA.gcn(), unlabelled), "explainers=random", "cut=ratio");
        assertThat(run.warnings()).anyMatch(w -> w.contains("1 of 1 instances have no label"));
        assertThat(run.of("scores", "random", "label")).isEqualTo(0L);
    }

    @Test
    void selfLoopsOneWayEdgesAndIsolatedNodes() throws Exception {
        GraphSample odd = GraphSample.of(9)
                .edges(new int[] {0, 1, 2, 3, 4, 2}, new int[] {1, 0, 2, 4, 5, 3})
                .features(3, withRow(ExampleA.graph().features()))
                .truth(new boolean[] {true, false, true, false, false, false})
                .label(0)
                .build();
        FakeRun run = run(inputs(ExampleA.gcn(), odd), "explainers=truth,random");
        // The pair 0-1 is one unit, the three one-way edges are units of their own, the self-loop is none.
        assertThat(run.of("scores", "truth", "edges")).isEqualTo(4L);
        assertThat(run.of("scores", "truth", "size")).isEqualTo(1L);
        FakeRun directed = run(inputs(ExampleA.gcn(), odd), "explainers=random", "edgeUnit=directed", "cut=ratio");
        assertThat(directed.of("scores", "random", "edges")).isEqualTo(5L);
    }

    private static double[] withRow(double[] features) {
        double[] more = new double[features.length + 3];
        System.arraycopy(features, 0, more, 0, features.length);
        return more;
    }

    @Test
    void aClassThatTheNetworkDoesNotKnow() throws Exception {
        GnnModel model = ExampleA.gcn();
        Golden.OneGraph three = new Golden.OneGraph(List.of(ExampleA.graph()), List.of("a", "b", "c"));
        assertThat(problem(Inputs.of("model", model).with("graphs", three)))
                .contains("the labels hold 3 classes and the network knows 2");
    }

    @Test
    void aRegressionIsRefused() throws Exception {
        GnnConfig c = ExampleA.gcn().config();
        GnnConfig one = new GnnConfig(
                c.architecture(), GraphTask.GRAPH, 3, 1, c.layers(), c.readout(), false, true, 0, true, 1e-5,
                c.features(), List.of(), Map.of());
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>(ExampleA.gcn().weights().tensors());
        tensors.put("lin.weight", GnnWeights.Tensor.matrix(1, 6, new double[6]));
        tensors.put("lin.bias", GnnWeights.Tensor.vector(0));
        GnnModel model = GnnModel.of("regression", one, new GnnWeights(tensors));
        Golden.OneGraph unlabelled = new Golden.OneGraph(List.of(ExampleA.graph()), List.of());
        assertThat(problem(Inputs.of("model", model).with("graphs", unlabelled)))
                .startsWith("regression: the network has one output");
    }

    @Test
    void tasksMustAgree() throws Exception {
        GraphSample nodes = GraphSample.of(8).undirected(ExampleA.PAIRS).features(3, ExampleA.graph().features())
                .nodeClasses(new int[8]).build();
        assertThat(problem(inputs(ExampleA.gcn(), nodes))).contains("classifies graphs").contains("of nodes");
        assertThat(new RobustFidelity().fits(inputs(ExampleA.gcn(), nodes)).fits()).isFalse();
    }

    @Test
    void featuresOfAnotherWidthNameBothNumbers() throws Exception {
        GraphSample narrow = GraphSample.of(2).undirected(new int[][] {{0, 1}}).features(2, new double[4]).label(0)
                .build();
        assertThat(problem(inputs(ExampleA.gcn(), narrow))).contains("2 node features").contains("takes 3");
        assertThat(new RobustFidelity().fits(inputs(ExampleA.gcn(), narrow)).reason()).contains("3").contains("2");
    }

    @Test
    void enumerationOverBudgetIsRefusedWithTheCount() throws Exception {
        assertThat(problem(inputs(ExampleA.gcn(), ExampleA.graph()), "estimator=exact", "enumerationBudget=32"))
                .contains("2^6 forward passes").contains("raise enumerationBudget (32)");
        assertThat(problem(
                inputs(ExampleA.gcn(), ExampleA.graph()), "estimator=truncated", "enumerationBudget=10"))
                .contains("42 forward passes");
    }

    @Test
    void truthSizeWithoutTruthAndNoExplanationAtAll() throws Exception {
        GraphSample plain = GraphSample.of(8).undirected(ExampleA.PAIRS).features(3, ExampleA.graph().features())
                .label(0).build();
        assertThat(problem(inputs(ExampleA.gcn(), plain), "cut=truthSize"))
                .contains("cut=truthSize needs a ground truth");
        assertThat(problem(inputs(ExampleA.gcn(), plain), "explainers=none"))
                .contains("there is no explanation to look at");
        assertThat(ParameterSet.of(RobustFidelityParameters.class).check(Map.of("explainers", "random,none")))
                .extracting(ParameterProblem::message)
                .containsExactly("none stands alone, for explanations from files only");
        assertThat(problem(inputs(ExampleA.gcn(), plain), "explainers=truth"))
                .contains("there is no explanation to look at");
        assertThat(problem(inputs(ExampleA.gcn(), plain), "instances=1"))
                .contains("there is no index 1; the data has 1 graphs and counts from 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "graph,u,v|the header line is graph,u,v",
        "graph,u,v,score,weight|there is an unknown column 'weight'",
        "graph,node,u,v,score|the header line is",
    })
    void wrongHeaders(String text, String message) {
        assertThat(fileProblem(text + "\n0,0,1,1\n")).startsWith("mine.csv, line 1: ").contains(message);
    }

    @Test
    void wrongRows() {
        assertThat(fileProblem(header("0,0,1\n"))).contains("line 2: there are 3 values for 4 columns");
        assertThat(fileProblem(header("0,-1,1,1\n"))).contains("'-1' in column u is no whole number from 0");
        assertThat(fileProblem(header("0,a,1,1\n"))).contains("'a' in column u");
        assertThat(fileProblem(header("0,0,1,high\n"))).contains("'high' in column score is no number");
        assertThat(fileProblem(header("0,0,1,1\n0,0,1,0\n")))
                .contains("line 3: the edge from 0 to 1 of graph 0 is given a second time");
        assertThat(fileProblem("")).contains("the file is empty");
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> new ExplanationFileKind().open(Location.of(folder)))
                .withMessageContaining("the file cannot be read");
        assertThat(fileProblem("explainer,graph,u,v,score\n,0,0,1,1\n")).contains("the name of the explainer is empty");
    }

    @Test
    void severalExplainersInOneFileAndFilesOfOneName() throws Exception {
        Inputs inputs = withFile("u,v,graph,explainer,score\n0,1,0,a,1\n1,2,0,a,1\n0,1,0,truth,1\n");
        FakeRun run = run(inputs, "explainers=truth");
        List<Object> names = new ArrayList<>();
        for (int r = 0; r < 3; r++) {
            names.add(run.table("explainers").value(r, 0));
        }
        assertThat(names).containsExactly("truth", "a", "truth (2)");
        assertThat(new ExplanationFileKind().recognises(Location.of(folder.resolve("mine.csv")))).isTrue();
        Files.writeString(folder.resolve("iris.csv"), "a,b,score\n1,2,3\n");
        assertThat(new ExplanationFileKind().recognises(Location.of(folder.resolve("iris.csv")))).isFalse();
    }

    @Test
    void aStudyNeedsAGroundTruth() throws Exception {
        GraphSample plain = GraphSample.of(8).undirected(ExampleA.PAIRS).features(3, ExampleA.graph().features())
                .label(0).build();
        GraphSample empty = GraphSample.of(8).undirected(ExampleA.PAIRS).features(3, ExampleA.graph().features())
                .truth(new boolean[20]).label(0).build();
        try (FakeRun run = new FakeRun(folder, 1, 0)) {
            assertThatExceptionOfType(AnalysisException.class)
                    .isThrownBy(() -> new DegradationStudy().run(
                            inputs(ExampleA.gcn(), plain), Settings.study(), run))
                    .withMessageContaining("no ground-truth explanations");
            assertThatExceptionOfType(AnalysisException.class)
                    .isThrownBy(() -> new DegradationStudy().run(
                            inputs(ExampleA.gcn(), empty), Settings.study(), run))
                    .withMessageContaining("none of the 1 instances has a ground-truth edge");
        }
        assertThat(new DegradationStudy().fits(inputs(ExampleA.gcn(), plain)).fits()).isFalse();
        try (FakeRun run = new FakeRun(folder, 1, 0)) {
            new DegradationStudy().run(
                    inputs(ExampleA.gcn(), ExampleA.graph(), empty), Settings.study("candidates=1", "samples=2"), run);
            assertThat(run.warnings()).anyMatch(w -> w.contains("1 of 2 instances have no ground-truth edge"));
        }
    }
}
