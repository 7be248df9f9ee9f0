package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.npy.NpzKind;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.torchscript.TorchScriptFile;
import dev.assay.model.torchscript.TorchScriptKind;
import dev.assay.run.fake.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's own TorchScript encoder: trained, gone on with, written, and used as a model. */
class OwnEncoderTest {

    private static final MemorySamples TRAIN = MemorySamples.clusters(6, 10, 12, 1);
    private static final MemorySamples UNSEEN = MemorySamples.clusters(4, 10, 12, 2);

    @TempDir
    Path folder;

    private final SnrTraining analysis = new SnrTraining();
    private Path module;

    @BeforeEach
    void write() throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        module = folder.resolve("own.pt");
        Files.write(module,
                new TorchScriptFile("h = torch.relu(torch.add(torch.matmul(x, torch.t(self.w1)), self.b1))\n"
                        + "return torch.matmul(h, torch.t(self.w2))")
                        .tensor("w1", floats(random, 24 * 12), 24, 12)
                        .tensor("b1", floats(random, 24), 24)
                        .tensor("w2", floats(random, 6 * 24), 6, 24)
                        .bytes());
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-0.3, 0.3);
        }
        return values;
    }

    private static TrainingParameters parameters(String... pairs) throws AnalysisException {
        Map<String, String> values = new HashMap<>(
                Map.of("encoder", "model", "steps", "40", "evaluateEvery", "20", "classesPerBatch", "4"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return SnrMetricLearningTest.parameters(TrainingParameters.class, values);
    }

    private TestRun run(String name, TrainingParameters parameters) throws Exception {
        TestRun run = new TestRun(folder.resolve(name), 1);
        train(run, parameters);
        return run;
    }

    private void train(TestRun run, TrainingParameters parameters) throws Exception {
        try (Model own = new TorchScriptKind().open(Location.of(module))) {
            analysis.run(Inputs.of("train", TRAIN).with("unseen", UNSEEN).with("model", own), parameters, run);
        }
    }

    private static double[] losses(TestRun run) {
        return run.curve("loss_total").series().getFirst().y();
    }

    @Test
    void itLearnsAndOpensAsAModel() throws Exception {
        double recall;
        try (TestRun run = run("trained", parameters())) {
            double[] losses = losses(run);
            assertThat(losses).hasSize(40);
            assertThat(losses[39]).isLessThan(0.8 * losses[0]);
            recall = run.scalar("recall_at_1_unseen");
        }
        Path written = folder.resolve("trained/encoder/snr-seed0.pt");
        try (Model before = new TorchScriptKind().open(Location.of(module));
                Model after = new TorchScriptKind().open(Location.of(written));
                TestRun retrieval = new TestRun(folder.resolve("retrieval"))) {
            assertThat(after.parameterCount()).isEqualTo(before.parameterCount());
            assertThat(after.values(after.tensors().getFirst()))
                    .isNotEqualTo(before.values(before.tensors().getFirst()));
            new SnrMetricLearning()
                    .run(Inputs.of("model", after).with("data", UNSEEN), SnrParameters.defaults(), retrieval);
            assertThat(retrieval.scalar("dimension")).isEqualTo(6);
            assertThat(retrieval.scalar("recall_at_1")).isCloseTo(recall, within(0.02));
            Location kept = Location.of(folder.resolve("retrieval/embeddings.npz"));
            try (Dataset embeddings = new NpzKind().open(kept)) {
                assertThat(embeddings.size()).isEqualTo(40);
                assertThat(embeddings.sampleShape()).containsExactly(6);
                assertThat(embeddings.labelled()).isTrue();
            }
        }
    }

    @Test
    void aCancelledRunGoesOnAsIfItHadNotStopped() throws Exception {
        double[] whole;
        try (TestRun run = run("whole", parameters())) {
            whole = losses(run);
        }
        TestRun stopped = new TestRun(folder.resolve("stopped"), 1).cancelAfter(TRAIN.size() + UNSEEN.size() + 25);
        assertThatThrownBy(() -> train(stopped, parameters())).isInstanceOf(CancellationException.class);
        stopped.close();
        try (TestRun run =
                run("resumed", parameters("checkpoint", folder.resolve("stopped/checkpoint").toString()))) {
            double[] rest = losses(run);
            assertThat(rest).hasSize(15);
            for (int i = 0; i < rest.length; i++) {
                assertThat(rest[i]).as("step " + (26 + i)).isCloseTo(whole[25 + i], within(1e-5));
            }
        }
    }

    @Test
    void anotherFormatAndAnotherShapeAreRefused() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
        graph.output(graph.relu(graph.input("x", -1, 12)), -1, 12);
        Path onnx = folder.resolve("net.onnx");
        graph.write(onnx);
        try (Model model = new OnnxKind().open(Location.of(onnx))) {
            assertThatThrownBy(() -> analysis.run(
                    Inputs.of("train", TRAIN).with("model", model), parameters(), new TestRun(folder)))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("cannot be trained")
                    .hasMessageContaining("TorchScript");
        }
        try (Model own = new TorchScriptKind().open(Location.of(module))) {
            assertThatThrownBy(() -> analysis.run(
                    Inputs.of("train", MemorySamples.clusters(3, 5, 7, 1)).with("model", own),
                    parameters(),
                    new TestRun(folder)))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("cannot be trained")
                    .hasMessageContaining("samples of this shape");
        }
    }
}
