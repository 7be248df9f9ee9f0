package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * What a file looked like when it was opened, so that reading notices when it is deleted or replaced.
 *
 * @param path the file
 * @param size bytes
 * @param modified time of the last change
 * @param key the file system's own identifier, or null where it has none
 */
public record FileStamp(Path path, long size, FileTime modified, Object key) {

    /**
     * Looks at a file.
     *
     * @throws InputException when it is missing, a folder, empty or cannot be read
     */
    public static FileStamp of(Path path) throws InputException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new InputException("there is no such file", path.toString(), "check the spelling of the path", e);
        } catch (IOException e) {
            throw new InputException(
                    "the file cannot be read (" + reason(e) + ")", path.toString(), "check its permissions", e);
        }
        if (attributes.isDirectory()) {
            throw new InputException("this is a folder, not a file", path.toString(), "name a file in it");
        }
        if (!Files.isReadable(path)) {
            throw new InputException("the file may not be read", path.toString(), "check its permissions");
        }
        if (attributes.isRegularFile() && attributes.size() == 0) {
            throw new InputException("the file is empty", path.toString(), "fetch or write it again");
        }
        return new FileStamp(path, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    /**
     * Checks that the file is still the one it was.
     *
     * @throws InputException when it was deleted, replaced or changed
     */
    public void check() throws InputException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new InputException(
                    "the file was deleted or moved while it was open", path.toString(), "put it back and open it again",
                    e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        if (now.size() != size || !now.lastModifiedTime().equals(modified) || !Objects.equals(now.fileKey(), key)) {
            throw new InputException(
                    "the file was changed or replaced while it was open", path.toString(), "open it again");
        }
    }

    /** The problem that a file can no longer be read. */
    public static InputException unreadable(Path path, IOException cause) {
        return new InputException(
                "the file cannot be read (" + reason(cause) + ")",
                path.toString(),
                "check that it is still there and whole",
                cause);
    }

    /** An exception in a few words. */
    public static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
