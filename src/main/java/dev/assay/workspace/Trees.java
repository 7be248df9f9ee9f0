package dev.assay.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of the workspace's own. */
final class Trees {

    private Trees() {}

    /** Removes a folder with all that is in it, if it is there. */
    static void remove(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) { // how a walk tells of a folder that may not be read
            throw e.getCause();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    /** Removes the folders in a folder whose names begin so. */
    static void removeAll(Path folder, String prefix) throws IOException {
        List<Path> left;
        try (Stream<Path> list = Files.list(folder)) {
            left = list.filter(p -> p.getFileName().toString().startsWith(prefix)).toList();
        }
        for (Path path : left) {
            remove(path);
        }
    }
}
