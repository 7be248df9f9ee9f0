package dev.assay.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Picture;
import dev.assay.data.Dataset;
import dev.assay.data.IdxFiles;
import dev.assay.data.Reading;
import dev.assay.data.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxKindTest {

    private final IdxKind kind = new IdxKind();

    @TempDir
    Path folder;

    private Dataset open(Path file, String... options) throws InputException {
        Location location = Location.of(file);
        return kind.open(
                options.length == 0 ? location : Location.parse(file + "?" + String.join("&", options)));
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsWhatWasWritten(boolean gzip) throws Exception {
        Path file = IdxFiles.write(folder, 20, 3, 5, 4, gzip);
        byte[] pixels = IdxFiles.pixels(20 * 15);
        try (Dataset dataset = open(file)) {
            assertThat(dataset.size()).isEqualTo(20);
            assertThat(dataset.sampleShape()).containsExactly(1, 3, 5);
            assertThat(dataset.classes()).containsExactly("0", "1", "2", "3");
            assertThat(dataset.classCounts()).containsExactly(5, 5, 5, 5);
            assertThat(dataset.files()).hasSize(2);
            Reading.Content content = Reading.all(dataset);
            float[] values = content.values();
            for (int i = 0; i < pixels.length; i++) {
                assertThat(values[i]).isEqualTo((pixels[i] & 0xFF) / 255f);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(content.labels().get(i)).isEqualTo(i % 4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void singleSamplesEqualThoseOfTheStream(boolean gzip) throws Exception {
        Path file = IdxFiles.write(folder, 20, 3, 5, 4, gzip);
        try (Dataset dataset = open(file)) {
            Reading.Content content = Reading.all(dataset);
            for (int i : new int[] {19, 0, 7, 7}) {
                Sample sample = dataset.sample(i);
                assertThat(sample.values()).isEqualTo(content.samples().get(i));
                assertThat(sample.label()).isEqualTo(i % 4);
            }
            // after a single sample the whole is unpacked; the stream is the same
            assertThat(Reading.all(dataset).values()).isEqualTo(content.values());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsFromAnySampleOn(boolean gzip) throws Exception {
        Path file = IdxFiles.write(folder, 20, 3, 5, 4, gzip);
        try (Dataset dataset = open(file)) {
            Reading.Content all = Reading.all(dataset);
            assertThat(Reading.from(dataset, 13, 3).samples())
                    .usingRecursiveComparison()
                    .isEqualTo(all.samples().subList(13, 20));
            assertThat(Reading.from(dataset, 20, 3).samples()).isEmpty();
        }
    }

    @Test
    void aPictureShowsTheStoredBytes() throws Exception {
        Path file = IdxFiles.write(folder, 4, 3, 5, 4, false);
        try (Dataset dataset = open(file, "mean=0.5", "std=0.1")) {
            Picture picture = dataset.sample(2).picture().orElseThrow();
            assertThat(picture.width()).isEqualTo(5);
            assertThat(picture.height()).isEqualTo(3);
            byte[] expected = new byte[15];
            System.arraycopy(IdxFiles.pixels(60), 30, expected, 0, 15);
            assertThat(picture.pixels()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x09, 1, -128", "0x0B, 2, -129", "0x0C, 4, -70000", "0x0D, 4, 1.5", "0x0E, 8, -2.25"})
    void readsEveryTypeOfValue(String code, int bytes, double value) throws Exception {
        ByteBuffer values = ByteBuffer.allocate(2 * bytes);
        for (int i = 0; i < 2; i++) {
            switch (code) {
                case "0x09" -> values.put((byte) value);
                case "0x0B" -> values.putShort((short) value);
                case "0x0C" -> values.putInt((int) value);
                case "0x0D" -> values.putFloat((float) value);
                default -> values.putDouble(value);
            }
        }
        Path file = write("x.idx", IdxFiles.array(Integer.decode(code), new int[] {2, 1}, values.array()));
        try (Dataset dataset = open(file)) {
            assertThat(Reading.all(dataset).values()).containsExactly((float) value, (float) value);
            assertThat(dataset.labelled()).isFalse();
            assertThat(dataset.preprocessing()).isEqualTo("values as stored");
        }
    }

    @Test
    void colourImagesOfFourDimensionsAreTurnedChannelsFirst() throws Exception {
        Path file = write("x.idx", IdxFiles.bytes(new int[] {1, 8, 8, 3}, IdxFiles.pixels(192)));
        try (Dataset dataset = open(file, "scale=1")) {
            assertThat(dataset.sampleShape()).containsExactly(3, 8, 8);
            byte[] pixels = IdxFiles.pixels(192);
            float[] values = dataset.sample(0).values();
            assertThat(values[64 * 2 + 9]).isEqualTo(pixels[9 * 3 + 2] & 0xFF);
        }
    }

    @Test
    void labelsAreFoundWithDotsAndWithoutCompression() throws Exception {
        Path file = write("t10k-images.idx3-ubyte.gz", IdxFiles.gzip(IdxFiles.bytes(new int[] {2, 1, 1}, new byte[2])));
        write("t10k-labels.idx1-ubyte", IdxFiles.bytes(new int[] {2}, new byte[] {0, 2}));
        try (Dataset dataset = open(file)) {
            assertThat(dataset.classCounts()).containsExactly(1, 0, 1);
        }
    }

    @Test
    void labelsMayBeNamed() throws Exception {
        Path file = write("pictures", IdxFiles.bytes(new int[] {2, 1, 1}, new byte[2]));
        write("answers", IdxFiles.bytes(new int[] {2}, new byte[] {1, 0}));
        try (Dataset dataset = open(file, "labels=answers")) {
            assertThat(Reading.all(dataset).labels()).containsExactly(1, 0);
        }
    }

    @Test
    void labelsMayBeLeftOut() throws Exception {
        try (Dataset dataset = open(IdxFiles.write(folder, 4, 1, 1, 2, false), "labels=none")) {
            assertThat(dataset.labelled()).isFalse();
            assertThat(dataset.classCounts()).isEmpty();
            assertThat(Reading.all(dataset).labels()).containsOnly(-1);
            assertThat(dataset.summary()).endsWith("no labels");
        }
    }

    @Test
    void severalLabelsFilesAreNotGuessedAmong() throws Exception {
        Path file = write("a-images-x", IdxFiles.bytes(new int[] {1, 1, 1}, new byte[1]));
        write("a-labels-fine", IdxFiles.bytes(new int[] {1}, new byte[1]));
        write("a-labels-coarse", IdxFiles.bytes(new int[] {1}, new byte[1]));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a-labels-coarse, a-labels-fine");
    }

    @Test
    void classesGetTheNamesOfTheListBesideThem() throws Exception {
        Path file = IdxFiles.write(folder, 4, 1, 1, 2, false);
        Files.writeString(folder.resolve("train-classes.txt"), "cat\ndog\nbird\n\n");
        try (Dataset dataset = open(file)) {
            assertThat(dataset.classes()).containsExactly("cat", "dog", "bird");
            assertThat(dataset.classCounts()).containsExactly(2, 2, 0);
            assertThat(dataset.files()).hasSize(3);
        }
    }

    @Test
    void aLabelWithoutANameIsRefused() throws Exception {
        Path file = IdxFiles.write(folder, 4, 1, 1, 3, false);
        Files.writeString(folder.resolve("names.txt"), "cat\ndog\n");
        assertThatThrownBy(() -> open(file, "classes=names.txt"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("label 2 of sample 2 is outside 0..1");
    }

    @Test
    void negativeLabelsAreRefused() throws Exception {
        Path file = write("x-images", IdxFiles.bytes(new int[] {2, 1, 1}, new byte[2]));
        write("x-labels", IdxFiles.array(0x09, new int[] {2}, new byte[] {0, -1}));
        assertThatThrownBy(() -> open(file)).isInstanceOf(InputException.class).hasMessageContaining("label -1");
    }

    @Test
    void fewerLabelsThanSamplesAreRefused() throws Exception {
        Path file = write("x-images", IdxFiles.bytes(new int[] {3, 1, 1}, new byte[3]));
        write("x-labels", IdxFiles.bytes(new int[] {2}, new byte[2]));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 labels for the 3 samples");
    }

    @Test
    void imagesGivenAsLabelsAreRefused() throws Exception {
        Path file = IdxFiles.write(folder, 4, 2, 2, 2, false);
        assertThatThrownBy(() -> open(file, "labels=" + file.getFileName()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no file of labels");
    }

    @Test
    void aLabelsFileIsNoDataset() throws Exception {
        IdxFiles.write(folder, 4, 2, 2, 2, false);
        assertThatThrownBy(() -> open(folder.resolve("train-labels-idx1-ubyte")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("name the file of images");
    }

    @Test
    void unknownOptionsAreNamedWithThoseThatAreKnown() throws Exception {
        Path file = IdxFiles.write(folder, 4, 2, 2, 2, false);
        assertThatThrownBy(() -> open(file, "skale=2"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'skale'")
                .hasMessageContaining("channels, classes, flatten, holdout, labels, layout, mean, part");
    }

    @Test
    void recognisesBothFormsAndNothingElse() throws Exception {
        assertThat(kind.recognises(Location.of(IdxFiles.write(folder, 1, 1, 1, 1, false)))).isTrue();
        assertThat(kind.recognises(Location.of(IdxFiles.write(folder, 1, 1, 1, 1, true)))).isTrue();
        assertThat(kind.recognises(Location.of(write("a.txt", "hello".getBytes())))).isFalse();
        assertThat(kind.recognises(Location.of(write("empty", new byte[0])))).isFalse();
        assertThat(kind.recognises(Location.of(folder))).isFalse();
        assertThat(kind.recognises(Location.of(folder.resolve("missing")))).isFalse();
    }

    @Test
    void everyOptionIsListedOnce() {
        assertThat(kind.options()).extracting(option -> option.name()).doesNotHaveDuplicates().contains("labels");
        assertThat(kind.options()).allSatisfy(option -> {
            assertThat(option.label()).isNotBlank();
            assertThat(option.help()).isNotBlank();
        });
    }

    @Test
    void optionsCombineWithShape() throws Exception {
        Path file = IdxFiles.write(folder, 4, 2, 6, 2, false);
        try (Dataset dataset = kind.open(new Location(file, Map.of("shape", "3x2x2", "flatten", "true")))) {
            assertThat(dataset.sampleShape()).containsExactly(12);
            assertThat(dataset.sample(0).picture().orElseThrow().channels()).isEqualTo(3);
        }
    }
}
