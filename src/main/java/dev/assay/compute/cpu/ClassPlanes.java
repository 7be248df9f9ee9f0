package dev.assay.compute.cpu;

import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One thread's counters of the samples of each class: plane p has weight 2^p, so that each word counts 64 units at once. Samples
 * are sorted by class some hundred at a time; those of a class are added four at a time by carry-save adders whose two planes
 * stay in registers meanwhile, and what these carry is added to the next two planes by fours in the same way. Samples and
 * carries that are left over wait for others of their class. Before 16 planes overflow they are emptied into 64-bit counts.
 */
final class ClassPlanes {

    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final int PLANES = 16;
    private static final int MOST_IN_PLANES = (1 << PLANES) - 1;
    private static final int GROUP = 4;
    // Level l, of planes 2 l and 2 l + 1, has weight 4^l. What it is given waits until there are four; on level 0 these are samples.
    private static final int LEVELS = PLANES / 2;
    private static final int MOST_WAITING = GROUP - 1;
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
    // Words of whole vectors, at the boundaries of cache lines.
    private final MemorySegment planes;
    private final MemorySegment carried;
    private final MemorySegment waiting;
    private final int[] waitingCount;
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

    ClassPlanes(int classes, BitLayout layout) {
        this.layout = layout;
        this.words = layout.words();
        this.stride = Math.ceilDiv(words, LANES) * LANES;
        this.block = (int) Math.clamp(BLOCK_BYTES / Math.max(1, words * 8L), LEAST_ROWS, MOST_ROWS);
        this.planes = vectors((long) classes * PLANES);
        this.carried = vectors(block / GROUP + MOST_WAITING);
        this.waiting = vectors((long) classes * LEVELS * MOST_WAITING);
        this.waitingCount = new int[classes * LEVELS];
        this.inPlanes = new int[classes];
        this.staged = aligned((long) classes * GROUP * words);
        this.stagedRows = new int[classes * GROUP];
        Arrays.setAll(stagedRows, i -> i);
        this.stagedCount = new int[classes];
        this.order = new int[block];
        this.starts = new int[classes + 1];
        this.next = new int[classes];
        this.support = new long[classes];
        this.active = new long[classes][layout.units()];
    }

    private MemorySegment vectors(long count) {
        return aligned(count * stride);
    }

    private static MemorySegment aligned(long words) {
        return Arena.ofAuto().allocate(Math.max(1, words) * Long.BYTES, LINE);
    }

    private static LongVector load(MemorySegment from, long word) {
        return LongVector.fromMemorySegment(SPECIES, from, word * Long.BYTES, ORDER);
    }

    private static void store(LongVector vector, MemorySegment to, long word) {
        vector.intoMemorySegment(to, word * Long.BYTES, ORDER);
    }

    /** Adds samples, as {@link dev.assay.compute.ActivationCounting.Tally#accumulate} says. */
    void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
        for (int from = 0; from < rows; from += block) {
            int to = Math.min(rows, from + block);
            touched ^= sort(bits, from, to, classOf, first);
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

    /**
     * Row numbers class by class: class c has those from {@code starts[c]} to before {@code starts[c + 1]}. On the way every
     * cache line of the rows is read in their order, which the processor foresees, unlike the order of classes.
     *
     * @return what was read, without meaning
     */
    private long sort(MemorySegment bits, int from, int to, int[] classOf, int first) {
        long rowBytes = (long) words * Long.BYTES;
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
        long all = 0;
        for (int r = from; r < to; r++) {
            for (long at = r * rowBytes; at < (r + 1) * rowBytes; at += LINE) {
                all ^= bits.get(WORD, at);
            }
            int c = classOf[first + r];
            if (c >= 0) {
                order[next[c]++] = r;
            }
        }
        return all;
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
        long plane = (long) c * PLANES * stride;
        addRows(bits, rows, at, groups, plane);
        int count = groups;
        for (int level = 1; count > 0; level++) {
            count += fetch(c, level, count);
            groups = count / GROUP;
            leave(c, level, groups * GROUP, count);
            plane += 2L * stride;
            addCarried(groups, plane);
            count = groups;
        }
    }

    /** Puts what waits at a level behind so many carries; returns how many those are. */
    private int fetch(int c, int level, int behind) {
        int slot = c * LEVELS + level;
        for (int i = 0; i < waitingCount[slot]; i++) {
            move(waiting, ((long) slot * MOST_WAITING + i) * stride, carried, (long) (behind + i) * stride);
        }
        return waitingCount[slot];
    }

    /** Lets some of the carries wait. */
    private void leave(int c, int level, int from, int to) {
        int slot = c * LEVELS + level;
        for (int i = from; i < to; i++) {
            move(carried, (long) i * stride, waiting, ((long) slot * MOST_WAITING + i - from) * stride);
        }
        waitingCount[slot] = to - from;
    }

    private void move(MemorySegment source, long from, MemorySegment target, long to) {
        for (int w = 0; w < stride; w += LANES) {
            store(load(source, from + w), target, to + w);
        }
    }

    private void addRows(MemorySegment bits, int[] rows, int at, int groups, long plane) {
        long rowBytes = (long) words * Long.BYTES;
        int w = 0;
        for (; w + LANES <= words; w += LANES) {
            addColumn(bits, rows, at, groups, plane + w, w);
        }
        for (; w < words; w++) {
            long ones = planes.getAtIndex(WORD, plane + w);
            long twos = planes.getAtIndex(WORD, plane + stride + w);
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
                carried.setAtIndex(WORD, (long) i * stride + w, twos & twoA | (twos | twoA) & twoB);
                twos ^= twoA ^ twoB;
            }
            planes.setAtIndex(WORD, plane + w, ones);
            planes.setAtIndex(WORD, plane + stride + w, twos);
        }
    }

