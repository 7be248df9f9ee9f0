package dev.assay.model;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A model's file as it was when it was opened. It may be read again later, and is refused if it has changed in between:
 * what a run records of a model must be what the run used. Safe to use from several threads.
 */
public final class ModelFile {

    private final Path path;
    private final long size;
    private final FileTime modified;

    private ModelFile(Path path, long size, FileTime modified) {
        this.path = path;
        this.size = size;
        this.modified = modified;
    }

    /**
     * Looks at a file without reading it.
     *
     * @throws InputException when it is missing, empty or not a file
     */
    public static ModelFile of(Location location) throws InputException {
        Path path = location.path();
        BasicFileAttributes attributes = attributes(path);
        if (!attributes.isRegularFile()) {
            throw new InputException(
                    "this is a folder or a device, not a file", path.toString(), "choose the model's file");
        }
        if (attributes.size() == 0) {
            throw new InputException("the file is empty", path.toString(), "export or download the model again");
        }
        return new ModelFile(path, attributes.size(), attributes.lastModifiedTime());
    }

    private static BasicFileAttributes attributes(Path path) throws InputException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new InputException("there is no such file", path.toString(), "check the path", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static InputException unreadable(Path path, IOException cause) {
        return new InputException(
                "the file cannot be read (" + cause.getMessage() + ")",
                path.toString(),
                "check that it exists and that you may read it",
                cause);
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Number of bytes. */
    public long size() {
        return size;
    }

    /**
     * The whole content.
     *
     * @throws InputException when it cannot be read, has changed, or does not fit into memory
     */
    public byte[] bytes() throws InputException {
        checkUnchanged();
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (OutOfMemoryError e) {
            throw new InputException(
                    "the file of " + (size >> 20) + " MB does not fit into memory",
                    path.toString(),
                    "give Assay a larger heap with -Xmx",
                    e);
        }
    }

    /**
     * SHA-256 of the content, lower-case hex.
     *
     * @throws InputException when it cannot be read or has changed
     */
    public String sha256() throws InputException {
        checkUnchanged();
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] part = new byte[1 << 16];
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                digest.update(part, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void checkUnchanged() throws InputException {
        BasicFileAttributes now = attributes(path);
        if (now.size() != size || !now.lastModifiedTime().equals(modified)) {
            throw new InputException(
                    "the file has changed since it was opened", path.toString(), "open the model again");
        }
    }
}
