package dev.assay.compute.cpu;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import dev.assay.compute.RowTasks;
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
 * Counts with vertical counters: plane p of a class has weight 2^p, so that each word counts 64 units at once. Samples are
 * sorted by class some hundred at a time; those of a class are added four at a time by carry-save adders whose two planes
 * stay in registers meanwhile, and what these carry is added to the next two planes by fours in the same way. Samples that
 * are left over wait for others of their class. Before 16 planes overflow they are emptied into 64-bit counts.
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
            ActivationCounts[] counts = new ActivationCounts[planes.size()];
            tasks.each(counts.length, () -> i -> counts[i] = planes.get(i).finish());
            return Arrays.stream(counts).reduce(ActivationCounts::plus).orElseThrow();
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
        private static final int GROUP = 4;
        private static final int LINE = 64;
        // Rows that are sorted at once: so many that classes have groups, and that they stay in the second cache.
        private static final int LEAST_ROWS = 128;
        private static final int MOST_ROWS = 1024;
        private static final long BLOCK_BYTES = 128 << 10;

        private final BitLayout layout;
        private final int words;
        // Words of a plane: rounded up to whole vectors.
        private final int stride;
        private final int block;
        private final long[] planes;
        private final long[] carried;
        private final int[] inPlanes;
        private final MemorySegment staged;
        private final int[] stagedRows;
        private final int[] stagedCount;
        private final int[] order;
        private final int[] starts;
        private final int[] next;
        private final long[] support;
        private final long[][] active;
        // Without meaning; written so that reading ahead is not left out as useless.
        @SuppressWarnings("UnusedVariable")
        private long touched;

        Planes(int classes, BitLayout layout) {
            this.layout = layout;
            this.words = layout.words();
            this.stride = Math.ceilDiv(words, LANES) * LANES;
            this.block = (int) Math.clamp(BLOCK_BYTES / Math.max(1, words * 8L), LEAST_ROWS, MOST_ROWS);
            this.planes = new long[Math.multiplyExact(Math.multiplyExact(classes, PLANES), stride)];
            this.carried = new long[block / GROUP * stride];
            this.inPlanes = new int[classes];
            this.staged = Arena.ofAuto()
                    .allocate(Math.max(1, (long) classes * GROUP * words * Long.BYTES), SPECIES.vectorByteSize());
            this.stagedRows = new int[classes * GROUP];
            Arrays.setAll(stagedRows, i -> i);
            this.stagedCount = new int[classes];
            this.order = new int[block];
            this.starts = new int[classes + 1];
            this.next = new int[classes];
            this.support = new long[classes];
            this.active = new long[classes][layout.units()];
        }

        void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            long rowBytes = (long) words * Long.BYTES;
            for (int from = 0; from < rows; from += block) {
                int to = Math.min(rows, from + block);
                touched ^= touch(bits, from * rowBytes, to * rowBytes);
                sort(from, to, classOf, first);
                for (int c = 0; c < support.length; c++) {
                    int at = starts[c];
                    int size = starts[c + 1] - at;
                    support[c] += size;
                    int groups = size / GROUP;
                    if (groups > 0) {
                        addGroups(bits, order, at, groups, c);
                    }
                    for (int i = at + groups * GROUP; i < starts[c + 1]; i++) {
                        stage(bits, order[i], c);
                    }
                }
            }
        }

        /** Reads a word of every cache line in order, which the processor foresees, unlike the order of classes. */
        private static long touch(MemorySegment bits, long from, long to) {
            long all = 0;
            for (long at = from; at < to; at += LINE) {
                all ^= bits.get(WORD, at);
            }
            return all;
        }

        /** Row numbers class by class: class c has those from {@code starts[c]} to before {@code starts[c + 1]}. */
        private void sort(int from, int to, int[] classOf, int first) {
            Arrays.fill(starts, 0);
            for (int r = from; r < to; r++) {
                if (classOf[first + r] >= 0) {
                    starts[classOf[first + r] + 1]++;
                }
            }
            for (int c = 0; c < next.length; c++) {
                next[c] = starts[c];
                starts[c + 1] += starts[c];
            }
            for (int r = from; r < to; r++) {
                int c = classOf[first + r];
                if (c >= 0) {
                    order[next[c]++] = r;
                }
            }
        }

        /** Keeps a row until there are four of its class; the caller's memory is its own again afterwards. */
        private void stage(MemorySegment bits, int row, int c) {
            long rowBytes = (long) words * Long.BYTES;
            long place = ((long) c * GROUP + stagedCount[c]) * rowBytes;
            MemorySegment.copy(bits, row * rowBytes, staged, place, rowBytes);
            if (++stagedCount[c] == GROUP) {
                stagedCount[c] = 0;
                addGroups(staged, stagedRows, c * GROUP, 1, c);
            }
        }

        /** Adds groups of four rows of a class; what planes carry is added to the next two by fours again. */
        private void addGroups(MemorySegment bits, int[] rows, int at, int groups, int c) {
            if (inPlanes[c] + groups * GROUP > MOST_IN_PLANES) {
                empty(c);
            }
            inPlanes[c] += groups * GROUP;
            int plane = c * PLANES * stride;
            addRows(bits, rows, at, groups, plane);
            for (int count = groups; count > 0; count /= GROUP) {
                plane += 2 * stride;
                addCarried(count / GROUP, plane);
                for (int i = count / GROUP * GROUP; i < count; i++) {
                    ripple(i * stride, plane);
                }
            }
        }

        private void addRows(MemorySegment bits, int[] rows, int at, int groups, int plane) {
            long rowBytes = (long) words * Long.BYTES;
            int w = 0;
            for (; w + LANES <= words; w += LANES) {
                addColumn(bits, rows, at, groups, plane + w, w);
            }
            for (; w < words; w++) {
                long ones = planes[plane + w];
                long twos = planes[plane + stride + w];
                for (int i = 0; i < groups; i++) {
                    int r = at + i * GROUP;
                    long a = bits.get(WORD, rows[r] * rowBytes + w * 8L);
                    long b = bits.get(WORD, rows[r + 1] * rowBytes + w * 8L);
                    long twoA = ones & a | (ones | a) & b;
                    ones ^= a ^ b;
                    a = bits.get(WORD, rows[r + 2] * rowBytes + w * 8L);
                    b = bits.get(WORD, rows[r + 3] * rowBytes + w * 8L);
                    long twoB = ones & a | (ones | a) & b;
                    ones ^= a ^ b;
                    carried[i * stride + w] = twos & twoA | (twos | twoA) & twoB;
                    twos ^= twoA ^ twoB;
                }
                planes[plane + w] = ones;
                planes[plane + stride + w] = twos;
            }
        }

        /** A vector of words of all groups; each group's carry comes to lie at its number. */
        private void addColumn(MemorySegment bits, int[] rows, int at, int groups, int plane, int w) {
            long rowBytes = (long) words * Long.BYTES;
            long offset = (long) w * Long.BYTES;
            LongVector ones = LongVector.fromArray(SPECIES, planes, plane);
            LongVector twos = LongVector.fromArray(SPECIES, planes, plane + stride);
            for (int i = 0; i < groups; i++) {
                int r = at + i * GROUP;
                LongVector a = LongVector.fromMemorySegment(SPECIES, bits, rows[r] * rowBytes + offset, ORDER);
                LongVector b = LongVector.fromMemorySegment(SPECIES, bits, rows[r + 1] * rowBytes + offset, ORDER);
                LongVector twoA = majority(ones, a, b);
                ones = parity(ones, a, b);
                a = LongVector.fromMemorySegment(SPECIES, bits, rows[r + 2] * rowBytes + offset, ORDER);
                b = LongVector.fromMemorySegment(SPECIES, bits, rows[r + 3] * rowBytes + offset, ORDER);
                LongVector twoB = majority(ones, a, b);
                ones = parity(ones, a, b);
                majority(twos, twoA, twoB).intoArray(carried, i * stride + w);
                twos = parity(twos, twoA, twoB);
            }
            ones.intoArray(planes, plane);
            twos.intoArray(planes, plane + stride);
        }

        /** Adds groups of four carries to a plane and the next; what these carry takes the place of the first. */
        private void addCarried(int groups, int plane) {
            for (int w = 0; groups > 0 && w < stride; w += LANES) {
                LongVector ones = LongVector.fromArray(SPECIES, planes, plane + w);
                LongVector twos = LongVector.fromArray(SPECIES, planes, plane + stride + w);
                for (int i = 0; i < groups; i++) {
                    int at = i * GROUP * stride + w;
                    LongVector a = LongVector.fromArray(SPECIES, carried, at);
                    LongVector b = LongVector.fromArray(SPECIES, carried, at + stride);
                    LongVector twoA = majority(ones, a, b);
                    ones = parity(ones, a, b);
                    a = LongVector.fromArray(SPECIES, carried, at + 2 * stride);
                    b = LongVector.fromArray(SPECIES, carried, at + 3 * stride);
                    LongVector twoB = majority(ones, a, b);
                    ones = parity(ones, a, b);
                    majority(twos, twoA, twoB).intoArray(carried, i * stride + w);
                    twos = parity(twos, twoA, twoB);
                }
                ones.intoArray(planes, plane + w);
                twos.intoArray(planes, plane + stride + w);
            }
        }

        private static LongVector majority(LongVector a, LongVector b, LongVector c) {
            return a.and(b).or(a.or(b).and(c));
        }

        private static LongVector parity(LongVector a, LongVector b, LongVector c) {
            return a.lanewise(VectorOperators.XOR, b).lanewise(VectorOperators.XOR, c);
        }

        /** Adds a carry that makes no group. */
        private void ripple(int from, int plane) {
            for (int w = 0; w < stride; w += LANES) {
                LongVector carry = LongVector.fromArray(SPECIES, carried, from + w);
                for (int at = plane + w; carry.compare(VectorOperators.NE, 0).anyTrue(); at += stride) {
                    LongVector bit = LongVector.fromArray(SPECIES, planes, at);
                    bit.lanewise(VectorOperators.XOR, carry).intoArray(planes, at);
                    carry = carry.and(bit);
                }
            }
        }

        private void ripple(long units, int plane) {
            long carry = units;
            for (int at = plane; carry != 0; at += stride) {
                long bit = planes[at];
                planes[at] = bit ^ carry;
                carry &= bit;
            }
        }

        /** Moves what the planes of a class hold into its counts. */
        private void empty(int c) {
            // No count is larger than the number of samples, so the planes above are empty.
            int used = Integer.SIZE - Integer.numberOfLeadingZeros(inPlanes[c]);
            for (int p = 0; p < used; p++) {
                unpack(c, p);
            }
            Arrays.fill(planes, c * PLANES * stride, (c + 1) * PLANES * stride, 0);
            inPlanes[c] = 0;
        }

        private void flush(int c) {
            if (inPlanes[c] + stagedCount[c] > MOST_IN_PLANES) {
                empty(c);
            }
            for (int i = 0; i < stagedCount[c]; i++) {
                for (int w = 0; w < words; w++) {
                    ripple(staged.getAtIndex(WORD, ((long) c * GROUP + i) * words + w), c * PLANES * stride + w);
                }
            }
            inPlanes[c] += stagedCount[c];
            stagedCount[c] = 0;
            empty(c);
        }

        private void unpack(int c, int p) {
            LongVector weight = LongVector.broadcast(SPECIES, 1L << p);
            for (int layer = 0; layer < layout.layers(); layer++) {
                int word = (c * PLANES + p) * stride + layout.wordOffset(layer);
                int unit = layout.unitOffset(layer);
                int width = layout.width(layer);
                for (int i = 0; i < width; i += Long.SIZE) {
                    long bits = planes[word + i / Long.SIZE] & -1L >>> Math.max(0, i + Long.SIZE - width);
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
