package dev.assay.analyses.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analyses.fidelity.explain.ExplanationFile;
import dev.assay.analyses.fidelity.explain.ExplanationFileKind;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.TuFolderKind;
import dev.assay.model.SharedData;
import dev.assay.model.gnn.ExampleA;
import dev.assay.model.gnn.GnnJsonKind;
import dev.assay.model.gnn.GnnModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs: public names, acceptance on BA-2motifs, determinism, what is left to look into. */
class FidelityRunTest {

    @TempDir
    Path folder;

    private static Inputs example() throws Exception {
        return Inputs.of("model", ExampleA.gcn()).with("graphs", new Golden.OneGraph(List.of(ExampleA.graph())));
    }

    private static Inputs motifs() throws Exception {
        GnnModel model = new GnnJsonKind()
                .open(Location.of(SharedData.file("ba2motifs/ba2motifs-gcn3.json")));
        GraphDataset data = new TuFolderKind().open(Location.of(SharedData.file("ba2motifs")));
        return Inputs.of("model", model).with("graphs", data);
    }

    private FakeRun run(Inputs inputs, int threads, String... parameters) throws Exception {
        try (FakeRun run = new FakeRun(folder, threads, 0)) {
            new RobustFidelity().run(inputs, Settings.robust(parameters), run);
            return run;
        }
    }

    @Test
    void tablesHaveThePublicColumnsInOrder() throws Exception {
        FakeRun run = run(example(), 1, "explainers=truth,occlusion,random", "estimator=exact");
        assertThat(run.table("scores").columns().stream().map(c -> c.name())).containsExactly(
                "instance", "explainer", "label", "predicted", "f", "edges", "size", "sparsity", "fid_plus",
                "fid_minus", "fid_delta", "fid_acc_plus", "fid_acc_minus", "fid_acc_delta", "robust_plus",
                "robust_minus", "robust_delta", "robust_acc_plus", "robust_acc_minus", "robust_acc_delta",
                "robust_plus_se", "robust_minus_se", "robust_delta_se", "robust_acc_plus_se", "robust_acc_minus_se",
                "robust_acc_delta_se", "edge_auc", "iou", "edit_distance", "unfaithfulness_pq", "unfaithfulness_qp",
                "forwards", "distinct_forwards", "flags");
        assertThat(run.table("explainers").columns().stream().map(c -> c.name()).filter(n -> !n.contains("fid_")
                && !n.contains("robust_"))).containsExactly(
                        "explainer", "instances", "rank", "size", "edge_auc", "edge_auc_mean", "iou", "edit_distance",
                        "phenomenon_plus", "phenomenon_minus", "model_plus", "model_minus", "characterization",
                        "curve_auc", "seconds");
        assertThat(run.number("scores", "truth", "robust_delta")).isCloseTo(0.0564303336, within(1e-8));
        assertThat(run.number("scores", "truth", "robust_acc_plus")).isCloseTo(0.1009, within(1e-8));
        assertThat(run.number("scores", "truth", "robust_delta_se")).isZero();
        assertThat(run.number("scores", "truth", "sparsity")).isCloseTo(0.6, within(1e-12));
        assertThat(run.number("scores", "truth", "edit_distance")).isZero();
        assertThat(run.number("scores", "truth", "iou")).isEqualTo(1);
        assertThat(run.number("scores", "occlusion", "edge_auc")).isEqualTo(0.625);
        assertThat(run.number("explainers", "truth", "model_plus")).isEqualTo(1);
        assertThat(run.number("explainers", "truth", "model_minus")).isZero();
        assertThat(run.number("explainers", "truth", "characterization")).isEqualTo(1);
        assertThat(run.of("explainers", "truth", "robust_delta_low")).isNull();
        assertThat(run.table("differences").rowCount()).isEqualTo(3);
        assertThat(run.scalar("forwards")).isEqualTo(3 * (3 + 16 + 64));
        assertThat(run.scalar("distinct_forwards")).isLessThan(run.scalar("forwards"));
        assertThat(run.get(Scatter.class, "fid_plane").series()).hasSize(3);
        assertThat(run.get(Scatter.class, "fid_plane").guides()).isNotEmpty();
        for (String id : List.of("sparsity_plus", "sparsity_minus", "sparsity_delta", "convergence")) {
            assertThat(run.get(Curve.class, id).series()).hasSize(3);
        }
        assertThat(run.get(Distribution.class, "perturbed_probability").series()).hasSize(7);
        assertThat(run.get(GraphPicture.class, "explanation_graphs").edges()).hasSize(10);
    }

