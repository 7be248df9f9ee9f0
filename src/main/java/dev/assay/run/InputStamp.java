package dev.assay.run;

import dev.assay.analysis.Location;
import java.util.List;

/**
 * The content of one input, so that it is known again wherever it lies.
 *
 * @param role the role it filled
 * @param location where it was, with its reading options
 * @param size bytes of the file at the location, or of all files of a folder; -1 when they could not be read
 * @param sha256 lower-case hex: of the file at the location; of a folder, that of the text that {@code sha256sum} prints
 *     for its files in order, with names relative to the folder; empty when it could not be computed (the run was
 *     cancelled first, or a file had gone)
 * @param files all its files (an images file with its labels file); empty when there is only the one at the location,
 *     or more than {@value #MAX_FILES}
 */
public record InputStamp(String role, Location location, long size, String sha256, List<FileStamp> files) {

    /** More files than these are summed up in one hash and not listed. */
    public static final int MAX_FILES = 100;

    /** Copies the list. */
    public InputStamp {
        files = List.copyOf(files);
    }

    /**
     * One file of an input.
     *
     * @param path where it was
     * @param size bytes
     * @param sha256 lower-case hex
     */
    public record FileStamp(String path, long size, String sha256) {}
}
