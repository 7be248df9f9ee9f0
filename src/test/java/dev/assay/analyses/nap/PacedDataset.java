package dev.assay.analyses.nap;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A dataset whose batches come slowly for as long as somebody wants it. */
record PacedDataset(Dataset dataset, BooleanSupplier slow) implements Dataset {

    private static final long PAUSE_MS = 20;

    @Override
    public BatchReader read(long first, int batchSize) throws InputException {
        BatchReader reader = dataset.read(first, batchSize);
        return new BatchReader() {
            @Override
            public int next(FloatBuffer samples, int[] labels) throws InputException {
                if (slow.getAsBoolean()) {
                    try {
                        Thread.sleep(PAUSE_MS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return reader.next(samples, labels);
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    @Override
    public long size() {
        return dataset.size();
    }

    @Override
    public int[] sampleShape() {
        return dataset.sampleShape();
    }

    @Override
    public boolean labelled() {
        return dataset.labelled();
    }

    @Override
    public List<String> classes() {
        return dataset.classes();
    }

    @Override
    public long[] classCounts() throws InputException {
        return dataset.classCounts();
    }

    @Override
    public String preprocessing() {
        return dataset.preprocessing();
    }

    @Override
    public Sample sample(long index) throws InputException {
        return dataset.sample(index);
    }

    @Override
    public String name() {
        return dataset.name();
    }

    @Override
    public Location location() {
        return dataset.location();
    }

    @Override
    public List<Path> files() {
        return dataset.files();
    }

    @Override
    public String summary() {
        return dataset.summary();
    }

    @Override
    public void close() {
        dataset.close();
    }
}
