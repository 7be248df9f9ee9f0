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
 * Counts with vertical counters: plane p of a class holds bit p of every unit's count, so that each word counts 64 units
 * at once. Eight samples of a class are added together by a tree of carry-save adders, single ones by a ripple. Before 16
 * planes overflow they are emptied into 64-bit counts.
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
        private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
        private static final int PLANES = 16;
        private static final int MOST_IN_PLANES = (1 << PLANES) - 1;
        private static final int GROUP = 8;

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
            int[] starts = new int[support.length + 1];
            int[] byClass = sortedByClass(rows, classOf, first, starts);
            for (int c = 0; c < support.length; c++) {
                int at = starts[c];
                while (at < starts[c + 1]) {
                    int count = starts[c + 1] - at < GROUP ? 1 : GROUP;
                    if (inPlanes[c] + count > MOST_IN_PLANES) {
                        flush(c);
                    }
                    if (count == GROUP) {
                        addGroup(bits, byClass, at, c * PLANES * words);
                    } else {
                        add(bits, (long) byClass[at] * words * Long.BYTES, c * PLANES * words);
                    }
                    inPlanes[c] += count;
                    support[c] += count;
                    at += count;
                }
            }
        }

        /** Row numbers class by class; class c has those from {@code starts[c]} to before {@code starts[c + 1]}. */
        private static int[] sortedByClass(int rows, int[] classOf, int first, int[] starts) {
            int classes = starts.length - 1;
            int[] next = new int[classes];
            for (int r = 0; r < rows; r++) {
                if (classOf[first + r] >= 0) {
                    starts[classOf[first + r] + 1]++;
                }
            }
            for (int c = 0; c < classes; c++) {
                next[c] = starts[c];
                starts[c + 1] += starts[c];
            }
            int[] sorted = new int[starts[classes]];
            for (int r = 0; r < rows; r++) {
                int c = classOf[first + r];
                if (c >= 0) {
                    sorted[next[c]++] = r;
                }
            }
            return sorted;
        }

        private void addGroup(MemorySegment bits, int[] rows, int at, int plane0) {
            long rowBytes = (long) words * Long.BYTES;
            int w = 0;
            for (; w + LANES <= words; w += LANES) {
                long offset = (long) w * Long.BYTES;
                int p = plane0 + w;
                LongVector ones = LongVector.fromArray(SPECIES, planes, p);
                LongVector twos = LongVector.fromArray(SPECIES, planes, p + words);
                LongVector fours = LongVector.fromArray(SPECIES, planes, p + 2 * words);
                LongVector a = load(bits, rows[at] * rowBytes + offset);
                LongVector b = load(bits, rows[at + 1] * rowBytes + offset);
                LongVector twoA = majority(ones, a, b);
                ones = parity(ones, a, b);
                a = load(bits, rows[at + 2] * rowBytes + offset);
                b = load(bits, rows[at + 3] * rowBytes + offset);
                LongVector twoB = majority(ones, a, b);
                ones = parity(ones, a, b);
                LongVector fourA = majority(twos, twoA, twoB);
                twos = parity(twos, twoA, twoB);
                a = load(bits, rows[at + 4] * rowBytes + offset);
                b = load(bits, rows[at + 5] * rowBytes + offset);
                twoA = majority(ones, a, b);
                ones = parity(ones, a, b);
                a = load(bits, rows[at + 6] * rowBytes + offset);
                b = load(bits, rows[at + 7] * rowBytes + offset);
                twoB = majority(ones, a, b);
                ones = parity(ones, a, b);
                LongVector fourB = majority(twos, twoA, twoB);
                twos = parity(twos, twoA, twoB);
                LongVector carry = majority(fours, fourA, fourB);
                fours = parity(fours, fourA, fourB);
                ones.intoArray(planes, p);
                twos.intoArray(planes, p + words);
                fours.intoArray(planes, p + 2 * words);
                ripple(carry, p + 3 * words);
            }
            for (; w < words; w++) {
                for (int i = 0; i < GROUP; i++) {
                    ripple(bits.get(WORD, rows[at + i] * rowBytes + (long) w * Long.BYTES), plane0 + w);
                }
            }
        }

        private static LongVector load(MemorySegment bits, long offset) {
            return LongVector.fromMemorySegment(SPECIES, bits, offset, ORDER);
        }

        private static LongVector majority(LongVector a, LongVector b, LongVector c) {
            return a.and(b).or(a.or(b).and(c));
        }

        private static LongVector parity(LongVector a, LongVector b, LongVector c) {
            return a.lanewise(VectorOperators.XOR, b).lanewise(VectorOperators.XOR, c);
        }

        private void add(MemorySegment bits, long offset, int plane0) {
            int w = 0;
            for (; w + LANES <= words; w += LANES) {
                ripple(load(bits, offset + (long) w * Long.BYTES), plane0 + w);
            }
            for (; w < words; w++) {
                ripple(bits.get(WORD, offset + (long) w * Long.BYTES), plane0 + w);
            }
        }

        private void ripple(LongVector units, int plane) {
            LongVector carry = units;
            for (int at = plane; carry.compare(VectorOperators.NE, 0).anyTrue(); at += words) {
                LongVector bit = LongVector.fromArray(SPECIES, planes, at);
                bit.lanewise(VectorOperators.XOR, carry).intoArray(planes, at);
                carry = carry.and(bit);
            }
        }

        private void ripple(long units, int plane) {
            long carry = units;
            for (int at = plane; carry != 0; at += words) {
                long bit = planes[at];
                planes[at] = bit ^ carry;
                carry &= bit;
            }
        }

        private void flush(int c) {
            // No count is larger than the number of samples, so the planes above are empty.
            int used = Integer.SIZE - Integer.numberOfLeadingZeros(inPlanes[c]);
            for (int layer = 0; layer < layout.layers(); layer++) {
                for (int p = 0; p < used; p++) {
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
