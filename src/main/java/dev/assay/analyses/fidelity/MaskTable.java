package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.compute.EdgeSets;
import dev.assay.model.gnn.Softmax;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The perturbed graphs of one instance by what is removed from it, each evaluated once whoever asks for it. Entry 0 is the
 * graph as it is. Used by one thread at a time.
 */
final class MaskTable {

    /** A table of more entries than this should be cleared before more is asked of it. */
    static final int MOST_ENTRIES = 100_000;

    private static final int FIRST_CAPACITY = 64;
    private static final long MOST_BATCH_BYTES = 8L << 20;
    private static final int MOST_BATCH = 512;

    private final Instance instance;
    private final int words;
    private final int classes;
    private final int[] unitOf;
    private long[] keys;
    private double[] probabilities;
    private int[] slots;
    private int size;
    private int evaluated;
    private long forwards = 1;

    MaskTable(Instance instance) {
        this.instance = instance;
        this.words = Bits.words(instance.units().size());
        this.classes = instance.probabilities().length;
        this.unitOf = IntStream.range(0, instance.network().edgeCount())
                .map(instance.units()::unitOf)
                .toArray();
        clear();
    }

    /** Forgets all but the graph itself; numbers given before are not valid any more. */
    void clear() {
        keys = new long[FIRST_CAPACITY * words];
        probabilities = new double[FIRST_CAPACITY * classes];
        slots = new int[4 * FIRST_CAPACITY];
        size = 0;
        index(new long[words]);
        System.arraycopy(instance.probabilities(), 0, probabilities, 0, classes);
        evaluated = 1;
    }

    /** Number of entries. */
    int size() {
        return size;
    }

    /** Forward passes that were run, that of the graph itself included. */
    long forwards() {
        return forwards;
    }

    /** The number of a set of removed units, a new one if it was not asked for before. */
    int index(long[] removed) {
        int at = find(removed);
        if (slots[at] != 0) {
            return slots[at] - 1;
        }
        if (size * classes == probabilities.length) {
            probabilities = Arrays.copyOf(probabilities, 2 * probabilities.length);
            keys = Arrays.copyOf(keys, 2 * keys.length);
        }
        if (4 * (size + 1) > slots.length) {
            slots = new int[2 * slots.length];
            long[] key = new long[words];
            for (int i = 0; i < size; i++) {
                System.arraycopy(keys, i * words, key, 0, words);
                slots[find(key)] = i + 1;
            }
            at = find(removed);
        }
        System.arraycopy(removed, 0, keys, size * words, words);
        slots[at] = ++size;
        return size - 1;
    }

    private int find(long[] removed) {
        long hash = 0;
        for (long word : removed) {
            hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        int at = (int) hash & slots.length - 1;
        while (slots[at] != 0 && !same(slots[at] - 1, removed)) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    private boolean same(int entry, long[] removed) {
        for (int w = 0; w < words; w++) {
            if (keys[entry * words + w] != removed[w]) {
                return false;
            }
        }
        return true;
    }

    /** Runs the network on all entries that it has not seen. */
    void evaluate(Runnable cancelled) {
        int edges = instance.network().edgeCount();
        int fitting = Math.clamp(MOST_BATCH_BYTES / Math.max(1, edges * (long) Double.BYTES), 1, MOST_BATCH);
        int most = Math.min(fitting, instance.network().copiesPerCall());
        while (evaluated < size) {
            cancelled.run();
            int copies = Math.min(most, size - evaluated);
            EdgeSets removed = new EdgeSets(keys, evaluated * words, words, copies, unitOf);
            double[] p = instance.network().probabilities(removed, instance.removal());
            System.arraycopy(p, 0, probabilities, evaluated * classes, copies * classes);
            evaluated += copies;
            forwards += copies;
        }
    }

    /** Probability of the explained class. */
    double f(int entry) {
        return probabilities[entry * classes + instance.label()];
    }

    /** All probabilities of an entry. */
    double[] all(int entry) {
        return Arrays.copyOfRange(probabilities, entry * classes, (entry + 1) * classes);
    }

    /** The predicted class; the lowest one of equals. */
    int predicted(int entry) {
        return Softmax.argmax(probabilities, entry, classes);
    }

    /** Whether the explained class is predicted. */
    boolean right(int entry) {
        return predicted(entry) == instance.label();
    }
}
