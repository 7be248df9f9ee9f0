package dev.assay.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzKindTest {

    private static final byte[] SAMPLES = NpyFiles.floats("3, 2", 1, 2, 3, 4, 5, 6);
    private static final byte[] LABELS = NpyFiles.labels(1, 0, 1);

    @TempDir
    Path folder;

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("a.npz"), content);
    }

    private static Map<String, byte[]> arrays(Object... namesAndArrays) {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        for (int i = 0; i < namesAndArrays.length; i += 2) {
            arrays.put((String) namesAndArrays[i], (byte[]) namesAndArrays[i + 1]);
        }
        return arrays;
    }

    private static Dataset open(Path file, String... options) throws InputException {
        return new NpzKind()
                .open(
                        options.length == 0
                                ? Location.of(file)
                                : Location.parse(file + "?" + String.join("&", options)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsStoredAndDeflatedMembers(boolean deflate) throws Exception {
        Path file = write(NpyFiles.zip(deflate, arrays("x", SAMPLES, "y", LABELS)));
        try (Dataset dataset = open(file)) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(Reading.all(dataset).labels()).containsExactly(1, 0, 1);
            assertThat(dataset.sample(1).values()).containsExactly(3, 4);
            assertThat(dataset.sample(1).label()).isZero();
            assertThat(Reading.from(dataset, 2, 5).values()).containsExactly(5, 6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "images, labels", "x_train, y_train", "train_images, train_labels", "data, target", "X, Y", "arr_0, arr_1"
    })
    void findsArraysByTheirUsualNames(String samples, String labels) throws Exception {
        Path file = write(NpyFiles.zip(true, arrays("other", LABELS, labels, LABELS, samples, SAMPLES)));
        try (Dataset dataset = open(file)) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(dataset.labelled()).isTrue();
        }
    }

    @Test
    void splitsAreToldApart() throws Exception {
        byte[] test = NpyFiles.floats("1, 2", 7, 8);
        Path file = write(NpyFiles.zip(
                true,
                arrays("x_train", SAMPLES, "y_train", LABELS, "x_test", test, "y_test", NpyFiles.labels(0))));
        try (Dataset whole = open(file);
                Dataset held = open(file, "split=test")) {
            assertThat(whole.size()).isEqualTo(3);
            assertThat(Reading.all(held).values()).containsExactly(7, 8);
            assertThat(held.labelled()).isTrue();
        }
        assertThatThrownBy(() -> open(file, "split=val")).hasMessageContaining("x_train, y_train, x_test, y_test");
    }

    @Test
    void arraysMayBeNamed() throws Exception {
        Path file = write(NpyFiles.zip(true, arrays("a", SAMPLES, "b", LABELS)));
        try (Dataset dataset = open(file, "x=a.npy", "y=b")) {
            assertThat(dataset.classCounts()).containsExactly(1, 2);
        }
        try (Dataset dataset = open(file, "x=a", "y=none")) {
            assertThat(dataset.labelled()).isFalse();
        }
        assertThatThrownBy(() -> open(file)).hasMessageContaining("there are a, b");
        assertThatThrownBy(() -> open(file, "x=c")).hasMessageContaining("the archive holds a, b");
    }

    @Test
    void classesMayHaveNames() throws Exception {
        Path file = write(NpyFiles.zip(true, arrays("x", SAMPLES, "y", LABELS)));
        Files.writeString(folder.resolve("names.txt"), "no\nyes\nnever\n");
        try (Dataset dataset = open(file, "classes=names.txt")) {
            assertThat(dataset.classes()).containsExactly("no", "yes", "never");
            assertThat(dataset.files()).containsExactly(file, folder.resolve("names.txt"));
        }
        Files.writeString(folder.resolve("names.txt"), "no\n");
        assertThatThrownBy(() -> open(file, "classes=names.txt")).hasMessageContaining("label 1 of sample 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n\nb\n", "a\na\n"})
    void aListOfNamesWithGapsOrTwinsIsRefused(String names) throws Exception {
        Path file = write(NpyFiles.zip(true, arrays("x", SAMPLES, "y", LABELS)));
        Files.writeString(folder.resolve("names.txt"), names);
        assertThatThrownBy(() -> open(file, "classes=names.txt"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("names.txt");
    }

    @Test
    void aSingleArrayNeedsNoName() throws Exception {
        try (Dataset dataset = open(write(NpyFiles.zip(true, arrays("pixels", SAMPLES))))) {
            assertThat(dataset.size()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.npy", "/x.npy", "a/../../x.npy", "..\\x.npy", "C:\\x.npy", "x\0y.npy"})
    void namesThatLeadOutOfTheArchiveAreRefused(String name) throws Exception {
        Path file = write(NpyFiles.zip(true, arrays(name, SAMPLES)));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leads out");
    }

    @Test
    void twoArraysOfOneNameAreRefused() throws Exception {
        byte[] zip = NpyFiles.zip(false, arrays("x1", SAMPLES, "x2", SAMPLES));
        String text = new String(zip, StandardCharsets.ISO_8859_1).replace("x2.npy", "x1.npy");
        Path file = write(text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> open(file)).isInstanceOf(InputException.class).hasMessageContaining("two arrays");
    }

    @Test
    void pickledObjectsAreRefused() throws Exception {
        Path file = write(NpyFiles.zip(true, arrays("x", NpyFiles.array("|O", false, "3,", new byte[24]))));
        assertThatThrownBy(() -> open(file)).hasMessageContaining("never unpickled");
    }

    @Test
    void anArrayShorterThanItsHeaderSaysIsRefused() throws Exception {
        Path file = write(NpyFiles.zip(true, arrays("x", NpyFiles.array("<f4", false, "9, 9", new byte[8]))));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("array x")
                .hasMessageContaining("header declares");
    }

    @Test
    void anArrayOfAbsurdSizeIsRefused() throws Exception {
        Path file = write(
                NpyFiles.zip(true, arrays("x", NpyFiles.array("<f4", false, "99999999999, 784", new byte[8]))));
        assertThatThrownBy(() -> open(file)).isInstanceOf(InputException.class).hasMessageContaining("declares");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutShortAtAnyByteIsAnInputException(boolean deflate) throws Exception {
        byte[] whole = NpyFiles.zip(deflate, arrays("x", SAMPLES, "y", LABELS));
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> open(file).close())
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOf(InputException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyByteChangedIsReadOrAnInputException(boolean deflate) throws Exception {
        byte[] whole = NpyFiles.zip(deflate, arrays("x", SAMPLES, "y", LABELS));
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x11;
            try (Dataset dataset = open(write(changed))) {
                Reading.all(dataset);
                dataset.sample(2);
            } catch (InputException e) {
                assertThat(e.getMessage()).contains("a.npz");
            }
        }
    }

    @Test
    void aChangedValueIsFoundByTheChecksum() throws Exception {
        byte[] zip = NpyFiles.zip(false, arrays("x", SAMPLES));
        int at = new String(zip, StandardCharsets.ISO_8859_1).indexOf("NUMPY") + 130;
        zip[at] ^= 1;
        try (Dataset dataset = open(write(zip))) {
            assertThatThrownBy(() -> Reading.all(dataset))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("checksum");
            assertThatThrownBy(() -> dataset.sample(0)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void readingAfterClosingIsAnInputException() throws Exception {
        Dataset dataset = open(write(NpyFiles.zip(true, arrays("x", SAMPLES))));
        dataset.close();
        try (BatchReader reader = dataset.read(0, 1)) {
            assertThatThrownBy(() -> reader.next(Reading.buffer(dataset, 1), new int[1]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("closed");
        }
    }

    /** One 1 in each row is a class, not a set of labels. */
    @Test
    void classesMayBeWrittenAsColumns() throws Exception {
        byte[] columns = NpyFiles.floats("3, 4", 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0);
        Path file = write(NpyFiles.zip(true, arrays("x", SAMPLES, "y", columns)));
        try (Dataset dataset = open(file)) {
            assertThat(dataset.labelled()).isTrue();
            assertThat(dataset.classes()).containsExactly("0", "1", "2", "3");
            assertThat(Reading.all(dataset).labels()).containsExactly(2, 0, 2);
            assertThat(dataset.labelSets()).isEmpty();
        }
        try (Dataset named = open(file, "classes=1,2,3,4")) {
            assertThat(Reading.all(named).labels()).containsExactly(2, 0, 2);
            assertThat(named.classes()).containsExactly("1", "2", "3", "4");
        }
        assertThatThrownBy(() -> open(file, "classes=a,b,c")).hasMessageContaining("4 columns for 3 class names");
        byte[] several = NpyFiles.floats("3, 4", 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0);
        try (Dataset sets = open(write(NpyFiles.zip(true, arrays("x", SAMPLES, "y", several))))) {
            assertThat(sets.labelled()).isFalse();
            assertThat(sets.labelSets()).isPresent();
        }
    }

    @Test
    void labelsThatCountFromOneAreFoundByNumber() throws Exception {
        Path file = write(NpyFiles.zip(true, arrays("x", SAMPLES, "y", NpyFiles.labels(1, 3, 2))));
        try (Dataset dataset = open(file, "classes=1,2,3")) {
            assertThat(Reading.all(dataset).labels()).containsExactly(0, 2, 1);
            assertThat(dataset.sample(1).label()).isEqualTo(2);
        }
        try (Dataset words = open(file, "classes=none,cat,dog,cow")) {
            assertThat(Reading.all(words).labels()).containsExactly(1, 3, 2);
        }
        assertThatThrownBy(() -> open(file, "classes=1,2"))
                .hasMessageContaining("the label 3 of sample 1 is not among the classes");
    }

    @ParameterizedTest
    @CsvSource({"<U5, UTF-32LE", ">U5, UTF-32BE", "|S5, UTF-8"})
    void labelsMayBeTexts(String type, String letters) throws Exception {
        Path file = write(NpyFiles.zip(true, arrays("x", SAMPLES, "y", texts(type, letters, "dog", "whale", "dog"))));
        try (Dataset dataset = open(file)) {
            assertThat(dataset.classes()).containsExactly("dog", "whale");
            assertThat(Reading.all(dataset).labels()).containsExactly(0, 1, 0);
        }
        try (Dataset named = open(file, "classes=whale,cat,dog")) {
            assertThat(named.classes()).containsExactly("whale", "cat", "dog");
            assertThat(Reading.all(named).labels()).containsExactly(2, 0, 2);
        }
        assertThatThrownBy(() -> open(file, "classes=cat,dog")).hasMessageContaining("'whale' of sample 1");
        Path numbers = write(NpyFiles.zip(true, arrays("x", SAMPLES, "y", texts(type, letters, "3", "0", "1"))));
        try (Dataset dataset = open(numbers)) {
            assertThat(dataset.classes()).hasSize(4);
            assertThat(Reading.all(dataset).labels()).containsExactly(3, 0, 1);
        }
        Path few = write(NpyFiles.zip(true, arrays("x", SAMPLES, "y", texts(type, letters, "a", "b"))));
        assertThatThrownBy(() -> open(few)).hasMessageContaining("2 labels for 3 samples");
    }

    private static byte[] texts(String type, String letters, String... texts) {
        int bytes = type.contains("U") ? 20 : 5;
        byte[] values = new byte[texts.length * bytes];
        for (int i = 0; i < texts.length; i++) {
            byte[] text = texts[i].getBytes(java.nio.charset.Charset.forName(letters));
            System.arraycopy(text, 0, values, i * bytes, text.length);
        }
        return NpyFiles.array(type, false, texts.length + ",", values);
    }
}
