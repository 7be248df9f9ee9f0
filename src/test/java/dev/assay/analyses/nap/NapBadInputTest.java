package dev.assay.analyses.nap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.run.fake.TestRun;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the method's "Bad input": a clear sentence, or a warning beside the results. */
class NapBadInputTest {

    private static final JavaNetwork NETWORK = JavaNetwork.random(3, 6, 20, 4);

    @TempDir
    Path folder;

    private TestRun run(Model model, Dataset train, NapParameters parameters) throws Exception {
        try (TestRun run = new TestRun(folder)) {
            new NapMining().run(Inputs.of("model", model).with("train", train), parameters, run);
            return run;
        }
    }

    private String problem(Model model, Dataset train, NapParameters parameters) {
        String[] message = new String[1];
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> run(model, train, parameters))
                .satisfies(e -> message[0] = e.getMessage());
        assertThat(folder.resolve("patterns.json")).doesNotExist();
        return message[0];
    }

    private static ArrayDataset clusters(int rows) {
        return Toy.clusters("train.csv", 1, rows, 6, 4);
    }

    private Model written(OnnxGraphBuilder g) throws Exception {
        Path file = folder.resolve("model.onnx");
        g.write(file);
        return (Model) new OnnxKind().open(Location.of(file));
    }

    @Test
    void aNetworkWithoutReluSaysWhichActivationsItHas() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("tanh");
        String x = g.input("x", -1, 6);
        String h = g.node("Tanh", List.of(g.gemm(
                x, g.initializer("w", new float[24], 4, 6), g.initializer("b", new float[4], 4))));
        g.output(g.gemm(h, g.initializer("v", new float[16], 4, 4), g.initializer("c", new float[4], 4)), -1, 4);
        try (Model model = written(g)) {
            assertThat(problem(model, clusters(20), Toy.parameters("0.01")))
                    .startsWith("model.onnx: ")
                    .contains("Tanh")
                    .endsWith("; open a network whose hidden units are ReLUs.");
            assertThat(new NapMining().fits(Inputs.of("model", model)).fits()).isFalse();
        }
    }

    @Test
    void anotherActivationStandsInBySignAndTheRunSaysSo() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("elu");
        String x = g.input("x", -1, 6);
        float[] w = new float[24];
        Arrays.fill(w, 0.3f);
        String h = g.node("Elu", List.of(g.gemm(x, g.initializer("w", w, 4, 6), g.initializer("b", new float[4], 4))));
        g.output(g.gemm(h, g.initializer("v", new float[16], 4, 4), g.initializer("c", new float[4], 4)), -1, 4);
        try (Model model = written(g)) {
            assertThat(run(model, clusters(20), Toy.parameters("0.01")).warnings())
                    .anyMatch(m -> m.contains("approximation") && m.contains("no base for proofs"));
        }
    }

    @Test
    void aClosingSoftmaxChangesNothing() throws Exception {
        ArrayDataset train = clusters(300);
        TestRun plain = run(NETWORK, train, Toy.parameters("0.01"));
        Path file = folder.resolve("softmax.onnx");
        OnnxGraphBuilder g = new OnnxGraphBuilder("softmax");
        String x = g.input("x", -1, 6);
        NETWORK.write(folder.resolve("plain.onnx"));
        // The same weights, read back from the plain file, with a softmax behind them.
        try (Model source = (Model) new OnnxKind().open(Location.of(folder.resolve("plain.onnx")))) {
            for (int l = 0; l < 2; l++) {
                float[] w = values(source, "w" + l);
                float[] b = values(source, "b" + l);
                x = g.gemm(x, g.initializer("w" + l, w, b.length, w.length / b.length),
                        g.initializer("b" + l, b, b.length));
                x = l == 0 ? g.relu(x) : g.softmax(x, 1);
            }
        }
        g.output(x, -1, 4);
        g.write(file);
        try (Model model = (Model) new OnnxKind().open(Location.of(file))) {
            TestRun softmax = run(model, train, Toy.parameters("0.01"));
            assertThat(softmax.heatmap("states").values()).isDeepEqualTo(plain.heatmap("states").values());
            assertThat(softmax.scalar("train_accuracy")).isEqualTo(plain.scalar("train_accuracy"));
        }
    }

    private static float[] values(Model model, String tensor) throws Exception {
        return model.values(model.tensors().stream()
                .filter(t -> t.name().equals(tensor))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void anInfiniteActivationNamesLayerUnitAndSample() throws Exception {
        ArrayDataset good = clusters(600);
        float[][] samples = new float[600][];
        int[] labels = new int[600];
        for (int i = 0; i < 600; i++) {
            samples[i] = good.sample(i).values();
            labels[i] = good.sample(i).label();
        }
        samples[555] = new float[] {3e38f, 3e38f, 3e38f, 3e38f, 3e38f, 3e38f};
        ArrayDataset train = new ArrayDataset("train.csv", samples, labels, Toy.numbered(4), 6);

        assertThat(problem(NETWORK, train, Toy.parameters("0.01")))
                .contains("ReLU layer 1 'relu1'")
                .contains("sample 555 of train.csv")
                .containsAnyOf("Infinity", "NaN");
    }

    @Test
    void aSampleThatIsNaNIsNamed() {
        ArrayDataset train = new ArrayDataset(
                "train.csv",
                new float[][] {new float[6], {Float.NaN, 0, 0, 0, 0, 0}},
                new int[] {0, 1},
                Toy.numbered(4),
                6);
        assertThat(problem(NETWORK, train, Toy.parameters("0.01"))).contains("NaN enters").contains("sample 1 of");
    }

    @Test
    void aLabelBeyondTheScoresNamesSampleAndClass() {
        ArrayDataset train = new ArrayDataset(
                "train.csv",
                new float[3][6],
                new int[] {0, 4, 1},
                List.of("ant", "bee", "cat", "dog", "eel"),
                6);
        assertThat(problem(NETWORK, train, Toy.parameters("0.01")))
                .contains("sample 1 has the class 'eel'")
                .contains("scores for only 4 classes");
    }

    @Test
    void aTestClassThatTrainingDoesNotKnowIsNamed() {
        ArrayDataset train = new ArrayDataset("train.csv", new float[2][6], new int[] {0, 1}, List.of("ant", "bee"), 6);
        ArrayDataset test = new ArrayDataset("test.csv", new float[2][6], new int[] {0, 1}, List.of("ant", "wasp"), 6);
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> {
                    try (TestRun run = new TestRun(folder)) {
                        new NapMining()
                                .run(
                                        Inputs.of("model", NETWORK).with("train", train).with("test", test),
                                        Toy.parameters("0.01"),
                                        run);
                    }
                })
                .withMessageContaining("the class 'wasp' is not among the classes ant, bee of train.csv")
                .withMessageContaining("classes=")
                .withMessageContaining("test.csv");
    }

    @Test
    void labelsOfTheTestDataAreMatchedByNameAndTheRunSaysSo() throws Exception {
        List<String> names = List.of("ant", "bee", "cat", "dog");
        ArrayDataset numbered = clusters(200);
        float[][] rows = new float[200][];
        int[] own = new int[200];
        int[] turned = new int[200];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = numbered.sample(i).values();
            own[i] = numbered.sample(i).label();
            turned[i] = 3 - own[i];
        }
        ArrayDataset train = new ArrayDataset("train.csv", rows, own, names, 6);
        ArrayDataset test = new ArrayDataset("test.csv", rows, turned, names.reversed(), 6);
        try (TestRun run = new TestRun(folder)) {
            new NapMining()
                    .run(Inputs.of("model", NETWORK).with("train", train).with("test", test), Toy.parameters("0"), run);
            assertThat(run.scalar("test_accuracy")).isEqualTo(run.scalar("train_accuracy"));
            assertThat(run.logged()).anyMatch(l -> l.contains("test.csv") && l.contains("matched by name"));
        }
    }

    @Test
    void namedClassesThatAreFewerThanTheScoresAreInDoubt() throws Exception {
        ArrayDataset train = new ArrayDataset(
                "train.csv", new float[2][6], new int[] {0, 1}, List.of("ant", "bee"), 6);
        assertThat(run(NETWORK, train, Toy.parameters("0.01")).warnings())
                .anyMatch(w -> w.contains("2 classes (ant, bee)") && w.contains("4 outputs"));
    }

    @Test
    void dataWithoutLabelsSaysWhatWouldWork() {
        ArrayDataset train = new ArrayDataset("train.npy", new float[3][6], null, List.of(), 6);
        assertThat(problem(NETWORK, train, Toy.parameters("0.01")))
                .isEqualTo(
                        "train.npy: the samples have no labels; give the labels, or use labelSource=predicted to mine"
                                + " the classes that the network decides on.");
    }

    @Test
    void samplesWithoutALabelAreLeftOutAndCounted() throws Exception {
        ArrayDataset train = new ArrayDataset(
                "train.csv", new float[][] {new float[6], new float[6], new float[6]}, new int[] {0, -1, 0},
                Toy.numbered(4), 6);
        TestRun run = run(NETWORK, train, Toy.parameters("0.01"));
        assertThat(run.warnings()).anyMatch(w -> w.startsWith("1 samples of train.csv have no label"));
        assertThat(TestRun.cell(run.table("recall"), 0.01, "0", "support")).isEqualTo(2L);
    }

    @Test
    void aClassWithFewerSamplesThanOneOverTheSlackIsWarnedOf() throws Exception {
        TestRun run = run(NETWORK, clusters(300), Toy.parameters("0.01"));
        assertThat(run.warnings()).anyMatch(w -> w.contains("fewer than 1/s") && w.contains("acts as 0"));
        TestRun enough = run(NETWORK, clusters(300), Toy.parameters("0.1"));
        assertThat(enough.warnings()).noneMatch(w -> w.contains("fewer than 1/s"));
    }

    @Test
    void shapesThatDoNotFitNameBoth() {
        ArrayDataset train = new ArrayDataset("train.idx", new float[2][9], new int[] {0, 1}, Toy.numbered(2), 1, 3, 3);
        assertThat(problem(NETWORK, train, Toy.parameters("0.01")))
                .contains("1x3x3")
                .contains("9 values")
                .contains("6 values");
        assertThat(new NapMining()
                .fits(Inputs.of("model", NETWORK).with("train", train))
                .reason())
                .startsWith("train.idx: ")
                .contains("1x3x3");
    }

    @Test
    void fittingInputsFitAlsoWhileRolesAreEmpty() {
        NapMining mining = new NapMining();
        assertThat(mining.fits(Inputs.none()).fits()).isTrue();
        assertThat(mining.fits(Inputs.of("model", NETWORK)).fits()).isTrue();
        assertThat(mining.fits(Inputs.of("model", NETWORK).with("train", clusters(2))).fits()).isTrue();
    }

    @Test
    void noSamples() {
        ArrayDataset train = new ArrayDataset("train.csv", new float[0][6], new int[0], Toy.numbered(4), 6);
        assertThat(problem(NETWORK, train, Toy.parameters("0.01"))).contains("train.csv: there are no samples");
    }

    @Test
    void nothingRightToMine() {
        float[] sample = new float[6];
        int wrong = (NETWORK.decide(sample) + 1) % 4;
        ArrayDataset train =
                new ArrayDataset("train.csv", new float[][] {sample}, new int[] {wrong}, Toy.numbered(4), 6);
        assertThat(problem(NETWORK, train, Toy.parameters(LabelSource.PROVIDED_AND_CORRECT, "0.01")))
                .contains("gets no training sample right");
    }

    @Test
    void aSingleScoreIsNoClassification() {
        ArrayDataset train = new ArrayDataset("train.csv", new float[2][6], new int[] {0, 1}, Toy.numbered(2), 6);
        assertThat(problem(JavaNetwork.random(1, 6, 5, 1), train, Toy.parameters("0.01"))).contains("one score");
    }

    /** The positions of a segmentation are no classes. */
    @Test
    void scoresForEveryPositionAreNoClassification() throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("segment");
        String h = g.relu(g.matMul(g.input("x", -1, 6), g.initializer("w", new float[36], 6, 6)));
        h = g.matMul(h, g.initializer("v", new float[36], 6, 6));
        g.output(g.reshape(h, g.initializer("to", new long[] {-1, 3, 2}, 3)), -1, 3, 2);
        Path file = folder.resolve("segment.onnx");
        g.write(file);
        ArrayDataset train = new ArrayDataset("train.csv", new float[2][6], new int[] {0, 1}, Toy.numbered(2), 6);
        try (Model model = new OnnxKind().open(Location.of(file))) {
            assertThat(problem(model, train, Toy.parameters("0.01"))).contains("scores of the shape 3x2", "one score");
        }
    }

    @Test
    void lowAccuracyPointsAtThePreprocessing() throws Exception {
        ArrayDataset train = clusters(200);
        int[] wrong = new int[200];
        float[][] samples = new float[200][];
        for (int i = 0; i < 200; i++) {
            samples[i] = train.sample(i).values();
            wrong[i] = (NETWORK.decide(samples[i]) + 1) % 4;
        }
        TestRun run = run(
                NETWORK,
                new ArrayDataset("train.csv", samples, wrong, Toy.numbered(4), 6),
                Toy.parameters("0.1"));
        assertThat(run.warnings()).anyMatch(w -> w.contains("only 0") && w.contains("preprocessing (as stored)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "-0.01", "0.95", "1", "1/2", "2/3"})
    void aSlackOutsideItsRangeNamesTheRange(String slack) {
        assertThat(ParameterSet.of(NapParameters.class).check(Map.of("slack", slack)))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains(slack).contains("0 <= slack < 0.5"));
        assertThat(ParameterSet.of(NapParameters.class).check(Map.of("slacks", "0.1," + slack)))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains(slack));
    }

    @ParameterizedTest
    @CsvSource({
        "layers, '1,,2', list of layer numbers",
        "layers, 0, list of layer numbers",
        "layers, first, list of layer numbers",
        "slack, one percent, not a decimal or a fraction",
        "slack, 1/0, divides by zero",
        "labelSource, guessed, 'provided, predicted, provided-and-correct'",
        "decision, max, 'argmax, argmin'",
        "convUnits, pixel, 'position, channel'",
        "regionSamples, -1, 0 <= regionSamples",
        "regionRadius, NaN, finite",
    })
    void aParameterThatMakesNoSenseSaysWhatWould(String name, String value, String message) {
        assertThat(ParameterSet.of(NapParameters.class).check(Map.of(name, value)))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains(message));
    }

    @Test
    void aLayerThatIsNotThereNamesHowManyThereAre() {
        NapParameters d = Toy.parameters("0.01");
        NapParameters third = new NapParameters(
                d.slack(), d.slacks(), d.labelSource(), d.decision(), "1,3", d.convUnits(), false, 0, 0);
        assertThat(problem(NETWORK, clusters(20), third))
                .contains("parameter layers: there is no ReLU layer 3")
                .contains("has 1");
    }

    @Test
    void aFullDiskIsSaidAndNoHalfWrittenFileStays() throws Exception {
        Configuration tiny =
                Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(8 * 512).build();
        try (FileSystem disk = Jimfs.newFileSystem(tiny)) {
            Path artifacts = Files.createDirectory(disk.getPath("/run"));
            try (TestRun run = new TestRun(artifacts)) {
                assertThatExceptionOfType(AnalysisException.class)
                        .isThrownBy(() -> new NapMining()
                                .run(
                                        Inputs.of("model", NETWORK).with("train", clusters(2000)),
                                        Toy.parameters("0.01"),
                                        run))
                        .withMessageContaining("cannot be written")
                        .withMessageContaining("make room on the disk");
                assertThat(run.scalar("train_accuracy")).isBetween(0.0, 1.0);
            }
            try (var files = Files.walk(artifacts)) {
                assertThat(files.map(Path::toString)).noneMatch(f -> f.endsWith(".json") || f.endsWith(".part"));
            }
        }
    }

    @Test
    void theWholeRunWorksOnAnyFileSystem() throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix())) {
            Path artifacts = Files.createDirectory(disk.getPath("/run"));
            Inputs inputs = Inputs.of("model", NETWORK).with("train", clusters(500));
            try (TestRun run = new TestRun(artifacts)) {
                new NapMining().run(inputs, Toy.parameters("0.01"), run);
            }
            assertThat(artifacts.resolve("patterns.json")).exists();
            assertThat(new NapMining().explore(inputs, Toy.parameters("0.01"), artifacts)).isPresent();
        }
    }

    @Test
    void countsThatDoNotFitIntoMemorySayWhatWould() {
        // 100,000 classes and a wide layer: hundreds of GiB of counts, without any weight being made.
        Model huge = changed(
                Model.class,
                NETWORK,
                Map.of(
                        "reluLayers",
                        List.of(new ReluLayer(1, "relu1", "z1", new int[] {3_000_000}, 0, true)),
                        "output",
                        new TensorInfo("y", "float32", new int[] {100_000})));
        ArrayDataset train = clusters(10);
        assertThat(problem(huge, train, Toy.parameters("0.01")))
                .contains("counting")
                .contains("choose fewer layers, or convUnits=channel");
    }

    @Test
    void anAnalysisExceptionInAWorkerArrivesAsItIs() {
        InputException cut = new InputException("the file was cut short at sample 1200", "train.csv", "copy it again");
        BatchReader whole = clusters(2000).read(0, 32);
        BatchReader reader = new BatchReader() {
            private int batches;

            @Override
            public int next(FloatBuffer samples, int[] labels) throws InputException {
                if (batches++ == 2) {
                    throw cut;
                }
                return whole.next(samples, labels);
            }

            @Override
            public void close() {}
        };
        Dataset broken = changed(Dataset.class, clusters(2000), Map.of("read", reader));
        assertThat(problem(NETWORK, broken, Toy.parameters("0.01"))).contains("the file was cut short at sample 1200");
        assertThatCode(() -> run(NETWORK, clusters(200), Toy.parameters("0.1"))).doesNotThrowAnyException();
    }

    /** The same thing, some of whose methods answer differently. */
    private static <T> T changed(Class<T> type, T real, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.containsKey(method.getName())
                        ? answers.get(method.getName())
                        : method.invoke(real, arguments)));
    }

    @Test
    void anUnreadableArtifactIsNamed() throws Exception {
        Inputs inputs = Inputs.of("model", NETWORK).with("train", clusters(200));
        run(NETWORK, clusters(200), Toy.parameters("0.1"));
        Path bits = folder.resolve("activations").resolve("train.bits");
        truncate(bits);
        assertThatExceptionOfType(AnalysisException.class)
                .isThrownBy(() -> new NapMining().explore(inputs, Toy.parameters("0.1"), folder))
                .withMessageContaining("damaged")
                .withMessageContaining("train.bits");
    }

    private static void truncate(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - 1));
    }
}
