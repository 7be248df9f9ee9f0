package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.run.Catalogue;
import dev.assay.run.LogLine;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.fake.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two students of one task, trained from different starts, as a user compares them. */
class LinearConnectivityTest {

    private static final int UNITS = 32;

    @TempDir
    private Path folder;

    private ToyTask task;

    @BeforeEach
    void makeTask() {
        task = new ToyTask(4);
    }

    private Path student(String name) throws IOException {
        ToyTask.Network n = task.train(UNITS, ToyTask.Start.UNIFORM);
        OnnxGraphBuilder g = new OnnxGraphBuilder(name);
        String x = g.input("x", -1, ToyTask.INPUTS);
        x = g.relu(g.gemm(
                x,
                g.initializer(name + ".in", floats(n.in()), UNITS, ToyTask.INPUTS),
                g.initializer(name + ".bias", floats(n.bias()), UNITS)));
        x = g.gemm(
                x,
                g.initializer(name + ".out", floats(n.out()), ToyTask.CLASSES, UNITS),
                g.initializer(name + ".last", floats(n.outBias()), ToyTask.CLASSES));
        g.output(x, -1, ToyTask.CLASSES);
        Path file = folder.resolve(name + ".onnx");
        g.write(file);
        return file;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private Path samples() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            for (double v : task.fresh[i]) {
                text.append(String.format(Locale.ROOT, "%.5f,", v));
            }
            text.append(task.freshLabels[i]).append('\n');
        }
        Path file = folder.resolve("samples.csv");
        Files.writeString(file, text);
        return file;
    }

    private Run run(Path model, Path other, Path samples, Map<String, String> parameters) {
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        inputs.put("model", List.of(Location.of(model)));
        inputs.put("other", List.of(Location.of(other)));
        if (samples != null) {
            inputs.put("test", List.of(new Location(samples, Map.of("label", "last"))));
        }
        Map<String, String> all = new LinkedHashMap<>(
                ParameterSet.of(ConnectivityParameters.class).toText(ConnectivityParameters.defaults()));
        all.putAll(parameters);
        try (RunQueue queue = RunQueue.inline(Catalogue.load(), new MemoryStore(folder.resolve("runs")))) {
            return queue.submit(new RunRequest("linear-connectivity", inputs, all, 0, "cpu", 2));
        }
    }

    private static <T extends Result> T find(Run run, Class<T> kind, String id) {
        return run.results().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " " + id));
    }

    private static double scalar(Run run, String id) {
        return find(run, Scalar.class, id).value();
    }

    @Test
    void matchingLowersTheBarrierBetweenTwoStudents() throws Exception {
        Run run = run(student("a"), student("b"), samples(), Map.of("points", "11", "exportModel", "true"));

        assertThat(run.failure()).isEmpty();
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(scalar(run, "similarity_after")).isGreaterThan(scalar(run, "similarity_before") + 0.1);
        assertThat(scalar(run, "moved")).isGreaterThan(UNITS / 2.0);
        assertThat(scalar(run, "loss_barrier_before")).isGreaterThan(0.05);
        assertThat(scalar(run, "loss_barrier_after")).isLessThan(0.5 * scalar(run, "loss_barrier_before"));
        Curve accuracy = find(run, Curve.class, "accuracy");
        assertThat(accuracy.series()).extracting(Curve.Series::name).containsExactly("before matching",
                "after matching");
        for (int end : new int[] {0, 10}) {
            // Both lines begin at the first and end at the second network, in whatever order its features are.
            assertThat(accuracy.series().get(1).y()[end])
                    .isCloseTo(accuracy.series().get(0).y()[end], within(0.002));
        }
        assertThat(find(run, Table.class, "assignment").rowCount()).isEqualTo(UNITS);
        assertThat(find(run, Table.class, "line").rowCount()).isEqualTo(22);
        assertThat(run.folder().resolve("matched.onnx")).exists();
    }

    @Test
    void withoutDataTheFeaturesAreMatchedAllTheSame() throws Exception {
        Run run = run(student("a"), student("b"), null, Map.of());

        assertThat(run.failure()).isEmpty();
        assertThat(find(run, Table.class, "groups").rowCount()).isEqualTo(1);
        assertThat(run.results()).noneMatch(Curve.class::isInstance);
    }

    @Test
    void networksOfOtherStructureAreRefusedWithTheDifference() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("wider");
        String x = g.input("x", -1, ToyTask.INPUTS);
        Random random = new Random(1);
        x = g.relu(g.gemm(
                x,
                g.initializer("w", floats(random.doubles(40L * ToyTask.INPUTS).toArray()), 40, ToyTask.INPUTS),
                g.initializer("b", new float[40], 40)));
        g.output(
                g.gemm(x, g.initializer("v", new float[160], 4, 40), g.initializer("c", new float[4], 4)), -1, 4);
        Path wider = folder.resolve("wider.onnx");
        g.write(wider);

        Run run = run(student("a"), wider, null, Map.of());

        assertThat(run.failure().orElseThrow().userError()).isTrue();
        assertThat(run.failure().orElseThrow().message())
                .contains("different structures")
                .contains("'a.in' has shape [32, 20]")
                .contains("[40, 20] in wider.onnx");
    }

    @Test
    void dataThatDoesNotFitLeavesTheLineOut() throws Exception {
        Path narrow = folder.resolve("narrow.csv");
        Files.writeString(narrow, "1,2,0\n3,4,1\n");

        Run run = run(student("a"), student("b"), narrow, Map.of());

        assertThat(run.failure()).isEmpty();
        assertThat(run.log()).filteredOn(LogLine::warning).anyMatch(l -> l.text().contains("left out"));
    }

    @Test
    void aBarrierIsTheHeightAboveTheChord() {
        assertThat(ConnectivityRun.barrier(new double[] {1, 2.5, 2})).isCloseTo(1, within(1e-12));
        assertThat(ConnectivityRun.barrier(new double[] {1, 1.5, 2})).isZero();
    }
}
