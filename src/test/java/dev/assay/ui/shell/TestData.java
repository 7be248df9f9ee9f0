package dev.assay.ui.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Real files for the window's tests: the sample that comes with Assay. */
final class TestData {

    private TestData() {}

    /** The sample; the test is skipped where it has not been made. */
    static SampleData sample() {
        Optional<SampleData> found = SampleData.find();
        Assumptions.assumeTrue(found.isPresent(), "sample-data is missing");
        return found.get();
    }

    /** A file that looks like a model and is none. */
    static Path damagedModel(Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(sample().model().path());
        Path file = folder.resolve("damaged.onnx");
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        return file;
    }
}
