package dev.assay.data;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A dataset in memory, for tests; fails where it is told to. */
public final class MemoryDataset implements Dataset {

    private final float[][] samples;
    private final int[] labels;
    private final int classes;
    private volatile long failAt = -1;
    private volatile int opened;
    private volatile int closed;

    public MemoryDataset(float[][] samples, int[] labels, int classes) {
        this.samples = samples;
        this.labels = labels;
        this.classes = classes;
    }

    /** Reading that sample fails. */
    public MemoryDataset failAt(long sample) {
        failAt = sample;
        return this;
    }

    /** Readers that were opened and not closed. */
    public int readersLeft() {
        return opened - closed;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Location location() {
        return Location.of(Path.of("memory"));
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
    public long size() {
        return samples.length;
    }

    @Override
    public int[] sampleShape() {
        return new int[] {samples.length == 0 ? 1 : samples[0].length};
    }

    @Override
    public boolean labelled() {
        return classes > 0;
    }

    @Override
    public List<String> classes() {
        return IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    }

    @Override
    public long[] classCounts() {
        long[] counts = new long[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    @Override
    public String preprocessing() {
        return "values as stored";
    }

    @Override
    public BatchReader read(long first, int batchSize) {
        opened++;
        return new BatchReader() {
            private int next = (int) first;

            @Override
            public int next(FloatBuffer out, int[] classesOut) throws InputException {
                out.clear();
                int count = Math.min(batchSize, samples.length - next);
                for (int i = 0; i < count; i++) {
                    if (next == failAt) {
                        throw new InputException("damaged", "memory", "");
                    }
                    out.put(samples[next]);
                    classesOut[i] = labels[next++];
                }
                out.flip();
                return count;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    @Override
    public Sample sample(long index) {
        return new Sample(index, samples[(int) index], labels[(int) index], Optional.empty());
    }

    @Override
    public void close() {
        // nothing to release
    }
}
