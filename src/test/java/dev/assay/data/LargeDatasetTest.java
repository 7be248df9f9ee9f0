package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Location;
import dev.assay.data.idx.IdxKind;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million samples go through a small heap, in a Java of their own. */
class LargeDatasetTest {

    private static final int COUNT = 1_000_000;
    private static final int SIDE = 16;

    @TempDir
    Path folder;

    /** Reads a dataset to its end, part by part and as a whole, and says what it saw. */
    public static void main(String[] arguments) throws Exception {
        long samples = 0;
        long labelled = 0;
        for (String options : List.of("", "?part=test&holdout=0.01")) {
            try (Dataset dataset = new IdxKind().open(Location.parse(arguments[0] + options));
                    ReadAhead ahead = ReadAhead.of(dataset, 256)) {
                for (var next = ahead.next(); next.isPresent(); next = ahead.next()) {
                    try (ReadAhead.Batch batch = next.get()) {
                        samples += batch.count();
                        labelled += batch.label(0) >= 0 ? batch.count() : 0;
                    }
                }
                dataset.sample(dataset.size() - 1);
            }
        }
        System.out.println(samples + " samples, " + labelled + " with labels");
    }

    private String readInSmallHeap(Path file) throws Exception {
        Path output = folder.resolve("output.txt");
        Process java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MaxDirectMemorySize=8m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                LargeDatasetTest.class.getName(),
                file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(java.waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
        } finally {
            java.destroyForcibly();
        }
        return Files.readString(output).lines().reduce("", (a, b) -> b);
    }

    private void writeLabels() throws IOException {
        Files.write(
                folder.resolve("big-labels-idx1-ubyte"),
                IdxFiles.bytes(new int[] {COUNT}, IdxFiles.labels(COUNT, 10)));
    }

    @Test
    void aPlainFileOf256MegabytesStreamsThrough24() throws Exception {
        writeLabels();
        Path images = folder.resolve("big-images-idx3-ubyte");
        // a file with a hole: it has its size, and takes no room where the file system knows holes
        try (FileChannel out = FileChannel.open(
                images, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            byte[] header = IdxFiles.bytes(new int[] {COUNT, SIDE, SIDE}, new byte[0]);
            out.write(ByteBuffer.wrap(header));
            out.write(ByteBuffer.wrap(new byte[1]), header.length + (long) COUNT * SIDE * SIDE - 1);
        }
        assertThat(readInSmallHeap(images)).isEqualTo("1010000 samples, 1010000 with labels");
    }

    @Test
    void aCompressedFileStreamsThroughASmallHeap() throws Exception {
        writeLabels();
        Path images = folder.resolve("big-images-idx3-ubyte.gz");
        try (OutputStream file = Files.newOutputStream(images);
                DataOutputStream out = new DataOutputStream(new GZIPOutputStream(file, 1 << 16))) {
            out.write(IdxFiles.bytes(new int[] {COUNT, 4, 4}, new byte[0]));
            byte[] zeros = new byte[16_000];
            for (int i = 0; i < 1000; i++) {
                out.write(zeros);
            }
        }
        assertThat(readInSmallHeap(images)).isEqualTo("1010000 samples, 1010000 with labels");
    }
}
