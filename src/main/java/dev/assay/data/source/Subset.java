package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Which stored samples a dataset shows: a range, and of it all or one part of a random split. The split is a
 * pseudo-random permutation that depends on the seed and the number of samples alone, so its parts have exact sizes, are
 * disjoint, and need no memory. Safe to use from several threads.
 */
public final class Subset {

    private static final int BLOCK = 1 << 16;

    private final long start;
    private final long end;
    /** -1 takes all, 0 the training part, 1 the test part. */
    private final int part;

    private final long testCount;
    private final Permutation permutation;
    private volatile long[] takenBefore;

    /**
     * Reads {@code range}, {@code part}, {@code holdout} and {@code splitSeed}.
     *
     * @param count stored samples
     * @throws InputException when the range lies outside, or nothing is left
     */
    public Subset(OptionReader options, long count) throws InputException {
        long[] range = range(options, count);
        start = range[0];
        end = range[1];
        String which = options.choice("part", "all", "train", "test", "all");
        part = which.equals("all") ? -1 : which.equals("train") ? 0 : 1;
        BigDecimal share;
        try {
            share = new BigDecimal(options.text("holdout").orElse("0.2"));
        } catch (NumberFormatException e) {
            throw options.wrong("holdout", "use a number between 0 and 1");
        }
        if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) >= 0) {
            throw options.wrong("holdout", "use a number between 0 and 1");
        }
        long seed = options.whole("splitSeed", 0);
        testCount = share.multiply(BigDecimal.valueOf(end - start))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        permutation = new Permutation(end - start, seed);
        if (size() == 0) {
            throw new InputException(
                    "the " + which + " part of " + (end - start) + " samples is empty",
                    options.location().path().toString(),
                    "change holdout, or leave part out");
        }
    }

    private static long[] range(OptionReader options, long count) throws InputException {
        String text = options.text("range").orElse(":");
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw options.wrong("range", "use FIRST:END, e.g. 0:1000");
        }
        long from;
        long to;
        try {
            String first = text.substring(0, colon).strip();
            String last = text.substring(colon + 1).strip();
            from = first.isEmpty() ? 0 : Long.parseLong(first);
            to = last.isEmpty() ? count : Long.parseLong(last);
        } catch (NumberFormatException e) {
            throw options.wrong("range", "use FIRST:END, e.g. 0:1000");
        }
        if (from < 0 || to > count || from >= to) {
            throw options.wrong("range", "the samples are 0:" + count + ", and a range takes at least one");
        }
        return new long[] {from, to};
    }

    /** Samples taken. */
    public long size() {
        return part < 0 ? end - start : part == 1 ? testCount : end - start - testCount;
    }

    /** End of the stored samples that may be taken. */
    long end() {
        return end;
    }

    /** Whether a stored sample is taken. */
    boolean takes(long stored) {
        if (stored < start || stored >= end) {
            return false;
        }
        return part < 0 || permutation.of(stored - start) < testCount == (part == 1);
    }

    /** The next stored sample from one on that is taken; {@link #end()} when there is none. */
    long nextTaken(long stored) {
        long at = Math.max(stored, start);
        while (at < end && !takes(at)) {
            at++;
        }
        return at;
    }

    /** The end of the unbroken run of taken samples that begins at one, at most {@code most} long. */
    long runEnd(long stored, long most) {
        long last = Math.min(end, stored + most);
        if (part < 0) {
            return last;
        }
        long at = stored + 1;
        while (at < last && takes(at)) {
            at++;
        }
        return at;
    }

    /** The stored index of the sample with that index in this subset. */
    long stored(long index) {
        if (part < 0) {
            return start + index;
        }
        long[] before = takenBefore();
        int block = 0;
        int high = before.length - 1;
        while (block < high) {
            int middle = (block + high + 1) >>> 1;
            if (before[middle] <= index) {
                block = middle;
            } else {
                high = middle - 1;
            }
        }
        long at = nextTaken(start + (long) block * BLOCK);
        for (long k = before[block]; k < index; k++) {
            at = nextTaken(at + 1);
        }
        return at;
    }

    /** How many samples are taken before each block; found at the first call. */
    private long[] takenBefore() {
        long[] before = takenBefore;
        if (before == null) {
            before = new long[Math.toIntExact((end - start + BLOCK - 1) / BLOCK)];
            long taken = 0;
            for (long i = start; i < end; i++) {
                if ((i - start) % BLOCK == 0) {
                    before[(int) ((i - start) / BLOCK)] = taken;
                }
                taken += takes(i) ? 1 : 0;
            }
            takenBefore = before;
        }
        return before;
    }
}
