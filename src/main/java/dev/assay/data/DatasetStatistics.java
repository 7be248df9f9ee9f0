package dev.assay.data;

import dev.assay.analysis.InputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Counts, sums and a histogram of a dataset's values, as a sum over samples: parts may be accumulated in any order and on
 * any threads and merged, and the outcome is the same to the bit. Sums are exact: a float32 is a whole number of at most
 * 24 bits times a power of two, so each power of two has its own integer sums of values and of squares. One instance is
 * used by one thread at a time.
 */
public final class DatasetStatistics {

    private static final int EXPONENTS = 256;
    private static final int LOW_BITS = 24;
    private static final int PAGE_BITS = 10;
    private static final int BUCKET_BITS = 20;
    private static final int PAGE = 1 << PAGE_BITS;

    /** Samples, and those per class. */
    private long samples;

    private final long[] perClass;
    private long unlabelled;
    private long nan;
    private long infinite;
    private long finite;
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;
    /** Sums of mantissas by exponent, and of their squares in two parts of 24 bits. */
    private final long[] sums = new long[EXPONENTS];

    private final long[] squaresHigh = new long[EXPONENTS];
    private final long[] squaresLow = new long[EXPONENTS];
    /** Counts of values by their leading 20 bits in ascending order; pages are made when they are needed. */
    private final long[][] buckets = new long[1 << BUCKET_BITS - PAGE_BITS][];

    /** @param classes number of classes; 0 without labels */
    public DatasetStatistics(int classes) {
        perClass = new long[classes];
    }

    /**
     * Reads a whole dataset.
     *
     * @param progress given the number of samples done, after each batch; cancel by throwing an unchecked exception
     *     such as {@link java.util.concurrent.CancellationException} or by interrupting the thread
     * @throws InputException what reading met
     */
    public static DatasetStatistics of(Dataset dataset, LongConsumer progress) throws InputException {
        DatasetStatistics statistics = new DatasetStatistics(dataset.classes().size());
        int values = Math.toIntExact(Arrays.stream(dataset.sampleShape()).asLongStream().reduce(1, (a, b) -> a * b));
        int batch = Math.clamp((1 << 18) / values, 1, 4096);
        try (ReadAhead ahead = ReadAhead.of(dataset, batch)) {
            for (var next = ahead.next(); next.isPresent(); next = ahead.next()) {
                try (ReadAhead.Batch read = next.get()) {
                    statistics.accumulate(read.samples(), read.labels(), read.count());
                }
                progress.accept(statistics.samples);
            }
        }
        return statistics;
    }

    /**
     * Adds samples.
     *
     * @param values all their values, from position to limit; the position is left where it was
     * @param labels a class per sample, -1 for none
     * @param count number of samples
     */
    public void accumulate(FloatBuffer values, int[] labels, int count) {
        samples += count;
        for (int i = 0; i < count; i++) {
            if (labels[i] >= 0 && labels[i] < perClass.length) {
                perClass[labels[i]]++;
            } else {
                unlabelled++;
            }
        }
        // neighbours are often equal (the background of an image), so runs are added at once
        int run = 0;
        int bits = 0;
        for (int i = values.position(); i < values.limit(); i++) {
            int next = Float.floatToRawIntBits(values.get(i));
            if (next != bits && run > 0) {
                add(bits, run);
                run = 0;
            }
            bits = next;
            run++;
        }
        if (run > 0) {
            add(bits, run);
        }
    }

    private void add(int bits, int times) {
        int exponent = bits >>> 23 & 0xFF;
        if (exponent == 0xFF) {
            if ((bits & 0x7FFFFF) != 0) {
                nan += times;
            } else {
                infinite += times;
            }
            return;
        }
        float value = Float.intBitsToFloat(bits);
        finite += times;
        min = Math.min(min, value);
        max = Math.max(max, value);
        long mantissa = bits & 0x7FFFFF | (exponent == 0 ? 0 : 0x800000);
        long square = mantissa * mantissa;
        sums[exponent] += times * (bits < 0 ? -mantissa : mantissa);
        squaresHigh[exponent] += times * (square >>> LOW_BITS);
        squaresLow[exponent] += times * (square & (1 << LOW_BITS) - 1);
        int bucket = bucket(bits);
        long[] page = buckets[bucket >>> PAGE_BITS];
        if (page == null) {
            page = new long[PAGE];
            buckets[bucket >>> PAGE_BITS] = page;
        }
        page[bucket & PAGE - 1] += times;
    }

    /** The leading bits of a value, turned so that buckets ascend with values; both zeros share one. */
    private static int bucket(int bits) {
        int number = bits == Integer.MIN_VALUE ? 0 : bits;
        int ordered = number >= 0 ? number | Integer.MIN_VALUE : ~number;
        return ordered >>> 32 - BUCKET_BITS;
    }

    /** The least value of a bucket. */
    private static double lowerEdge(int bucket) {
        int ordered = bucket << 32 - BUCKET_BITS;
        if (ordered < 0) {
            return Float.intBitsToFloat(ordered & Integer.MAX_VALUE);
        }
        // the least value of a negative bucket has the largest magnitude: all lower bits set before turning
        return Float.intBitsToFloat(~ordered);
    }

