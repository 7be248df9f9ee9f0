package dev.assay.run.fake;

import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A dataset in memory.
 *
 * @param features one row per sample
 * @param labels one per sample, or null for none
 */
public record ArraySamples(String name, int width, float[][] features, int[] labels,
        List<String> classes) implements Dataset {

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
        return features.length + " x " + width;
    }

    @Override
    public long size() {
        return features.length;
    }

    @Override
    public int[] sampleShape() {
        return new int[] {width};
    }

    @Override
    public boolean labelled() {
        return labels != null;
    }

    @Override
    public long[] classCounts() {
        long[] counts = new long[classes.size()];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    @Override
    public String preprocessing() {
        return "as they are";
    }

    @Override
    public BatchReader read(long first, int batchSize) {
        return new BatchReader() {
            private int next = (int) first;

            @Override
            public int next(FloatBuffer samples, int[] into) {
                int count = Math.min(batchSize, features.length - next);
                for (int i = 0; i < count; i++) {
                    samples.put(i * width, features[next + i]);
                    into[i] = labels == null ? -1 : labels[next + i];
                }
                next += count;
                return count;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Sample sample(long index) {
        int label = labels == null ? -1 : labels[(int) index];
        return new Sample(index, features[(int) index], label, Optional.empty());
    }

    @Override
    public void close() {}
}
