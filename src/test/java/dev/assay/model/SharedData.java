package dev.assay.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The collection of real networks and data sets beside the repository; tests that need it are skipped without. */
public final class SharedData {

    private static final Path ROOT = Path.of("../shared/data");

    private SharedData() {}

    /** A file of the collection. */
    public static Path file(String name) {
        Path file = ROOT.resolve(name);
        assumeTrue(Files.exists(file), () -> file + " is not here");
        return file;
    }

    /** Samples and their labels. */
    public record Samples(FloatBuffer values, int[] labels) {

        /** Number of samples. */
        public int count() {
            return labels.length;
        }

        /** Values per sample. */
        public int size() {
            return values.capacity() / labels.length;
        }
    }

    /** MNIST images as value / 255 in float32; {@code part} is {@code train} or {@code t10k}. */
    public static Samples mnist(String part) throws IOException {
        try (DataInputStream images = open("mnist/" + part + "-images-idx3-ubyte.gz");
                DataInputStream labels = open("mnist/" + part + "-labels-idx1-ubyte.gz")) {
            images.skipNBytes(4);
            int count = images.readInt();
            images.skipNBytes(8);
            labels.skipNBytes(8);
            FloatBuffer values = direct(count * 784);
            byte[] image = new byte[784];
            int[] classes = new int[count];
            for (int i = 0; i < count; i++) {
                images.readFully(image);
                for (byte b : image) {
                    values.put((b & 0xff) / 255f);
                }
                classes[i] = labels.readUnsignedByte();
            }
            return new Samples(values.flip(), classes);
        }
    }

    private static DataInputStream open(String name) throws IOException {
        return new DataInputStream(new GZIPInputStream(Files.newInputStream(file(name)), 1 << 16));
    }

    /** The 100 CIFAR images, pixels interleaved as in the file, 0 to 255. */
    public static Samples cifar() throws IOException {
        List<String> lines = Files.readAllLines(file("cifar10-small/cifar10_test_100.csv"));
        FloatBuffer values = direct(lines.size() * 3072);
        int[] labels = new int[lines.size()];
        for (int i = 0; i < labels.length; i++) {
            String[] cells = lines.get(i).split(",");
            labels[i] = Integer.parseInt(cells[0]);
            for (int p = 1; p <= 3072; p++) {
                values.put(Float.parseFloat(cells[p]));
            }
        }
        return new Samples(values.flip(), labels);
    }

    /** A direct buffer in the machine's byte order. */
    public static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** A direct buffer with these values. */
    public static FloatBuffer direct(float... values) {
        return direct(values.length).put(values).flip();
    }

    /** Number of samples whose largest score is at their label. */
    public static int right(Model model, Samples samples, int batchSize) throws Exception {
        int right = 0;
        int width = (int) model.output().size();
        try (Inference inference = model.open(new InferenceOptions(batchSize, 2, List.of()))) {
            for (int from = 0; from < samples.count(); from += batchSize) {
                int count = Math.min(batchSize, samples.count() - from);
                FloatBuffer batch = samples.values().slice(from * samples.size(), count * samples.size());
                try (Inference.Activations result = inference.run(batch, count)) {
                    FloatBuffer scores = result.scores();
                    for (int i = 0; i < count; i++) {
                        int best = 0;
                        for (int k = 1; k < width; k++) {
                            best = scores.get(i * width + k) > scores.get(i * width + best) ? k : best;
                        }
                        right += best == samples.labels()[from + i] ? 1 : 0;
                    }
                }
            }
        }
        return right;
    }
}