    /** A vector of words of all groups; each group's carry comes to lie at its number. */
    private void addColumn(MemorySegment bits, int[] rows, int at, int groups, long plane, int w) {
        long rowBytes = (long) words * Long.BYTES;
        long offset = (long) w * Long.BYTES;
        LongVector ones = load(planes, plane);
        LongVector twos = load(planes, plane + stride);
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
            store(majority(twos, twoA, twoB), carried, (long) i * stride + w);
            twos = parity(twos, twoA, twoB);
        }
        store(ones, planes, plane);
        store(twos, planes, plane + stride);
    }

    /** Adds groups of four carries to a plane and the next; what these carry takes the place of the first. */
    private void addCarried(int groups, long plane) {
        for (int w = 0; groups > 0 && w < stride; w += LANES) {
            LongVector ones = load(planes, plane + w);
            LongVector twos = load(planes, plane + stride + w);
            for (int i = 0; i < groups; i++) {
                long at = (long) i * GROUP * stride + w;
                LongVector a = load(carried, at);
                LongVector b = load(carried, at + stride);
                LongVector twoA = majority(ones, a, b);
                ones = parity(ones, a, b);
                a = load(carried, at + 2L * stride);
                b = load(carried, at + 3L * stride);
                LongVector twoB = majority(ones, a, b);
                ones = parity(ones, a, b);
                store(majority(twos, twoA, twoB), carried, (long) i * stride + w);
                twos = parity(twos, twoA, twoB);
            }
            store(ones, planes, plane + w);
            store(twos, planes, plane + stride + w);
        }
    }

    private static LongVector majority(LongVector a, LongVector b, LongVector c) {
        return a.and(b).or(a.or(b).and(c));
    }

    private static LongVector parity(LongVector a, LongVector b, LongVector c) {
        return a.lanewise(VectorOperators.XOR, b).lanewise(VectorOperators.XOR, c);
    }

    /** Adds one that waits, without others. */
    private void ripple(MemorySegment source, long from, long plane) {
        for (int w = 0; w < stride; w += LANES) {
            LongVector carry = load(source, from + w);
            for (long at = plane + w; carry.compare(VectorOperators.NE, 0).anyTrue(); at += stride) {
                LongVector bit = load(planes, at);
                store(bit.lanewise(VectorOperators.XOR, carry), planes, at);
                carry = carry.and(bit);
            }
        }
    }

    private void ripple(long units, long plane) {
        long carry = units;
        for (long at = plane; carry != 0; at += stride) {
            long bit = planes.getAtIndex(WORD, at);
            planes.setAtIndex(WORD, at, bit ^ carry);
            carry &= bit;
        }
    }

    /** Moves what the planes of a class hold, and the carries that wait, into its counts. */
    private void empty(int c) {
        long plane = (long) c * PLANES * stride;
        for (int level = 1; level < LEVELS; level++) {
            int slot = c * LEVELS + level;
            for (int i = 0; i < waitingCount[slot]; i++) {
                ripple(waiting, ((long) slot * MOST_WAITING + i) * stride, plane + 2L * level * stride);
            }
            waitingCount[slot] = 0;
        }
        // No count is larger than the number of samples, so the planes above are empty.
        int used = Integer.SIZE - Integer.numberOfLeadingZeros(inPlanes[c]);
        for (int p = 0; p < used; p++) {
            unpack(c, p);
        }
        planes.asSlice(plane * Long.BYTES, (long) PLANES * stride * Long.BYTES).fill((byte) 0);
        inPlanes[c] = 0;
    }

    private void flush(int c) {
        if (inPlanes[c] + stagedCount[c] > MOST_IN_PLANES) {
            empty(c);
        }
        for (int i = 0; i < stagedCount[c]; i++) {
            for (int w = 0; w < words; w++) {
                ripple(staged.getAtIndex(WORD, ((long) c * GROUP + i) * words + w), (long) c * PLANES * stride + w);
            }
        }
        inPlanes[c] += stagedCount[c];
        stagedCount[c] = 0;
        empty(c);
    }

    private void unpack(int c, int p) {
        LongVector weight = LongVector.broadcast(SPECIES, 1L << p);
        for (int layer = 0; layer < layout.layers(); layer++) {
            long word = ((long) c * PLANES + p) * stride + layout.wordOffset(layer);
            int unit = layout.unitOffset(layer);
            int width = layout.width(layer);
            for (int i = 0; i < width; i += Long.SIZE) {
                long bits = planes.getAtIndex(WORD, word + i / Long.SIZE) & -1L >>> Math.max(0, i + Long.SIZE - width);
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
