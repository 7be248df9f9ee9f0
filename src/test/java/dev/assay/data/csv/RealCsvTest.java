package dev.assay.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.Reading;
import dev.assay.data.idx.IdxKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RealCsvTest {

    private static final Path DATA = Path.of("../shared/data");

    private static Dataset open(String file, Map<String, String> options) throws Exception {
        Path path = DATA.resolve(file);
        assumeTrue(Files.exists(path), path + " is not there");
        return new CsvKind().open(new Location(path, options));
    }

    @Test
    void theFirstHundredTestImagesEqualThoseOfTheIdxFile() throws Exception {
        Map<String, String> shape = Map.of("label", "first", "shape", "28x28", "scale", "255");
        try (Dataset csv = open("mnist-small-nets/mnist_test_100.csv", shape);
                Dataset idx = new IdxKind()
                        .open(new Location(
                                DATA.resolve("mnist/t10k-images-idx3-ubyte.gz"), Map.of("range", "0:100")))) {
            assertThat(csv.size()).isEqualTo(100);
            assertThat(csv.sampleShape()).containsExactly(1, 28, 28);
            assertThat(Reading.all(csv).values()).isEqualTo(Reading.all(idx).values());
            assertThat(Reading.all(csv).labels()).isEqualTo(Reading.all(idx).labels());
            assertThat(csv.sample(7).picture().orElseThrow().pixels())
                    .isEqualTo(idx.sample(7).picture().orElseThrow().pixels());
        }
    }

    @Test
    void interleavedColoursBecomeChannels() throws Exception {
        Map<String, String> options = Map.of("label", "first", "shape", "32x32x3", "scale", "255");
        try (Dataset first = open("cifar10-small/cifar10_test_100.csv", options);
                Dataset last = new CsvKind()
                        .open(first.location()
                                .withOptions(Map.of(
                                        "label", "first", "shape", "32x32x3", "scale", "255", "layout", "nhwc")))) {
            assertThat(first.sampleShape()).containsExactly(3, 32, 32);
            assertThat(last.sampleShape()).containsExactly(32, 32, 3);
            float[] planes = first.sample(42).values();
            float[] pixels = last.sample(42).values();
            for (int p = 0; p < 1024; p++) {
                for (int c = 0; c < 3; c++) {
                    assertThat(planes[c * 1024 + p]).isEqualTo(pixels[p * 3 + c]);
                }
            }
            assertThat(first.classes()).hasSize(10);
        }
    }

    @Test
    void readsDigitsWithTheLabelLast() throws Exception {
        try (Dataset digits = open("digits8x8/digits.csv", Map.of("shape", "8x8", "scale", "16"))) {
            assertThat(digits.summary()).isEqualTo("1\u202f797 x 8x8, 10 classes");
            assertThat(digits.classCounts()).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
            assertThat(digits.sample(0).values()).startsWith(0, 0, 5 / 16f, 13 / 16f);
        }
    }

    @Test
    void readsTheLineOfCountsWithClassNames() throws Exception {
        try (Dataset iris = open("tabular-small/iris.csv", Map.of())) {
            assertThat(iris.size()).isEqualTo(150);
            assertThat(iris.sampleShape()).containsExactly(4);
            assertThat(iris.classes()).containsExactly("setosa", "versicolor", "virginica");
            assertThat(iris.classCounts()).containsExactly(50, 50, 50);
            assertThat(iris.sample(0).values()).containsExactly(5.1f, 3.5f, 1.4f, 0.2f);
        }
    }

    @Test
    void readsBreastCancer() throws Exception {
        try (Dataset table = open("tabular-small/breast_cancer.csv", Map.of())) {
            assertThat(table.classes()).containsExactly("malignant", "benign");
            assertThat(table.classCounts()).containsExactly(212, 357);
            assertThat(table.sampleShape()).containsExactly(30);
            assertThat(table.sample(568).label()).isEqualTo(1);
        }
    }
}
