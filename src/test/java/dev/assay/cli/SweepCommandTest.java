package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.fake.ScriptedAnalysis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {

    @TempDir
    Path folder;

    private final AtomicInteger runs = new AtomicInteger();
    private volatile double failsAt = -1;
    private final Cli cli = new Cli(ScriptedAnalysis.of("fake", (inputs, p, context) -> {
        runs.incrementAndGet();
        if (p.slack().toDouble() == failsAt) {
            throw new AnalysisException("no luck", "slack", "");
        }
        context.emit(new Scalar("score", "Score", p.slack().toDouble() + context.seed(), "", ""));
    }));

    private JsonNode json(Path file) throws Exception {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void aSweepWritesItsSummaryAndEveryRun() throws Exception {
        Path out = folder.resolve("out");
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.1", "--seeds", "0..2", "--out", out.toString()))
                .as(cli.err())
                .isZero();
        JsonNode sweep = json(out.resolve("result.json"));
        assertThat(sweep.path("analysis").asText()).isEqualTo("sweep");
        assertThat(sweep.path("parameters").path("sweep.values").asText()).isEqualTo("0;0.1");
        assertThat(sweep.path("curves").get(0).path("series").get(0).path("y")).hasSize(2);
        assertThat(out.resolve("runs.csv")).exists();
        assertThat(out.resolve("score.svg")).exists();
        JsonNode last = json(out.resolve("runs").resolve("0006").resolve("result.json"));
        assertThat(last.path("analysis").asText()).isEqualTo("fake");
        assertThat(last.path("seed").asLong()).isEqualTo(2);
        assertThat(last.path("parameters").path("slack").asText()).isEqualTo("0.1");
        assertThat(last.path("provenance").path("started").asText()).isNotEmpty();
    }

    @Test
    void whatIsMissingIsRunWithResume() {
        String out = folder.resolve("out").toString();
        failsAt = 0.1;
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.1,0.2", "--out", out)).isZero();
        assertThat(cli.err()).contains("slack 0.1: slack: no luck");
        failsAt = -1;
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.1,0.2", "--out", out))
                .as("the folder is taken")
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.1,0.2", "--out", out, "--resume")).isZero();
        assertThat(runs).hasValue(4);
        assertThat(cli.out()).contains("Runs done: 3 (of 3 runs)");
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.2", "--out", out, "--force")).isZero();
        assertThat(runs).hasValue(6);
        assertThat(folder.resolve("out/runs/0002/result.json")).exists();
        assertThat(folder.resolve("out/runs/0003")).doesNotExist();
    }

    @Test
    void resumeReplacesNothingOfAnotherSweep() throws Exception {
        String out = folder.resolve("out").toString();
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.1,0.2", "--out", out)).isZero();
        byte[] second = Files.readAllBytes(folder.resolve("out/runs/0002/result.json"));
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.3", "--out", out, "--resume"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("holds another sweep, whose run 2");
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.1", "--seeds", "0,1", "--out", out, "--resume"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(Files.readAllBytes(folder.resolve("out/runs/0002/result.json"))).isEqualTo(second);
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.1,0.2,0.4", "--out", out, "--resume"))
                .as("more values at the end")
                .isZero();
        assertThat(runs).hasValue(4);
        String single = folder.resolve("single").toString();
        assertThat(cli.run("run", "fake", "--out", single)).isZero();
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.1", "--out", single, "--resume"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("holds a single run");
    }

    @Test
    void wrongWordsAreToldBeforeAnythingRuns() {
        assertThat(cli.run("sweep", "fake", "--over", "slak=0,1")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("there is no parameter 'slak'").contains("slack");
        assertThat(cli.run("sweep", "fake", "--over", "slack")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("sweep", "fake", "--over", "slack=0,0.9")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(cli.err()).contains("slack=0.9").contains("out of range");
        assertThat(cli.run("sweep", "fake", "--over", "slack=0")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(cli.err()).contains("single run");
        assertThat(cli.run("sweep", "fake", "--seeds", "0..x")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(cli.run("sweep", "fake", "--seeds", "0..3", "--resume")).isEqualTo(ExitCode.USAGE);
        assertThat(runs).hasValue(0);
        assertThat(Files.exists(folder.resolve("out"))).isFalse();
    }
}
