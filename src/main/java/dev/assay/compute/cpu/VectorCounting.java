package dev.assay.compute.cpu;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Counts with vertical counters: plane p of a class has weight 2^p, so that each word counts 64 units at once. Samples of
 * a class are added eight at a time by a tree of carry-save adders, in the order in which they come; those that are left over at the end of a batch wait
 * for others of their class. What the tree carries out is not rippled through all planes: every plane has a second one
 * of the same weight where a carry waits for the next, and two of them together carry on, so that a plane twice as
 * high is touched half as often. Before 16 planes overflow they are emptied into 64-bit counts.
 */
final class VectorCounting implements ActivationCounting {

    private final RowTasks tasks;

    VectorCounting(RowTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Tally tally(int classes, BitLayout layout) {
        return new Shared(tasks, classes, layout);
    }

    /** A tally whose large batches are shared out among threads, each with planes of its own. */
    private static final class Shared implements Tally {

        private final RowTasks tasks;
        private final int classes;
        private final BitLayout layout;
        private final List<Planes> planes = new ArrayList<>();

        Shared(RowTasks tasks, int classes, BitLayout layout) {
            this.tasks = tasks;
            this.classes = classes;
            this.layout = layout;
            planes.add(new Planes(classes, layout));
        }

        @Override
        public void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            long rowBytes = (long) layout.words() * Long.BYTES;
            int parts = tasks.parts(rows, rowBytes);
            while (planes.size() < parts) {
                planes.add(new Planes(classes, layout));
            }
            tasks.each(parts, () -> i -> {
                int from = (int) (rows * (long) i / parts);
                int count = (int) (rows * (i + 1L) / parts) - from;
                planes.get(i).accumulate(
                        bits.asSlice(from * rowBytes, count * rowBytes), count, classOf, first + from);
            });
        }

        @Override
        public void merge(Tally other) {
            planes.getFirst().add(other.finish());
        }

        @Override
        public ActivationCounts finish() {
            return planes.stream().map(Planes::finish).reduce(ActivationCounts::plus).orElseThrow();
        }
    }

    /** One thread's counters. */
    private static final class Planes {

        private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
        private static final int LANES = SPECIES.length();
        private static final ByteOrder ORDER = ByteOrder.nativeOrder();
        private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
        private static final int PLANES = 16;
        private static final int MOST_IN_PLANES = (1 << PLANES) - 1;
        private static final int GROUP = 8;
        private static final int HALF = 4;
        private static final int AHEAD = 8 << 10;
        private static final int LINE = 64;
        private static final int GROUP_PLANE = 3;

        private final BitLayout layout;
        private final int words;
        // Words of a plane: rounded up to whole vectors.
        private final int stride;
        private final long[] planes;
        // Of plane GROUP_PLANE + k when bit k of the number of groups is set; else left from before and without meaning.
        private final long[] waiting;
        private final long[] carried;
        private final int[] groups;
        private final MemorySegment staged;
        private final int[] stagedRows;
        private final int[] stagedCount;
        // Rows of the caller's that are not added yet.
        private final int[] pending;
        private final int[] pendingCount;
        // Without meaning: what touched memory is read into.
        private long touched;
        private final long[] support;
        private final long[][] active;

        Planes(int classes, BitLayout layout) {
            this.layout = layout;
            this.words = layout.words();
            this.stride = Math.ceilDiv(words, LANES) * LANES;
            this.planes = new long[Math.multiplyExact(Math.multiplyExact(classes, PLANES), stride)];
            this.waiting = new long[planes.length];
            this.carried = new long[2 * stride];
            this.groups = new int[classes];
            this.staged = Arena.ofAuto()
                    .allocate(Math.max(1, (long) classes * GROUP * words * Long.BYTES), SPECIES.vectorByteSize());
            this.stagedRows = new int[classes * GROUP];
            Arrays.setAll(stagedRows, i -> i);
            this.stagedCount = new int[classes];
            this.pending = new int[classes * GROUP];
            this.pendingCount = new int[classes];
            this.support = new long[classes];
            this.active = new long[classes][layout.units()];
        }

