package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.Fit;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import dev.assay.chart.ChartFiles;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.run.fake.ArraySamples;
import dev.assay.run.fake.MemoryStore;
import dev.assay.run.json.ResultFolder;
import dev.assay.run.json.ResultJsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Feeds every analysis of the program what an analysis is seldom tried on. Whatever comes, it ends with results that can
 * be kept, read back and drawn, or with a sentence that tells the user what is wrong; it never ends in a fault.
 */
class EveryAnalysisTest {

    private static final String ORDINARY = "ordinary samples";
    private static final int WIDTH = 4;
    private static final List<String> CLASSES = List.of("a", "b", "c");

    private final Catalogue catalogue = Catalogue.load();

    @TempDir
    Path folder;

    private Path network;

    @BeforeEach
    void writeNetwork() throws Exception {
        network = folder.resolve("net.onnx");
        network(WIDTH, 6, CLASSES.size()).write(network);
    }

    private static OnnxGraphBuilder network(int in, int hidden, int out) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("small");
        String x = graph.input("x", -1, in);
        String h = graph.relu(graph.gemm(
                x, graph.initializer("w1", weights(hidden * in, 1), hidden, in),
                graph.initializer("b1", weights(hidden, 2), hidden)));
        String y = graph.gemm(
                h, graph.initializer("w2", weights(out * hidden, 3), out, hidden),
                graph.initializer("b2", weights(out, 4), out));
        graph.output(y, -1, out);
        return graph;
    }

    private static float[] weights(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Map<String, Dataset> scenarios() {
        Map<String, Dataset> scenarios = new LinkedHashMap<>();
        scenarios.put(ORDINARY, samples(40, WIDTH, 3, 0, CLASSES));
        scenarios.put("no samples", samples(0, WIDTH, 3, 0, CLASSES));
        scenarios.put("one sample", samples(1, WIDTH, 3, 0, CLASSES));
        scenarios.put("one class", samples(12, WIDTH, 1, 0, List.of("only")));
        scenarios.put("a class without members", samples(12, WIDTH, 2, 0, CLASSES));
        scenarios.put("all NaN", samples(12, WIDTH, 3, Float.NaN, CLASSES));
        scenarios.put("infinite values", samples(12, WIDTH, 3, Float.POSITIVE_INFINITY, CLASSES));
        scenarios.put("a constant", samples(12, WIDTH, 3, 1, CLASSES));
        scenarios.put("no labels", new ArraySamples("plain", WIDTH, new float[12][WIDTH], null, List.of()));
        scenarios.put("samples of another shape", samples(12, WIDTH + 1, 3, 0, CLASSES));
        scenarios.put("more classes than the model has scores",
                samples(12, WIDTH, 5, 0, List.of("a", "b", "c", "d", "e")));
        return scenarios;
    }

    /** Random values where {@code value} is 0, else that value everywhere. */
    private static Dataset samples(int count, int width, int usedClasses, float value, List<String> classes) {
        float[][] features = new float[count][];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            features[i] = weights(width, 100 + i);
            if (value != 0) {
                Arrays.fill(features[i], value);
            }
            labels[i] = i % usedClasses;
        }
        return new ArraySamples("samples", width, features, labels, classes);
    }

    @TestFactory
    Stream<DynamicTest> degenerateInputsEndInResultsOrInASentence() {
        return catalogue.analyses().stream()
                .flatMap(analysis -> scenarios().entrySet().stream()
                        .flatMap(scenario -> Stream.of(true, false)
                                .map(optional -> DynamicTest.dynamicTest(
                                        analysis.info().id() + " on " + scenario.getKey()
                                                + (optional ? ", all roles filled" : ", required roles only"),
                                        () -> {
                                            boolean ordinary = scenario.getKey().equals(ORDINARY);
                                            Run run = feed(analysis, scenario.getValue(), optional, ordinary);
                                            // Without required roles there is nothing to run on: a sentence will do.
                                            boolean fed = optional
                                                    || analysis.inputs().roles().stream().anyMatch(InputRole::required);
                                            if (ordinary && fed) {
                                                assertThat(run.state())
                                                        .as(run.failure().toString())
                                                        .isEqualTo(RunState.DONE);
                                            }
                                        }))));
    }

    private Run feed(Analysis<?> analysis, Dataset dataset, boolean optional, boolean ordinary) throws Exception {
        try (Input model = catalogue.open(Location.of(network))) {
            Inputs inputs = Inputs.none();
            Map<String, List<Location>> locations = new LinkedHashMap<>();
            for (InputRole role : analysis.inputs().roles()) {
                Input input = role.type().isAssignableFrom(Model.class) ? model : dataset;
                if (role.type().isInstance(input) && (role.required() || optional)) {
                    inputs = inputs.with(role.name(), input);
                    locations.put(role.name(), List.of(input.location()));
                } else {
                    Assumptions.assumeFalse(role.required(), () -> "nothing here can fill the role " + role.name());
                }
            }
            Fit fit = analysis.fits(inputs);
            // One of several optional roles may be needed, and the analysis says so beforehand.
            Assumptions.assumeTrue(optional || !ordinary || fit.fits(), fit.reason());
            RunRequest request = new RunRequest(analysis.info().id(), locations, Map.of(), 0, "cpu", 1);
            Path place = Files.createTempDirectory(folder, "runs");
            try (RunQueue queue = RunQueue.inline(catalogue, new MemoryStore(place))) {
                Run run = queue.submit(request, inputs);
                judge(run);
                return run;
            }
        }
    }

    private static void judge(Run run) throws Exception {
        if (run.state() == RunState.FAILED) {
            RunFailure failure = run.failure().orElseThrow();
            assertThat(failure.userError()).as(failure.message() + "\n" + failure.details()).isTrue();
            assertThat(failure.message()).isNotBlank();
        } else {
            assertThat(run.state()).isEqualTo(RunState.DONE);
        }
        new ResultFolder().write(run.record(), run.folder());
        RunRecord back = new ResultJsonReader().read(run.folder().resolve(ResultFolder.RESULT));
        assertThat(back.results()).hasSameSizeAs(run.results());
        ChartFiles.writeAll(run.results(), run.folder(), ChartTheme.LIGHT);
    }

    @TestFactory
    Stream<DynamicTest> everyAnalysisIsDescribedWell() {
        return catalogue.analyses().stream().map(analysis -> DynamicTest.dynamicTest(analysis.info().id(), () -> {
            assertThat(analysis.info().title()).isNotBlank();
            assertThat(analysis.info().question()).endsWith("?");
            assertThat(analysis.info().citation()).isNotBlank();
            assertThat(analysis.info().help()).hasSizeGreaterThan(200);
            assertThat(analysis.inputs().roles()).extracting(InputRole::name).doesNotHaveDuplicates();
            for (InputRole role : analysis.inputs().roles()) {
                assertThat(role.name()).matches("[a-z][A-Za-z0-9]*");
                assertThat(role.help()).isNotBlank();
                assertThat(catalogue.kindsFor(role.type()))
                        .as("something installed can fill " + role.name())
                        .isNotEmpty();
            }
            ParameterSet<?> set = ParameterSet.of(analysis.parameters());
            List<String> problems = new ArrayList<>();
            for (ParameterDescriptor parameter : set.descriptors()) {
                assertThat(parameter.name()).matches("[a-z][A-Za-z0-9]*");
                assertThat(parameter.label()).isNotBlank();
                assertThat(parameter.help()).isNotBlank();
                parameter.check(parameter.defaultText()).ifPresent(p -> problems.add(p.message()));
            }
            assertThat(problems).isEmpty();
        }));
    }

    @TestFactory
    Stream<DynamicTest> noReaderThrowsOnAnOddPlace() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path odd = Files.write(folder.resolve("odd.bin"), new byte[] {0, 1, 2, 3});
        Path hollow = Files.createDirectory(folder.resolve("hollow"));
        List<Path> places = List.of(empty, odd, hollow, folder.resolve("gone.npy"), folder.resolve("gone"));
        return catalogue.kinds().stream()
                .flatMap(kind -> places.stream()
                        .map(place -> DynamicTest.dynamicTest(
                                kind.id() + " on " + place.getFileName(), () -> looksAt(kind, place))));
    }

    private static void looksAt(InputKind kind, Path place) throws Exception {
        Files.createDirectories(place.getParent());
        kind.recognises(Location.of(place));
        try (Input opened = kind.open(Location.of(place))) {
            assertThat(opened.summary()).isNotBlank();
        } catch (dev.assay.analysis.InputException e) {
            assertThat(e.getMessage()).contains(place.getFileName().toString());
        }
    }
}
