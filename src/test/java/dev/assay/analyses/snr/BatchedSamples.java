package dev.assay.analyses.snr;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Samples that hand out a few at a time, whatever is asked for, and count how they are read. */
final class BatchedSamples implements Dataset {

    private final MemorySamples samples;
    private final int batch;
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    BatchedSamples(MemorySamples samples, int batch) {
        this.samples = samples;
        this.batch = batch;
    }

    int batch() {
        return batch;
    }

    /** How often reading was begun. */
    int passes() {
        return passes.get();
    }

    /** Most samples that were handed out at once. */
    int mostRead() {
        return most.get();
    }

    @Override
    public BatchReader read(long first, int batchSize) throws InputException {
        passes.incrementAndGet();
        BatchReader reader = samples.read(first, Math.min(batch, batchSize));
        return new BatchReader() {
            @Override
            public int next(FloatBuffer values, int[] labels) throws InputException {
                int count = reader.next(values, labels);
                most.accumulateAndGet(count, Math::max);
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    @Override
    public Sample sample(long index) {
        return samples.sample(index);
    }

    @Override
    public long size() {
        return samples.size();
    }

    @Override
    public int[] sampleShape() {
        return samples.sampleShape();
    }

    @Override
    public boolean labelled() {
        return samples.labelled();
    }

    @Override
    public List<String> classes() {
        return samples.classes();
    }

    @Override
    public long[] classCounts() {
        return samples.classCounts();
    }

    @Override
    public String preprocessing() {
        return samples.preprocessing();
    }

    @Override
    public String name() {
        return samples.name();
    }

    @Override
    public Location location() {
        return samples.location();
    }

    @Override
    public List<Path> files() {
        return samples.files();
    }

    @Override
    public String summary() {
        return samples.summary();
    }

    @Override
    public void close() {
        samples.close();
    }
}
