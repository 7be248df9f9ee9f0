package dev.assay.compute.cpu;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Counts with vertical counters: plane p of a class holds bit p of every unit's count, so adding a sample is a ripple of
 * and/xor over whole words, and each word counts 64 units at once. Before 16 planes overflow they are emptied into
 * 64-bit counts.
 */
final class VectorCounting implements ActivationCounting {

    @Override
    public Tally tally(int classes, BitLayout layout) {
        return new Planes(classes, layout);
    }

    private static final class Planes implements Tally {

        private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
        private static final int LANES = SPECIES.length();
        private static final ByteOrder ORDER = ByteOrder.nativeOrder();
        private static final int PLANES = 16;
        private static final int MOST_IN_PLANES = (1 << PLANES) - 1;

        private final BitLayout layout;
        private final int words;
        private final long[] planes;
        private final int[] inPlanes;
        private final long[] support;
        private final long[][] active;

        Planes(int classes, BitLayout layout) {
            this.layout = layout;
            this.words = layout.words();
            this.planes = new long[Math.multiplyExact(Math.multiplyExact(classes, PLANES), words)];
            this.inPlanes = new int[classes];
            this.support = new long[classes];
            this.active = new long[classes][layout.units()];
        }

        @Override
        public void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            for (int r = 0; r < rows; r++) {
                int c = classOf[first + r];
                if (c >= 0) {
                    if (inPlanes[c] == MOST_IN_PLANES) {
                        flush(c);
                    }
                    add(bits, (long) r * words * Long.BYTES, c * PLANES * words);
                    inPlanes[c]++;
                    support[c]++;
                }
            }
        }

        private void add(MemorySegment bits, long offset, int plane0) {
            int w = 0;
            for (; w + LANES <= words; w += LANES) {
                LongVector carry = LongVector.fromMemorySegment(SPECIES, bits, offset + (long) w * Long.BYTES, ORDER);
                int at = plane0 + w;
                while (carry.compare(VectorOperators.NE, 0).anyTrue()) {
                    LongVector plane = LongVector.fromArray(SPECIES, planes, at);
                    plane.lanewise(VectorOperators.XOR, carry).intoArray(planes, at);
                    carry = carry.and(plane);
                    at += words;
                }
            }
            for (; w < words; w++) {
                long carry = bits.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + (long) w * Long.BYTES);
                for (int at = plane0 + w; carry != 0; at += words) {
                    long plane = planes[at];
                    planes[at] = plane ^ carry;
                    carry &= plane;
                }
            }
        }

        private void flush(int c) {
            for (int layer = 0; layer < layout.layers(); layer++) {
                for (int p = 0; p < PLANES; p++) {
                    int word = (c * PLANES + p) * words + layout.wordOffset(layer);
                    int unit = layout.unitOffset(layer);
                    for (int i = 0; i < layout.width(layer); i++) {
                        active[c][unit + i] += (planes[word + (i >> 6)] >>> i & 1) << p;
                    }
                }
            }
            Arrays.fill(planes, c * PLANES * words, (c + 1) * PLANES * words, 0);
            inPlanes[c] = 0;
        }

        @Override
        public void merge(Tally other) {
            ActivationCounts counts = other.finish();
            for (int c = 0; c < support.length; c++) {
                support[c] += counts.support()[c];
                for (int j = 0; j < active[c].length; j++) {
                    active[c][j] += counts.active()[c][j];
                }
            }
        }

        @Override
        public ActivationCounts finish() {
            long[][] copy = new long[support.length][];
            for (int c = 0; c < copy.length; c++) {
                flush(c);
                copy[c] = active[c].clone();
            }
            return new ActivationCounts(support.clone(), copy);
        }
    }
}
