package dev.assay.ui.view;

import java.nio.file.Path;
import java.util.Optional;

/** Asks the user for a file. Called on the JavaFX thread. */
public interface FileAsker {

    /**
     * Where to write.
     *
     * @param suggestedName file name with its ending
     * @param kind what it is, e.g. {@code CSV table}
     * @return empty when the user changed their mind
     */
    Optional<Path> save(String suggestedName, String kind);

    /**
     * Which file or folder to read.
     *
     * @param title what is looked for
     * @param folder whether a folder is asked for
     * @return empty when the user changed their mind
     */
    Optional<Path> open(String title, boolean folder);
}
