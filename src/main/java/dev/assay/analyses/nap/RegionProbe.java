package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.text.Numbers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Random points around each class's mined samples: for every point a sample drawn with replacement, and each of its
 * values moved uniformly within the radius. The stream of every point is seeded with the run's seed and the point's
 * number, so the points do not depend on batches or threads. Reads the dataset once, in order.
 */
final class RegionProbe implements Dataset {

    private static final int BATCH = 256;
    private static final long DRAW = 0x51ed270b0f1a5d3bL;
    private static final long MOVE = 0x2545f4914f6cdd1dL;

    private final Dataset train;
    private final long seed;
    private final int perClass;
    private final float radius;
    private final int sampleSize;
    private final long[] picks;
    private final long points;

    private RegionProbe(Dataset train, long seed, int perClass, double radius, long[] picks, long points) {
        this.train = train;
        this.seed = seed;
        this.perClass = perClass;
        this.radius = (float) radius;
        this.sampleSize = Arrays.stream(train.sampleShape()).reduce(1, Math::multiplyExact);
        this.picks = picks;
        this.points = points;
    }

    /**
     * Draws the samples that the points lie around.
     *
     * @param store of the training samples
     * @param minedFor the class that a sample with this label and decision is mined for, beyond the last for none
     * @param support mined samples by class
     */
    static RegionProbe draw(
            Dataset train,
            SampleStore store,
            Mining minedFor,
            long[] support,
            int classes,
            NapParameters parameters,
            long seed)
            throws AnalysisException {
        int perClass = parameters.regionSamples();
        long points = (long) classes * perClass;
        long[][] ordinals = new long[classes][];
        int drawn = 0;
        for (int c = 0; c < classes; c++) {
            ordinals[c] = new long[support[c] == 0 ? 0 : perClass];
            for (int i = 0; i < ordinals[c].length; i++) {
                long ordinal = stream(seed, DRAW, (long) c * perClass + i).nextLong(support[c]);
                ordinals[c][i] = ordinal * perClass + i;
            }
            Arrays.sort(ordinals[c]);
            drawn += ordinals[c].length;
        }
        long[] picks = new long[drawn];
        int[] at = new int[classes];
        long[] seen = new long[classes];
        int[] found = {0};
        store.forEach(block -> {
            for (int r = 0; r < block.rows(); r++) {
                int c = minedFor.classOf(block.labels()[r], block.decisions()[r]);
                if (c >= classes) {
                    continue;
                }
                while (at[c] < ordinals[c].length && ordinals[c][at[c]] / perClass == seen[c]) {
                    long point = (long) c * perClass + ordinals[c][at[c]++] % perClass;
                    picks[found[0]++] = (block.first() + r) * points + point;
                }
                seen[c]++;
            }
        });
        Arrays.sort(picks);
        return new RegionProbe(train, seed, perClass, parameters.regionRadius(), picks, points);
    }

    /** The class that a sample is mined for. */
    interface Mining {
        int classOf(int label, int decision);
    }

    private static SplittableRandom stream(long seed, long purpose, long point) {
        // Two rounds of the generator's own mixing keep streams of neighbouring points apart.
        return new SplittableRandom(new SplittableRandom(seed ^ purpose).nextLong() + point * 0x9e3779b97f4a7c15L)
                .split();
    }

    /** Moves the samples that are picked, as the dataset passes by. */
    private final class Points implements BatchReader {

        private final BatchReader source;
        private final FloatBuffer samples = ByteBuffer.allocateDirect(
                Math.multiplyExact(Math.multiplyExact(BATCH, sampleSize), Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        private final int[] ignored = new int[BATCH];
        private final int batchSize;
        private long first;
        private int count;
        private int next;

        Points(BatchReader source, int next, int batchSize) {
            this.source = source;
            this.next = next;
            this.batchSize = batchSize;
        }

        @Override
        public int next(FloatBuffer into, int[] labels) throws InputException {
            into.clear();
            int n = 0;
            for (; n < batchSize && next < picks.length; n++, next++) {
                long sample = picks[next] / points;
                long point = picks[next] % points;
                while (sample >= first + count) {
                    first += count;
                    count = source.next(samples.clear(), ignored);
                    if (count == 0) {
                        throw new InputException(
                                "the data ended before sample " + sample,
                                train.name(),
                                "check that the file did not change");
                    }
                }
                SplittableRandom random = stream(seed, MOVE, point);
                int from = Math.toIntExact(sample - first) * sampleSize;
                for (int i = 0; i < sampleSize; i++) {
                    float move = (float) (2 * random.nextDouble() - 1) * radius;
                    into.put(n * sampleSize + i, samples.get(from + i) + move);
                }
                labels[n] = (int) (point / perClass);
            }
            into.position(0).limit(n * sampleSize);
            return n;
        }

        @Override
        public void close() {
            source.close();
        }
    }

    @Override
    public BatchReader read(long first, int batchSize) throws InputException {
        return new Points(train.read(0, BATCH), Math.toIntExact(first), batchSize);
    }

    @Override
    public Sample sample(long index) throws InputException {
        FloatBuffer values = FloatBuffer.allocate(sampleSize);
        int[] label = new int[1];
        try (BatchReader reader = read(index, 1)) {
            reader.next(values, label);
        }
        return new Sample(index, values.array(), label[0], Optional.empty());
    }

    @Override
    public long size() {
        return picks.length;
    }

    @Override
    public int[] sampleShape() {
        return train.sampleShape();
    }

    @Override
    public boolean labelled() {
        return true;
    }

    @Override
    public List<String> classes() {
        return train.classes();
    }

    @Override
    public long[] classCounts() throws InputException {
        return train.classCounts();
    }

    @Override
    public String preprocessing() {
        return train.preprocessing();
    }

    @Override
    public String name() {
        return "points around " + train.name();
    }

    @Override
    public Location location() {
        return train.location();
    }

    @Override
    public List<Path> files() {
        return train.files();
    }

    @Override
    public String summary() {
        return Numbers.count(picks.length) + " points";
    }

    @Override
    public void close() {
        // The dataset behind it belongs to the run.
    }
}