    @Test
    void characterizationByHand() {
        assertThat(FidelitySummary.characterization(0.4, 0.1)).isCloseTo(0.5538461538, within(1e-9));
        assertThat(FidelitySummary.characterization(0, 0.1)).isZero();
        assertThat(FidelitySummary.characterization(0.4, 1)).isZero();
    }

    @Test
    void fCapsTheShareThatIsRemoved() {
        assertThat(FFidelityRun.removal(0.5, 0.1, 0.05)).isEqualTo(0.5);
        assertThat(FFidelityRun.removal(0.5, 0.1, 0.5)).isEqualTo(0.2);
        assertThat(FFidelityRun.removal(0.5, 0.1, 1)).isEqualTo(0.1);
        assertThat(FFidelityRun.removal(0.5, 0.1, 0)).isEqualTo(0.5);
    }

    @Test
    void fFidelityFineTunesACopy() throws Exception {
        GraphSample other = GraphSample.of(8).undirected(new int[][] {{0, 1}, {1, 2}, {2, 3}})
                .features(3, ExampleA.graph().features()).truth(new boolean[6]).label(1).build();
        Inputs inputs = Inputs.of("model", ExampleA.gcn())
                .with("graphs", new Golden.OneGraph(List.of(ExampleA.graph(), other)));
        FakeRun run = run(inputs, 2, "fFidelity=true", "samples=5", "explainers=occlusion,random", "ratios=none");
        Table table = run.table("f_fidelity");
        assertThat(table.rowCount()).isEqualTo(40);
        assertThat(table.columns().stream().map(c -> c.name()))
                .containsExactly("explainer", "size", "plus", "minus");
        assertThat(table.number(19, 1)).isEqualTo(1);
        assertThat(table.number(19, 3)).as("nothing is left to remove").isZero();
    }

    /** A graph of no nodes has no greatest row that a network could be tuned by. */
    @Test
    void fFidelityLeavesGraphsWithoutNodesOut() throws Exception {
        GraphSample empty =
                GraphSample.of(0).features(3, new double[0]).truth(new boolean[0]).label(1).build();
        Inputs inputs = Inputs.of("model", ExampleA.gcn())
                .with("graphs", new Golden.OneGraph(List.of(ExampleA.graph(), empty)));
        FakeRun run = run(
                inputs, 2, "fFidelity=true", "samples=5", "explainers=occlusion", "ratios=none", "instances=0");
        assertThat(run.warnings()).noneMatch(w -> w.contains("no number"));
        assertThat(run.table("f_fidelity").number(0, 2)).isNotNaN();
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        Inputs inputs = motifs();
        String[] parameters = {
            "explainers=truth,random,occlusion,gradient,gnnExplainer", "gnnEpochs=5", "instances=0-3,500-503",
            "samples=20", "ratios=0.2,0.5"
        };
        String one = run(inputs, 1, parameters).text("scores");
        FakeRun two = run(inputs, 3, parameters);
        assertThat(two.text("scores")).isEqualTo(one);
        assertThat(two.emitted()).isNotEmpty();
    }

