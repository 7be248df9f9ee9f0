package dev.assay.analysis;

import java.nio.file.Path;
import java.util.List;

/**
 * Something opened from a file or folder: a model, a dataset, a pattern file. Safe to use from several threads at once;
 * closing it releases native memory and temporary files.
 */
public interface Input extends AutoCloseable {

    /** Short name for the user, the file's name as a rule. */
    default String name() {
        return location().fileName();
    }

    /** Where it came from, options included. */
    Location location();

    /** The files whose content it consists of, in a fixed order, one as a rule; provenance hashes them. */
    default List<Path> files() {
        return List.of(location().path());
    }

    /** One muted fact for the browser, e.g. {@code 60,000 x 28x28, 10 classes}. */
    String summary();

    @Override
    void close();
}
