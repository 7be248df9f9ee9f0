package dev.assay.compute.opencl;

import dev.assay.compute.RowTasks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * Samples class by class, cut into segments. Those without a class are left out.
 *
 * @param sizes samples of each class
 * @param starts place in the order of each class's first sample
 */
record SampleOrder(int[] sizes, int[] starts) {

    /** Samples that a thread puts in order before it takes the next; takes several times a thread's wake-up. */
    private static final int PIECE = 32_768;

    /**
     * Puts samples in order.
     *
     * @param classOf class of each sample, negative for none
     * @param first index of the first sample's class
     * @param rows number of samples
     * @param order filled with the samples' numbers from 0, of each class ascending, as int
     */
    static SampleOrder of(RowTasks host, int[] classOf, int first, int rows, int classes, MemorySegment order) {
        int pieces = Math.max(1, Math.min(host.threads(), rows / PIECE));
        // First how many samples of each class a piece has, then the place of the next of them.
        int[][] next = new int[pieces][classes];
        host.each(pieces, () -> piece -> {
            int[] mine = next[piece];
            int end = first + bound(rows, piece + 1, pieces);
            for (int r = first + bound(rows, piece, pieces); r < end; r++) {
                if (classOf[r] >= 0) {
                    mine[classOf[r]]++;
                }
            }
        });
        SampleOrder result = new SampleOrder(new int[classes], new int[classes]);
        int at = 0;
        for (int c = 0; c < classes; c++) {
            result.starts[c] = at;
            for (int[] piece : next) {
                int size = piece[c];
                piece[c] = at;
                at += size;
            }
            result.sizes[c] = at - result.starts[c];
        }
        host.each(pieces, () -> piece -> {
            int[] mine = next[piece];
            int end = bound(rows, piece + 1, pieces);
            for (int r = bound(rows, piece, pieces); r < end; r++) {
                int c = classOf[first + r];
                if (c >= 0) {
                    order.setAtIndex(ValueLayout.JAVA_INT, mine[c]++, r);
                }
            }
        });
        return result;
    }

    private static int bound(int rows, int piece, int pieces) {
        return (int) ((long) rows * piece / pieces);
    }

    /**
     * Class, first place in the order and number of samples of each segment. Segments of different classes that are read at
     * about the same time lie near each other among the samples.
     *
     * @param length most samples of a segment
     */
    int[] segments(int length) {
        IntStream.Builder list = IntStream.builder();
        int[] left = IntStream.range(0, sizes.length).filter(c -> sizes[c] > 0).toArray();
        for (int done = 0; left.length > 0; done += length) {
            int before = done;
            for (int c : left) {
                list.add(c).add(starts[c] + before).add(Math.min(length, sizes[c] - before));
            }
            left = IntStream.of(left).filter(c -> sizes[c] - before > length).toArray();
        }
        return list.build().toArray();
    }
}
