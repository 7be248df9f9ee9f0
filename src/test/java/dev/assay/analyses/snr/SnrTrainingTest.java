package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Table;
import dev.assay.data.Dataset;
import dev.assay.data.LabelSets;
import dev.assay.data.npy.NpzKind;
import dev.assay.data.npy.NpzWriter;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.run.fake.TestRun;
import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on small generated data: what comes out, stopping and going on, and what is refused. */
class SnrTrainingTest {

    private static final MemorySamples TRAIN = MemorySamples.clusters(6, 10, 12, 1);
    private static final MemorySamples UNSEEN =
            MemorySamples.clusters(4, 10, 12, 2).called("class that was never trained on ");

    @TempDir
    Path folder;

    private final SnrTraining analysis = new SnrTraining();

    private static TrainingParameters parameters(String... pairs) throws AnalysisException {
        Map<String, String> values = new HashMap<>(Map.of(
                "dimension", "8", "steps", "40", "evaluateEvery", "20", "classesPerBatch", "4"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return SnrMetricLearningTest.parameters(TrainingParameters.class, values);
    }

    private TestRun run(String name, TrainingParameters parameters) throws Exception {
        TestRun run = new TestRun(folder.resolve(name));
        analysis.run(Inputs.of("train", TRAIN).with("unseen", UNSEEN), parameters, run);
        return run;
    }

    private static double[] losses(TestRun run) {
        return run.curve("loss_total").series().getFirst().y();
    }

    @Test
    void distancesAreTrainedHeadToHeadOverSeeds() throws Exception {
        try (TestRun run = run("all", parameters("distances", "snr,euclid,euclidNormalized", "seeds", "2"))) {
            Table runs = run.table("runs");
            assertThat(runs.rowCount()).isEqualTo(6);
            Table summary = run.table("summary");
            assertThat(summary.rowCount()).isEqualTo(3);
            double mean = 0;
            for (int r = 0; r < runs.rowCount(); r++) {
                if (runs.value(r, 0).equals("snr")) {
                    mean += TestRun.number(runs, r, "recall_at_1_unseen") / 2;
                }
            }
            assertThat(TestRun.number(summary, 0, "recall_at_1_unseen")).isCloseTo(mean, within(1e-12));
            assertThat(run.scalar("recall_at_1_unseen")).isCloseTo(mean, within(1e-12));
            assertThat(run.scalar("steps_run")).isEqualTo(40);
            Curve recall = run.curve("recall_at_1");
            assertThat(recall.series()).hasSize(12);
            assertThat(recall.series().getFirst().x()).containsExactly(20, 40);
            double[] losses = losses(run);
            assertThat(losses[39]).isLessThan(losses[0]);
        }
    }

    @Test
    void everyLossLearns() throws Exception {
        for (LossKind kind : LossKind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            try (TestRun run = run(name, parameters("loss", name, "steps", "80", "margin", "1"))) {
                double[] losses = losses(run);
                double first = 0;
                double last = 0;
                for (int i = 0; i < 10; i++) {
                    first += losses[i];
                    last += losses[70 + i];
                }
                assertThat(last).as(name).isLessThan(first);
            }
        }
    }

    @Test
    void aCancelledRunGoesOnAsIfItHadNotStopped() throws Exception {
        double[] whole;
        try (TestRun run = run("whole", parameters())) {
            whole = losses(run);
        }
        TestRun stopped = new TestRun(folder.resolve("stopped")).cancelAfter(TRAIN.size() + UNSEEN.size() + 25);
        assertThatThrownBy(() -> analysis.run(Inputs.of("train", TRAIN).with("unseen", UNSEEN), parameters(), stopped))
                .isInstanceOf(CancellationException.class);
        stopped.close();
        String checkpoint = folder.resolve("stopped/checkpoint").toString();
        try (TestRun run = run("resumed", parameters("checkpoint", checkpoint))) {
            double[] rest = losses(run);
            assertThat(rest).hasSize(15);
            for (int i = 0; i < rest.length; i++) {
                assertThat(rest[i]).as("step " + (26 + i)).isCloseTo(whole[25 + i], within(1e-5));
            }
        }
        assertThatThrownBy(() -> run("mistyped", parameters("checkpoint", folder.resolve("stopped").toString())))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("there is no checkpoint of a training in");
        assertThatThrownBy(() -> run("other", parameters("checkpoint", checkpoint, "lambda", "0.1")))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("other data or parameters")
                .hasMessageContaining("lambda=0.1");
        Path file = folder.resolve("stopped/checkpoint/snr-seed0.checkpoint");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> run("cut", parameters("checkpoint", checkpoint)))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("cannot be read");
    }

    private HashingParameters hashing(String checkpoint, int steps) throws AnalysisException {
        return SnrMetricLearningTest.parameters(
                HashingParameters.class,
                Map.of(
                        "bits", "8", "steps", String.valueOf(steps), "checkpoint",
                        checkpoint.isEmpty() ? "" : folder.resolve(checkpoint).toString()));
    }

    @Test
    void aFolderWithoutACheckpointIsRefusedInsteadOfStartingAnew() throws Exception {
        try (TestRun run = run("whole", parameters())) {
            assertThat(run.curve("loss_total").series()).isNotEmpty();
        }
        for (String wrong : List.of("nowhere", "whole", "a\0b")) {
            assertThatThrownBy(() -> run("other", parameters("checkpoint", folder + "/" + wrong)))
                    .as(wrong)
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("there is no checkpoint of a training in");
        }
        Inputs inputs = Inputs.of("train", TRAIN).with("unseen", UNSEEN);
        try (TestRun run = new TestRun(folder.resolve("hashing"))) {
            assertThatThrownBy(() -> new SnrHashing().run(inputs, hashing("whole", 10), run))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("there is no checkpoint of a training in");
            new SnrHashing().run(inputs, hashing("", 10), run);
        }
        try (TestRun run = new TestRun(folder.resolve("further"))) {
            new SnrHashing().run(inputs, hashing("hashing/checkpoint", 14), run);
            assertThat(losses(run)).hasSize(4);
        }
    }

    @Test
    void aRunCancelledWhileItEvaluatesGoesOnAsIfItHadNotStopped() throws Exception {
        double[] whole;
        try (TestRun run = run("whole", parameters())) {
            whole = losses(run);
        }
        try (TestRun stopped = new TestRun(folder.resolve("stopped")).cancelAfter(TRAIN.size() + UNSEEN.size() + 20)) {
            assertThatThrownBy(
                    () -> analysis.run(Inputs.of("train", TRAIN).with("unseen", UNSEEN), parameters(), stopped))
                    .isInstanceOf(CancellationException.class);
        }
        try (TestRun run = run("resumed", parameters("checkpoint", folder.resolve("stopped/checkpoint").toString()))) {
            double[] rest = losses(run);
            assertThat(rest).as("the 20th step was made before the evaluation").hasSize(20);
            for (int i = 0; i < rest.length; i++) {
                assertThat(rest[i]).as("step " + (21 + i)).isCloseTo(whole[20 + i], within(1e-5));
            }
        }
    }

    @Test
    void divergingStopsAndKeepsTheLastGoodCheckpoint() throws Exception {
        // A class whose samples are enormous; the first batch has others.
        TestRun run = new TestRun(folder);
        Vectors rows = new VectorReader(run).read(TRAIN, "train");
        int[] first = BatchSampler.of(rows, 2, 4, 0).batch(0);
        int bad = 0;
        while (TRAIN.labels()[first[0]] == bad || TRAIN.labels()[first[first.length - 1]] == bad) {
            bad++;
        }
        float[][] values = new float[TRAIN.rows().length][12];
        for (int r = 0; r < values.length; r++) {
            for (int c = 0; c < 12; c++) {
                values[r][c] = TRAIN.rows()[r][c] * (TRAIN.labels()[r] == bad ? 1e36f : 1);
            }
        }
        MemorySamples data = new MemorySamples(values, TRAIN.labels(), TRAIN.sampleShape(), TRAIN.classes());
        assertThatThrownBy(() -> analysis.run(
                Inputs.of("train", data),
                parameters("distances", "euclid", "classesPerBatch", "2", "evaluateEvery", "1"),
                run))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("diverged")
                .hasMessageContaining("learning rate")
                .hasMessageContaining("is kept in");
        assertThat(folder.resolve("checkpoint/euclid-seed0.checkpoint")).exists();
        run.close();
    }

    @Test
    void theEncoderOpensAsAModelAndComputesTheSame() throws Exception {
        for (String encoder : new String[] {"mlp", "conv"}) {
            MemorySamples data = encoder.equals("conv")
                    ? MemorySamples.clusters(4, 8, 100, 3).asPictures(10)
                    : TRAIN;
            Path at = folder.resolve(encoder);
            TestRun run = new TestRun(at);
            analysis.run(Inputs.of("train", data), parameters("encoder", encoder, "steps", "12"), run);
            double recall = run.scalar("recall_at_1_seen");
            run.close();
            Location file = Location.of(at.resolve("encoder/snr-seed0.onnx"));
            try (Model model = new OnnxKind().open(file)) {
                TestRun retrieval = new TestRun(folder.resolve(encoder + "-retrieval"));
                new SnrMetricLearning()
                        .run(
                                Inputs.of("model", model).with("data", data),
                                SnrParameters.defaults(),
                                retrieval);
                assertThat(retrieval.scalar("dimension")).isEqualTo(8);
                assertThat(retrieval.scalar("recall_at_1")).as(encoder).isCloseTo(recall, within(0.02));
                retrieval.close();
            }
        }
    }

    private void refuses(Inputs inputs, TrainingParameters parameters, String... words) {
        assertThatThrownBy(() -> analysis.run(inputs, parameters, new TestRun(folder)))
                .isInstanceOf(AnalysisException.class)
                .message()
                .contains(words);
    }

    @Test
    void badInputIsRefusedInASentence() throws Exception {
        refuses(Inputs.of("train", new MemorySamples(TRAIN.rows(), null, new int[] {12}, List.of())),
                parameters(), "no labels");
        refuses(Inputs.of("train", MemorySamples.of(new double[][] {{1, 2}, {3, 4}}, new int[] {0, 1})),
                parameters(), "no class has two samples");
        refuses(Inputs.of("train", MemorySamples.of(new double[][] {{1, 2}, {3, 4}, {1, 4}}, new int[] {0, 0, 1})),
                parameters(), "only one class");
        refuses(Inputs.of("train", TRAIN), parameters("encoder", "model"), "needs a module");
        refuses(Inputs.of("train", TRAIN), parameters("encoder", "conv"), "pictures of at least 8x8");
        refuses(Inputs.of("train", TRAIN).with("unseen", MemorySamples.clusters(2, 3, 5, 1)), parameters(), "[12]");
        assertThatThrownBy(() -> parameters("margin", "-1")).hasMessageContaining("-1");
        assertThatThrownBy(() -> parameters("distances", "manhattan")).hasMessageContaining("manhattan");
    }

    @Test
    void fewClassesMakeSmallerBatchesAndAreSaidSo() throws Exception {
        try (TestRun run = run("few", parameters("classesPerBatch", "16", "steps", "2"))) {
            assertThat(run.warnings()).anyMatch(w -> w.contains("Only 6 classes"));
        }
    }

    @Test
    void hashingTrainsForEveryCodeLength() throws Exception {
        try (TestRun run = new TestRun(folder)) {
            new SnrHashing()
                    .run(
                            Inputs.of("train", TRAIN).with("unseen", UNSEEN),
                            SnrMetricLearningTest.parameters(
                                    HashingParameters.class, Map.of("bits", "8,16", "steps", "30")),
                            run);
            Table hashing = run.table("hashing");
            assertThat(hashing.rowCount()).isEqualTo(2);
            assertThat(TestRun.number(hashing, 1, "bits")).isEqualTo(16);
            assertThat(TestRun.number(hashing, 1, "map")).isGreaterThan(0.3);
            assertThat(run.table("codes").rowCount()).isEqualTo(40);
            assertThat(folder.resolve("encoder/bits16/snr-seed0.onnx")).exists();
            assertThat(run.warnings()).hasSize(1);
            assertThat(run.curve("loss_total").series())
                    .extracting(Curve.Series::name)
                    .containsExactly("8 bits, seed 0", "16 bits, seed 0");
            assertThat(run.find(Curve.class, "loss_positive")).isEmpty();
        }
    }

    /** A matrix with a single 1 in every row is read as classes, and its partner as sets. */
    @Test
    void oneLabelEachIsScoredAgainstSeveral() throws Exception {
        double[][] rows = {{1, 1, -1, -1}, {-1, -1, 1, 1}, {1, 1, -1, -1}};
        MemorySamples classes = MemorySamples.of(rows, new int[] {0, 1, 0});
        Dataset several = withSets(
                MemorySamples.of(rows, null), new LabelSets(classes.classes(), new long[][] {{1}, {3}, {1}}));
        for (Inputs inputs : List.of(
                Inputs.of("embeddings", classes).with("database", several),
                Inputs.of("embeddings", several).with("database", classes))) {
            try (TestRun run = new TestRun(folder)) {
                new SnrHashing()
                        .run(inputs, SnrMetricLearningTest.parameters(HashingParameters.class, Map.of()), run);
                assertThat(run.table("hashing").rowCount()).isPositive();
                assertThat(TestRun.number(run.table("hashing"), 0, "map")).isGreaterThan(0.8);
            }
        }
    }

    private static Dataset withSets(MemorySamples samples, LabelSets sets) {
        return (Dataset) Proxy.newProxyInstance(
                Dataset.class.getClassLoader(),
                new Class<?>[] {Dataset.class},
                (proxy, method, arguments) -> method.getName().equals("labelSets")
                        ? Optional.of(sets)
                        : method.invoke(samples, arguments));
    }

    @Test
    void codesOfASampleOfTheDataNameTheRowsTheyAreOf() throws Exception {
        MemorySamples many = MemorySamples.clusters(1_700, 3, 12, 3);
        try (TestRun run = new TestRun(folder)) {
            new SnrHashing()
                    .run(
                            Inputs.of("train", TRAIN).with("unseen", many),
                            SnrMetricLearningTest.parameters(
                                    HashingParameters.class, Map.of("bits", "8", "steps", "1", "k", "1")),
                            run);
            Table codes = run.table("codes");
            assertThat(codes.rowCount()).isLessThan(many.labels().length);
            for (int r = 0; r < codes.rowCount(); r++) {
                int row = (int) TestRun.number(codes, r, "row");
                assertThat(codes.value(r, codes.columnIndex("label")))
                        .as("row %s", row)
                        .isEqualTo(many.classes().get(many.labels()[row]));
            }
        }
    }

    @Test
    void codesDoNotCollapseAndTheEncoderMakesThemAsAModel() throws Exception {
        // Pictures are alike in most of what they hold; what is common to all must not become the code of all.
        float[][] values = new float[TRAIN.rows().length][];
        for (int r = 0; r < values.length; r++) {
            values[r] = TRAIN.rows()[r].clone();
            for (int c = 0; c < values[r].length; c++) {
                values[r][c] += 4;
            }
        }
        MemorySamples data = new MemorySamples(values, TRAIN.labels(), TRAIN.sampleShape(), TRAIN.classes());
        double map;
        try (TestRun run = new TestRun(folder)) {
            new SnrHashing()
                    .run(
                            Inputs.of("train", data),
                            SnrMetricLearningTest.parameters(
                                    HashingParameters.class, Map.of("bits", "16", "steps", "100")),
                            run);
            map = run.scalar("map");
        }
        assertThat(map).isGreaterThan(0.6);
        Location file = Location.of(folder.resolve("encoder/bits16/snr-seed0.onnx"));
        try (Model model = new OnnxKind().open(file);
                TestRun run = new TestRun(folder.resolve("again"))) {
            new SnrHashing()
                    .run(Inputs.of("model", model).with("data", data), HashingParameters.defaults(), run);
            assertThat(run.scalar("map")).isCloseTo(map, within(0.01));
        }
    }

    @Test
    void hashingHasTheGoldenValues() throws Exception {
        double[][] u = {{0.9, -0.4, 1.2, -0.8}, {0.5, -1.1, 0.7, 0.2}, {-0.6, 0.8, -1, 0.3}, {-1.2, 0.4, 0.1, 0.9}};
        try (TestRun run = new TestRun(folder)) {
            new SnrHashing()
                    .run(
                            Inputs.of("embeddings", MemorySamples.of(u, new int[] {0, 1, 0, 1})),
                            HashingParameters.defaults(),
                            run);
            assertThat(run.scalar("loss_triplet")).isCloseTo(1.5134575464, within(1e-6));
            assertThat(run.scalar("loss_quantisation")).isCloseTo(1.475, within(1e-6));
            assertThat(run.scalar("loss")).isCloseTo(1.6609575464, within(1e-6));
            assertThat(run.scalar("map")).isCloseTo(0.4166666667, within(1e-9));
            Table codes = run.table("codes");
            assertThat(codes.value(0, 2)).isEqualTo("+-+-");
            assertThat(codes.value(1, 2)).isEqualTo("+-++");
            assertThat(codes.value(2, 2)).isEqualTo("-+-+");
            assertThat(codes.value(3, 2)).isEqualTo("-+++");
        }
        float[] values = floats(u);
        HashCodes codes = HashCodes.of(new Vectors("u", "embeddings", values, 4, 4, null, List.of()));
        int[][] hamming = {{0, 1, 4, 3}, {1, 0, 3, 2}, {4, 3, 0, 1}, {3, 2, 1, 0}};
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(codes.hamming(i, codes, j)).isEqualTo(hamming[i][j]);
            }
        }
    }

    /** @param name of the file, with reading options */
    private Dataset many(String name, double[][] outputs, int[][] labels) throws Exception {
        Location location = Location.parse(folder.resolve(name).toString());
        Path file = location.path();
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.add("embeddings", floats(outputs), outputs.length, outputs[0].length);
            npz.begin("labels", labels.length, labels[0].length);
            for (int[] row : labels) {
                float[] values = new float[row.length];
                for (int i = 0; i < row.length; i++) {
                    values[i] = row[i];
                }
                npz.append(FloatBuffer.wrap(values));
            }
            npz.end();
        }
        return new NpzKind().open(location);
    }

    private static float[] floats(double[][] rows) {
        double[] flat = Golden.flat(rows);
        float[] values = new float[flat.length];
        for (int i = 0; i < flat.length; i++) {
            values[i] = (float) flat[i];
        }
        return values;
    }

    private TestRun hash(Inputs inputs) throws Exception {
        TestRun run = new TestRun(folder);
        new SnrHashing()
                .run(
                        inputs,
                        SnrMetricLearningTest.parameters(
                                HashingParameters.class, Map.of("k", "2", "radius", "1")),
                        run);
        return run;
    }

    @Test
    void samplesWithSeveralLabelsAreRelevantWhenTheyShareOne() throws Exception {
        double[][] u = {{1, 1, 1, 1}, {1, 1, 1, -1}, {1, 1, -1, -1}, {-1, -1, -1, 1}, {-1, -1, -1, -0.5}};
        int[][] labels = {{1, 1, 0}, {0, 0, 1}, {0, 1, 1}, {1, 0, 0}, {0, 0, 0}};
        // Hamming distances of row 0: 1 2 3 4; of row 1: 1 1 4 3; of row 2: 2 1 3 2; of row 3: 3 4 3 1.
        // Relevant: 0 to 2 and 3; 1 to 2; 2 to 0 and 1; 3 to 0; the last has no label and no one in common.
        double first = (1 / 2.0 + 2 / 3.0) / 2;
        double second = 1 / 2.0;
        double third = (1 + 1) / 2.0;
        double fourth = 1 / 2.0;
        try (Dataset queries = many("queries.npz", u, labels);
                TestRun run = hash(Inputs.of("embeddings", queries))) {
            assertThat(queries.labelled()).isFalse();
            assertThat(queries.summary()).contains("several labels");
            assertThat(run.scalar("map")).isCloseTo((first + second + third + fourth) / 4, within(1e-12));
            assertThat(run.table("codes").value(0, 1)).isEqualTo("0, 1");
            assertThat(run.scalar("loss_triplet")).isPositive();
            // Within radius 1: of row 0 row 1 (no), of row 1 rows 0 and 2 (half), of row 2 row 1, of row 3 row 4 (no).
            assertThat(TestRun.number(run.table("hashing"), 0, "precision_radius"))
                    .isCloseTo((0 + 0.5 + 1 + 0 + 0) / 5, within(1e-12));
            try (Dataset database = many("database.npz", u, labels);
                    TestRun other = hash(Inputs.of("embeddings", queries).with("database", database))) {
                // Every query with a label finds itself first.
                assertThat(other.scalar("recall_at_1")).isCloseTo(4 / 5.0, within(1e-12));
            }
            MemorySamples single = MemorySamples.of(u, new int[] {0, 0, 1, 1, 1});
            assertThatThrownBy(() -> hash(Inputs.of("embeddings", queries).with("database", single)))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("no sets of labels");
        }
        try (Dataset queries = many("named.npz?classes=sky,sea,sun", u, labels);
                Dataset turned = many("turned.npz?classes=sea,sky,sun", u, labels)) {
            assertThatThrownBy(() -> hash(Inputs.of("embeddings", queries).with("database", turned)))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("its labels (sea, sky, sun) are not those of")
                    .hasMessageContaining("(sky, sea, sun)");
        }
        int[][] bad = {{1, 1, 0}, {0, 0, 1}, {0, 2, 1}, {1, 0, 0}, {0, 0, 0}};
        try (Dataset queries = many("bad.npz", u, bad)) {
            assertThatThrownBy(() -> hash(Inputs.of("embeddings", queries)))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("row 2, column 1 of the labels is 2.0, neither 0 nor 1");
        }
    }
}
