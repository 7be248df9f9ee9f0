package dev.assay.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

    @Test
    void optionsAreReadInOrderAndWrittenBack() throws Exception {
        Location location = Location.parse("data/images.idx?scale=255&mean=0.1307");

        assertThat(location.path()).isEqualTo(Path.of("data/images.idx"));
        assertThat(location.options()).containsExactly(
                java.util.Map.entry("scale", "255"), java.util.Map.entry("mean", "0.1307"));
        assertThat(location).hasToString("data/images.idx?scale=255&mean=0.1307");
    }

    @Test
    void aQuestionMarkInAnExistingFilesNameBelongsToThePath(@TempDir Path folder) throws Exception {
        Path odd = Files.createFile(folder.resolve("what?.csv"));

        assertThat(Location.parse(odd.toString())).isEqualTo(Location.of(odd));
    }

    @ParameterizedTest
    @CsvSource({
        "net.onnx, net", "train-images-idx3-ubyte.gz, train-images-idx3-ubyte", "table.csv.gz, table",
        "prop_0_0.03.vnnlib, prop_0_0.03", "mutag, mutag", ".hidden, .hidden", "v1.2, v1.2"})
    void aStemKeepsWhatTellsFilesApart(String name, String stem) {
        assertThat(Location.of(Path.of("folder", name)).stem()).isEqualTo(stem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv?label", "a.csv?=3", "a.csv?x=1&x=2"})
    void malformedOptionsAreExplained(String text) {
        assertThatThrownBy(() -> Location.parse(text)).isInstanceOf(InputException.class).hasMessageContaining(text);
    }
}
