package dev.assay.model.nnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import dev.assay.model.SharedData;
import dev.assay.model.onnx.OnnxKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NnetKindTest {

    /** Two inputs, two ReLU, one score: relu(x0 + x1 - 1) * 2 + relu(x0 - x1) * 3 + 0.5. */
    private static final String SMALL =
            """
                    // a small network
                    2,2,1,2,
                    2,2,1,
                    0,
                    -10.0,-10.0,
                    10.0,20.0,
                    1.0,2.0,5.0,
                    2.0,4.0,10.0,
                    1.0,1.0,
                    1.0,-1.0,
                    -1.0,
                    0.0,
                    2.0,3.0,
                    0.5,
                    """;

    @TempDir
    Path folder;

    @Test
    void theNetworkTakesNormalisedInputs() throws Exception {
        assertThat(score(open(SMALL, Map.of()), 2, 0.5f)).isEqualTo(0.5 + 2 * 1.5 + 3 * 1.5);
    }

    @Test
    void rawInputsAreLimitedNormalisedAndScoresScaledBack() throws Exception {
        try (Model raw = open(SMALL, Map.of("inputs", "raw"))) {
            // (5 - 1) / 2 = 2 and (4 - 2) / 4 = 0.5, so the network's own score is 8; times 10 plus 5.
            assertThat(score(raw, 5, 4)).isCloseTo(85, within(1e-4));
            assertThat(score(raw, 500, 4)).isEqualTo(score(raw, 10, 4));
            assertThat(raw.reluLayers()).extracting(ReluLayer::name).containsExactly("relu_1");
        }
    }

    @Test
    void layersAndUnitsHaveTheirNumbers() throws Exception {
        try (Model model = open(SMALL, Map.of())) {
            assertThat(model.format()).isEqualTo("NNet text");
            assertThat(model.summary()).isEqualTo("1x2 ReLU, 9 parameters");
            assertThat(model.layers())
                    .extracting(l -> l.name() + " " + l.parameters())
                    .containsExactly("layer_1 6", "relu_1 0", "layer_2 3");
        }
    }

    @ParameterizedTest
    @CsvSource({"mnist10x10, 9368", "mnist10x20, 9574", "mnist20x20, 9609", "mnist20x40, 9583"})
    void mnistNetworksHaveTheirKnownAccuracy(String name, int right) throws Exception {
        Path file = SharedData.file("mnist-small-nets/" + name + ".nnet");
        try (Model model = new NnetKind().open(Location.of(file))) {
            assertThat(SharedData.right(model, SharedData.mnist("t10k"), 1000)).isEqualTo(right);
        }
    }

    @Test
    void acasXuGivesTheSameScoresFromBothFormats() throws Exception {
        double[] expected = {-0.0215045, -0.0189080, -0.0189794, -0.0189845, -0.0189651};
        Path text = SharedData.file("acasxu/ACASXU_run2a_1_1_batch_2000.nnet");
        Path onnx = SharedData.file("acasxu/onnx/ACASXU_run2a_1_1_batch_2000.onnx");
        try (Model a = new NnetKind().open(Location.of(text));
                Model b = new OnnxKind().open(Location.of(onnx))) {
            for (Model model : List.of(a, b)) {
                assertThat(model.summary()).startsWith("6x50 ReLU");
                float[] scores = scores(model, 0.1f, 0.2f, -0.3f, 0.4f, -0.1f);
                for (int i = 0; i < 5; i++) {
                    assertThat((double) scores[i]).isCloseTo(expected[i], within(1e-6));
                }
            }
        }
    }

    @Test
    void aFileCutAnywhereIsRefusedWithoutACrash() throws Exception {
        // The last cut takes only the comma and the line's end, the one before turns 0.5 into 0: both stay readable.
        String whole = SMALL.strip();
        for (int end = 1; end < whole.length() - "0.5,".length(); end++) {
            String part = whole.substring(0, end);
            assertThatThrownBy(() -> open(part, Map.of())).as(part).isInstanceOf(InputException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2,2,1,2, | 3,2,1,2, | there are 2 layer sizes, the header says 3",
                "2,2,1,2, | 2,3,1,2, | contradict the numbers of inputs and outputs",
                "2,2,1,2, | 2,x,1,2, | line 2: 'x' is not a number",
                "1.0,-1.0, | 1.0,NaN, | row 2 of the weight of layer 1",
                "1.0,-1.0, | 1.0, | there are 1 numbers instead of 2 for row 2 of the weight of layer 1",
                "2,2,1,\\n | 2,9000000,1,\\n | more than a file of",
                "2,2,1,\\n | 2,-2,1,\\n | not a number from 1 to",
                "0.5,\\n | 0.5,\\n7,\\n | goes on after the last layer",
            })
    void damagedTextIsExplained(String from, String to, String message) {
        String text = SMALL.replace(from.replace("\\n", "\n"), to.replace("\\n", "\n"));
        assertThat(text).isNotEqualTo(SMALL);
        assertThatThrownBy(() -> open(text, Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("net.nnet");
    }

    @Test
    void optionsThatItDoesNotKnowAreNamed() {
        assertThatThrownBy(() -> open(SMALL, Map.of("scale", "2"))).hasMessageContaining("no option 'scale'");
        assertThatThrownBy(() -> open(SMALL, Map.of("inputs", "odd"))).hasMessageContaining("inputs=raw");
    }

    private Model open(String text, Map<String, String> options) throws Exception {
        Path file = folder.resolve("net.nnet");
        Files.writeString(file, text);
        return new NnetKind().open(new Location(file, options));
    }

    private static double score(Model model, float... sample) throws Exception {
        return scores(model, sample)[0];
    }

    private static float[] scores(Model model, float... sample) throws Exception {
        try (Inference inference = model.open(new InferenceOptions(1, 1, List.of()));
                Inference.Activations result = inference.run(SharedData.direct(sample), 1)) {
            float[] scores = new float[result.scores().remaining()];
            result.scores().get(scores);
            return scores;
        }
    }
}
