package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputHashingTest {

    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void oneFileHasItsOwnHash() throws Exception {
        Path file = write("a.txt", "hello");
        InputStamp stamp = InputHashing.stamp("text", Location.of(file), List.of(file), () -> false);
        assertThat(stamp.sha256()).isEqualTo(HELLO);
        assertThat(stamp.size()).isEqualTo(5);
        assertThat(stamp.files()).isEmpty();
    }

    @Test
    void severalFilesHaveTheHashOfWhatSha256sumPrints() throws Exception {
        Path a = write("a.txt", "hello");
        Path b = write("b.txt", "hello");
        InputStamp stamp = InputHashing.stamp("text", Location.of(folder), List.of(a, b), () -> false);
        byte[] printed = (HELLO + "  a.txt\n" + HELLO + "  b.txt\n").getBytes(StandardCharsets.UTF_8);
        assertThat(stamp.sha256())
                .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(printed)));
        assertThat(stamp.size()).isEqualTo(10);
        assertThat(stamp.files()).extracting(InputStamp.FileStamp::sha256).containsExactly(HELLO, HELLO);
    }

    @Test
    void anImagesFileHasItsOwnHashAndItsLabelsFileIsListed() throws Exception {
        Path images = write("images", "hello");
        Path labels = write("labels", "other");
        InputStamp stamp = InputHashing.stamp("train", Location.of(images), List.of(images, labels), () -> false);
        assertThat(stamp.sha256()).isEqualTo(HELLO);
        assertThat(stamp.size()).isEqualTo(5);
        assertThat(stamp.files()).extracting(InputStamp.FileStamp::path)
                .containsExactly(images.toString(), labels.toString());
    }

    @Test
    void theHashOfAFolderDoesNotDependOnWhereItLies() throws Exception {
        Path one = Files.createDirectories(folder.resolve("one"));
        Path two = Files.createDirectories(folder.resolve("two"));
        Path a = Files.writeString(one.resolve("a"), "x");
        Path b = Files.writeString(two.resolve("a"), "x");
        assertThat(InputHashing.stamp("r", Location.of(one), List.of(a), () -> false).sha256())
                .isEqualTo(InputHashing.stamp("r", Location.of(two), List.of(b), () -> false).sha256());
    }

    @Test
    void aFileThatIsGoneHasNoHash() {
        Path gone = folder.resolve("gone");
        InputStamp stamp = InputHashing.stamp("r", Location.of(gone), List.of(gone), () -> false);
        assertThat(stamp.sha256()).isEmpty();
        assertThat(stamp.size()).isEqualTo(-1);
    }

    @Test
    void beingToldToStopLeavesNoHash() throws Exception {
        Path file = write("a.txt", "hello");
        assertThat(InputHashing.stamp("r", Location.of(file), List.of(file), () -> true).sha256())
                .isEmpty();
    }
}
