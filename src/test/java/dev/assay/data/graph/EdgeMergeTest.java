package dev.assay.data.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merging of edges against a map of them, and that a cancel ends it. */
class EdgeMergeTest {

    @AfterEach
    void go() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "5, 1", "40, 4", "300, 12", "300, 4000"})
    void keepsTheFirstOfEqualEdges(int count, int nodes) {
        SplittableRandom random = new SplittableRandom(count + nodes);
        int[] from = random.ints(count, 0, nodes).toArray();
        int[] to = random.ints(count, 0, nodes).toArray();
        int[] labels = random.ints(count, 0, 9).toArray();
        boolean[] truth = new boolean[count];
        Map<String, Integer> label = new LinkedHashMap<>();
        Map<String, Boolean> marked = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            truth[i] = random.nextInt(4) == 0;
            String edge = from[i] + "-" + to[i];
            label.putIfAbsent(edge, labels[i]);
            marked.merge(edge, truth[i], Boolean::logicalOr);
        }

        int kept = EdgeMerge.merge(from, to, labels, truth, count);

        Map<String, Integer> foundLabel = new LinkedHashMap<>();
        Map<String, Boolean> foundTruth = new LinkedHashMap<>();
        for (int i = 0; i < kept; i++) {
            foundLabel.put(from[i] + "-" + to[i], labels[i]);
            foundTruth.put(from[i] + "-" + to[i], truth[i]);
        }
        assertThat(kept).isEqualTo(label.size());
        assertThat(foundLabel.toString()).isEqualTo(label.toString());
        assertThat(foundTruth.toString()).isEqualTo(marked.toString());
    }

    @Test
    void anInterruptEndsIt() {
        int[] ends = new int[20];
        Arrays.setAll(ends, i -> i % 7);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> EdgeMerge.merge(ends.clone(), ends.clone(), null, null, ends.length))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> EdgeMerge.addOpposites(ends.clone(), ends.clone(), null, null, 5))
                .isInstanceOf(CancellationException.class);
    }
}
