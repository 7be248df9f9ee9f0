package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Location;
import dev.assay.data.csv.CsvKind;
import dev.assay.model.Inference;
import dev.assay.model.InferenceOptions;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxKind;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layout, colours, scale, mean and deviation are right when real networks are as good as they are said to be. */
class PublishedAccuracyTest {

    private static final Path DATA = Path.of("../shared/data/cifar10-small");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cifar_base_kw.onnx; mean=0.485,0.456,0.406&std=0.225; 73",
                "cifar_deep_kw.onnx; mean=0.485,0.456,0.406&std=0.225; 58",
                "cifar10_small.onnx; layout=nhwc; 61"
            })
    void ofAHundredImagesAsManyAreRightAsPublished(String network, String options, int right) throws Exception {
        assumeTrue(Files.exists(DATA), DATA + " is not there");
        Location images =
                Location.parse(
                        DATA.resolve("cifar10_test_100.csv") + "?label=first&shape=32x32x3&scale=255&" + options);
        try (Model model = (Model) new OnnxKind().open(Location.of(DATA.resolve(network)));
                Dataset dataset = new CsvKind().open(images);
                Inference inference = model.open(new InferenceOptions(100, 1, List.of()));
                ReadAhead ahead = ReadAhead.of(dataset, 100);
                ReadAhead.Batch batch = ahead.next().orElseThrow();
                Inference.Activations outcome = inference.run(batch.samples(), batch.count())) {
            assertThat(batch.count()).isEqualTo(100);
            int correct = 0;
            for (int i = 0; i < 100; i++) {
                correct += best(outcome.scores(), i) == batch.label(i) ? 1 : 0;
            }
            assertThat(correct).isEqualTo(right);
        }
    }

    private static int best(FloatBuffer scores, int sample) {
        int best = 0;
        for (int c = 1; c < 10; c++) {
            best = scores.get(sample * 10 + c) > scores.get(sample * 10 + best) ? c : best;
        }
        return best;
    }
}
