package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random points around each class's mined samples: for every point a sample drawn with replacement, and each of its
 * values moved uniformly within the radius. The stream of every point is seeded with the run's seed and the point's
 * number, so the points do not depend on batches or threads. Reads the dataset once, in order.
 */
final class RegionProbe implements BatchReader {

    private static final int BATCH = 256;
    private static final long DRAW = 0x51ed270b0f1a5d3bL;
    private static final long MOVE = 0x2545f4914f6cdd1dL;

    private final long seed;
    private final int perClass;
    private final float radius;
    private final int sampleSize;
    private final long[] picks;
    private final long points;
    private final BatchReader source;
    private final FloatBuffer samples;
    private final int[] ignored = new int[BATCH];
    private long first;
    private int count;
    private int next;

    private RegionProbe(
            long seed, int perClass, double radius, int sampleSize, long[] picks, long points, BatchReader source) {
        this.seed = seed;
        this.perClass = perClass;
        this.radius = (float) radius;
        this.sampleSize = sampleSize;
        this.picks = picks;
        this.points = points;
        this.source = source;
        this.samples = ByteBuffer.allocateDirect(Math.multiplyExact(Math.multiplyExact(BATCH, sampleSize), Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * Draws the samples that the points lie around.
     *
     * @param store of the training samples
     * @param minedFor the class that a sample with this label and decision is mined for, beyond the last for none
     * @param support mined samples by class
     */
    static RegionProbe open(
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
        int sampleSize = Arrays.stream(train.sampleShape()).reduce(1, Math::multiplyExact);
        return new RegionProbe(
                seed, perClass, parameters.regionRadius(), sampleSize, picks, points, train.read(0, BATCH));
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

    /** Number of points. */
    int size() {
        return picks.length;
    }

    @Override
    public int next(FloatBuffer into, int[] labels) throws InputException {
        int capacity = Math.min(labels.length, into.capacity() / sampleSize);
        int n = 0;
        while (n < capacity && next < picks.length) {
            long sample = picks[next] / points;
            long point = picks[next] % points;
            while (sample >= first + count) {
                first += count;
                count = source.next(samples.clear(), ignored);
                if (count == 0) {
                    throw new InputException(
                            "the data ended before sample " + sample, "training data", "check that it did not change");
                }
            }
            SplittableRandom random = stream(seed, MOVE, point);
            int from = Math.toIntExact(sample - first) * sampleSize;
            for (int i = 0; i < sampleSize; i++) {
                float move = (float) (2 * random.nextDouble() - 1) * radius;
                into.put(n * sampleSize + i, samples.get(from + i) + move);
            }
            labels[n++] = (int) (point / perClass);
            next++;
        }
        return n;
    }

    @Override
    public void close() {
        source.close();
    }
}
