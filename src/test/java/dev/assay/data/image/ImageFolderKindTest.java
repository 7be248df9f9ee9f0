package dev.assay.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.Reading;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderKindTest {

    private final ImageFolderKind kind = new ImageFolderKind();

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("pictures"));
    }

    private static BufferedImage image(int type, int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (image.getRaster().getNumBands() == 1 && type == BufferedImage.TYPE_BYTE_GRAY) {
                    image.getRaster().setSample(x, y, 0, colour.getRed());
                } else {
                    image.setRGB(x, y, colour.getRGB());
                }
            }
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private Path grey(String name, int value) throws IOException {
        return write(name, encoded(image(BufferedImage.TYPE_BYTE_GRAY, 3, 2, new Color(value, value, value)), "png"));
    }

    private Path colour(String name, Color colour) throws IOException {
        return write(name, encoded(image(BufferedImage.TYPE_INT_RGB, 3, 2, colour), "png"));
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private Dataset open(Map<String, String> options) throws InputException {
        return kind.open(new Location(folder, options));
    }

    @Test
    void aFolderIsAClassAndNamesAreSorted() throws Exception {
        grey("dog/2.png", 20);
        grey("dog/1.png", 10);
        grey("cat/a.png", 30);
        grey("cat/deeper/b.png", 40);
        Files.createDirectory(folder.resolve("bird"));
        try (Dataset dataset = open(Map.of("scale", "1"))) {
            assertThat(dataset.classes()).containsExactly("bird", "cat", "dog");
            assertThat(dataset.classCounts()).containsExactly(0, 2, 2);
            assertThat(dataset.sampleShape()).containsExactly(1, 2, 3);
            Reading.Content content = Reading.all(dataset);
            assertThat(content.samples().stream().map(s -> s[0])).containsExactly(30f, 40f, 10f, 20f);
            assertThat(content.labels()).containsExactly(1, 1, 2, 2);
            assertThat(dataset.files()).hasSize(4).first().isEqualTo(folder.resolve("cat/a.png"));
            assertThat(dataset.sample(3).label()).isEqualTo(2);
        }
    }

    /** A folder called __MACOSX would make words of the numbers, and 10 would come before 2. */
    @Test
    void whatSystemsLeaveBehindIsNoClass() throws Exception {
        for (String name : List.of("2", "10", "__MACOSX/2", ".ipynb_checkpoints")) {
            grey(name + "/1.png", 1);
        }
        try (Dataset dataset = open(Map.of())) {
            assertThat(dataset.classes()).hasSize(11).startsWith("0", "1", "2");
            assertThat(Reading.all(dataset).labels()).containsExactly(2, 10);
        }
    }

    @Test
    void picturesWithoutFoldersHaveNoClass() throws Exception {
        grey("b.png", 2);
        grey("a.png", 1);
        try (Dataset dataset = open(Map.of("scale", "1"))) {
            assertThat(dataset.labelled()).isFalse();
            assertThat(Reading.all(dataset).labels()).containsOnly(-1);
            assertThat(dataset.sample(0).values()).containsOnly(1);
        }
    }

    @Test
    void coloursComeChannelsFirstAndDividedBy255() throws Exception {
        colour("a/1.png", new Color(255, 51, 0));
        try (Dataset dataset = open(Map.of())) {
            assertThat(dataset.sampleShape()).containsExactly(3, 2, 3);
            float[] values = dataset.sample(0).values();
            assertThat(Arrays.copyOfRange(values, 0, 6)).containsOnly(1);
            assertThat(Arrays.copyOfRange(values, 6, 12)).containsOnly(51 / 255f);
            assertThat(Arrays.copyOfRange(values, 12, 18)).containsOnly(0);
            assertThat(dataset.sample(0).picture().orElseThrow().channels()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"png", "bmp", "gif"})
    void readsEveryFormatWithoutLoss(String format) throws Exception {
        BufferedImage image = image(BufferedImage.TYPE_INT_RGB, 3, 2, Color.WHITE);
        image.setRGB(1, 0, new Color(255, 0, 0).getRGB());
        write("a/1." + format, encoded(image, format));
        try (Dataset dataset = open(Map.of("layout", "nhwc"))) {
            assertThat(dataset.sample(0).values()).startsWith(1, 1, 1, 1, 0, 0, 1, 1, 1);
        }
    }

    @Test
    void readsJpegNearly() throws Exception {
        write("a/1.jpg", encoded(image(BufferedImage.TYPE_INT_RGB, 16, 16, new Color(200, 100, 50)), "jpg"));
        try (Dataset dataset = open(Map.of("scale", "1", "layout", "nhwc"))) {
            float[] values = dataset.sample(0).values();
            assertThat(values[0]).isBetween(195f, 205f);
            assertThat(values[1]).isBetween(95f, 105f);
            assertThat(values[2]).isBetween(45f, 55f);
        }
    }

    @Test
    void greyValuesAreThoseOfTheFile() throws Exception {
        for (int value : new int[] {0, 1, 17, 128, 254, 255}) {
            grey("a/" + value + ".png", value);
        }
        try (Dataset dataset = open(Map.of("scale", "1"))) {
            for (int i = 0; i < 6; i++) {
                float named = Float.parseFloat(
                        dataset.files().get(i).getFileName().toString().replace(".png", ""));
                assertThat(dataset.sample(i).values()).containsOnly(named);
            }
        }
    }

    @Test
    void oneBitAndSixteenBitPicturesAreRead() throws Exception {
        BufferedImage bits = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY);
        bits.setRGB(1, 1, Color.WHITE.getRGB());
        write("a/1.png", encoded(bits, "png"));
        BufferedImage words = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
        words.getRaster().setSample(1, 1, 0, 0xABCD);
        write("a/2.png", encoded(words, "png"));
        try (Dataset dataset = open(Map.of("scale", "1"))) {
            assertThat(dataset.sample(0).values()).containsExactly(0, 0, 0, 0, 255, 0);
            assertThat(dataset.sample(1).values()).containsExactly(0, 0, 0, 0, 0xAB, 0);
        }
    }

    @Test
    void coloursMayBecomeGreyByLuma() throws Exception {
        colour("a/1.png", new Color(255, 0, 0));
        colour("a/2.png", new Color(0, 255, 0));
        colour("a/3.png", new Color(9, 9, 9));
        try (Dataset dataset = open(Map.of("colour", "grey", "scale", "1"))) {
            assertThat(dataset.sample(0).values()).containsOnly(76);
            assertThat(dataset.sample(1).values()).containsOnly(150);
            assertThat(dataset.sample(2).values()).containsOnly(9);
        }
    }

    @Test
    void aColouredPictureAmongGreyOnesIsNamed() throws Exception {
        grey("a/1.png", 5);
        colour("a/2.png", new Color(9, 9, 9));
        colour("a/3.png", new Color(9, 200, 9));
        try (Dataset dataset = open(Map.of("scale", "1"))) {
            assertThat(dataset.sample(1).values()).containsOnly(9);
            assertThatThrownBy(() -> Reading.all(dataset))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("3.png")
                    .hasMessageContaining("colour=rgb");
        }
        try (Dataset dataset = open(Map.of("scale", "1", "colour", "rgb"))) {
            assertThat(dataset.sample(0).values()).hasSize(18).containsOnly(5);
        }
    }

    @Test
    void anotherSizeIsNamedOrRescaled() throws Exception {
        grey("a/1.png", 100);
        write("a/2.png", encoded(image(BufferedImage.TYPE_BYTE_GRAY, 6, 4, new Color(50, 50, 50)), "png"));
        write("a/3.png", encoded(image(BufferedImage.TYPE_BYTE_GRAY, 1, 1, new Color(60, 60, 60)), "png"));
        try (Dataset dataset = open(Map.of())) {
            assertThatThrownBy(() -> Reading.all(dataset))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("2.png")
                    .hasMessageContaining("6x4 pixels, the first one has 3x2")
                    .hasMessageContaining("size=");
        }
        try (Dataset dataset = open(Map.of("size", "4x2", "scale", "1"))) {
            assertThat(dataset.sampleShape()).containsExactly(1, 2, 4);
            assertThat(dataset.sample(0).values()).containsOnly(100);
            assertThat(dataset.sample(1).values()).containsOnly(50);
            assertThat(dataset.sample(2).values()).containsOnly(60);
        }
        assertThatThrownBy(() -> open(Map.of("size", "4"))).hasMessageContaining("WIDTHxHEIGHT");
    }

    @Test
    void shrinkingAveragesAreas() throws Exception {
        BufferedImage halves = image(BufferedImage.TYPE_INT_RGB, 4, 4, Color.BLACK);
        for (int y = 0; y < 4; y++) {
            halves.setRGB(1, y, new Color(100, 100, 100).getRGB());
            halves.setRGB(2, y, new Color(200, 200, 200).getRGB());
            halves.setRGB(3, y, new Color(200, 200, 200).getRGB());
        }
        write("a/1.png", encoded(halves, "png"));
        try (Dataset dataset = open(Map.of("size", "2x1", "scale", "1", "colour", "grey"))) {
            assertThat(dataset.sample(0).values()).containsExactly(50, 200);
        }
    }

    @Test
    void splitsAreFoldersOfFolders() throws Exception {
        grey("train/a/1.png", 1);
        grey("train/b/1.png", 2);
        grey("test/a/1.png", 3);
        try (Dataset train = open(Map.of("scale", "1"));
                Dataset test = open(Map.of("scale", "1", "split", "test"))) {
            assertThat(train.size()).isEqualTo(2);
            assertThat(train.classes()).containsExactly("a", "b");
            assertThat(test.sample(0).values()).containsOnly(3);
        }
        assertThatThrownBy(() -> open(Map.of("split", "val"))).hasMessageContaining("no folder of that name");
    }

    @Test
    void picturesBesideTheFoldersAreNamed() throws Exception {
        grey("a/1.png", 1);
        grey("lost.png", 1);
        assertThatThrownBy(() -> open(Map.of())).hasMessageContaining("lost.png lies beside");
    }

    @Test
    void aFolderWithoutPicturesIsNamed() throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> open(Map.of())).hasMessageContaining("holds no pictures");
        assertThat(kind.recognises(Location.of(folder))).isFalse();
        folder = folder.resolve("missing");
        assertThatThrownBy(() -> open(Map.of())).hasMessageContaining("no such folder");
    }

    @Test
    void aLinkInACircleIsNamed() throws Exception {
        grey("a/1.png", 1);
        try {
            Files.createSymbolicLink(folder.resolve("a").resolve("again"), folder);
        } catch (IOException | UnsupportedOperationException e) {
            assumeThat(false).as("links can be made here").isTrue();
        }
        assertThatThrownBy(() -> open(Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("in a circle");
    }

    @Test
    void aLinkToItselfIsNamed() throws Exception {
        grey("a/1.png", 1);
        try {
            Files.createSymbolicLink(folder.resolve("a").resolve("self.png"), Path.of("self.png"));
        } catch (IOException | UnsupportedOperationException e) {
            assumeThat(false).as("links can be made here").isTrue();
        }
        assertThatThrownBy(() -> {
            try (Dataset dataset = open(Map.of())) {
                Reading.all(dataset);
            }
        })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("self.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void damageAtAnyByteIsReadOrAnInputException(String format) throws Exception {
        byte[] whole = encoded(image(BufferedImage.TYPE_INT_RGB, 3, 2, Color.RED), format);
        write("a/1.png", encoded(image(BufferedImage.TYPE_INT_RGB, 3, 2, Color.RED), "png"));
        int step = Math.max(1, whole.length / 100);
        for (int at = 0; at < whole.length; at += step) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            for (byte[] damaged : new byte[][] {changed, Arrays.copyOf(whole, at)}) {
                write("a/2." + format, damaged);
                try (Dataset dataset = open(Map.of())) {
                    Reading.all(dataset);
                } catch (InputException e) {
                    assertThat(e.getMessage()).contains("2." + format);
                }
            }
        }
    }

    @Test
    void apictureOfAbsurdSizeIsRefusedBeforeMemoryIsTaken() throws Exception {
        byte[] png = encoded(image(BufferedImage.TYPE_BYTE_GRAY, 3, 2, Color.BLACK), "png");
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 100_000).putInt(20, 100_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        write("a/1.png", png);
        assertThatThrownBy(() -> open(Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("100000x100000 pixels");
    }

    @Test
    void aTextNamedAsAPictureIsNamed() throws Exception {
        grey("a/1.png", 1);
        write("a/2.png", "not a picture".getBytes());
        try (Dataset dataset = open(Map.of())) {
            assertThatThrownBy(() -> Reading.all(dataset))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("2.png: this is no picture");
        }
    }

    @Test
    void aPictureDeletedMeanwhileIsNamed() throws Exception {
        grey("a/1.png", 1);
        Path second = grey("a/2.png", 1);
        try (Dataset dataset = open(Map.of())) {
            Files.delete(second);
            assertThatThrownBy(() -> Reading.all(dataset))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("2.png: there is no such file");
        }
    }

    @Test
    void foldersCalledByNumbersAreTheClassesOfTheseNumbers() throws Exception {
        grey("0/a.png", 0);
        grey("10/a.png", 10);
        grey("2/a.png", 2);
        try (Dataset dataset = open(Map.of("scale", "1"))) {
            assertThat(dataset.classes()).hasSize(11).startsWith("0", "1", "2").endsWith("10");
            Reading.Content content = Reading.all(dataset);
            assertThat(content.samples().stream().map(s -> s[0])).containsExactly(0f, 2f, 10f);
            assertThat(content.labels()).containsExactly(0, 2, 10);
            assertThat(dataset.classCounts()).containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1);
        }
    }

    @Test
    void numbersThatAreNoClassNumbersAreInTheirOrder() throws Exception {
        grey("-1/a.png", 1);
        grey("10/a.png", 10);
        grey("9/a.png", 9);
        try (Dataset dataset = open(Map.of("scale", "1"))) {
            assertThat(dataset.classes()).containsExactly("-1", "9", "10");
        }
    }

    @Test
    void twoSpellingsOfANumberAreTwoClasses() throws Exception {
        grey("1/a.png", 1);
        grey("01/a.png", 10);
        try (Dataset dataset = open(Map.of("scale", "1"))) {
            assertThat(dataset.classes()).containsExactly("01", "1");
            assertThat(Reading.all(dataset).labels()).containsExactly(0, 1);
        }
        assertThatThrownBy(() -> open(Map.of("classes", "0,1"))).hasMessageContaining("(folder 1)");
    }

    @Test
    void classesMayBeGivenInTheOrderOfTheNetwork() throws Exception {
        grey("dog/1.png", 10);
        grey("cat/a.png", 30);
        Path names = write("classes.txt", "horse\ndog\ncat\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (String given : new String[] {"horse,dog,cat", "classes.txt"}) {
            try (Dataset dataset = open(Map.of("scale", "1", "classes", given))) {
                assertThat(dataset.classes()).containsExactly("horse", "dog", "cat");
                Reading.Content content = Reading.all(dataset);
                assertThat(content.samples().stream().map(s -> s[0])).containsExactly(10f, 30f);
                assertThat(content.labels()).containsExactly(1, 2);
                assertThat(dataset.sample(1).label()).isEqualTo(2);
                assertThat(dataset.files().contains(names)).isEqualTo(given.endsWith("txt"));
            }
        }
    }

    @Test
    void aFolderThatIsNotListedIsNamed() throws Exception {
        grey("dog/1.png", 10);
        grey("cat/a.png", 30);
        assertThatThrownBy(() -> open(Map.of("classes", "cat,horse")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the class 'dog' (folder dog) is not among those that classes= names");
    }

    @Test
    void classesOfPicturesWithoutFoldersAreRefused() throws Exception {
        grey("a.png", 1);
        assertThatThrownBy(() -> open(Map.of("classes", "cat,horse")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a folder for each class");
    }
}
