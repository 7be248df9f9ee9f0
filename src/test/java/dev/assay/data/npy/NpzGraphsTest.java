package dev.assay.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphTask;
import dev.assay.data.graph.NpzGraphKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzGraphsTest {

    @TempDir
    Path folder;

    private static byte[] longs(String shape, boolean fortran, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return NpyFiles.array("<i8", fortran, shape, bytes.array());
    }

    private Location write(Map<String, byte[]> arrays) throws IOException {
        Path file = folder.resolve("graphs.npz");
        Files.write(file, NpyFiles.zip(true, arrays));
        return Location.of(file);
    }

    private static Map<String, byte[]> twoGraphs() {
        Map<String, byte[]> arrays = new HashMap<>();
        arrays.put("edge_index", longs("2, 4", false, 0, 1, 2, 3, 1, 0, 3, 2));
        arrays.put("graph", longs("4,", false, 0, 0, 1, 1));
        arrays.put("y", longs("2,", false, 7, 3));
        arrays.put("x", NpyFiles.floats("4, 1", 1, 2, 3, 4));
        arrays.put("edge_gt", longs("4,", false, 1, 1, 0, 0));
        return arrays;
    }

    @Test
    void arraysBecomeGraphs() throws Exception {
        Location location = write(twoGraphs());
        assertThat(new NpzGraphKind().recognises(location)).isTrue();
        GraphDataset data = new NpzGraphKind().open(location);
        assertThat(data.task()).isEqualTo(GraphTask.GRAPH);
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.classes()).containsExactly("3", "7");
        assertThat(data.graph(1).from()).containsExactly(0, 1);
        assertThat(data.graph(1).to()).containsExactly(1, 0);
        assertThat(data.graph(1).features()).containsExactly(3, 4);
        assertThat(data.graph(0).truth()).containsExactly(true, true);
    }

    @Test
    void edgesInColumnOrderReadTheSame() throws Exception {
        Map<String, byte[]> arrays = twoGraphs();
        arrays.put("edge_index", longs("2, 4", true, 0, 1, 1, 0, 2, 3, 3, 2));
        GraphDataset data = new NpzGraphKind().open(write(arrays));
        assertThat(data.graph(0).from()).containsExactly(0, 1);
        assertThat(data.graph(0).to()).containsExactly(1, 0);
    }

    @Test
    void oneLabelForEachNodeIsANodeTask() throws Exception {
        Map<String, byte[]> arrays = twoGraphs();
        arrays.remove("graph");
        arrays.put("y", longs("4,", false, 0, 1, 1, 0));
        GraphDataset data = new NpzGraphKind().open(write(arrays));
        assertThat(data.task()).isEqualTo(GraphTask.NODE);
        assertThat(data.graph(0).nodeClasses()).containsExactly(0, 1, 1, 0);
    }

    /** Nodes behind the last one that has an edge are nodes all the same. */
    @Test
    void labelsSayHowManyNodesThereAreWhereNothingElseDoes() throws Exception {
        GraphDataset data = new NpzGraphKind().open(write(Map.of(
                "edge_index", longs("2, 2", false, 0, 1, 1, 0), "y", longs("4,", false, 5, 7, 5, 7))));
        assertThat(data.task()).isEqualTo(GraphTask.NODE);
        assertThat(data.graph(0).nodeClasses()).containsExactly(0, 1, 0, 1);
    }

    @Test
    void badArraysAreNamed() {
        refused("edge_index", longs("4, 2", false, 0, 1, 2, 3, 1, 0, 3, 2), "expected 2 x edges");
        refused("edge_index", longs("2, 1", false, 0, 4), "has node 4, outside 0..3");
        refused("edge_index", longs("2, 4", false, 0, 1, 0, 3, 1, 0, 2, 2), "an edge leads from graph 1 to graph 2");
        refused("edge_index", longs("2, 1", false, 0, -1), "has node -1, outside 0..3");
        refused("graph", longs("4,", false, 0, 0, 2, 2), "node 2 is of graph 2 after one of graph 0");
        refused("graph", longs("4,", false, 1, 1, 1, 1), "node 0 is of graph 1");
        refused("y", longs("3,", false, 0, 1, 0), "there are 3 labels for 2 graphs and 4 nodes");
        refused("y", NpyFiles.floats("2,", 0.5f, 1), "0.5 at place 0, which is no whole number");
        refused("x", NpyFiles.floats("3, 1", 1, 2, 3), "the array has 3 entries for 4 nodes");
        refused("x", NpyFiles.floats("4, 1", 1, Float.NaN, 3, 4), "the array holds NaN at place 1");
        refused("edge_gt", longs("4,", false, 0, 2, 0, 0), "the array holds 2 at place 1");
        refused("node_labels", longs("2,", false, 0, 1), "the array has 2 entries for 4 nodes");
    }

    private void refused(String array, byte[] bytes, String what) {
        Map<String, byte[]> arrays = twoGraphs();
        arrays.put(array, bytes);
        assertThatThrownBy(() -> new NpzGraphKind().open(write(arrays))).as(array)
                .isInstanceOf(InputException.class).hasMessageContaining(what);
    }

    @Test
    void anArchiveOfImagesIsNotTaken() throws Exception {
        assertThat(new NpzGraphKind().recognises(write(Map.of("x", NpyFiles.floats("1, 1", 1))))).isFalse();
    }

    /** As signed numbers the greatest unsigned ones are small and negative. */
    @Test
    void wholeNumbersThatNoDoubleHoldsAreRefused() {
        ByteBuffer greatest = ByteBuffer.allocate(16).putLong(-1).putLong(-2);
        refused("x", NpyFiles.array("<u8", false, "2, 1", greatest.array()), "18446744073709551615");
    }

    @Test
    void readingEndsWhenItsThreadIsInterrupted() throws Exception {
        Location file = write(twoGraphs());
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> new NpzGraphKind().open(file)).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