    @Test
    void explainersComeInTheExpectedOrderOnTheShippedNetwork() throws Exception {
        FakeRun run = run(
                motifs(), 2, "explainers=truth,random,occlusion,gradient,inverseOcclusion", "instances=0-49,500-549",
                "estimator=monteCarlo", "ratios=none");
        double occlusion = run.number("explainers", "occlusion", "robust_delta");
        double random = run.number("explainers", "random", "robust_delta");
        double inverse = run.number("explainers", "inverseOcclusion", "robust_delta");
        assertThat(run.scalar("robust_delta_occlusion")).isEqualTo(occlusion);
        assertThat(run.scalar("robust_delta_inverseOcclusion")).isEqualTo(inverse);
        assertThat(occlusion).isGreaterThan(random + 0.05);
        assertThat(random).isGreaterThan(inverse + 0.05);
        assertThat(run.number("explainers", "occlusion", "edge_auc")).isCloseTo(0.783, within(0.001));
        assertThat(run.number("explainers", "occlusion", "edge_auc_mean")).isCloseTo(0.741, within(0.001));
        assertThat(run.number("explainers", "gradient", "edge_auc_mean")).isCloseTo(0.54, within(0.04));
        assertThat(run.number("explainers", "random", "edge_auc_mean")).isCloseTo(0.49, within(0.04));
        assertThat(run.number("explainers", "truth", "robust_plus")).isCloseTo(0.206, within(0.01));
        assertThat(run.number("explainers", "truth", "robust_minus")).isCloseTo(0.214, within(0.01));
        assertThat(run.scalar("forwards")).isEqualTo(100 * 5 * 103);
    }

    @Test
    void robustScoresFollowTheDegradationAndTheOriginalDoesNot() throws Exception {
        try (FakeRun run = new FakeRun(folder, 2, 0)) {
            new DegradationStudy().run(motifs(), Settings.study("candidates=2", "instances=0-9,500-509"), run);
            assertThat(run.scalar("forwards")).isEqualTo(148_320);
            assertThat(run.scalar("spearman_robust_plus")).isLessThanOrEqualTo(-0.9);
            assertThat(run.scalar("spearman_robust_minus")).isGreaterThanOrEqualTo(0.9);
            assertThat(run.scalar("spearman_robust_delta")).isLessThanOrEqualTo(-0.9);
            assertThat(run.scalar("spearman_fid_plus"))
                    .isGreaterThanOrEqualTo(run.scalar("spearman_robust_plus") + 0.15);
            assertThat(run.scalar("spearman_edge_auc")).isEqualTo(-1);
            assertThat(run.table("cells").rowCount()).isEqualTo(36);
            assertThat(run.table("spearman").columns().stream().map(c -> c.name())).containsExactly(
                    "score", "mean", "constant_columns", "beta2_0", "beta2_0.1", "beta2_0.3", "beta2_0.5",
                    "beta2_0.7", "beta2_0.9");
        }
    }

    @Test
    void theSweepRepeatsTheStudy() throws Exception {
        try (FakeRun run = new FakeRun(folder, 2, 0)) {
            new DegradationStudy().run(
                    motifs(), Settings.study("candidates=1", "instances=0-3", "samples=5", "alphaSweep=0.1,0.9"), run);
            Curve sweep = run.get(Curve.class, "alpha_sweep");
            assertThat(sweep.series()).hasSize(6);
            assertThat(sweep.series().getFirst().x()).containsExactly(0.1, 0.9);
            assertThat(sweep.series().getFirst().y()[0]).isEqualTo(run.scalar("spearman_robust_plus"));
        }
    }

    @Test
    void samplingStopsAtTheWantedWidth() throws Exception {
        String[] parameters = {
            "explainers=truth,random", "instances=0-9", "estimator=monteCarlo", "samples=100000", "ratios=none",
            "stopWidth=0.02"
        };
        FakeRun run = run(motifs(), 2, parameters);
        assertThat(run.scalar("forwards")).isLessThan(10 * 2 * 103_000);
        assertThat(run.logged()).anyMatch(l -> l.startsWith("Sampling ended after"));
        Curve convergence = run.get(Curve.class, "convergence");
        Curve.Series truth = convergence.series().getFirst();
        int last = truth.size() - 1;
        assertThat(truth.high()[last] - truth.low()[last]).isLessThan(0.02);
        assertThat(truth.high()[0] - truth.low()[0]).isGreaterThan(truth.high()[last] - truth.low()[last]);
    }

