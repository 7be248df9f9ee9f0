package dev.assay.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back. */
class NpzWriterTest {

    @TempDir
    Path folder;

    @Test
    void embeddingsAndLabelsComeBack() throws Exception {
        int rows = 9000;
        float[] values = new float[rows * 3];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = i % 4;
            values[i * 3] = i;
            values[i * 3 + 1] = -i / 7f;
            values[i * 3 + 2] = 1e-20f * i;
        }
        Path file = folder.resolve("embeddings.npz");
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.add("embeddings", values, rows, 3);
            npz.add("labels", labels);
        }
        try (Dataset data = new NpzKind().open(Location.of(file))) {
            assertThat(data.size()).isEqualTo(rows);
            assertThat(data.sampleShape()).containsExactly(3);
            assertThat(data.sample(8999).label()).isEqualTo(3);
            assertThat(data.sample(8999).values()).containsExactly(8999, -8999 / 7f, 1e-20f * 8999);
        }
        assertThat(folder.toFile().list()).containsExactly("embeddings.npz");
    }

    @Test
    void anArchiveThatCannotTakeItsPlaceLeavesNothingBehind() throws Exception {
        Path file = folder.resolve("embeddings.npz");
        Files.createDirectories(file.resolve("in the way"));

        assertThatThrownBy(() -> {
            try (NpzWriter npz = new NpzWriter(file)) {
                npz.add("labels", new int[] {1, 2});
            }
        }).isInstanceOf(IOException.class);

        assertThat(folder.toFile().list()).containsExactly("embeddings.npz");
    }
}
