package dev.assay.bench;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BitLayout;
import dev.assay.compute.Kernels;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels of pattern mining on generated data of MNIST's size: 60,000 samples of 4 layers of 256 units and 10
 * classes, all in memory, beside a plain copy of the same memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class ActivationKernels {

    static final int ROWS = 60_000;
    static final int LAYERS = 4;
    static final int WIDTH = 256;
    static final int CLASSES = 10;

    /** Rows that are worked on at once, as in a run, where a batch is packed and counted while it is in the cache. */
    private static final int BLOCK = 512;

    private final int threads = Runtime.getRuntime().availableProcessors();
    private final BitLayout layout = new BitLayout(WIDTH, WIDTH, WIDTH, WIDTH);
    private Arena arena;
    private MemorySegment[] values;
    private MemorySegment[] copies;
    private MemorySegment bits;
    private int[] classOf;
    private PatternMasks masks;
    private PatternMasks chain;
    private byte[] depth;
    private Kernels kernels;
    private ActivationPacking packing;
    private ActivationCounting counting;
    private PatternFollowing following;

    /** Bytes of one layer's values. */
    static long layerBytes() {
        return (long) ROWS * WIDTH * Float.BYTES;
    }

    /** Generates the data. */
    @Setup(Level.Trial)
    public void generate() {
        kernels = Kernels.cpu(threads);
        packing = kernels.get(ActivationPacking.class);
        counting = kernels.get(ActivationCounting.class);
        following = kernels.get(PatternFollowing.class);
        arena = Arena.ofShared();
        values = new MemorySegment[LAYERS];
        copies = new MemorySegment[LAYERS];
        SplittableRandom random = new SplittableRandom(1);
        float[] bias = new float[CLASSES * LAYERS * WIDTH];
        for (int i = 0; i < bias.length; i++) {
            // Most units of a real network are nearly always off for a class, some nearly always on.
            bias[i] = random.nextInt(10) < 8 ? -2.5f : (float) random.nextGaussian();
        }
        classOf = random.ints(ROWS, 0, CLASSES).toArray();
        for (int l = 0; l < LAYERS; l++) {
            values[l] = arena.allocate(layerBytes(), 64);
            copies[l] = arena.allocate(layerBytes(), 64);
            for (int r = 0; r < ROWS; r++) {
                for (int j = 0; j < WIDTH; j++) {
                    float z = (float) random.nextGaussian() + bias[(classOf[r] * LAYERS + l) * WIDTH + j];
                    values[l].setAtIndex(ValueLayout.JAVA_FLOAT, (long) r * WIDTH + j, z);
                }
            }
        }
        bits = arena.allocate((long) ROWS * layout.words() * Long.BYTES, 64);
        pack();
        masks = patterns(0.01);
        chain = patterns(0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2);
        depth = new byte[ROWS * CLASSES];
    }

    private PatternMasks patterns(double... slacks) {
        ActivationCounting.Tally tally = counting.tally(CLASSES, layout);
        tally.accumulate(bits, ROWS, classOf, 0);
        var counts = tally.finish();
        PatternMasks.Builder builder = new PatternMasks.Builder(layout, slacks.length, CLASSES);
        for (int s = 0; s < slacks.length; s++) {
            for (int c = 0; c < CLASSES; c++) {
                byte[] states = new byte[layout.units()];
                for (int j = 0; j < states.length; j++) {
                    double share = (double) counts.active()[c][j] / counts.support()[c];
                    states[j] = (byte) (share <= slacks[s] ? -1 : share >= 1 - slacks[s] ? 1 : 0);
                }
                builder.require(s, c, states);
            }
        }
        return builder.build();
    }

    /** Ends the threads and frees the memory. */
    @TearDown
    public void close() {
        kernels.close();
        arena.close();
    }

    /** The floor: the same values copied by as many threads. */
    @Benchmark
    public void copy() throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            long from = layerBytes() * t / threads / 64 * 64;
            long to = t + 1 == threads ? layerBytes() : layerBytes() * (t + 1) / threads / 64 * 64;
            workers.add(Thread.ofPlatform().start(() -> {
                for (int l = 0; l < LAYERS; l++) {
                    MemorySegment.copy(values[l], from, copies[l], from, to - from);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    /** The other floor: the same values read by as many threads, and nothing done with them. */
    @Benchmark
    public int read() throws InterruptedException {
        int[] seen = new int[threads];
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int worker = t;
            long from = layerBytes() * t / threads / 64 * 64;
            long to = t + 1 == threads ? layerBytes() : layerBytes() * (t + 1) / threads / 64 * 64;
            workers.add(Thread.ofPlatform().start(() -> {
                for (MemorySegment layer : values) {
                    seen[worker] ^= readAll(layer, from, to);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return Arrays.stream(seen).sum();
    }

    private static int readAll(MemorySegment layer, long from, long to) {
        VectorSpecies<Integer> species = IntVector.SPECIES_PREFERRED;
        IntVector all = IntVector.zero(species);
        for (long at = from; at + species.vectorByteSize() <= to; at += species.vectorByteSize()) {
            all = all.lanewise(
                    VectorOperators.XOR,
                    IntVector.fromMemorySegment(species, layer, at, ByteOrder.nativeOrder()));
        }
        return all.reduceLanes(VectorOperators.XOR);
    }

    /** Values to bits. */
    @Benchmark
    public void pack() {
        for (int l = 0; l < LAYERS; l++) {
            packing.pack(values[l], ROWS, WIDTH, 1, bits, layout.words(), layout.wordOffset(l));
        }
    }

    /** Values to bits to counts, block by block and each thread on its own blocks, merged at the end. */
    @Benchmark
    public Object packAndCount() throws InterruptedException {
        ActivationCounting.Tally[] tallies = new ActivationCounting.Tally[threads];
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int worker = t;
            tallies[t] = counting.tally(CLASSES, layout);
            workers.add(Thread.ofPlatform().start(() -> {
                int from = (int) ((long) ROWS * worker / threads);
                int to = (int) ((long) ROWS * (worker + 1) / threads);
                for (int r = from; r < to; r += BLOCK) {
                    packAndCount(r, Math.min(BLOCK, to - r), tallies[worker]);
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        for (int t = 1; t < threads; t++) {
            tallies[0].merge(tallies[t]);
        }
        return tallies[0].finish();
    }

    private void packAndCount(int first, int rows, ActivationCounting.Tally tally) {
        long rowBytes = layout.words() * (long) Long.BYTES;
        MemorySegment block = bits.asSlice(first * rowBytes, rows * rowBytes);
        for (int l = 0; l < LAYERS; l++) {
            MemorySegment z =
                    values[l].asSlice((long) first * WIDTH * Float.BYTES, (long) rows * WIDTH * Float.BYTES);
            packing.pack(z, rows, WIDTH, 1, block, layout.words(), layout.wordOffset(l));
        }
        tally.accumulate(block, rows, classOf, first);
    }

    /** How far each of the 60,000 samples follows 10 patterns along nine slacks. */
    @Benchmark
    public byte[] followNineSlacks() {
        following.depth(bits, ROWS, chain, depth);
        return depth;
    }

    /** Which of 10 patterns each of the 60,000 samples follows. */
    @Benchmark
    public byte[] follow() {
        following.depth(bits, ROWS, masks, depth);
        return depth;
    }
}
