package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.json.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    @TempDir
    Path folder;

    private String run(String name, double value) throws IOException {
        Path place = folder.resolve(name);
        new ResultFolder()
                .write(
                        new RunRecord(
                                name, "probe",
                                new RunRequest(
                                        "probe", Map.of("model", List.of(Location.of(Path.of("gone.onnx")))),
                                        Map.of("slack", String.valueOf(value)), 0, "cpu", 1),
                                RunState.DONE, RunProgress.NONE,
                                List.of(new Scalar("recall", "Recall", value, "share", "")), List.of(),
                                Optional.empty(), "CPU", Instant.EPOCH, Optional.of(Instant.EPOCH), Duration.ZERO,
                                place,
                                Optional.empty()),
                        place);
        return place.toString();
    }

    private String to(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void runsOfOneAnalysisAreComparedInBothFormats() throws Exception {
        Cli cli = new Cli();
        int code = cli.run("report", run("a", 0.25), run("b", 0.75), "--to", to("r.html"), "--to", to("r.pdf"));
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("r.html")).content().contains("Comparison of 2 runs", "parameter slack");
        assertThat(folder.resolve("r.pdf")).isNotEmptyFile();
        assertThat(cli.out()).contains("Report: " + to("r.html"));
    }

    @Test
    void aRunThatCannotBeReadIsAWarningUnlessThereIsNoOther() throws Exception {
        String broken = run("broken", 1);
        Files.writeString(Path.of(broken, "result.json"), "{\"schema\":\"assay.result/1\",\"analysis\":\"pro");
        Cli cli = new Cli();
        assertThat(cli.run("report", run("a", 0.5), broken, "--to", to("r.html"))).isEqualTo(ExitCode.DONE);
        assertThat(cli.err()).contains("Warning: broken:");
        assertThat(folder.resolve("r.html")).content().contains("cannot be read");
        assertThat(cli.run("report", broken, "--to", to("s.html"))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(folder.resolve("s.html")).doesNotExist();
    }

    @Test
    void wrongUseIsSaid() throws Exception {
        Cli cli = new Cli();
        String run = run("a", 0.5);
        assertThat(cli.run("report", run)).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("report", "--to", to("r.html"))).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("report", run, "--to", to("r.docx"))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(cli.err()).contains(".html or .pdf");
        assertThat(cli.run("report", to("none"), "--to", to("r.html"))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(cli.run("report", run, "--to", to("r.html"), "--template", "poem")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("report", run, "--to", to("r.html"), "--template", "card", "--title", "Mine")).isZero();
        assertThat(folder.resolve("r.html")).content().contains("<h1>Mine</h1>", "Intended use");
    }

    @Test
    void aFileOpensTheWindow() throws Exception {
        Path file = Files.writeString(folder.resolve("net.onnx"), "");
        assertThat(CommandLineApp.completed(file.toString(), "x")).containsExactly("gui", file.toString(), "x");
        assertThat(CommandLineApp.completed("report", "x")).containsExactly("report", "x");
        assertThat(CommandLineApp.completed("nothing-here")).containsExactly("nothing-here");
        assertThat(CommandLineApp.completed()).isEmpty();
        assertThat(CommandLineApp.completed("target")).containsExactly("target");
        assertThat(CommandLineApp.completed("./target")).containsExactly("gui", "./target");
    }
}
