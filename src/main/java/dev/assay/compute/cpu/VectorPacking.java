package dev.assay.compute.cpu;

import dev.assay.compute.ActivationPacking;
import dev.assay.compute.RowTasks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packs with the Vector API. The values are looked at as integers: a float is above zero iff its bits, read as a signed
 * integer, are (both zeros are not, NaN is caught apart).
 */
final class VectorPacking implements ActivationPacking {

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /** Bits of a float without its sign; from {@link #INFINITE} on it is infinite or NaN. */
    private static final int MAGNITUDE = 0x7fffffff;

    private static final int INFINITE = 0x7f800000;

    private final RowTasks tasks;

    VectorPacking(RowTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public long pack(
            MemorySegment values, int rows, int units, int positions, MemorySegment bits, int stride, int wordOffset) {
        long rowFloats = (long) units * positions;
        boolean[] found = new boolean[1];
        tasks.run(rows, rowFloats * Float.BYTES, (from, to) -> {
            boolean finite = positions == 1
                    ? packPlain(values, from, to, units, bits, stride, wordOffset)
                    : packAny(values, from, to, units, positions, bits, stride, wordOffset);
            if (!finite) {
                // Every thread that gets here writes the same value, and joining the tasks publishes it.
                found[0] = true;
            }
        });
        return found[0] ? firstNotFinite(values, rows * rowFloats) : -1;
    }

    private static boolean packPlain(
            MemorySegment values, int from, int to, int units, MemorySegment bits, int stride, int wordOffset) {
        IntVector greatest = IntVector.zero(SPECIES);
        int greatestOfTails = 0;
        int fullWords = units / Long.SIZE;
        int tail = units % Long.SIZE;
        for (int r = from; r < to; r++) {
            long in = (long) r * units * Float.BYTES;
            long out = ((long) r * stride + wordOffset) * Long.BYTES;
            for (int w = 0; w < fullWords; w++) {
                long word = 0;
                for (int i = 0; i < Long.SIZE; i += LANES) {
                    IntVector v = IntVector.fromMemorySegment(SPECIES, values, in + (long) i * Float.BYTES, ORDER);
                    greatest = greatest.max(v.and(MAGNITUDE));
                    word |= v.compare(VectorOperators.GT, 0).toLong() << i;
                }
                bits.set(LONG, out, word);
                in += Long.SIZE * (long) Float.BYTES;
                out += Long.BYTES;
            }
            if (tail > 0) {
                long word = 0;
                for (int i = 0; i < tail; i++) {
                    int v = values.get(INT, in + (long) i * Float.BYTES);
                    greatestOfTails = Math.max(greatestOfTails, v & MAGNITUDE);
                    word |= v > 0 ? 1L << i : 0;
                }
                bits.set(LONG, out, word);
            }
        }
        return Math.max(greatestOfTails, greatest.reduceLanes(VectorOperators.MAX)) < INFINITE;
    }

    private static boolean packAny(
            MemorySegment values,
            int from,
            int to,
            int units,
            int positions,
            MemorySegment bits,
            int stride,
            int wordOffset) {
        int greatest = 0;
        int vectorised = SPECIES.loopBound(positions);
        for (int r = from; r < to; r++) {
            long in = (long) r * units * positions * Float.BYTES;
            long out = ((long) r * stride + wordOffset) * Long.BYTES;
            long word = 0;
            for (int u = 0; u < units; u++) {
                IntVector high = IntVector.broadcast(SPECIES, Integer.MIN_VALUE);
                IntVector magnitude = IntVector.zero(SPECIES);
                for (int i = 0; i < vectorised; i += LANES) {
                    IntVector v = IntVector.fromMemorySegment(SPECIES, values, in + (long) i * Float.BYTES, ORDER);
                    high = high.max(v);
                    magnitude = magnitude.max(v.and(MAGNITUDE));
                }
                int top = high.reduceLanes(VectorOperators.MAX);
                greatest = Math.max(greatest, magnitude.reduceLanes(VectorOperators.MAX));
                for (int i = vectorised; i < positions; i++) {
                    int v = values.get(INT, in + (long) i * Float.BYTES);
                    top = Math.max(top, v);
                    greatest = Math.max(greatest, v & MAGNITUDE);
                }
                word |= top > 0 ? 1L << u : 0;
                in += (long) positions * Float.BYTES;
                if ((u & (Long.SIZE - 1)) == Long.SIZE - 1 || u == units - 1) {
                    bits.set(LONG, out, word);
                    out += Long.BYTES;
                    word = 0;
                }
            }
        }
        return greatest < INFINITE;
    }

    private static long firstNotFinite(MemorySegment values, long count) {
        for (long i = 0; i < count; i++) {
            if ((values.get(INT, i * Float.BYTES) & MAGNITUDE) >= INFINITE) {
                return i;
            }
        }
        throw new IllegalStateException("the values changed while they were packed");
    }
}
