package dev.assay.data.idx;

import dev.assay.analysis.InputException;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.OptionReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the labels and class names that belong to a file of images. */
final class IdxCompanions {

    private static final String IMAGES = "images";
    private static final int MOST_LISTED = 10_000;

    private IdxCompanions() {}

    /**
     * The labels file: as the option says, else beside {@code PREFIX-images-idx3-ubyte} the file
     * {@code PREFIX-labels-idx1-ubyte} (with or without {@code .gz}), else the only file whose name begins with
     * {@code PREFIX-labels}.
     */
    static Optional<Path> labels(OptionReader options) throws InputException {
        Optional<String> given = options.text("labels");
        if (given.isPresent()) {
            return given.get().equalsIgnoreCase("none")
                    ? Optional.empty()
                    : Optional.of(options.companion("labels", given.get()));
        }
        String name = options.location().fileName();
        int at = name.lastIndexOf(IMAGES);
        if (at < 0) {
            return Optional.empty();
        }
        Path images = options.location().path();
        String same = name.substring(0, at) + "labels"
                + name.substring(at + IMAGES.length()).replaceFirst("idx[2-9]", "idx1");
        String plain = same.endsWith(".gz") ? same.substring(0, same.length() - 3) : same;
        for (String candidate : List.of(same, plain, plain + ".gz")) {
            Path path = images.resolveSibling(candidate);
            if (Files.isRegularFile(path)) {
                return Optional.of(path);
            }
        }
        return onlyOneThatBegins(options, name.substring(0, at) + "labels");
    }

    private static Optional<Path> onlyOneThatBegins(OptionReader options, String prefix) throws InputException {
        Path folder = options.location().path().toAbsolutePath().getParent();
        List<Path> found = new ArrayList<>();
        int seen = 0;
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder)) {
            for (Path sibling : siblings) {
                if (seen++ > MOST_LISTED) {
                    return Optional.empty();
                }
                if (sibling.getFileName().toString().startsWith(prefix) && Files.isRegularFile(sibling)) {
                    found.add(options.location().path().resolveSibling(sibling.getFileName().toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw new InputException(
                    "there are several labels files beside it: "
                            + String.join(
                                    ", ",
                                    found.stream()
                                            .map(p -> p.getFileName().toString())
                                            .sorted()
                                            .toList()),
                    options.location().path().toString(),
                    "name the right one with labels=FILE, or labels=none");
        }
        return found.stream().findFirst();
    }

    /** Class names: as the option says, else {@code PREFIX-classes.txt} beside the images. */
    static Optional<ClassNames> classes(OptionReader options) throws InputException {
        Optional<ClassNames> given = ClassNames.of(options);
        String name = options.location().fileName();
        int at = name.lastIndexOf(IMAGES);
        if (given.isPresent() || at < 0) {
            return given;
        }
        Path path = options.location().path().resolveSibling(name.substring(0, at) + "classes.txt");
        return Files.isRegularFile(path) ? Optional.of(ClassNames.of(path)) : Optional.empty();
    }
}
