package dev.assay.samples;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Images of digits with their labels, as many of each class.
 *
 * @param images one array of {@link DigitPainter#SIZE} squared grey values for each sample
 * @param labels the digits 0..9
 */
record DigitSet(byte[][] images, int[] labels) {

    private static final int CLASSES = 10;
    private static final int IDX_BYTES_3D = 0x00000803;
    private static final int IDX_BYTES_1D = 0x00000801;

    /** Paints {@code count} samples, a multiple of ten. Sample i depends on the seed and on i alone. */
    static DigitSet paint(DigitPainter painter, int count, long seed) {
        int[] labels = IntStream.range(0, count).map(i -> i % CLASSES).toArray();
        SplittableRandom order = new SplittableRandom(seed);
        for (int i = count - 1; i > 0; i--) {
            int j = order.nextInt(i + 1);
            int label = labels[i];
            labels[i] = labels[j];
            labels[j] = label;
        }
        byte[][] images = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> painter.paint(labels[i], new SplittableRandom(seed * 1_000_003 + i)))
                .toArray(byte[][]::new);
        return new DigitSet(images, labels);
    }

    int count() {
        return labels.length;
    }

    /** All images one after the other, grey values divided by 255. */
    float[] pixels() {
        int size = DigitPainter.SIZE * DigitPainter.SIZE;
        float[] pixels = new float[count() * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (images[i / size][i % size] & 0xff) / 255f;
        }
        return pixels;
    }

    /** Writes {@code NAME-images-idx3-ubyte.gz} and {@code NAME-labels-idx1-ubyte.gz}. */
    void write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + "-images-idx3-ubyte.gz"), zip(out -> {
            out.writeInt(IDX_BYTES_3D);
            out.writeInt(count());
            out.writeInt(DigitPainter.SIZE);
            out.writeInt(DigitPainter.SIZE);
            for (byte[] image : images) {
                out.write(image);
            }
        }));
        Files.write(folder.resolve(name + "-labels-idx1-ubyte.gz"), zip(out -> {
            out.writeInt(IDX_BYTES_1D);
            out.writeInt(count());
            for (int label : labels) {
                out.writeByte(label);
            }
        }));
    }

    private interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] zip(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes) {
            {
                def.setLevel(9);
            }
        })) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
