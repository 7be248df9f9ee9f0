package dev.assay.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import dev.assay.data.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RealIdxTest {

    private static final Path DATA = Path.of("../shared/data");

    private static Dataset open(String file, Map<String, String> options) throws Exception {
        Path path = DATA.resolve(file);
        assumeTrue(Files.exists(path), path + " is not there");
        return new IdxKind().open(new Location(path, options));
    }

    @Test
    void readsTheFirstLabelsOfMnist() throws Exception {
        try (Dataset mnist = open("mnist/train-images-idx3-ubyte.gz", Map.of("range", "0:10"))) {
            assertThat(Reading.all(mnist).labels()).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        }
    }

    @Test
    void streamsAllOfMnistWithItsKnownMean() throws Exception {
        try (Dataset mnist = open("mnist/train-images-idx3-ubyte.gz", Map.of());
                ReadAhead ahead = ReadAhead.of(mnist, 256)) {
            double sum = 0;
            long count = 0;
            for (var next = ahead.next(); next.isPresent(); next = ahead.next()) {
                try (ReadAhead.Batch batch = next.get()) {
                    for (int i = 0; i < batch.samples().limit(); i++) {
                        sum += batch.samples().get(i);
                    }
                    count += batch.count();
                }
            }
            assertThat(count).isEqualTo(60_000).isEqualTo(mnist.size());
            assertThat(sum / count / 784 * 255).isCloseTo(33.3184, within(1e-4));
        }
    }

    @Test
    void describesMnist() throws Exception {
        try (Dataset mnist = open("mnist/t10k-images-idx3-ubyte.gz", Map.of())) {
            assertThat(mnist.summary()).isEqualTo("10\u202f000 x 28x28, 10 classes");
            assertThat(mnist.sampleShape()).containsExactly(1, 28, 28);
            assertThat(mnist.preprocessing()).isEqualTo("value / 255");
            assertThat(mnist.classCounts()).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        }
    }

    @Test
    void findsLabelsOfAnotherTypeAndClassNames() throws Exception {
        try (Dataset omniglot = open("omniglot-small/seen-images-idx3-ubyte.gz", Map.of())) {
            assertThat(omniglot.classes()).hasSize(136);
            assertThat(omniglot.classes().getFirst()).contains("/");
            assertThat(omniglot.classCounts()).containsOnly(20);
        }
    }
}
