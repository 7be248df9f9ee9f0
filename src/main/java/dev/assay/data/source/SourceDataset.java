package dev.assay.data.source;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.LabelSets;
import dev.assay.data.Sample;
import dev.assay.text.Numbers;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A dataset made of stored samples, a subset of them, and preprocessing. */
public final class SourceDataset implements Dataset {

    /** Values decoded at a time: enough to be quick, little enough to stay in the processor's cache. */
    private static final int CHUNK_VALUES = 1 << 17;

    private final Location location;
    private final SampleSource source;
    private final Preprocessing preprocessing;
    private final Subset subset;
    private volatile long[] classCounts;

    private SourceDataset(Location location, SampleSource source, Preprocessing preprocessing, Subset subset) {
        this.location = location;
        this.source = source;
        this.preprocessing = preprocessing;
        this.subset = subset;
    }

    /**
     * Applies the options to a source; closes the source when they do not fit.
     *
     * @throws InputException when an option does not fit the samples
     */
    public static SourceDataset of(OptionReader options, SampleSource source) throws InputException {
        try {
            return new SourceDataset(
                    options.location(),
                    source,
                    new Preprocessing(options, source.form()),
                    new Subset(options, source.count()));
        } catch (InputException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public List<Path> files() {
        return source.files();
    }

    @Override
    public String summary() {
        String count = Numbers.count(size()) + " x " + StoredForm.text(preprocessing.form().shape());
        if (labelled()) {
            return count + ", " + classes().size() + (classes().size() == 1 ? " class" : " classes");
        }
        return count + (source.labelSets().isPresent() ? ", several labels per sample" : ", no labels");
    }

    @Override
    public long size() {
        return subset.size();
    }

    @Override
    public int[] sampleShape() {
        return preprocessing.shape();
    }

    @Override
    public boolean labelled() {
        return !source.classes().isEmpty();
    }

    @Override
    public List<String> classes() {
        return source.classes();
    }

    @Override
    public Optional<LabelSets> labelSets() throws InputException {
        Optional<SampleSource.LabelSetReader> reader = source.labelSets();
        if (reader.isEmpty()) {
            return Optional.empty();
        }
        LabelSets stored = reader.get().read();
        long[][] taken = new long[Math.toIntExact(size())][];
        long at = subset.nextTaken(0);
        for (int i = 0; i < taken.length; i++) {
            taken[i] = stored.sets()[Math.toIntExact(at)];
            at = subset.nextTaken(at + 1);
        }
        return Optional.of(new LabelSets(stored.names(), taken));
    }

    @Override
    public long[] classCounts() throws InputException {
        long[] counts = classCounts;
        if (counts == null) {
            counts = countClasses();
            classCounts = counts;
        }
        return counts.clone();
    }

    private long[] countClasses() throws InputException {
        long[] counts = new long[classes().size()];
        if (!labelled()) {
            return counts;
        }
        int[] labels = new int[8192];
        long at = subset.nextTaken(0);
        try (SampleReader reader = source.read(at)) {
            while (at < subset.end()) {
                long runEnd = subset.runEnd(at, labels.length);
                int run = (int) (runEnd - at);
                reader.readLabels(run, labels, 0);
                for (int i = 0; i < run; i++) {
                    if (labels[i] >= 0) {
                        counts[labels[i]]++;
                    }
                }
                at = subset.nextTaken(runEnd);
                reader.skip(at - runEnd);
            }
        }
        return counts;
    }

    @Override
    public String preprocessing() {
        return preprocessing.words();
    }

    @Override
    public BatchReader read(long first, int batchSize) throws InputException {
        if (first < 0 || first > size()) {
            throw new IndexOutOfBoundsException("sample " + first + " of " + size());
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch of " + batchSize + " samples");
        }
        return new Batches(first, batchSize);
    }

    @Override
    public Sample sample(long index) throws InputException {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("sample " + index + " of " + size());
        }
        StoredForm form = preprocessing.form();
        ByteBuffer block = ByteBuffer.allocate(form.bytes()).order(form.order());
        int[] label = new int[1];
        try (SampleReader reader = source.readAt(subset.stored(index))) {
            reader.read(block.array(), 1, label, 0);
        }
        float[] values = new float[form.values()];
        preprocessing.apply(block, 1, values, new float[form.values()]);
        return new Sample(index, values, label[0], Pictures.of(preprocessing, block));
    }

    @Override
    public void close() {
        source.close();
    }

    @Override
    public String toString() {
        return location.toString();
    }

    /** Reads the subset's runs chunk by chunk. */
    private final class Batches implements BatchReader {

        private final int batchSize;
        private final int values = preprocessing.form().values();
        private final int chunk;
        private final ByteBuffer block;
        private final float[] decoded;
        private final float[] scratch;
        private final SampleReader reader;
        private long stored;
        private long left;

        Batches(long first, int batchSize) throws InputException {
            this.batchSize = batchSize;
            StoredForm form = preprocessing.form();
            chunk = Math.max(1, Math.min(batchSize, CHUNK_VALUES / values));
            left = size() - first;
            stored = left == 0 ? subset.end() : subset.stored(first);
            reader = source.read(stored);
            block = ByteBuffer.allocate(Math.multiplyExact(chunk, form.bytes())).order(form.order());
            decoded = new float[Math.multiplyExact(chunk, values)];
            scratch = new float[values];
        }

        @Override
        public int next(FloatBuffer samples, int[] labels) throws InputException {
            int wanted = (int) Math.min(batchSize, left);
            samples.clear();
            int done = 0;
            while (done < wanted) {
                int run = (int) (subset.runEnd(stored, Math.min(chunk, wanted - done)) - stored);
                reader.read(block.array(), run, labels, done);
                if (preprocessing.isLookUp()) {
                    preprocessing.lookUp(block.array(), run * values, samples);
                } else {
                    preprocessing.apply(block, run, decoded, scratch);
                    samples.put(decoded, 0, run * values);
                }
                done += run;
                long next = left - done == 0 ? stored + run : subset.nextTaken(stored + run);
                reader.skip(next - stored - run);
                stored = next;
            }
            left -= done;
            samples.flip();
            return done;
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