    @Test
    void markersMoveAndCrossesShrinkWhileTheRunGoesOn() throws Exception {
        FakeRun run = run(
                motifs(), 1, "explainers=truth,random", "instances=0-99", "estimator=monteCarlo", "samples=3000",
                "ratios=none");
        List<Scatter> planes = run.emitted().stream()
                .filter(r -> r.id().equals("fid_plane"))
                .map(Scatter.class::cast)
                .filter(s -> !s.series().isEmpty())
                .toList();
        assertThat(planes.size()).isGreaterThan(1);
        assertThat(planes.getLast().series().getFirst().xError()[0]).isPositive();
    }

    @Test
    void aCancelledRunEnds() throws Exception {
        Inputs inputs = motifs();
        try (FakeRun run = new FakeRun(folder, 2, 0).cancelAfter(200)) {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> new RobustFidelity().run(
                            inputs, Settings.robust("instances=0-99", "estimator=monteCarlo"), run));
        }
        assertThat(folder.resolve("fidelity.json")).doesNotExist();
        assertThat(folder.resolve("explanations/truth.csv")).doesNotExist();
    }

    @Test
    void writtenExplanationsReadBackAsTheSame() throws Exception {
        Inputs inputs = motifs();
        FakeRun first = run(inputs, 2, "explainers=occlusion", "instances=0-4", "samples=10", "ratios=none");
        Path copy = Files.copy(folder.resolve("explanations/occlusion.csv"), folder.resolve("mine.csv"));
        ExplanationFile file = (ExplanationFile) new ExplanationFileKind().open(Location.of(copy));
        FakeRun second = run(
                inputs.with("explanations", file), 2, "explainers=none", "instances=0-4", "samples=10", "ratios=none");
        assertThat(second.text("scores", "explainer")).isEqualTo(first.text("scores", "explainer"));
    }

    @Test
    void aFinishedRunCanBeLookedInto() throws Exception {
        Inputs inputs = motifs();
        RobustFidelityParameters parameters =
                Settings.robust("instances=0-4", "samples=10", "explainers=truth,occlusion", "ratios=0.2");
        run(inputs, 2, "instances=0-4", "samples=10", "explainers=truth,occlusion", "ratios=0.2");
        try (Explorer<RobustFidelityParameters> explorer =
                new RobustFidelity().explore(inputs, parameters, folder).orElseThrow();
                FakeRun sink = new FakeRun(folder, 1, 0)) {
            explorer.update(parameters, sink);
            FakeRun again = run(inputs, 1, "instances=0-4", "samples=10", "explainers=truth,occlusion", "ratios=0.2");
            assertThat(sink.number("explainers", "occlusion", "robust_delta"))
                    .isEqualTo(again.number("explainers", "occlusion", "robust_delta"));
            explorer.update(Settings.robust("instances=0-4", "samples=10", "ratios=0.2", "alpha1=1", "alpha2=0"), sink);
            assertThat(sink.number("explainers", "occlusion", "robust_delta"))
                    .isCloseTo(again.number("explainers", "occlusion", "fid_delta"), within(1e-12));
            List<String> ids = new ArrayList<>();
            for (Result r : explorer.details(
                    new Selection("fid_plane", List.of(FidelityResults.EXPLAINER.at("occlusion"))), parameters)) {
                ids.add(r.id());
            }
            assertThat(ids).containsExactly("explained_instances");
            List<Result> instance = explorer.details(
                    new Selection("scores", List.of(FidelityResults.INSTANCE.at(3))), parameters);
            assertThat(instance.stream().map(Result::id)).containsExactly(
                    "explanation_graphs", "explanation_graphs_2", "perturbed_plus", "perturbed_minus",
                    "instance_probability", "edge_scores");
            GraphPicture drawn = (GraphPicture) instance.getFirst();
            GraphPicture.Edge edge = drawn.edges().getFirst();
            String key = drawn.keyPrefix() + drawn.nodes().get(edge.from()).name() + "-"
                    + drawn.nodes().get(edge.to()).name();
            Table facts = (Table) explorer.details(
                    new Selection("explanation_graphs", List.of(ExplanationPictures.EDGE.at(key))), parameters)
                    .getFirst();
            assertThat(facts.rowCount()).isEqualTo(5);
        }
        Files.delete(folder.resolve("fidelity.json"));
        assertThat(new RobustFidelity().explore(inputs, parameters, folder)).isEmpty();
    }

    @Test
    void explanationsAsAnAnalysisOfTheirOwn() throws Exception {
        Inputs inputs = motifs();
        try (FakeRun run = new FakeRun(folder, 2, 0)) {
            new GnnExplanations().run(
                    inputs,
                    Settings.explanations(
                            "explainers=truth,random,occlusion,inverseOcclusion,gradient,integratedGradients,"
                                    + "gnnExplainer,pgExplainer",
                            "instances=0-9,500-509", "gnnEpochs=5", "pgEpochs=2", "igSteps=20"),
                    run);
            assertThat(run.scalar("instances")).isEqualTo(20);
            assertThat(run.table("explainers").rowCount()).isEqualTo(8);
            assertThat(run.table("instances").rowCount()).isEqualTo(160);
            assertThat(run.number("explainers", "truth", "edge_auc")).isEqualTo(1);
            assertThat(run.number("explainers", "occlusion", "edge_auc")
                    + run.number("explainers", "inverseOcclusion", "edge_auc")).isCloseTo(1, within(1e-9));
            Table rows = run.table("instances");
            for (int r = 0; r < rows.rowCount(); r++) {
                boolean integrated = rows.value(r, 1).equals("integratedGradients");
                assertThat(rows.value(r, rows.columnIndex("completeness_gap")) != null).isEqualTo(integrated);
            }
            assertThat(folder.resolve("explanations/pgExplainer.csv")).exists();
            GnnExplanationsParameters parameters = Settings.explanations();
            try (Explorer<GnnExplanationsParameters> explorer =
                    new GnnExplanations().explore(inputs, parameters, folder).orElseThrow()) {
                assertThat(explorer.details(
                        new Selection("instances", List.of(FidelityResults.INSTANCE.at(3))), parameters))
                        .extracting(Result::id)
                        .contains("explanation_graphs_8", "edge_scores");
            }
        }
    }

    @Test
    void aPgExplainerThatTellsNothingApartIsWarnedOf() throws Exception {
        FakeRun run = run(
                example(), 1, "explainers=pgExplainer", "pgSize=50", "pgEpochs=300", "pgLearningRate=0.05",
                "ratios=none");
        assertThat(run.warnings()).anyMatch(w -> w.startsWith("PGExplainer ended with all its masks"));
        assertThat(run.get(Distribution.class, "pg_explainer_masks").series().getFirst().counts()[0]).isEqualTo(10);
    }

    @Test
    void nodesAreExplainedWithinTheirReach() throws Exception {
        GraphSample graph = GraphSample.of(8).undirected(ExampleA.PAIRS).features(3, ExampleA.graph().features())
                .truth(ExampleA.graph().truth()).nodeClasses(new int[] {0, 1, 0, 1, 0, 1, 0, 1}).build();
        Inputs inputs = Inputs.of("model", ExampleA.nodeModel()).with("graphs", new Golden.OneGraph(List.of(graph)));
        Path file = folder.resolve("mine.csv");
        Files.writeString(file, "node,u,v,score\n5,4,5,1\n5,0,1,0.5\n");
        ExplanationFile mine = (ExplanationFile) new ExplanationFileKind().open(Location.of(file));
        FakeRun run = run(
                inputs.with("explanations", mine), 2,
                "explainers=truth,random,occlusion,gradient,gnnExplainer,pgExplainer", "instances=2,5", "pgEpochs=2",
                "estimator=exact", "cut=ratio", "hops=1");
        // Node 5 has the neighbours 4 and 6: with one hop two edges may be removed.
        Table scores = run.table("scores");
        assertThat(scores.number(scores.rowCount() - 1, scores.columnIndex("edges"))).isEqualTo(2);
        assertThat(run.warnings()).anyMatch(w -> w.contains("1 rows are of edges out of the node's reach"));
        FakeRun whole = run(inputs, 1, "explainers=occlusion", "instances=2");
        assertThat(whole.number("scores", "occlusion", "edges")).as("01 03 12 23 26 56 67").isEqualTo(7);
    }
}
