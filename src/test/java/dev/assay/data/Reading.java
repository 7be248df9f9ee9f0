package dev.assay.data;

import dev.assay.analysis.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads datasets whole, for tests. */
public final class Reading {

    private Reading() {}

    /** All samples and labels of a dataset. */
    public record Content(List<float[]> samples, List<Integer> labels) {

        /** Values of all samples in a row. */
        public float[] values() {
            int size = samples.stream().mapToInt(s -> s.length).sum();
            float[] values = new float[size];
            int at = 0;
            for (float[] sample : samples) {
                System.arraycopy(sample, 0, values, at, sample.length);
                at += sample.length;
            }
            return values;
        }
    }

    /** A direct buffer for a batch. */
    public static FloatBuffer buffer(Dataset dataset, int batch) {
        return ByteBuffer.allocateDirect(batch * values(dataset) * 4)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Values of a sample. */
    public static int values(Dataset dataset) {
        return Arrays.stream(dataset.sampleShape()).reduce(1, (a, b) -> a * b);
    }

    /** Reads from a sample to the end. */
    public static Content from(Dataset dataset, long first, int batch) throws InputException {
        List<float[]> samples = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        FloatBuffer buffer = buffer(dataset, batch);
        int[] classes = new int[batch];
        try (BatchReader reader = dataset.read(first, batch)) {
            for (int count = reader.next(buffer, classes); count > 0; count = reader.next(buffer, classes)) {
                for (int i = 0; i < count; i++) {
                    float[] sample = new float[values(dataset)];
                    buffer.get(sample);
                    samples.add(sample);
                    labels.add(classes[i]);
                }
                if (buffer.hasRemaining()) {
                    throw new AssertionError("the buffer holds more than " + count + " samples");
                }
            }
        }
        return new Content(samples, labels);
    }

    /** Reads everything. */
    public static Content all(Dataset dataset) throws InputException {
        return from(dataset, 0, 7);
    }
}
