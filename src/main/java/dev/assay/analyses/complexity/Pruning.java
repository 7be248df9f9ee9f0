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
    static Partition byMagnitude(List<StoredWeight> tensors, int group, int features, int kept) {
        double[] in = new double[features];
        double[] out = new double[features];
        for (StoredWeight t : tensors) {
            for (int i = 0; i < features; i++) {
                if (t.rowGroup() == group) {
                    in[i] += squares(t.row(i));
                }
                if (t.columnGroup() == group) {
                    out[i] += squares(t.column(i));
                }
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

    private static double squares(double[] vector) {
        return Arrays.stream(vector).map(v -> v * v).sum();
    }
}