    /**
     * Adds what another one has found; it stays as it is.
     *
     * @throws IllegalArgumentException when it is of another number of classes
     */
    public void merge(DatasetStatistics other) {
        if (other.perClass.length != perClass.length) {
            throw new IllegalArgumentException(other.perClass.length + " classes instead of " + perClass.length);
        }
        samples += other.samples;
        unlabelled += other.unlabelled;
        nan += other.nan;
        infinite += other.infinite;
        finite += other.finite;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        add(perClass, other.perClass);
        add(sums, other.sums);
        add(squaresHigh, other.squaresHigh);
        add(squaresLow, other.squaresLow);
        for (int p = 0; p < buckets.length; p++) {
            if (other.buckets[p] != null) {
                buckets[p] = buckets[p] == null ? new long[PAGE] : buckets[p];
                add(buckets[p], other.buckets[p]);
            }
        }
    }

    private static void add(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /**
     * The figures so far.
     *
     * @param bins about how many bins the histogram should have, at least 1
     */
    public Figures finish(int bins) {
        double mean = Double.NaN;
        double deviation = Double.NaN;
        if (finite > 0) {
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal squares = BigDecimal.ZERO;
            BigDecimal low = BigDecimal.valueOf(1L << LOW_BITS);
            for (int e = 0; e < EXPONENTS - 1; e++) {
                if (squaresHigh[e] != 0 || squaresLow[e] != 0) {
                    BigDecimal unit = unit(e);
                    sum = sum.add(unit.multiply(BigDecimal.valueOf(sums[e])));
                    BigDecimal square =
                            low.multiply(BigDecimal.valueOf(squaresHigh[e])).add(BigDecimal.valueOf(squaresLow[e]));
                    squares = squares.add(unit.multiply(unit).multiply(square));
                }
            }
            BigDecimal n = BigDecimal.valueOf(finite);
            MathContext precise = new MathContext(40, RoundingMode.HALF_EVEN);
            mean = sum.divide(n, precise).doubleValue();
            BigDecimal spread = n.multiply(squares).subtract(sum.multiply(sum));
            deviation = spread.divide(n.multiply(n), precise).sqrt(precise).doubleValue();
        }
        double least = finite == 0 ? Double.NaN : min;
        double greatest = finite == 0 ? Double.NaN : max;
        return new Figures(
                samples, perClass.clone(), unlabelled, finite, nan, infinite, least, greatest, mean, deviation,
                histogram(bins));
    }

    /** What one unit of the mantissa is worth at a stored exponent; a power of two, exactly. */
    private static BigDecimal unit(int exponent) {
        int power = Math.max(1, exponent) - 150;
        BigDecimal two = BigDecimal.valueOf(2);
        return power >= 0 ? two.pow(power) : BigDecimal.ONE.divide(two.pow(-power));
    }

    private Histogram histogram(int bins) {
        if (finite == 0) {
            return new Histogram(new double[] {0, 1}, new long[] {0});
        }
        int first = bucket(Float.floatToRawIntBits(min));
        int last = bucket(Float.floatToRawIntBits(max));
        double[] edges = new double[Math.min(bins, last - first + 1) + 1];
        int[] starts = new int[edges.length];
        int made = 0;
        for (int b = 0; b < edges.length - 1; b++) {
            double wanted = min + ((double) max - min) * b / (edges.length - 1);
            int start = bucket(Float.floatToRawIntBits((float) wanted));
            if (made == 0 || start > starts[made - 1]) {
                starts[made] = start;
                edges[made] = made == 0 ? min : lowerEdge(start);
                made++;
            }
        }
        starts[made] = last + 1;
        edges[made] = max > edges[made - 1] ? max : Math.nextUp(edges[made - 1]);
        long[] counts = new long[made];
        for (int b = 0; b < made; b++) {
            for (int k = starts[b]; k < starts[b + 1]; k++) {
                long[] page = buckets[k >>> PAGE_BITS];
                counts[b] += page == null ? 0 : page[k & PAGE - 1];
            }
        }
        return new Histogram(Arrays.copyOf(edges, made + 1), counts);
    }

    /**
     * Counts of values.
     *
     * @param edges ascending, one more than bins, from the least to the greatest value; nearly even, each moved by less
     *     than 1/2048 of itself so that the counts are exact
     * @param counts finite values in each bin, its lower edge included; the last bin holds its upper edge too
     */
    public record Histogram(double[] edges, long[] counts) {}

    /**
     * The figures of a dataset.
     *
     * @param samples number of samples
     * @param perClass samples of each class
     * @param unlabelled samples without a class
     * @param finite values that are finite numbers; the figures that follow are theirs
     * @param nan values that are no numbers
     * @param infinite infinite values
     * @param min least value; NaN when there is none
     * @param max greatest value
     * @param mean their mean
     * @param deviation their standard deviation (of the population: divided by the number of values)
     * @param histogram their histogram
     */
    public record Figures(
            long samples,
            long[] perClass,
            long unlabelled,
            long finite,
            long nan,
            long infinite,
            double min,
            double max,
            double mean,
            double deviation,
            Histogram histogram) {}
}
