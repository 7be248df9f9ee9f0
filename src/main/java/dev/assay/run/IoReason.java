package dev.assay.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;

/** Words for what the file system refuses. */
public final class IoReason {

    private IoReason() {}

    /** Why something could not be read or written, for a sentence in brackets. */
    public static String of(Exception e) {
        return switch (e) {
            case AccessDeniedException denied -> "access is denied";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException there -> "a file is in the way: " + there.getFile();
            case NotDirectoryException file -> "this is no folder: " + file.getFile();
            case FileSystemException other when other.getReason() != null -> other.getReason();
            case ReadOnlyFileSystemException readOnly -> "the disk is read-only";
            case IOException io when io.getCause() instanceof IOException cause -> of(cause);
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
