package dev.assay.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.SharedData;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {

    private static final int INPUTS = 5;
    private static final int HIDDEN = 7;

    @TempDir
    Path folder;

    private final float[] weight = random(HIDDEN * INPUTS, 1);
    private final float[] bias = random(HIDDEN, 2);
    private final float[] last = random(3 * HIDDEN, 3);
    private Model model;

    @BeforeEach
    void write() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("mlp");
        String hidden = graph.named(
                "first",
                graph.gemm(
                        graph.input("x", -1, INPUTS),
                        graph.initializer("w", weight, HIDDEN, INPUTS),
                        graph.initializer("b", bias, HIDDEN)));
        String scores = graph.gemm(
                graph.relu(hidden), graph.initializer("v", last, 3, HIDDEN), graph.initializer("c", new float[3], 3));
        graph.output(scores, -1, 3);
        Path file = folder.resolve("mlp.onnx");
        graph.write(file);
        model = new OnnxKind().open(Location.of(file));
    }

    @Test
    void preActivationsAreWhatTheWeightsSay() throws Exception {
        float[] samples = random(4 * INPUTS, 4);
        try (Inference inference = open(4);
                Inference.Activations result = inference.run(SharedData.direct(samples), 4)) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < HIDDEN; j++) {
                    assertThat((double) result.captured(0).get(i * HIDDEN + j))
                            .isCloseTo(preActivation(samples, i, j), within(1e-5));
                }
            }
        }
    }

    @Test
    void aBatchThatIsTooLargeLeavesNoMemoryBehind() throws Exception {
        Path status = Path.of("/proc/self/statm");
        assumeTrue(Files.exists(status));
        int batch = Integer.MAX_VALUE / Float.BYTES / HIDDEN + 1;
        FloatBuffer samples = SharedData.direct(new float[INPUTS]);
        try (Inference inference = open(batch)) {
            long before = resident(status);
            assertThatThrownBy(() -> inference.run(samples, 1)).hasMessageContaining("more than 2 GB");
            assertThat(resident(status)).as("pages").isLessThan(before + (400 << 20) / 4096);
        }
    }

    private static long resident(Path status) throws Exception {
        return Long.parseLong(Files.readString(status).split(" ")[1]);
    }

    @Test
    void aSmallerBatchGivesTheSameRows() throws Exception {
        float[] samples = random(4 * INPUTS, 5);
        try (Inference inference = open(4);
                Inference.Activations all = inference.run(SharedData.direct(samples), 4)) {
            FloatBuffer buffer = SharedData.direct(samples).position(2 * INPUTS);
            try (Inference.Activations one = inference.run(buffer, 1)) {
                assertThat(one.scores().remaining()).isEqualTo(3);
                assertThat(one.captured(0)).isEqualTo(all.captured(0).slice(2 * HIDDEN, HIDDEN));
                assertThat(buffer.position()).isEqualTo(2 * INPUTS);
            }
        }
    }

    @Test
    void samplesInTheHeapWorkToo() throws Exception {
        float[] samples = random(2 * INPUTS, 6);
        try (Inference inference = open(4);
                Inference.Activations direct = inference.run(SharedData.direct(samples), 2);
                Inference.Activations heap = inference.run(FloatBuffer.wrap(samples), 2)) {
            assertThat(heap.scores()).isEqualTo(direct.scores());
        }
    }

    @Test
    void oneTensorMayBeAskedForTwiceAndTheScoresToo() throws Exception {
        String scores = model.output().name();
        try (Inference inference = model.open(new InferenceOptions(2, 1, List.of("first", scores, "first", "x")));
                Inference.Activations result = inference.run(SharedData.direct(random(INPUTS, 7)), 1)) {
            assertThat(result.captured(0)).isEqualTo(result.captured(2));
            assertThat(result.captured(1)).isEqualTo(result.scores());
            assertThat(result.captured(3)).isEqualTo(FloatBuffer.wrap(random(INPUTS, 7)));
        }
    }

    @Test
    void anUnknownTensorIsNamed() {
        assertThatThrownBy(() -> model.open(new InferenceOptions(1, 1, List.of("nowhere"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no inner tensor 'nowhere'");
    }

    @Test
    void severalThreadsMayRunAtOnce() throws Exception {
        try (Inference inference = open(3);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Double>> calls = new ArrayList<>();
            for (int c = 0; c < 200; c++) {
                float[] samples = random(3 * INPUTS, c);
                calls.add(() -> {
                    try (Inference.Activations result = inference.run(SharedData.direct(samples), 3)) {
                        return Math.abs(result.captured(0).get(2 * HIDDEN + 1) - preActivation(samples, 2, 1));
                    }
                });
            }
            for (Future<Double> difference : threads.invokeAll(calls)) {
                assertThat(difference.get()).isLessThan(1e-5);
            }
        }
    }

    @Test
    void aClosedBatchCannotBeRead() throws Exception {
        try (Inference inference = open(1)) {
            Inference.Activations result = inference.run(SharedData.direct(random(INPUTS, 1)), 1);
            result.close();
            assertThatThrownBy(result::scores).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aBatchOutlivesTheInferenceUntilItIsClosed() throws Exception {
        Inference inference = open(1);
        try (Inference.Activations result = inference.run(SharedData.direct(random(INPUTS, 1)), 1)) {
            inference.close();
            assertThat(result.scores().get(0)).isFinite();
        }
        assertThatThrownBy(() -> inference.run(SharedData.direct(random(INPUTS, 1)), 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void moreSamplesThanTheBatchHoldsAreRefused() throws Exception {
        try (Inference inference = open(2)) {
            assertThatThrownBy(() -> inference.run(SharedData.direct(random(3 * INPUTS, 1)), 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 2 samples, not 3");
        }
    }

    private Inference open(int batchSize) throws InputException {
        return model.open(new InferenceOptions(
                batchSize, 1, List.of(model.reluLayers().getFirst().preActivation())));
    }

    private double preActivation(float[] samples, int sample, int unit) {
        double sum = bias[unit];
        for (int k = 0; k < INPUTS; k++) {
            sum += (double) weight[unit * INPUTS + k] * samples[sample * INPUTS + k];
        }
        return sum;
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return values;
    }
}
