package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.InputRole;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.RunCommand;
import dev.assay.run.RunRequest;
import dev.assay.run.fake.FakeParameters;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.run.fake.TextKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CopyAsCommandTest {

    private final Cli cli = new Cli(ScriptedAnalysis.of("fake", (inputs, p, context) -> {})
            .taking(
                    InputRole.required("text", "Text", TextKind.Text.class, "what is read"),
                    new InputRole("more", "More", TextKind.Text.class, false, true, "more of it")));

    private RunRequest parse(List<String> words) throws Exception {
        CommandLine line = CommandLineApp.commandLine(cli.session());
        var parsed = line.parseArgs(words.toArray(String[]::new));
        RunAnalysisCommand command =
                (RunAnalysisCommand) parsed.subcommand().commandSpec().userObject();
        return command.request();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("abcXYZ0189 '\"$&;|<>()*~`\\#!éß漢%=,.-_@{}")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(s -> !s.isBlank() && s.equals(s.strip()));
    }

    private static Path path(String name) {
        return Path.of("/data", name + ".txt");
    }

    @Property(tries = 100)
    void theWordsAreReadBackAsTheSameRequest(
            @ForAll("names") String file, @ForAll("names") String option, @ForAll("names") String note,
            @ForAll long seed, @ForAll boolean loud, @ForAll double rate) throws Exception {
        String value = option.replace('&', '+');
        ParameterSet<FakeParameters> set = ParameterSet.of(FakeParameters.class);
        Map<String, String> parameters =
                new LinkedHashMap<>(set.toText(set.parse(Map.of("rate", String.valueOf(rate)))));
        parameters.put("note", note);
        parameters.put("loud", String.valueOf(loud));
        parameters.put("slack", "1/7");
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        inputs.put("text", List.of(new Location(path(file), Map.of("label", value))));
        inputs.put("more", List.of(Location.of(path("a")), Location.of(path("b"))));
        RunRequest request = new RunRequest("fake", inputs, parameters, seed, "gpu", 3);
        List<String> words = RunCommand.words(request);
        assertThat(parse(words.subList(1, words.size()))).isEqualTo(request);
    }

    @Test
    void aPosixShellReadsTheLineAsTheWords() throws Exception {
        Path shell = Path.of("/bin/sh");
        Assumptions.assumeTrue(Files.isExecutable(shell), "there is no POSIX shell here");
        String odd = "it's $HOME `date` \"x\" *;&|<>\\ é!";
        RunRequest request = new RunRequest(
                "fake", Map.of("text", List.of(Location.of(path(odd)))), Map.of("note", odd), 0, "cpu", 1);
        assertThat(shellWords(RunCommand.line(request))).isEqualTo(RunCommand.words(request));
    }

    private static List<String> shellWords(String line) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "printf '%s\\0' " + line).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ArrayList<>(List.of(printed.split("\0")));
    }

    @Test
    void plainWordsAreNotQuoted() {
        RunRequest request = new RunRequest(
                "nap-mining",
                Map.of("model", List.of(Location.of(Path.of("/data/net.onnx")))),
                Map.of("slack", "0.01"),
                0,
                "cpu",
                2);
        assertThat(RunCommand.line(request))
                .isEqualTo("assay run nap-mining model=/data/net.onnx -p slack=0.01 --device cpu --seed 0 --threads 2");
    }
}
