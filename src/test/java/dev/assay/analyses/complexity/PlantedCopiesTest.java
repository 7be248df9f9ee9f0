package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Desktop acceptance experiment 1 of the method: noisy copies of the units of a trained network are found again. */
class PlantedCopiesTest {

    private static final int UNITS = 16;
    private static final int[] COPIES = {1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4};

    @ParameterizedTest
    @CsvSource({"1, HE", "2, HE", "3, UNIFORM"})
    void wardFindsThePlantedCopiesAndReferenceMergesByPowersOfTwo(long seed, ToyTask.Start start) {
        ToyTask task = new ToyTask(seed);
        ToyTask.Network student = task.train(UNITS, start);
        ToyTask.Network wide = task.copied(student, COPIES, 0.01);
        int[] owners = ToyTask.owners(COPIES);
        Linked linked = new Linked("h", owners.length, wide.ward(), List.of());
        double before = wide.accuracy(task.fresh, task.freshLabels);

        assertThat(student.accuracy(task.fresh, task.freshLabels)).isGreaterThan(0.85);
        for (double beta : new double[] {0.002, 0.005, 0.01, 0.02}) {
            Partition partition = linked.partition(beta, 1);
            assertThat(partition.size()).as("beta %s", beta).isEqualTo(UNITS);
            assertThat(ToyTask.clean(partition.clusters(), owners)).as("beta %s", beta).isTrue();
            assertThat(wide.merged(partition.clusters(), false).accuracy(task.fresh, task.freshLabels))
                    .isBetween(before - 0.005, before + 0.005);
        }
        MergeState reference = wide.state();
        new ReferenceMerging(reference, true, Pairs.KERNEL, () -> {}).run(0.001, 1, (g, m, left) -> {});
        assertThat(reference.order(0)).hasSize(20);

        List<Merge> merges = new ArrayList<>();
        new ReferenceMerging(wide.state(), true, Pairs.KERNEL, () -> {}).run(0.05, 1, (g, m, left) -> merges.add(m));
        assertThat(ToyTask.clean(Partition.of(owners.length, merges).clusters(), owners)).isFalse();
    }
}
