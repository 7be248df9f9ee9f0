package dev.assay.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyKindTest {

    @TempDir
    Path folder;

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static Dataset open(Path file, String... options) throws InputException {
        return new NpyKind()
                .open(
                        options.length == 0
                                ? Location.of(file)
                                : Location.parse(file + "?" + String.join("&", options)));
    }

    @Test
    void readsSamplesWithTheLabelsBesideThem() throws Exception {
        Path x = write("X_train.npy", NpyFiles.floats("3, 2", 1, 2, 3, 4, 5, 6));
        write("y_train.npy", NpyFiles.labels(1, 0, 1));
        try (Dataset dataset = open(x)) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(Reading.all(dataset).labels()).containsExactly(1, 0, 1);
            assertThat(dataset.classCounts()).containsExactly(1, 2);
            assertThat(dataset.files()).hasSize(2);
            assertThat(dataset.sample(2).values()).containsExactly(5, 6);
        }
    }

    @ParameterizedTest
    @CsvSource({"images.npy, labels.npy", "train_images.npy, train_labels.npy", "x.npy, y.npy", "X.npy, Y.npy",
        "test-x.npy, test-y.npy"})
    void findsLabelsByTheirUsualNames(String samples, String labels) throws Exception {
        Path x = write(samples, NpyFiles.floats("2, 1", 1, 2));
        write(labels, NpyFiles.labels(0, 1));
        try (Dataset dataset = open(x)) {
            assertThat(dataset.labelled()).isTrue();
        }
    }

    @Test
    void aLetterWithinAWordIsNoUsualName() throws Exception {
        Path x = write("extra.npy", NpyFiles.floats("2, 1", 1, 2));
        write("eytra.npy", NpyFiles.labels(0, 1));
        try (Dataset dataset = open(x)) {
            assertThat(dataset.labelled()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "u1, 1", "i1, 1", "b1, 1", "<i2, 2", ">i2, 2", "<u2, 2", "<i4, 4", ">i4, 4", "<u4, 4", "<i8, 8", ">i8, 8",
        "<u8, 8", "<f2, 2", ">f2, 2", "<f4, 4", ">f4, 4", "<f8, 8", ">f8, 8", "|u1, 1", "|b1, 1"
    })
    void readsEveryTypeInBothOrders(String descr, int width) throws Exception {
        ByteBuffer values = ByteBuffer.allocate(2 * width)
                .order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            switch (descr.replaceAll("[<>|]", "")) {
                case "u1", "i1", "b1" -> values.put((byte) i);
                case "i2", "u2" -> values.putShort((short) i);
                case "i4", "u4" -> values.putInt(i);
                case "i8", "u8" -> values.putLong(i);
                case "f2" -> values.putShort(Float.floatToFloat16(i));
                case "f4" -> values.putFloat(i);
                default -> values.putDouble(i);
            }
        }
        Path file = write("a.npy", NpyFiles.array(descr, false, "2,", values.array()));
        try (Dataset dataset = open(file)) {
            assertThat(dataset.sampleShape()).containsExactly(1);
            assertThat(Reading.all(dataset).values()).containsExactly(0f, 1f);
        }
    }

    @Property(tries = 30)
    void fortranOrderIsTheSameDataset(
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 1, max = 5) int height,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(min = 1, max = 9) int batch)
            throws Exception {
        float[] rows = new float[count * height * width];
        float[] columns = new float[rows.length];
        for (int i = 0; i < count; i++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    float value = i * 100 + y * 10 + x;
                    rows[(i * height + y) * width + x] = value;
                    columns[i + count * (y + height * x)] = value;
                }
            }
        }
        String shape = count + ", " + height + ", " + width;
        Path c = Files.createTempFile("rows", ".npy");
        Path f = Files.createTempFile("columns", ".npy");
        try {
            Files.write(c, NpyFiles.floats(shape, rows));
            byte[] columnMajor = NpyFiles.floats(shape, columns);
            Files.write(f, NpyFiles.array("<f4", true, shape, tail(columnMajor, 4 * rows.length)));
            try (Dataset plain = open(c);
                    Dataset transposed = open(f)) {
                assertThat(Reading.from(transposed, 0, batch).values())
                        .isEqualTo(Reading.from(plain, 0, batch).values());
                assertThat(transposed.sample(count - 1L).values())
                        .isEqualTo(plain.sample(count - 1L).values());
                assertThat(Reading.from(transposed, count / 2, 3).values())
                        .isEqualTo(Reading.from(plain, count / 2, 3).values());
            }
        } finally {
            Files.delete(c);
            Files.delete(f);
        }
    }

    private static byte[] tail(byte[] bytes, int length) {
        return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
    }

    @Test
    void laterVersionsHaveLongerHeaders() throws Exception {
        byte[] one = NpyFiles.floats("1, 2", 3, 4);
        byte[] two = new byte[one.length + 2];
        System.arraycopy(one, 0, two, 0, 10);
        two[6] = 2;
        System.arraycopy(one, 10, two, 12, one.length - 10);
        try (Dataset dataset = open(write("a.npy", two))) {
            assertThat(Reading.all(dataset).values()).containsExactly(3, 4);
        }
    }

    @Test
    void imagesOfBytesAreDividedBy255() throws Exception {
        Path file = write("a.npy", NpyFiles.array("|u1", false, "1, 2, 2", new byte[] {0, 51, 102, -1}));
        try (Dataset dataset = open(file)) {
            assertThat(dataset.sampleShape()).containsExactly(1, 2, 2);
            assertThat(Reading.all(dataset).values()).containsExactly(0, 51 / 255f, 102 / 255f, 1);
        }
    }

    @Test
    void picturesOfFractionsSpanZeroToOne() throws Exception {
        Path file = write("a.npy", NpyFiles.floats("1, 2, 2", 0, 0.5f, 1, Float.NaN));
        try (Dataset dataset = open(file)) {
            assertThat(dataset.sample(0).picture().orElseThrow().pixels()).containsExactly(0, -128, -1, 0);
        }
    }

    @Test
    void pickledObjectsAreRefused() throws Exception {
        Path file = write("a.npy", NpyFiles.array("|O", false, "3,", new byte[24]));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("never unpickled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock = """
                    {'descr': '<c8', 'fortran_order': False, 'shape': (2,)}            | type '<c8'
                    {'descr': '<U5', 'fortran_order': False, 'shape': (2,)}            | type '<U5'
                    {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}   | fields of several types
                    {'descr': '<f4', 'fortran_order': False, 'shape': ()}              | single number
                    {'descr': '<f4', 'fortran_order': False, 'shape': (0, 2)}          | no samples
                    {'descr': '<f4', 'fortran_order': False, 'shape': (2, 0)}          | dimension 2 is 0
                    {'descr': '<f4', 'shape': (2,)}                                    | does not name
                    {'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999)} | cannot be
                    {'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)} | shape
                    {'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 2)} | cannot be
                    nonsense                                                           | does not name
                    """)
    void whatIsNoPlainArrayIsRefusedInWords(String header, String words) throws Exception {
        Path file = write("a.npy", NpyFiles.raw(header, new byte[16]));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.npy")
                .hasMessageContaining(words);
    }

    @Test
    void labelsThatDoNotFitAreRefused() throws Exception {
        Path x = write("x.npy", NpyFiles.floats("2, 1", 1, 2));
        write("y.npy", NpyFiles.labels(0, 1, 2));
        assertThatThrownBy(() -> open(x)).hasMessageContaining("3 labels for 2 samples");
        write("y.npy", NpyFiles.floats("2, 2", 1, 0, 0, 1));
        assertThatThrownBy(() -> open(x)).hasMessageContaining("2 numbers per sample");
        write("y.npy", NpyFiles.floats("2,", 0.5f, 1));
        assertThatThrownBy(() -> open(x)).hasMessageContaining("label of sample 0 is no class");
        write("y.npy", NpyFiles.labels(0, 1L << 40));
        assertThatThrownBy(() -> open(x)).hasMessageContaining("is outside");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutShortAtAnyByteIsAnInputException(boolean fortran) throws Exception {
        byte[] values = new byte[4 * 12];
        byte[] whole = NpyFiles.array("<f4", fortran, "3, 4", values);
        for (int length = 0; length < whole.length; length++) {
            Path file = write("a.npy", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> {
                try (Dataset dataset = open(file)) {
                    Reading.all(dataset);
                }
            })
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void anyByteOfTheHeaderChangedIsReadOrAnInputException() throws Exception {
        byte[] whole = NpyFiles.array("<f4", true, "3, 4", new byte[48]);
        for (int at = 0; at < whole.length - 48; at++) {
            for (int flip : new int[] {1, 4, 0x10, 0x80}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) flip;
                try (Dataset dataset = open(write("a.npy", changed))) {
                    Reading.all(dataset);
                } catch (InputException e) {
                    assertThat(e.getMessage()).contains("a.npy");
                }
            }
        }
    }

    /** An array is told by its first bytes, whatever its name ends with. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "train_images", "data"})
    void aNameNeedsNoEnding(String name) throws Exception {
        Path x = write(name, NpyFiles.floats("2, 1", 1, 2));
        assertThat(new NpyKind().recognises(Location.of(x))).isTrue();
        try (Dataset dataset = open(x)) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2);
        }
    }
}
