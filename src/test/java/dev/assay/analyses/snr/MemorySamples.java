package dev.assay.analyses.snr;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Picture;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows in memory; with labels below the number of classes, or none. */
record MemorySamples(float[][] rows, int[] labels, int[] sampleShape, List<String> classes) implements Dataset {

    static MemorySamples of(double[][] rows, int[] labels) {
        float[][] values = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            values[i] = new float[rows[i].length];
            for (int c = 0; c < rows[i].length; c++) {
                values[i][c] = (float) rows[i][c];
            }
        }
        int classes = labels == null ? 0 : IntStream.of(labels).max().orElse(-1) + 1;
        return new MemorySamples(
                values,
                labels,
                new int[] {rows.length == 0 ? 2 : rows[0].length},
                IntStream.range(0, classes).mapToObj(c -> "c" + c).toList());
    }

    /** Noisy copies of one random row per class. */
    static MemorySamples clusters(int classes, int perClass, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[classes * perClass][columns];
        int[] labels = new int[rows.length];
        for (int c = 0; c < classes; c++) {
            double[] centre = random.doubles(columns, -1, 1).toArray();
            for (int i = 0; i < perClass; i++) {
                int r = c * perClass + i;
                labels[r] = c;
                for (int d = 0; d < columns; d++) {
                    rows[r][d] = centre[d] + random.nextDouble(-0.8, 0.8);
                }
            }
        }
        return of(rows, labels);
    }

    /** The same samples with classes of other names, a prefix and their number. */
    MemorySamples called(String prefix) {
        return new MemorySamples(
                rows, labels, sampleShape,
                IntStream.range(0, classes.size()).mapToObj(c -> prefix + c).toList());
    }

    /** The same values as pictures of one channel. */
    MemorySamples asPictures(int side) {
        return new MemorySamples(rows, labels, new int[] {1, side, side}, classes);
    }

    @Override
    public long size() {
        return rows.length;
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
        return "none";
    }

    @Override
    public BatchReader read(long first, int batchSize) {
        return new BatchReader() {
            private int at = (int) first;

            @Override
            public int next(FloatBuffer samples, int[] into) {
                samples.clear();
                int count = Math.min(batchSize, rows.length - at);
                for (int i = 0; i < count; i++) {
                    samples.put(rows[at + i]);
                    into[i] = labels == null ? -1 : labels[at + i];
                }
                at += count;
                samples.flip();
                return count;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public Sample sample(long index) {
        float[] values = rows[(int) index];
        Optional<Picture> picture = Optional.empty();
        if (sampleShape.length == 3) {
            byte[] pixels = new byte[values.length];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) Math.clamp((long) (128 + 100 * values[i]), 0, 255);
            }
            picture = Optional.of(new Picture(sampleShape[2], sampleShape[1], 1, pixels));
        }
        return new Sample(index, values, labels == null ? -1 : labels[(int) index], picture);
    }

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public Location location() {
        return Location.of(Path.of("rows"));
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    @Override
    public String summary() {
        return rows.length + " rows";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
