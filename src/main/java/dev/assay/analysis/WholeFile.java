package dev.assay.analysis;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file so that it is there whole or not at all, and nothing is left beside it when the disk is full. */
public final class WholeFile {

    private WholeFile() {}

    /**
     * Writes what the file holds.
     *
     * @param <X> what else can go wrong
     */
    @FunctionalInterface
    public interface Content<X extends Exception> {
        /** Writes it; the stream is buffered and closed by the caller. */
        void write(OutputStream out) throws IOException, X;
    }

    /**
     * Writes a file, in place of one of that name.
     *
     * @param file in a folder that is there
     * @throws IOException when it cannot be written; what was there stays as it was then
     * @throws X of the content; likewise
     */
    public static <X extends Exception> void write(Path file, Content<X> content) throws IOException, X {
        // Its own name, so that two writers do not share it and no file of the user's is taken for it.
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                content.write(out);
            }
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
