package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.csv.CsvKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSamplesTest {

    @TempDir
    Path folder;

    private List<Input> offered(String options, String... labels) throws Exception {
        StringBuilder table = new StringBuilder();
        for (String label : labels) {
            table.append("0.5,".repeat(64)).append(label).append('\n');
        }
        Path file = Files.writeString(folder.resolve("table.csv"), table);
        try (Dataset data = new CsvKind().open(Location.parse(file + "?label=last" + options))) {
            return new DatasetSamples(data).networks(List.of(new FakeModel(1, true)));
        }
    }

    @Test
    void aNetworkIsOfferedWhereItsOutputsAreTheClasses() throws Exception {
        String[] all = IntStream.range(0, 16).mapToObj(c -> "class " + c).toArray(String[]::new);
        assertThat(offered("", all)).hasSize(1);
        assertThat(offered("", "3", "1")).as("numbers are outputs").hasSize(1);
        assertThat(offered("&classes=" + String.join(",", all), "class 7", "class 1")).hasSize(1);
    }

    @Test
    void aNetworkWhoseOutputsMayBeOtherClassesIsNotOffered() throws Exception {
        assertThat(offered("", "cat", "dog")).isEmpty();
        assertThat(offered("", "3", "16")).isEmpty();
    }
}
