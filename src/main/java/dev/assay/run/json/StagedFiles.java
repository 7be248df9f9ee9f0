package dev.assay.run.json;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A group of files that appear together or not at all: each is written under a temporary name and forced to the disk;
 * {@link #commit} gives them their names in the order in which they were written. Closing without a commit removes what
 * was written. Not for several threads.
 */
public final class StagedFiles implements AutoCloseable {

    private final Path folder;
    private final Map<Path, Path> staged = new LinkedHashMap<>();

    /** Files of an existing folder. */
    public StagedFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; the stream is closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes one file in one go, in place of the one there is.
     *
     * @throws IOException when that fails; the file there was is untouched
     */
    public static void replace(Path file, Content content) throws IOException {
        try (StagedFiles files = new StagedFiles(file.toAbsolutePath().getParent())) {
            files.add(file.getFileName().toString(), content);
            files.commit();
        }
    }

    /**
     * Writes one file of the group under a temporary name.
     *
     * @throws IOException when it cannot be written in full
     */
    public void add(String name, Content content) throws IOException {
        Path temporary = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
        staged.put(temporary, folder.resolve(name));
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(new Unclosed(Channels.newOutputStream(channel)), 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /**
     * Gives all files their names, the last one written last.
     *
     * @throws IOException when the file system refuses
     */
    public void commit() throws IOException {
        for (var entry : staged.entrySet()) {
            move(entry.getKey(), entry.getValue());
        }
        staged.clear();
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        for (Path temporary : staged.keySet()) {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writers like to close what they write to; the channel is forced and closed here. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
