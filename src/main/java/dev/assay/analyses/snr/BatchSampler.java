package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Class-balanced batches: some classes, some samples of each. A step's batch follows from the seed and its number. */
final class BatchSampler {

    private static final long STEP_MIX = 0x9E3779B97F4A7C15L;

    private final List<int[]> members;
    private final int classes;
    private final int perClass;
    private final long seed;

    private BatchSampler(List<int[]> members, int classes, int perClass, long seed) {
        this.members = members;
        this.classes = classes;
        this.perClass = perClass;
        this.seed = seed;
    }

    /** Classes that cannot make a pair are left out. */
    static BatchSampler of(Vectors data, int classesPerBatch, int samplesPerClass, long seed)
            throws AnalysisException {
        int[][] byClass = members(data);
        List<int[]> usable = new ArrayList<>();
        for (int[] of : byClass) {
            if (of.length >= 2) {
                usable.add(of);
            }
        }
        if (usable.size() < 2) {
            throw new AnalysisException(
                    usable.isEmpty()
                            ? "no class has two samples, so there are no pairs to learn from"
                            : "only one class has two samples or more, so there is nothing to push apart",
                    data.name(),
                    "give labelled data with at least two classes of two samples");
        }
        return new BatchSampler(usable, Math.min(classesPerBatch, usable.size()), samplesPerClass, seed);
    }

    private static int[][] members(Vectors data) {
        int[] counts = new int[data.classes().size()];
        for (int label : data.labels()) {
            if (label >= 0) {
                counts[label]++;
            }
        }
        int[][] members = new int[counts.length][];
        for (int c = 0; c < counts.length; c++) {
            members[c] = new int[counts[c]];
        }
        for (int i = data.labels().length - 1; i >= 0; i--) {
            int label = data.labels()[i];
            if (label >= 0) {
                members[label][--counts[label]] = i;
            }
        }
        return members;
    }

    /** How many classes there are to draw from. */
    int usableClasses() {
        return members.size();
    }

    /** The samples of a step, class by class. */
    int[] batch(long step) {
        SplittableRandom random = new SplittableRandom(seed ^ step * STEP_MIX);
        int[] drawn = draw(members.size(), classes, random);
        List<Integer> batch = new ArrayList<>();
        for (int c : drawn) {
            int[] of = members.get(c);
            for (int i : draw(of.length, Math.min(perClass, of.length), random)) {
                batch.add(of[i]);
            }
        }
        return batch.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Some of the numbers from 0, without repeats. */
    static int[] draw(int from, int count, SplittableRandom random) {
        int[] all = new int[from];
        for (int i = 0; i < from; i++) {
            all[i] = i;
        }
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(i, from);
            drawn[i] = all[at];
            all[at] = all[i];
            all[i] = drawn[i];
        }
        return drawn;
    }
}
