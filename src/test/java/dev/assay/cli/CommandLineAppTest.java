package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.InputRole;
import dev.assay.run.Catalogue;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.run.fake.TextKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineAppTest {

    @TempDir
    Path folder;

    private final Cli cli = new Cli(
            ScriptedAnalysis.of("fake", (inputs, p, context) -> {})
                    .taking(
                            InputRole.required("text", "Text", TextKind.Text.class, "It is read"),
                            new InputRole("more", "More", TextKind.Text.class, false, true, "Read, too")),
            ScriptedAnalysis.of("other", (inputs, p, context) -> {}));

    @Test
    void withoutArgumentsTheWindowOpens() {
        assertThat(cli.run()).isZero();
        assertThat(cli.windows()).containsExactly(List.of());
    }

    @Test
    void guiOpensTheWindowOnAWorkspace() {
        assertThat(cli.run("gui", "/my/space")).isZero();
        assertThat(cli.windows()).containsExactly(List.of("--workspace=" + Path.of("/my/space")));
    }

    @Test
    void guiOpensFilesAndTheSample() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "x");
        Path space = folder.resolve("space");
        assertThat(cli.run("gui", "--sample", "--debug", file.toString(), space.toString())).isZero();
        assertThat(cli.windows())
                .containsExactly(List.of("--sample", file.toString(), "--workspace=" + space));
    }

    @Test
    void guiMakesNoWorkspaceOfAMistypedFile() {
        Cli installed = new Cli(false, Catalogue.load());
        assertThat(installed.run("gui", folder.resolve("gone.onnx").toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(installed.err()).contains("gone.onnx").contains("no such file");
    }

    @Test
    void numbersThatAreNoneAreToldInPlainWords() {
        assertThat(cli.run("run", "fake", "--seed", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(cli.err()).contains("'x' is no whole number");
    }

    @Test
    void guiTakesAFolderOfDataAsDataAndAnyOtherAsAWorkspace() throws Exception {
        Cli installed = new Cli(false, Catalogue.load());
        Path graphs = Path.of("sample-data", "ba2motifs");
        Path space = Files.createDirectory(folder.resolve("space"));
        assertThat(installed.run("gui", graphs.toString(), space.toString())).isZero();
        assertThat(installed.windows()).containsExactly(List.of(graphs.toString(), "--workspace=" + space));
    }

    @Test
    void versionAndHelpArePrinted() {
        assertThat(cli.run("--version")).isZero();
        assertThat(cli.out()).startsWith("Assay ");
        assertThat(cli.run("--help")).isZero();
        assertThat(cli.out()).contains("analyses", "describe", "inspect", "run", "doctor", "gui", "bad input");
        assertThat(cli.run("run", "--help")).isZero();
        assertThat(cli.out()).contains("ROLE=PATH", "--device", "--timeout");
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheNearest() {
        assertThat(cli.run("analises")).isEqualTo(2);
        assertThat(cli.err()).contains("Did you mean analyses?").contains("--help");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearest() {
        assertThat(cli.run("run", "fake", "--sead", "3")).isEqualTo(2);
        assertThat(cli.err()).contains("--sead").contains("Did you mean --seed?");
    }

    @Test
    void analysesAreListedWithInputsAndParameters() {
        assertThat(cli.run("analyses")).isZero();
        assertThat(cli.out())
                .contains("Fakes", "fake  The fake one", "What happens?", "inputs: text, [more]...", "steps, slack");
    }

    @Test
    void analysesAreListedAsJson() throws Exception {
        assertThat(cli.run("analyses", "--json")).isZero();
        assertThat(cli.json()).hasSize(2);
        assertThat(cli.json().at("/0/id").asText()).isEqualTo("fake");
        assertThat(cli.json().at("/0/inputs/0/role").asText()).isEqualTo("text");
        assertThat(cli.json().at("/0/inputs/0/kinds/0").asText()).isEqualTo("text");
        assertThat(cli.json().at("/0/parameters/1/name").asText()).isEqualTo("slack");
        assertThat(cli.json().at("/0/parameters/1/default").asText()).isEqualTo("0.01");
        assertThat(cli.json().at("/0/parameters/1/maxExclusive").asBoolean()).isTrue();
        assertThat(cli.json().at("/0/parameters/4/choices").toString()).isEqualTo("[\"straight-on\",\"round-about\"]");
    }

    @Test
    void describeTellsRangesDefaultsAndHelp() {
        assertThat(cli.run("describe", "fake")).isZero();
        assertThat(cli.out())
                .contains("slack = 0.01", "0 <= slack < 0.5", "one of straight-on, round-about", "An exact share.")
                .contains("text  (required)", "reads: text file", "Nobody, 2026");
    }

    @Test
    void describeSuggestsTheNearestAnalysis() {
        assertThat(cli.run("describe", "fakes")).isEqualTo(2);
        assertThat(cli.err()).contains("did you mean fake?");
    }

    @Test
    void fetchTellsWhereTheDatasetIs() {
        assertThat(cli.run("fetch", "mnist", "--to", folder.toString())).isZero();
        assertThat(cli.out().lines())
                .containsExactly(
                        "train=" + folder.resolve("mnist/train-images-idx3-ubyte"),
                        "test=" + folder.resolve("mnist/t10k-images-idx3-ubyte"));
        assertThat(cli.err()).contains("Handwritten digits").contains("Fetching");
    }

    @Test
    void fetchWithoutAConnectionIsBadInput() {
        assertThat(cli.run("fetch", "mnist", "--to", "/offline")).isEqualTo(3);
        assertThat(cli.err()).contains("there is no connection");
    }

    @Test
    void fetchOfAnUnknownDatasetSuggestsTheNearest() {
        assertThat(cli.run("fetch", "fashionmnist")).isEqualTo(2);
        assertThat(cli.err()).contains("did you mean fashion-mnist?");
    }

    @Test
    void inspectTellsWhatAFileIs() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "hello");
        assertThat(cli.run("inspect", file.toString())).isZero();
        assertThat(cli.out()).contains("a.txt: text file, 1 files");
        assertThat(cli.run("inspect", "--json", file.toString())).isZero();
        assertThat(cli.json().at("/kind").asText()).isEqualTo("text file");
    }

    @Test
    void inspectOfWhatItCannotReadIsBadInput() throws Exception {
        Path file = Files.writeString(folder.resolve("a.odd"), "hello");
        assertThat(cli.run("inspect", file.toString())).isEqualTo(3);
        assertThat(cli.err()).contains("a.odd").contains("text file").doesNotContain("\tat ");
        assertThat(cli.run("inspect", folder.resolve("gone").toString())).isEqualTo(3);
        assertThat(cli.err()).contains("no such file");
    }
}
