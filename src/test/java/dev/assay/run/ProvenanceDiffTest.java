package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceDiffTest {

    private static RunRequest request(String slack, long seed, String path) {
        return new RunRequest(
                "nap-mining", Map.of("train", List.of(Location.of(Path.of(path)))), Map.of("slack", slack), seed, "cpu",
                1);
    }

    private static Optional<Provenance> provenance(String hash, String java, Map<String, String> libraries) {
        InputStamp stamp = new InputStamp("train", Location.of(Path.of("a")), 1, hash, List.of());
        return Optional.of(new Provenance(
                "0.1", java, "Linux", "EPYC", libraries, List.of(stamp), "cpu", Instant.EPOCH, Optional.empty(),
                Map.of()));
    }

    @Test
    void theSameAgainDiffersInNothing() {
        var from = provenance("ab", "25", Map.of("onnxruntime", "1"));
        assertThat(ProvenanceDiff.between(request("0.1", 1, "a"), from, request("0.1", 1, "a"), from))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"1.0 1", "1.0E-12 1e-12", "0.10 .1", "0.0,1.0 0,1", "100.0 1e2"})
    void aNumberThatIsWrittenOtherwiseIsNoDifference(String before, String after) {
        assertThat(ProvenanceDiff.between(
                request(before, 1, "a"), Optional.empty(), request(after, 1, "a"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void changesOfTheRequestAreNamed() {
        assertThat(ProvenanceDiff.between(
                request("0.1", 1, "a"), Optional.empty(), request("0.2", 2, "b"), Optional.empty()))
                .containsExactly(
                        new ProvenanceDiff.Change("parameter slack", "0.1", "0.2"),
                        new ProvenanceDiff.Change("seed", "1", "2"),
                        new ProvenanceDiff.Change("input train, path", "a", "b"));
    }

    @Test
    void aChangedLabelsFileIsNamed() {
        var before = withLabels("01");
        var after = withLabels("02");
        assertThat(ProvenanceDiff.between(request("0.1", 1, "a"), before, request("0.1", 1, "a"), after))
                .containsExactly(new ProvenanceDiff.Change("input train, labels.gz", "sha256 01", "sha256 02"));
    }

    private static Optional<Provenance> withLabels(String hash) {
        Provenance from = provenance("ab", "25", Map.of()).orElseThrow();
        InputStamp stamp = new InputStamp(
                "train",
                Location.of(Path.of("a")),
                1,
                "ab",
                List.of(new InputStamp.FileStamp("a", 1, "ab"), new InputStamp.FileStamp("x/labels.gz", 1, hash)));
        return Optional.of(new Provenance(
                from.assay(), from.java(), from.os(), from.cpu(), from.libraries(), List.of(stamp), "cpu",
                from.started(), from.ended(), from.seconds()));
    }

    @Test
    void changesOfContentProgramAndLibrariesAreNamed() {
        assertThat(ProvenanceDiff.between(
                request("0.1", 1, "a"),
                provenance("ab", "25", new TreeMap<>(Map.of("onnxruntime", "1", "zlib", "3"))),
                request("0.1", 1, "a"),
                provenance("cd", "26", Map.of("onnxruntime", "2"))))
                .containsExactly(
                        new ProvenanceDiff.Change("input train, content", "sha256 ab", "sha256 cd"),
                        new ProvenanceDiff.Change("Java", "25", "26"),
                        new ProvenanceDiff.Change("library onnxruntime", "1", "2"),
                        new ProvenanceDiff.Change("library zlib", "3", ""));
    }
}
