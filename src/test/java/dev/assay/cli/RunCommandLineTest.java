package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.RunState;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.run.fake.TextKind;
import dev.assay.run.json.ResultJsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandLineTest {

    @TempDir
    Path folder;

    private static ScriptedAnalysis finding() {
        return ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            context.phase("Mining", 10, "images").advance(10);
            context.emit(new Scalar("recall", "Recall", 0.75, "share", "of 10 images"));
            var rows = context.table("samples", "Samples", List.of(Column.integer("n", "N")));
            for (long n = 0; n < p.steps(); n++) {
                rows.add(n);
            }
            var points = context.curve("curve", "Curve", Axis.of("x", ""), Axis.of("y", ""));
            points.add("all", 0, 1);
            points.add("all", 1, 2);
        });
    }

    private static ScriptedAnalysis reading() {
        return ScriptedAnalysis.of("fake", (inputs, p, context) -> {})
                .taking(InputRole.required("text", "Text", TextKind.Text.class, "what is read"));
    }

    private static ScriptedAnalysis failing(Exception problem) {
        return ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            context.emit(new Scalar("half", "Half", 0.5, "", ""));
            throw problem;
        });
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private int run(Cli cli, String... more) {
        List<String> words = new ArrayList<>(List.of("run", "fake", "--device", "cpu", "--threads", "1"));
        words.addAll(Arrays.asList(more));
        return cli.run(words.toArray(String[]::new));
    }

    @Test
    void aRunPrintsItsNumbersAndReturnsZero() {
        Cli cli = new Cli(finding());
        assertThat(run(cli)).isZero();
        assertThat(cli.out()).contains("Recall: 75.0").contains("of 10 images").contains("Table samples");
        assertThat(cli.out()).contains("--out DIR");
    }

    @Test
    void outHoldsJsonTablesAndCharts() throws Exception {
        Cli cli = new Cli(finding());
        assertThat(run(cli, "--out", out())).isZero();
        try (var list = Files.list(Path.of(out()))) {
            assertThat(list.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("result.json", "samples.csv", "curve.svg");
        }
        assertThat(new ResultJsonReader().read(Path.of(out(), "result.json")).state()).isEqualTo(RunState.DONE);
    }

    @Test
    void jsonPrintsTheResultAndNothingElse() throws Exception {
        Cli cli = new Cli(finding());
        assertThat(run(cli, "--json", "-p", "steps=6000")).isZero();
        assertThat(cli.json().at("/schema").asText()).isEqualTo("assay.result/1");
        assertThat(cli.json().at("/scalars/recall").asDouble()).isEqualTo(0.75);
        assertThat(cli.json().at("/parameters/steps").asText()).isEqualTo("6000");
        assertThat(cli.json().at("/parameters/slack").asText()).isEqualTo("0.01");
        assertThat(cli.json().at("/tables/0/rowCount").asInt()).isEqualTo(6000);
        assertThat(cli.json().at("/tables/0/rows")).hasSize(100);
        assertThat(cli.json().at("/tables/0/file").isNull()).isTrue();
        assertThat(cli.err()).contains("Mining");
    }

    @Test
    void jsonWithOutPrintsWhatTheFileHolds() throws Exception {
        Cli cli = new Cli(finding());
        assertThat(run(cli, "--json", "--out", out(), "-p", "steps=6000")).isZero();
        assertThat(cli.out()).isEqualTo(Files.readString(Path.of(out(), "result.json")));
        assertThat(cli.json().at("/tables/0/file").asText()).isEqualTo("samples.csv");
    }

    @Test
    void quietPrintsNothing() {
        Cli cli = new Cli(finding());
        assertThat(run(cli, "--quiet")).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void onATerminalTheProgressLineIsTakenAwayAtTheEnd() {
        Semaphore gate = new Semaphore(0);
        Cli[] cli = new Cli[1];
        cli[0] = new Cli(true, ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            context.phase("Mining", 10, "images").advance(5);
            while (!cli[0].err().contains("Mining")) {
                context.checkCancelled();
            }
            gate.release();
        }));
        assertThat(run(cli[0], "--timeout", "60s")).isZero();
        assertThat(cli[0].err()).contains("\r\u001b[KMining").contains("of 10 images").endsWith("\r\u001b[K");
    }

    @Test
    void aFolderWithResultsIsRefusedUnlessForced() throws Exception {
        Cli cli = new Cli(finding());
        assertThat(run(cli, "--out", out())).isZero();
        String before = Files.readString(Path.of(out(), "result.json"));
        Path own = Files.writeString(Path.of(out(), "my-notes.csv"), "mine");
        assertThat(run(cli, "--out", out(), "-p", "steps=3")).isEqualTo(2);
        assertThat(cli.err()).contains("holds the results of another run").contains("--force");
        assertThat(Path.of(out(), "result.json")).hasContent(before);
        assertThat(run(cli, "--out", out(), "-p", "steps=3", "--force")).isZero();
        assertThat(Files.readAllLines(Path.of(out(), "samples.csv"))).hasSize(4);
        assertThat(own).hasContent("mine");
    }

    @Test
    void outInTheWayIsBadInput() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(run(new Cli(finding()), "--out", file.toString())).isEqualTo(3);
        assertThat(run(new Cli(finding()), "--out", file.resolve("deep").toString()))
                .isEqualTo(3);
    }

    @Test
    void aProblemOfTheUserIsOneSentenceAndCodeThree() throws Exception {
        Cli cli = new Cli(failing(new AnalysisException("there are no labels", "data.csv", "name the column")));
        assertThat(run(cli, "--out", out())).isEqualTo(3);
        assertThat(cli.err().lines().filter(l -> !l.startsWith("Opening inputs")))
                .containsExactly("data.csv: there are no labels; name the column.");
        var kept = new ResultJsonReader().read(Path.of(out(), "result.json"));
        assertThat(kept.state()).isEqualTo(RunState.FAILED);
        assertThat(kept.results()).hasSize(1);
    }

    @Test
    void aFaultOfTheProgramIsCodeOneAndTheTraceOnlyForDebug() {
        Cli cli = new Cli(failing(new IllegalStateException("odd")));
        assertThat(run(cli)).isEqualTo(1);
        assertThat(cli.err()).contains("Internal error in fake: odd").doesNotContain("\tat ");
        assertThat(run(cli, "--debug")).isEqualTo(1);
        assertThat(cli.err()).contains("\tat ");
    }

    @Test
    void theTimeLimitEndsTheRunWithWhatWasFoundAndCodeFour() throws Exception {
        Cli cli = new Cli(ScriptedAnalysis.of("fake", (inputs, p, context) -> {
            context.emit(new Scalar("half", "Half", 0.5, "", ""));
            while (true) {
                context.checkCancelled();
            }
        }));
        assertThat(run(cli, "--timeout", "0.3s", "--out", out())).isEqualTo(4);
        assertThat(cli.err()).contains("The time is up");
        var kept = new ResultJsonReader().read(Path.of(out(), "result.json"));
        assertThat(kept.state()).isEqualTo(RunState.CANCELLED);
        assertThat(kept.results()).hasSize(1);
    }

    @Test
    void anUnknownAnalysisRoleOrParameterIsWrongUsageWithTheNearestName() {
        Cli cli = new Cli(reading());
        assertThat(cli.run("run", "fakee")).isEqualTo(2);
        assertThat(cli.err()).contains("did you mean fake?");
        assertThat(run(cli, "txt=a.txt")).isEqualTo(2);
        assertThat(cli.err()).contains("no input 'txt'").contains("did you mean text?");
        assertThat(run(cli, "text=a.txt", "-p", "slak=1")).isEqualTo(2);
        assertThat(cli.err()).contains("no parameter 'slak'").contains("did you mean slack");
    }

    @Test
    void aMissingInputIsNamed() {
        Cli cli = new Cli(reading());
        assertThat(run(cli)).isEqualTo(2);
        assertThat(cli.err()).contains("the input 'text' is missing").contains("text=PATH");
    }

    @Test
    void anInputGivenTwiceIsRefusedUnlessItMayBe() {
        assertThat(run(new Cli(reading()), "text=a.txt", "text=b.txt")).isEqualTo(2);
    }

    @Test
    void malformedWordsAreWrongUsage() {
        Cli cli = new Cli(reading());
        assertThat(run(cli, "a.txt")).isEqualTo(2);
        assertThat(cli.err()).contains("ROLE=PATH");
        assertThat(run(cli, "text=a.txt", "-p", "slack")).isEqualTo(2);
        assertThat(run(cli, "text=a.txt", "-p", "slack=0", "-p", "slack=0")).isEqualTo(2);
        assertThat(cli.err()).contains("given twice");
        assertThat(run(cli, "text=a.txt", "--device", "abacus")).isEqualTo(2);
        assertThat(run(cli, "text=a.txt", "--threads", "0")).isEqualTo(2);
        assertThat(run(cli, "text=a.txt", "--timeout", "soon")).isEqualTo(2);
        assertThat(run(cli, "text=a.txt", "--seed", "x")).isEqualTo(2);
    }

    @Test
    void aValueOutOfRangeIsBadInputAndNamesTheRange() {
        Cli cli = new Cli(finding());
        assertThat(run(cli, "-p", "slack=0.5")).isEqualTo(3);
        assertThat(cli.err()).contains("0 <= slack < 0.5");
        assertThat(run(cli, "-p", "slack=much")).isEqualTo(3);
    }

    @Test
    void aMissingFileIsBadInputAndNamed() {
        Cli cli = new Cli(reading());
        assertThat(run(cli, "text=" + folder.resolve("gone.txt"))).isEqualTo(3);
        assertThat(cli.err()).contains("gone.txt").contains("no such file");
    }

    @Test
    void warningsAreToldOnStandardError() {
        Cli cli = new Cli(ScriptedAnalysis.of("fake", (inputs, p, context) -> context.warn("the scale looks wrong")));
        assertThat(run(cli, "--quiet")).isZero();
        assertThat(cli.err()).contains("Warning: the scale looks wrong");
    }

    @Test
    void readingOptionsReachTheReader() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "hello");
        String[] seen = new String[1];
        Analysis<?> analysis = ScriptedAnalysis.of("fake", (inputs, p, context) -> seen[0] =
                inputs.get("text", TextKind.Text.class).location().options().get("label"))
                .taking(InputRole.required("text", "Text", TextKind.Text.class, "what is read"));
        assertThat(run(new Cli(analysis), "text=" + file + "?label=first")).isZero();
        assertThat(seen[0]).isEqualTo("first");
    }

    @Test
    void withoutOutNothingIsLeftBehind() {
        Path[] artifacts = new Path[1];
        Cli cli = new Cli(ScriptedAnalysis.of("fake", (inputs, p, context) -> artifacts[0] =
                Files.writeString(context.artifacts().resolve("patterns.json"), "{}")));
        assertThat(run(cli)).isZero();
        assertThat(artifacts[0]).doesNotExist();
        assertThat(artifacts[0].getParent()).doesNotExist();
    }

    @Test
    void artifactsLieBesideTheResult() {
        Cli cli = new Cli(ScriptedAnalysis.of(
                "fake", (inputs, p, context) -> Files.writeString(context.artifacts().resolve("patterns.json"), "{}")));
        assertThat(run(cli, "--out", out())).isZero();
        assertThat(Path.of(out(), "patterns.json")).hasContent("{}");
    }
}
