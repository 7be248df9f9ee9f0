package dev.assay.ui.shell;

import dev.assay.analysis.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sample that comes with Assay: a model and images it was trained on.
 *
 * @param analysis the analysis to start with
 * @param model the model
 * @param train the images it was trained on
 * @param test images it has not seen
 */
record SampleData(String analysis, Location model, Location train, Location test) {

    private static final String FOLDER = "sample-data";

    /** Finds the sample beside the program or, while it is being developed, in the project. Touches the disk. */
    static Optional<SampleData> find() {
        List<Path> places = new ArrayList<>();
        String home = System.getProperty("assay.home");
        if (home != null) {
            places.add(Path.of(home));
        }
        places.add(Path.of("").toAbsolutePath());
        return places.stream()
                .map(p -> p.resolve(FOLDER))
                .filter(Files::isDirectory)
                .flatMap(p -> in(p).stream())
                .findFirst();
    }

    static Optional<SampleData> in(Path folder) {
        try (Stream<Path> tree = Files.walk(folder, 3)) {
            List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
            Optional<Path> model = first(files, "256x4", ".onnx").or(() -> first(files, "", ".onnx"));
            Optional<Path> train = first(files, "train-images", "");
            Optional<Path> test = first(files, "test-images", "").or(() -> first(files, "t10k-images", ""));
            if (model.isEmpty() || train.isEmpty() || test.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new SampleData(
                    "nap-mining", Location.of(model.get()), Location.of(train.get()), Location.of(test.get())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> first(List<Path> files, String part, String end) {
        return files.stream()
                .filter(f -> f.getFileName().toString().contains(part)
                        && f.getFileName().toString().endsWith(end))
                .findFirst();
    }
}
