package dev.assay.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.IdxFiles;
import dev.assay.data.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarKindTest {

    private final CifarKind kind = new CifarKind();

    @TempDir
    Path folder;

    /** Records whose pixels all have the number of the image, and whose labels count up from one. */
    private static byte[] records(int first, int count, int labelBytes) {
        byte[] bytes = new byte[count * (labelBytes + 3072)];
        for (int i = 0; i < count; i++) {
            int at = i * (labelBytes + 3072);
            Arrays.fill(bytes, at + labelBytes, at + labelBytes + 3072, (byte) (first + i));
            bytes[at] = (byte) ((first + i) % 10);
            if (labelBytes == 2) {
                bytes[at + 1] = (byte) ((first + i) % 100);
            }
        }
        return bytes;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Dataset open(Path path, Map<String, String> options) throws InputException {
        return kind.open(new Location(path, options));
    }

    @Test
    void aFolderIsReadFileAfterFile() throws Exception {
        write("data_batch_1.bin", records(0, 3, 1));
        write("data_batch_2.bin", records(3, 4, 1));
        write("test_batch.bin", records(50, 2, 1));
        write("readme.html", "x".getBytes());
        try (Dataset train = open(folder, Map.of("scale", "1"));
                Dataset test = open(folder, Map.of("scale", "1", "split", "test"))) {
            assertThat(train.size()).isEqualTo(7);
            assertThat(train.sampleShape()).containsExactly(3, 32, 32);
            Reading.Content content = Reading.all(train);
            for (int i = 0; i < 7; i++) {
                assertThat(content.samples().get(i)).containsOnly(i);
                assertThat(content.labels().get(i)).isEqualTo(i);
                assertThat(train.sample(i).values()).containsOnly(i);
            }
            assertThat(Reading.from(train, 5, 2).samples().getFirst()).containsOnly(5);
            assertThat(train.classCounts()).containsExactly(1, 1, 1, 1, 1, 1, 1, 0, 0, 0);
            assertThat(train.classes()).contains("airplane", "truck");
            assertThat(Reading.all(test).samples().getFirst()).containsOnly(50);
        }
    }

    @Test
    void aSubsetSkipsOverFiles() throws Exception {
        write("data_batch_1.bin", records(0, 3, 1));
        write("data_batch_2.bin", records(3, 3, 1));
        write("data_batch_3.bin", records(6, 3, 1));
        Map<String, String> part = Map.of("part", "test", "holdout", "0.4", "scale", "1");
        try (Dataset dataset = open(folder, part)) {
            Reading.Content content = Reading.all(dataset);
            for (int i = 0; i < content.samples().size(); i++) {
                assertThat(content.samples().get(i)).containsOnly(content.labels().get(i));
            }
            assertThat(content.labels()).isSorted().doesNotHaveDuplicates().hasSize(4);
        }
    }

    @Test
    void aSingleFileIsADataset() throws Exception {
        Path file = write("data_batch_1.bin", records(0, 3, 1));
        try (Dataset dataset = open(file, Map.of())) {
            assertThat(dataset.size()).isEqualTo(3);
            assertThat(dataset.preprocessing()).isEqualTo("value / 255, channels first");
        }
        assertThatThrownBy(() -> open(file, Map.of("split", "test"))).hasMessageContaining("name the folder");
    }

    @Test
    void planesAreRedGreenAndBlue() throws Exception {
        byte[] record = IdxFiles.pixels(3073);
        record[0] = 1;
        Path file = write("one.bin", record);
        try (Dataset dataset = open(file, Map.of("layout", "nhwc", "scale", "1"))) {
            assertThat(dataset.sampleShape()).containsExactly(32, 32, 3);
            float[] values = dataset.sample(0).values();
            byte[] pixels = dataset.sample(0).picture().orElseThrow().pixels();
            for (int p = 0; p < 1024; p++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(values[p * 3 + c]).isEqualTo(record[1 + c * 1024 + p] & 0xFF);
                    assertThat(pixels[p * 3 + c]).isEqualTo(record[1 + c * 1024 + p]);
                }
            }
        }
    }

    @Test
    void theHundredHasFineAndCoarseLabels() throws Exception {
        write("train.bin", records(40, 30, 2));
        write("test.bin", records(0, 5, 2));
        Files.write(
                folder.resolve("coarse_label_names.txt"),
                IntStream.range(0, 20).mapToObj(i -> "group" + i).toList());
        try (Dataset fine = open(folder, Map.of());
                Dataset coarse = open(folder, Map.of("target", "coarse"))) {
            assertThat(Reading.all(fine).labels().getFirst()).isEqualTo(40);
            assertThat(fine.classes()).hasSize(100);
            assertThat(Reading.all(coarse).labels().get(3)).isEqualTo(3);
            assertThat(coarse.classes()).hasSize(20).startsWith("group0");
        }
    }

    @Test
    void theVariantIsToldFromTheSize() throws Exception {
        try (Dataset dataset = open(write("other.bin", records(0, 3, 2)), Map.of())) {
            assertThat(dataset.classes()).hasSize(100);
        }
        assertThatThrownBy(() -> open(write("odd.bin", new byte[100]), Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no multiple of 3073 or 3074");
    }

    @Test
    void cutShortAtAnyByteIsAnInputException() throws Exception {
        byte[] whole = records(0, 2, 1);
        for (int length : new int[] {0, 1, 2, 3072, 3074, 3075, 6145}) {
            Path file = write("data_batch_1.bin", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> open(file, Map.of()))
                    .as("first %d bytes", length)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("data_batch_1.bin");
        }
    }

    @Test
    void aLabelOutsideTheClassesIsNamed() throws Exception {
        byte[] records = records(0, 3, 1);
        records[3073] = 10;
        Path file = write("data_batch_1.bin", records);
        try (Dataset dataset = open(file, Map.of())) {
            assertThatThrownBy(() -> Reading.all(dataset))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("label 10 of image 1");
            assertThatThrownBy(dataset::classCounts).isInstanceOf(InputException.class);
        }
    }

    @Test
    void aFolderWithoutTheSplitIsNamed() throws Exception {
        write("test_batch.bin", records(0, 1, 1));
        assertThatThrownBy(() -> open(folder, Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data_batch_*.bin");
    }

    @Test
    void recognisesFoldersAndFiles() throws Exception {
        assertThat(kind.recognises(Location.of(folder))).isFalse();
        Path file = write("data_batch_1.bin", records(0, 1, 1));
        assertThat(kind.recognises(Location.of(folder))).isTrue();
        assertThat(kind.recognises(Location.of(file))).isTrue();
        assertThat(kind.recognises(Location.of(write("x.bin", new byte[3074])))).isTrue();
        assertThat(kind.recognises(Location.of(write("y.bin", new byte[77])))).isFalse();
    }
}