        void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            Arrays.fill(pendingCount, 0);
            long rowBytes = (long) words * Long.BYTES;
            long end = rows * rowBytes;
            long seen = 0;
            for (int r = 0; r < rows; r++) {
                // A word of every cache line in order, ahead of the order of classes, which the processor does not foresee.
                long ahead = r * rowBytes + AHEAD;
                for (long at = ahead; at < Math.min(end, ahead + rowBytes); at += LINE) {
                    seen ^= bits.get(WORD, at);
                }
                int c = classOf[first + r];
                if (c >= 0) {
                    take(bits, r, c);
                }
            }
            touched = seen;
            for (int c = 0; c < support.length; c++) {
                for (int i = 0; i < pendingCount[c]; i++) {
                    stage(bits, pending[c * GROUP + i], c);
                }
            }
        }

        private void take(MemorySegment bits, int row, int c) {
            support[c]++;
            if (stagedCount[c] > 0) {
                stage(bits, row, c);
                return;
            }
            pending[c * GROUP + pendingCount[c]] = row;
            if (++pendingCount[c] == GROUP) {
                pendingCount[c] = 0;
                addGroup(bits, pending, c * GROUP, c);
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

        private void addGroup(MemorySegment bits, int[] rows, int at, int c) {
            if ((groups[c] + 2) * GROUP > MOST_IN_PLANES) { // this one, and those that are staged
                flush(c);
            }
            int plane0 = c * PLANES * stride;
            for (int half = 0; half < 2; half++) {
                addHalf(bits, rows, at + half * HALF, plane0, half * stride);
            }
            carryFours(plane0 + 2 * stride);
            int plane = plane0 + GROUP_PLANE * stride;
            // A set bit of the number of groups tells that a carry waits at the plane.
            for (int occupied = groups[c]; (occupied & 1) == 1; occupied >>= 1) {
                carryOn(plane);
                plane += stride;
            }
            System.arraycopy(carried, 0, waiting, plane, stride);
            groups[c]++;
        }

        // These are methods of their own, with what they carry in memory, so that the compiler takes in all of each: of one
        // large method it leaves out the last vector operations and makes objects of the vectors.

        /** Adds four rows to the planes of weight one and two; the fours are carried, to be found from {@code to}. */
        private void addHalf(MemorySegment bits, int[] rows, int at, int plane, int to) {
            long rowBytes = (long) words * Long.BYTES;
            long r0 = rows[at] * rowBytes;
            long r1 = rows[at + 1] * rowBytes;
            long r2 = rows[at + 2] * rowBytes;
            long r3 = rows[at + 3] * rowBytes;
            int w = 0;
            for (; w + LANES <= words; w += LANES) {
                long offset = (long) w * Long.BYTES;
                LongVector ones = LongVector.fromArray(SPECIES, planes, plane + w);
                LongVector a = LongVector.fromMemorySegment(SPECIES, bits, r0 + offset, ORDER);
                LongVector b = LongVector.fromMemorySegment(SPECIES, bits, r1 + offset, ORDER);
                LongVector twoA = majority(ones, a, b);
                ones = parity(ones, a, b);
                a = LongVector.fromMemorySegment(SPECIES, bits, r2 + offset, ORDER);
                b = LongVector.fromMemorySegment(SPECIES, bits, r3 + offset, ORDER);
                LongVector twoB = majority(ones, a, b);
                parity(ones, a, b).intoArray(planes, plane + w);
                LongVector twos = LongVector.fromArray(SPECIES, planes, plane + stride + w);
                majority(twos, twoA, twoB).intoArray(carried, to + w);
                parity(twos, twoA, twoB).intoArray(planes, plane + stride + w);
            }
            for (; w < words; w++) {
                long offset = (long) w * Long.BYTES;
                long ones = planes[plane + w];
                long a = bits.get(WORD, r0 + offset);
                long b = bits.get(WORD, r1 + offset);
                long twoA = ones & a | (ones | a) & b;
                ones ^= a ^ b;
                a = bits.get(WORD, r2 + offset);
                b = bits.get(WORD, r3 + offset);
                long twoB = ones & a | (ones | a) & b;
                planes[plane + w] = ones ^ a ^ b;
                long twos = planes[plane + stride + w];
                carried[to + w] = twos & twoA | (twos | twoA) & twoB;
                planes[plane + stride + w] = twos ^ twoA ^ twoB;
            }
        }

        /** Adds the carries of both halves to a plane; what that carries takes the place of the first. */
        private void carryFours(int plane) {
            for (int w = 0; w < stride; w += LANES) {
                LongVector fours = LongVector.fromArray(SPECIES, planes, plane + w);
                LongVector a = LongVector.fromArray(SPECIES, carried, w);
                LongVector b = LongVector.fromArray(SPECIES, carried, stride + w);
                parity(fours, a, b).intoArray(planes, plane + w);
                majority(fours, a, b).intoArray(carried, w);
            }
        }

        /** Adds the carry and the one that waits at a plane. */
        private void carryOn(int plane) {
            for (int w = 0; w < stride; w += LANES) {
                LongVector bit = LongVector.fromArray(SPECIES, planes, plane + w);
                LongVector other = LongVector.fromArray(SPECIES, waiting, plane + w);
                LongVector carry = LongVector.fromArray(SPECIES, carried, w);
                parity(bit, other, carry).intoArray(planes, plane + w);
                majority(bit, other, carry).intoArray(carried, w);
            }
        }

        private static LongVector majority(LongVector a, LongVector b, LongVector c) {
            return a.and(b).or(a.or(b).and(c));
        }

        private static LongVector parity(LongVector a, LongVector b, LongVector c) {
            return a.lanewise(VectorOperators.XOR, b).lanewise(VectorOperators.XOR, c);
        }

        private void ripple(long units, int plane) {
            long carry = units;
            for (int at = plane; carry != 0; at += stride) {
                long bit = planes[at];
                planes[at] = bit ^ carry;
                carry &= bit;
            }
        }

        private void flush(int c) {
            int plane0 = c * PLANES * stride;
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
            Arrays.fill(planes, plane0, plane0 + PLANES * stride, 0);
            groups[c] = 0;
            stagedCount[c] = 0;
        }

        private void unpack(long[] from, int c, int p) {
            LongVector weight = LongVector.broadcast(SPECIES, 1L << p);
            for (int layer = 0; layer < layout.layers(); layer++) {
                int word = (c * PLANES + p) * stride + layout.wordOffset(layer);
                int unit = layout.unitOffset(layer);
                int width = layout.width(layer);
                for (int i = 0; i < width; i += Long.SIZE) {
                    long bits = from[word + i / Long.SIZE] & -1L >>> Math.max(0, i + Long.SIZE - width);
                    if (i + Long.SIZE > width) {
                        for (; bits != 0; bits &= bits - 1) {
                            active[c][unit + i + Long.numberOfTrailingZeros(bits)] += 1L << p;
                        }
                    }
                    for (int j = 0; bits != 0; j += LANES, bits >>>= LANES) {
                        int at = unit + i + j;
                        LongVector.fromArray(SPECIES, active[c], at)
                                .add(weight, VectorMask.fromLong(SPECIES, bits))
                                .intoArray(active[c], at);
                    }
                }
            }
        }

        void add(ActivationCounts counts) {
            for (int c = 0; c < support.length; c++) {
                support[c] += counts.support()[c];
                for (int j = 0; j < active[c].length; j++) {
                    active[c][j] += counts.active()[c][j];
                }
            }
        }

        ActivationCounts finish() {
            long[][] copy = new long[support.length][];
            for (int c = 0; c < copy.length; c++) {
                flush(c);
                copy[c] = active[c].clone();
            }
            return new ActivationCounts(support.clone(), copy);
        }
    }
}
