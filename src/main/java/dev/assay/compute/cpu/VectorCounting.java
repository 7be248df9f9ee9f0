package dev.assay.compute.cpu;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Counts with vertical counters: plane p of a class has weight 2^p, so that each word counts 64 units at once. Samples of
 * a class are added eight at a time by a tree of carry-save adders; those that are left over at the end of a batch wait
 * for others of their class. What the tree carries out is not rippled through all planes: every plane has a second one
 * of the same weight where a carry waits for the next, and two of them together carry on, so that a plane twice as
 * high is touched half as often. Before 16 planes overflow they are emptied into 64-bit counts.
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
        private static final int GROUP_PLANE = 3;

        private final BitLayout layout;
        private final int words;
        private final long[] planes;
        // Of plane GROUP_PLANE + k when bit k of the number of groups is set; else left from before and without meaning.
        private final long[] waiting;
        private final int[] groups;
        private final MemorySegment staged;
        private final int[] stagedRows;
        private final int[] stagedCount;
        private final long[] support;
        private final long[][] active;

        Planes(int classes, BitLayout layout) {
            this.layout = layout;
            this.words = layout.words();
            this.planes = new long[Math.multiplyExact(Math.multiplyExact(classes, PLANES), words)];
            this.waiting = new long[planes.length];
            this.groups = new int[classes];
            this.staged = Arena.ofAuto()
                    .allocate(Math.max(1, (long) classes * GROUP * words * Long.BYTES), SPECIES.vectorByteSize());
            this.stagedRows = new int[classes * GROUP];
            Arrays.setAll(stagedRows, i -> i);
            this.stagedCount = new int[classes];
            this.support = new long[classes];
            this.active = new long[classes][layout.units()];
        }

        @Override
        public void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            int[] starts = new int[support.length + 1];
            int[] byClass = sortedByClass(rows, classOf, first, starts);
            for (int c = 0; c < support.length; c++) {
                int at = starts[c];
                int end = starts[c + 1];
                support[c] += end - at;
                for (; end - at >= GROUP; at += GROUP) {
                    addGroup(bits, byClass, at, c);
                }
                for (; at < end; at++) {
                    stage(bits, byClass[at], c);
                }
            }
        }

        /** Keeps a row until there are eight of its class; the caller's memory is its own again afterwards. */
        private void stage(MemorySegment bits, int row, int c) {
            long rowBytes = (long) words * Long.BYTES;
            long place = ((long) c * GROUP + stagedCount[c]) * rowBytes;
            MemorySegment.copy(bits, row * rowBytes, staged, place, rowBytes);
            if (++stagedCount[c] == GROUP) {
                stagedCount[c] = 0;
                addGroup(staged, stagedRows, c * GROUP, c);
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

        private void addGroup(MemorySegment bits, int[] rows, int at, int c) {
            if ((groups[c] + 2) * GROUP > MOST_IN_PLANES) { // this one, and those that are staged
                flush(c);
            }
            int plane0 = c * PLANES * words;
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
                carryOn(carry, p + GROUP_PLANE * words, groups[c]);
            }
            for (; w < words; w++) {
                for (int i = 0; i < GROUP; i++) {
                    ripple(bits.get(WORD, rows[at + i] * rowBytes + (long) w * Long.BYTES), plane0 + w);
                }
            }
            groups[c]++;
        }

        /** Adds a carry at a plane; a set bit of {@code before}, the number of carries so far, tells that one waits there. */
        private void carryOn(LongVector units, int plane, int before) {
            LongVector carry = units;
            int at = plane;
            for (int occupied = before; (occupied & 1) == 1; occupied >>= 1) {
                LongVector bit = LongVector.fromArray(SPECIES, planes, at);
                LongVector other = LongVector.fromArray(SPECIES, waiting, at);
                parity(bit, other, carry).intoArray(planes, at);
                carry = majority(bit, other, carry);
                at += words;
            }
            carry.intoArray(waiting, at);
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

        private void ripple(long units, int plane) {
            long carry = units;
            for (int at = plane; carry != 0; at += words) {
                long bit = planes[at];
                planes[at] = bit ^ carry;
                carry &= bit;
            }
        }

        private void flush(int c) {
            int plane0 = c * PLANES * words;
            for (int i = 0; i < stagedCount[c]; i++) {
                for (int w = 0; w < words; w++) {
                    ripple(staged.getAtIndex(WORD, ((long) c * GROUP + i) * words + w), plane0 + w);
                }
            }
            int most = groups[c] * GROUP + stagedCount[c];
            // No count is larger than the number of samples, so the planes above are empty.
            int used = Integer.SIZE - Integer.numberOfLeadingZeros(most);
            for (int p = 0; p < used; p++) {
                unpack(planes, c, p);
                if (p >= GROUP_PLANE && (groups[c] >> (p - GROUP_PLANE) & 1) == 1) {
                    unpack(waiting, c, p);
                }
            }
            Arrays.fill(planes, plane0, plane0 + PLANES * words, 0);
            groups[c] = 0;
            stagedCount[c] = 0;
        }

        private void unpack(long[] from, int c, int p) {
            for (int layer = 0; layer < layout.layers(); layer++) {
                int word = (c * PLANES + p) * words + layout.wordOffset(layer);
                int unit = layout.unitOffset(layer);
                for (int i = 0; i < layout.width(layer); i += Long.SIZE) {
                    long inLayer = -1L >>> Math.max(0, i + Long.SIZE - layout.width(layer));
                    for (long set = from[word + i / Long.SIZE] & inLayer; set != 0; set &= set - 1) {
                        active[c][unit + i + Long.numberOfTrailingZeros(set)] += 1L << p;
                    }
                }
            }
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
