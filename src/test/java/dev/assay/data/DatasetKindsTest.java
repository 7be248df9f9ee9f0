package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every dataset format, each with the same kind of file: 23 samples, 3 classes. */
class DatasetKindsTest {

    private static final int COUNT = 23;

    private static final Map<String, Path> WRITTEN = new HashMap<>();

    @TempDir
    static Path folder;

    static Stream<String> kinds() {
        return Stream.of("idx", "idx.gz", "cifar-binary", "npy", "npy-fortran", "npz", "csv", "image-folder");
    }

    private static InputKind kind(String name) {
        String id = name.startsWith("idx") ? "idx" : name.startsWith("npy") ? "npy" : name;
        return ServiceLoader.load(InputKind.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(k -> k.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Path file(String name) throws IOException {
        Path home = folder.resolve(name);
        if (!Files.exists(home)) {
            WRITTEN.put(name, write(name, Files.createDirectory(home)));
        }
        return WRITTEN.get(name);
    }

    private static Path write(String name, Path home) throws IOException {
        return switch (name) {
            case "idx" -> IdxFiles.write(home, COUNT, 4, 5, 3, false);
            case "idx.gz" -> IdxFiles.write(home, COUNT, 4, 5, 3, true);
            case "cifar-binary" -> Files.write(home.resolve("data_batch_1.bin"), cifar());
            case "npy" -> npy(home, false);
            case "npy-fortran" -> npy(home, true);
            case "npz" -> npz(home);
            case "csv" -> Files.writeString(home.resolve("table.csv"), csv());
            case "image-folder" -> images(home);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] cifar() {
        byte[] bytes = IdxFiles.pixels(COUNT * 3073);
        for (int i = 0; i < COUNT; i++) {
            bytes[i * 3073] = (byte) (i % 3);
        }
        return bytes;
    }

    private static byte[] array(String header, ByteBuffer values) {
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes();
        ByteBuffer bytes = ByteBuffer.allocate(10 + text.length + values.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length).put(text);
        return bytes.put(values.rewind()).array();
    }

    private static byte[] samples(boolean fortran) {
        ByteBuffer values = ByteBuffer.allocate(COUNT * 20 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < COUNT * 20; i++) {
            values.putFloat(i * 0.37f);
        }
        return array(
                "{'descr': '<f4', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (23, 4, 5), }",
                values);
    }

    private static byte[] labels() {
        return array(
                "{'descr': '|u1', 'fortran_order': False, 'shape': (23,), }",
                ByteBuffer.wrap(IdxFiles.labels(COUNT, 3)));
    }

    private static Path npy(Path home, boolean fortran) throws IOException {
        Files.write(home.resolve("y.npy"), labels());
        return Files.write(home.resolve("x.npy"), samples(fortran));
    }

    private static Path npz(Path home) throws IOException {
        Path file = home.resolve("data.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(samples(false));
            zip.putNextEntry(new ZipEntry("y.npy"));
            zip.write(labels());
        }
        return file;
    }

    private static String csv() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < COUNT; i++) {
            for (int k = 0; k < 20; k++) {
                text.append(i * 20 + k).append(',');
            }
            text.append(i % 3).append('\n');
        }
        return text.toString();
    }

    private static Path images(Path home) throws IOException {
        for (int i = 0; i < COUNT; i++) {
            Path parent = Files.createDirectories(home.resolve("class" + i % 3));
            BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 20; p++) {
                image.setRGB(p % 5, p / 5, i * 7_919 + p * 104_729);
            }
            ImageIO.write(image, "png", parent.resolve(i + ".png").toFile());
        }
        return home;
    }

    private static Dataset open(String name, String... options) throws IOException, InputException {
        Map<String, String> given = new LinkedHashMap<>();
        for (String option : options) {
            given.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return (Dataset) kind(name).open(new Location(file(name), given));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void batchesOfAnySizeGiveTheSameSamples(String name) throws Exception {
        try (Dataset dataset = open(name)) {
            Reading.Content whole = Reading.from(dataset, 0, COUNT);
            assertThat(whole.samples()).hasSize(COUNT);
            for (int batch : new int[] {1, 2, 3, 7, 22, 24, 1000}) {
                Reading.Content read = Reading.from(dataset, 0, batch);
                assertThat(read.values()).as("batches of %d", batch).isEqualTo(whole.values());
                assertThat(read.labels()).isEqualTo(whole.labels());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void singleSamplesEqualThoseOfTheStream(String name) throws Exception {
        try (Dataset dataset = open(name)) {
            Reading.Content whole = Reading.all(dataset);
            for (int i = COUNT - 1; i >= 0; i--) {
                Sample sample = dataset.sample(i);
                assertThat(sample.values()).isEqualTo(whole.samples().get(i));
                assertThat(sample.label()).isEqualTo(whole.labels().get(i));
                assertThat(sample.index()).isEqualTo(i);
            }
            assertThatThrownBy(() -> dataset.sample(COUNT)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> dataset.sample(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void classesAreCounted(String name) throws Exception {
        try (Dataset dataset = open(name)) {
            long[] counts = dataset.classCounts();
            assertThat(counts).startsWith(8, 8, 7);
            assertThat(counts).hasSize(dataset.classes().size());
            counts[0] = 99;
            assertThat(dataset.classCounts()).startsWith(8, 8, 7);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bothPartsOfASplitTogetherAreTheWhole(String name) throws Exception {
        try (Dataset whole = open(name);
                Dataset train = open(name, "part=train", "holdout=0.3", "splitSeed=5");
                Dataset test = open(name, "part=test", "holdout=0.3", "splitSeed=5")) {
            assertThat(test.size()).isEqualTo(7);
            List<float[]> together = new ArrayList<>(Reading.all(train).samples());
            together.addAll(Reading.all(test).samples());
            assertThat(together)
                    .usingElementComparator(Arrays::compare)
                    .containsExactlyInAnyOrderElementsOf(Reading.all(whole).samples());
            Reading.Content streamed = Reading.all(train);
            for (int i = 0; i < train.size(); i++) {
                assertThat(train.sample(i).values()).isEqualTo(streamed.samples().get(i));
                assertThat(Reading.from(train, i, 4).values())
                        .startsWith(streamed.samples().get(i));
            }
            assertThat(train.classCounts()[0] + test.classCounts()[0]).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aRangeIsAPieceOfTheWhole(String name) throws Exception {
        try (Dataset whole = open(name);
                Dataset piece = open(name, "range=5:9")) {
            assertThat(piece.size()).isEqualTo(4);
            assertThat(Reading.all(piece).samples())
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(Reading.all(whole).samples().subList(5, 9));
            assertThat(piece.classes()).isEqualTo(whole.classes());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void severalThreadsReadAtOnce(String name) throws Exception {
        try (Dataset dataset = open(name);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Reading.Content whole = Reading.all(dataset);
            List<Future<Boolean>> same = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int first = t * 5;
                same.add(threads.submit(() -> Arrays.equals(
                        dataset.sample(first).values(), whole.samples().get(first))
                        && Arrays.equals(
                                Reading.from(dataset, 0, 1 + first).values(), whole.values())));
            }
            for (Future<Boolean> one : same) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anInterruptedThreadStopsReading(String name) throws Exception {
        try (Dataset dataset = open(name)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> Reading.all(dataset)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(Reading.all(dataset).samples()).hasSize(COUNT);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void unknownOptionsAreRefusedAndKnownOnesListed(String name) {
        assertThatThrownBy(() -> open(name, "colour_map=jet"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'colour_map'")
                .hasMessageContaining("use one of ")
                .hasMessageContaining("range");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyOptionHasALabelAndHelp(String name) {
        assertThat(kind(name).options()).extracting(o -> o.name()).doesNotHaveDuplicates();
        assertThat(kind(name).options()).allSatisfy(option -> {
            assertThat(option.label()).isNotBlank();
            assertThat(option.help()).isNotBlank();
            assertThat(option.name()).matches("[a-z][A-Za-z]*");
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itsDefaultsWrittenOutChangeNothing(String name) throws Exception {
        Map<String, String> defaults = new LinkedHashMap<>();
        kind(name).options().stream()
                .filter(o -> !o.defaultValue().isEmpty())
                .forEach(o -> defaults.put(o.name(), o.defaultValue()));
        try (Dataset plain = open(name);
                Dataset spelled = (Dataset) kind(name).open(new Location(file(name), defaults))) {
            assertThat(Reading.all(spelled).values()).isEqualTo(Reading.all(plain).values());
            assertThat(spelled.preprocessing()).isEqualTo(plain.preprocessing());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void exactlyItsOwnKindRecognisesAFile(String name) throws Exception {
        Path file = file(name);
        assertThat(ServiceLoader.load(InputKind.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(k -> Dataset.class.isAssignableFrom(k.type()))
                .filter(k -> k.recognises(Location.of(file)))
                .map(InputKind::id))
                .containsExactly(kind(name).id());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMissingFileIsAnInputException(String name) {
        Location missing = Location.of(folder.resolve("nowhere").resolve(name));
        assertThat(kind(name).recognises(missing)).isFalse();
        assertThatThrownBy(() -> kind(name).open(missing))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingTwiceDoesNoHarm(String name) throws Exception {
        Dataset dataset = open(name);
        dataset.sample(3);
        dataset.close();
        dataset.close();
    }
}
