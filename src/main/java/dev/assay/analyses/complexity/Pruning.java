package dev.assay.analyses.complexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Baselines that drop features instead of merging them: the kept features stay as they are, so the partition's clusters
 * are single features and the others vanish.
 */
final class Pruning {

    private Pruning() {}

    /** Keeps the features with the largest product of the norms of incoming and outgoing weights. */
    static Partition byMagnitude(List<WeightTensor> tensors, int group, int features, int kept) {
        double[] in = new double[features];
        double[] out = new double[features];
        for (WeightTensor t : tensors) {
            if (t.rowGroup() == group) {
                addNorms(t.incoming(), features, in);
            }
            if (t.columnGroup() == group) {
                addNorms(t.outgoing(), features, out);
            }
        }
        Comparator<Integer> strongest = Comparator.comparingDouble(i -> -Math.sqrt(in[i]) * Math.sqrt(out[i]));
        return keep(IntStream.range(0, features)
                .boxed()
                .sorted(strongest.thenComparing(Comparator.naturalOrder()))
                .limit(kept)
                .toList());
    }

    /** Keeps features drawn without replacement. */
    static Partition byChance(long seed, int group, int features, int kept) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + group);
        List<Integer> all = new ArrayList<>(IntStream.range(0, features).boxed().toList());
        for (int i = 0; i < kept; i++) {
            int j = random.nextInt(i, features);
            Integer swapped = all.get(i);
            all.set(i, all.get(j));
            all.set(j, swapped);
        }
        return keep(all.subList(0, kept));
    }

    private static Partition keep(List<Integer> features) {
        return new Partition(
                features.stream().sorted().map(i -> new int[] {i}).toList());
    }

    private static void addNorms(double[] vectors, int features, double[] norms) {
        int length = vectors.length / features;
        for (int i = 0; i < features; i++) {
            norms[i] += Arrays.stream(vectors, i * length, (i + 1) * length)
                    .map(v -> v * v)
                    .sum();
        }
    }
}
