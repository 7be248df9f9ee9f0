package dev.assay.workspace;

import dev.assay.run.InputHashing;
import dev.assay.run.InputStamp;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Finds an input that has been moved or renamed by its content: beside its old place, then in further folders. Looks at
 * sizes and names first and hashes only what could be it. Not on the window's thread.
 */
public final class InputFinder {

    private static final int DEPTH = 4;

    /** Looking through more files than this would take too long to wait for. */
    private static final int MOST_FILES = 50_000;

    private final List<Path> folders;
    private final BooleanSupplier stop;

    /**
     * @param folders where to look after the old place, e.g. those of recent files
     * @param stop asked now and then; true ends the search without a find
     */
    public InputFinder(List<Path> folders, BooleanSupplier stop) {
        this.folders = List.copyOf(folders);
        this.stop = stop;
    }

    /**
     * Looks for an input.
     *
     * @param wanted what it was; without a hash nothing is found
     * @param sameFolder whether a folder of the same name holds the same content; asked for inputs that are folders
     * @return the file or folder with the same content
     */
    public Optional<Path> find(InputStamp wanted, Predicate<Path> sameFolder) {
        Path old = wanted.location().path();
        if (wanted.sha256().isEmpty()) {
            return Optional.empty();
        }
        List<Path> roots = new ArrayList<>();
        nearest(old.getParent()).ifPresent(roots::add);
        roots.addAll(folders);
        for (Path root : roots) {
            for (Path candidate : candidates(root, old, wanted.size())) {
                if (stop.getAsBoolean()) {
                    return Optional.empty();
                }
                boolean folder = Files.isDirectory(candidate);
                if (folder ? sameFolder.test(candidate) : hasHash(candidate, wanted)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> nearest(Path folder) {
        Path there = folder;
        while (there != null && !Files.isDirectory(there)) {
            there = there.getParent();
        }
        // A root, or a folder right in it, would mean looking through everything.
        return there == null || there.getNameCount() < 2 ? Optional.empty() : Optional.of(there);
    }

    private boolean hasHash(Path file, InputStamp wanted) {
        try {
            return InputHashing.hash(file, stop).equals(wanted.sha256());
        } catch (IOException e) {
            return false;
        }
    }

    /** What could be it, of the same name first. */
    private List<Path> candidates(Path root, Path old, long size) {
        List<Path> found = new ArrayList<>();
        Set<FileVisitOption> links = EnumSet.noneOf(FileVisitOption.class);
        try {
            Files.walkFileTree(root, links, DEPTH, new SimpleFileVisitor<>() {
                private int seen;

                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (sameName(folder, old) && !folder.equals(old)) {
                        found.add(folder);
                    }
                    return goOn();
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && attributes.size() == size) {
                        found.add(file);
                    }
                    return goOn();
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return goOn();
                }

                private FileVisitResult goOn() {
                    return ++seen > MOST_FILES || stop.getAsBoolean()
                            ? FileVisitResult.TERMINATE
                            : FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return List.of(); // a folder that cannot be looked into holds nothing for us
        }
        found.sort(Comparator.comparing((Path p) -> !sameName(p, old)).thenComparing(Path::toString));
        return found;
    }

    private static boolean sameName(Path a, Path b) {
        return a.getFileName() != null && a.getFileName().equals(b.getFileName());
    }
}
