package dev.assay.ui.tabs;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Picture;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Samples that are computed when they are asked for: slanted bars of 28 x 28 pixels, or rows of numbers. */
final class FakeDataset implements Dataset {

    private static final int SIDE = 28;

    private final String name;
    private final long size;
    private final boolean images;
    final AtomicInteger samplesRead = new AtomicInteger();

    boolean failing;

    private FakeDataset(String name, long size, boolean images) {
        this.name = name;
        this.size = size;
        this.images = images;
    }

    static FakeDataset images(String name, long size) {
        return new FakeDataset(name, size, true);
    }

    static FakeDataset rows(String name, long size) {
        return new FakeDataset(name, size, false);
    }

    /** Images whose file is gone. */
    static FakeDataset failing(String name, long size) {
        FakeDataset dataset = images(name, size);
        dataset.failing = true;
        return dataset;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Location location() {
        return Location.of(Path.of("/data/" + name));
    }

    @Override
    public List<Path> files() {
        return List.of(location().path());
    }

    @Override
    public String summary() {
        return size + " samples";
    }

    @Override
    public void close() {}

    @Override
    public long size() {
        return size;
    }

    @Override
    public int[] sampleShape() {
        return images ? new int[] {1, SIDE, SIDE} : new int[] {30};
    }

    @Override
    public boolean labelled() {
        return true;
    }

    @Override
    public List<String> classes() {
        return IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    }

    @Override
    public long[] classCounts() {
        long[] counts = new long[10];
        for (int c = 0; c < 10; c++) {
            counts[c] = size / 10 + (c < size % 10 ? 1 : 0);
        }
        return counts;
    }

    @Override
    public String preprocessing() {
        return images ? "value / 255" : "none";
    }

    private byte[] pixels(long index) {
        byte[] pixels = new byte[SIDE * SIDE];
        double angle = Math.PI * (index % 10) / 10;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double d = (x - 13.5) * Math.sin(angle) - (y - 13.5) * Math.cos(angle);
                double r = Math.hypot(x - 13.5, y - 13.5);
                pixels[y * SIDE + x] = (byte) (r < 11 ? Math.max(0, 255 - 60 * Math.abs(d)) : 0);
            }
        }
        return pixels;
    }

    private float[] values(long index) {
        float[] values = new float[images ? SIDE * SIDE : 30];
        byte[] pixels = images ? pixels(index) : null;
        for (int i = 0; i < values.length; i++) {
            values[i] = images ? (pixels[i] & 0xff) / 255f : (float) Math.sin(index + i * 0.7) * (i + 1);
        }
        return values;
    }

    @Override
    public BatchReader read(long first, int batchSize) {
        return new BatchReader() {
            private long at = first;

            @Override
            public int next(FloatBuffer samples, int[] labels) {
                int n = (int) Math.min(batchSize, size - at);
                samples.clear().limit(n * values(0).length);
                for (int i = 0; i < n; i++, at++) {
                    float[] v = values(at);
                    samples.put(i * v.length, v);
                    labels[i] = (int) (at % 10);
                }
                return n;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Sample sample(long index) throws InputException {
        samplesRead.incrementAndGet();
        if (failing) {
            throw new InputException("the file was deleted", name, "put it back");
        }
        if (index >= size) {
            throw new InputException("there is no sample " + index, name, "");
        }
        return new Sample(
                index,
                values(index),
                (int) (index % 10),
                images ? Optional.of(new Picture(SIDE, SIDE, 1, pixels(index))) : Optional.empty());
    }
}
