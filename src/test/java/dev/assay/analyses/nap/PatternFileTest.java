package dev.assay.analyses.nap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.run.fake.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saved patterns: read back as they were, refused where they do not belong. */
class PatternFileTest {

    private static final JavaNetwork NETWORK = JavaNetwork.random(3, 6, 20, 70, 4);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void mine() throws Exception {
        try (TestRun run = new TestRun(folder)) {
            new NapMining()
                    .run(
                            Inputs.of("model", NETWORK).with("train", Toy.clusters("train", 1, 300, 6, 4)),
                            Toy.parameters("0.05", "1/20", "0.2"),
                            run);
        }
        file = folder.resolve("patterns.json");
    }

    private PatternFile open() throws InputException {
        return (PatternFile) new PatternFileKind().open(Location.of(file));
    }

    @Test
    void readsBackWhatWasMined() throws Exception {
        try (PatternFile patterns = open()) {
            assertThat(patterns.units()).isEqualTo(90);
            assertThat(patterns.summary()).isEqualTo("90 neurons, 2 slacks");
            assertThat(patterns.content().layers()).extracting(PatternFile.LayerLayout::offset).containsExactly(0, 20);
            assertThat(patterns.content().labelSource()).isEqualTo("provided");
            assertThat(patterns.set(Exact.parse("5e-2"))).isPresent();
            assertThat(patterns.set(Exact.parse("0.3"))).isEmpty();
            assertThat(patterns.set(Exact.parse("0.2")).orElseThrow().classes()).hasSize(4);
        }
    }

    @Test
    void belongsToTheModelItWasMinedOn() throws Exception {
        try (PatternFile patterns = open()) {
            assertThatCode(() -> patterns.requireModel(NETWORK.sha256())).doesNotThrowAnyException();
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> patterns.requireModel("f".repeat(64)))
                    .withMessageContaining("mined on another model")
                    .withMessageContaining("patterns.json");
        }
    }

    @Test
    void isFoundByTheServiceLoaderAndRecognisedByItsSchema() throws Exception {
        assertThat(ServiceLoader.load(InputKind.class)).anyMatch(k -> k instanceof PatternFileKind);
        assertThat(new PatternFileKind().recognises(Location.of(file))).isTrue();
        Path other = Files.writeString(folder.resolve("other.json"), "{\"schema\":\"assay.result/1\"}");
        assertThat(new PatternFileKind().recognises(Location.of(other))).isFalse();
        assertThat(new PatternFileKind().recognises(Location.of(folder))).isFalse();
        assertThat(new PatternFileKind().recognises(Location.of(folder.resolve("absent.json")))).isFalse();
    }

    @Test
    void aFileCutShortAnywhereIsRefusedWithOneSentence() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 97)) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(this::open)
                    .as("cut after " + length + " bytes")
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("patterns.json: ")
                    .hasMessageNotContaining("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{\"schema\":\"assay.nap/2\"}",
                "{\"schema\":\"assay.nap/1\"}",
                "{\"schema\":\"assay.nap/1\",\"modelSha256\":\"a\",\"layers\":[{\"name\":\"r\",\"width\":4,\"offset\":1}],"
                        + "\"sets\":[]}",
                "{\"schema\":\"assay.nap/1\",\"modelSha256\":\"a\",\"layers\":[{\"name\":\"r\",\"width\":4,\"offset\":0}],"
                        + "\"sets\":[{\"slack\":\"x\",\"classes\":[]}]}",
                "{\"schema\":\"assay.nap/1\",\"modelSha256\":\"a\",\"layers\":[{\"name\":\"r\",\"width\":4,\"offset\":0}],"
                        + "\"sets\":[{\"slack\":\"0\",\"classes\":[{\"class\":\"0\",\"support\":1,\"active\":[4],"
                        + "\"inactive\":[]}]}]}",
                "{\"schema\":\"assay.nap/1\",\"modelSha256\":\"a\",\"layers\":[{\"name\":\"r\",\"width\":4,\"offset\":0}],"
                        + "\"sets\":[{\"slack\":\"0\",\"classes\":[{\"class\":\"0\",\"support\":1,\"active\":[1],"
                        + "\"inactive\":[0,1]}]}]}",
                "{\"schema\":\"assay.nap/1\",\"modelSha256\":\"a\",\"layers\":[{\"name\":\"r\",\"width\":4,\"offset\":0}],"
                        + "\"sets\":[{\"slack\":\"0\",\"classes\":[{\"class\":\"0\",\"support\":1,\"active\":[2,1],"
                        + "\"inactive\":[]}]}]}",
            })
    void nonsenseIsRefused(String content) throws Exception {
        Files.writeString(file, content);
        assertThatThrownBy(this::open).isInstanceOf(InputException.class).hasMessageStartingWith("patterns.json: ");
    }

    @Test
    void aMissingFileIsSaid() {
        assertThatThrownBy(() -> new PatternFileKind().open(Location.of(folder.resolve("no.json"))))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("no such file");
    }
}
