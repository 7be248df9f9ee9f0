package dev.assay.analyses.nap;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Picture;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Samples from arrays. */
public final class ArrayDataset implements Dataset {

    private final String name;
    private final float[][] samples;
    private final int[] labels;
    private final List<String> classes;
    private final int[] shape;

    /** @param labels null for none */
    public ArrayDataset(String name, float[][] samples, int[] labels, List<String> classes, int... shape) {
        this.name = name;
        this.samples = samples;
        this.labels = labels;
        this.classes = classes;
        this.shape = shape;
    }

    @Override
    public long size() {
        return samples.length;
    }

    @Override
    public int[] sampleShape() {
        return shape;
    }

    @Override
    public boolean labelled() {
        return labels != null;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public long[] classCounts() {
        long[] counts = new long[classes.size()];
        Arrays.stream(labels).filter(l -> l >= 0).forEach(l -> counts[l]++);
        return counts;
    }

    @Override
    public String preprocessing() {
        return "as stored";
    }

    @Override
    public BatchReader read(long first, int batchSize) {
        return new BatchReader() {
            private int at = (int) first;

            @Override
            public int next(FloatBuffer into, int[] labelsInto) {
                into.clear();
                int n = 0;
                for (; n < batchSize && at < samples.length; n++, at++) {
                    into.put(samples[at]);
                    labelsInto[n] = labels == null ? -1 : labels[at];
                }
                into.flip();
                return n;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Sample sample(long index) {
        float[] values = samples[(int) index];
        Optional<Picture> picture = shape.length == 3
                ? Optional.of(new Picture(shape[2], shape[1], 1, new byte[shape[1] * shape[2]]))
                : Optional.empty();
        return new Sample(index, values, labels == null ? -1 : labels[(int) index], picture);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Location location() {
        return Location.of(Path.of(name));
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public String summary() {
        return "";
    }

    @Override
    public void close() {}
}
