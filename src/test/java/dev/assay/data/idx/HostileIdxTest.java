package dev.assay.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.IdxFiles;
import dev.assay.data.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileIdxTest {

    @TempDir
    Path folder;

    private static void readWhole(Path file) throws InputException {
        try (Dataset dataset = new IdxKind().open(Location.of(file))) {
            dataset.classCounts();
            Reading.all(dataset);
            dataset.sample(dataset.size() - 1);
        }
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("x-images"), content);
    }

    private static byte[] small() {
        return IdxFiles.bytes(new int[] {5, 3, 3}, IdxFiles.pixels(45));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutShortAtAnyByteIsAnInputException(boolean gzip) throws Exception {
        byte[] whole = gzip ? IdxFiles.gzip(small()) : small();
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> readWhole(file))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("x-images");
        }
        readWhole(write(whole));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void labelsCutShortAtAnyByteAreAnInputException(boolean gzip) throws Exception {
        write(small());
        byte[] labels = IdxFiles.bytes(new int[] {5}, IdxFiles.labels(5, 3));
        byte[] whole = gzip ? IdxFiles.gzip(labels) : labels;
        for (int length = 0; length < whole.length; length++) {
            Files.write(folder.resolve("x-labels"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> readWhole(folder.resolve("x-images")))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("x-labels");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyByteChangedIsReadOrAnInputException(boolean gzip) throws Exception {
        byte[] whole = gzip ? IdxFiles.gzip(small()) : small();
        for (int at = 0; at < whole.length; at++) {
            for (int flip : new int[] {1, 0x80, 0xFF}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) flip;
                try {
                    readWhole(write(changed));
                } catch (InputException e) {
                    assertThat(e.getMessage()).contains("x-images");
                }
            }
        }
    }

    @Test
    void theMessageSaysWhereTheFileEnds() throws Exception {
        Path file = write(Arrays.copyOf(small(), 16 + 9 * 2 + 4));
        assertThatThrownBy(() -> readWhole(file))
                .hasMessageContaining("the file ends after 4 of 9 bytes of sample 2 (of 5)");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> readWhole(folder.resolve("nowhere")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere: there is no such file");
    }

    @Test
    void anEmptyFileIsNamed() throws Exception {
        Path file = write(new byte[0]);
        assertThatThrownBy(() -> readWhole(file)).hasMessageContaining("the file is empty");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> readWhole(folder)).hasMessageContaining("this is a folder");
    }

    @Test
    void aWrongMagicIsShown() throws Exception {
        Path file = write("PK\3\4 and so on".getBytes());
        assertThatThrownBy(() -> readWhole(file)).hasMessageContaining("begins with 50 4b 03 04");
    }

    @Test
    void noSamplesAreRefused() throws Exception {
        Path file = write(IdxFiles.bytes(new int[] {0, 28, 28}, new byte[0]));
        assertThatThrownBy(() -> readWhole(file)).hasMessageContaining("holds no samples");
    }

    @Test
    void samplesWithoutValuesAreRefused() throws Exception {
        Path file = write(IdxFiles.bytes(new int[] {3, 28, 0}, new byte[0]));
        assertThatThrownBy(() -> readWhole(file)).hasMessageContaining("dimension 3 is 0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void absurdSizesAreRefusedBeforeMemoryIsTaken(boolean gzip) throws Exception {
        byte[] absurd = IdxFiles.bytes(new int[] {-1, -1, -1}, new byte[10]);
        Path file = write(gzip ? IdxFiles.gzip(absurd) : absurd);
        assertThatThrownBy(() -> readWhole(file)).isInstanceOf(InputException.class).hasMessageContaining("declares");
    }

    @Test
    void aCompressedFileMayNotDeclareMoreThanTheLimit() throws Exception {
        Path file = write(IdxFiles.gzip(IdxFiles.bytes(new int[] {-1, 28, 28}, new byte[10])));
        assertThatThrownBy(() -> readWhole(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than the 68719476736 that are unpacked on the way");
    }

    @Test
    void aCompressedFileCannotDeclareMoreThanItCanHold() throws Exception {
        Path file = write(IdxFiles.gzip(IdxFiles.bytes(new int[] {1_000_000, 28, 28}, new byte[10])));
        assertThatThrownBy(() -> readWhole(file)).hasMessageContaining("compressed bytes cannot hold");
    }

    @Test
    void aCompressedFileIsNotReadFarBehindWhatItDeclares() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            out.write(small());
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        Path file = write(bomb.toByteArray());
        assertThatThrownBy(() -> readWhole(file)).hasMessageContaining("goes on after the 5 samples");
    }

    @Test
    void aPlainFileMayNotGoOn() throws Exception {
        byte[] longer = Arrays.copyOf(small(), small().length + 1);
        Path file = write(longer);
        assertThatThrownBy(() -> readWhole(file)).hasMessageContaining("goes on after the 5 samples");
    }

    @Test
    void severalCompressedMembersAreOneFile() throws Exception {
        byte[] whole = small();
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(IdxFiles.gzip(Arrays.copyOf(whole, 30)));
        two.write(IdxFiles.gzip(Arrays.copyOfRange(whole, 30, whole.length)));
        readWhole(write(two.toByteArray()));
    }

    @Test
    void deletedWhileItIsReadIsNoticed() throws Exception {
        Path file = write(small());
        try (Dataset dataset = new IdxKind().open(Location.of(file));
                BatchReader reader = dataset.read(0, 2)) {
            reader.next(Reading.buffer(dataset, 2), new int[2]);
            Files.delete(file);
            assertThatThrownBy(() -> reader.next(Reading.buffer(dataset, 2), new int[2]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("x-images: the file was deleted or moved");
            assertThatThrownBy(() -> dataset.sample(0)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void replacedWhileItIsReadIsNoticed() throws Exception {
        Path file = write(IdxFiles.gzip(small()));
        try (Dataset dataset = new IdxKind().open(Location.of(file));
                BatchReader reader = dataset.read(0, 2)) {
            reader.next(Reading.buffer(dataset, 2), new int[2]);
            Path other = Files.write(folder.resolve("other"), IdxFiles.gzip(small()));
            Files.setLastModifiedTime(other, FileTime.fromMillis(1));
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> reader.next(Reading.buffer(dataset, 2), new int[2]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("x-images: the file was changed or replaced");
        }
    }
}
