package dev.assay.ui.shell.frame;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.FileChooser.ExtensionFilter;

/** Asks the user for files; a test answers in their place. Called on the JavaFX thread. */
public interface Choosers {

    /**
     * Files to open.
     *
     * @param folder where to start, if it is there
     * @return empty when the user changed their mind
     */
    List<Path> openFiles(String title, Optional<Path> folder, List<ExtensionFilter> filters);

    /** A folder. */
    Optional<Path> folder(String title, Optional<Path> folder);

    /** A file to write. */
    Optional<Path> save(String title, String suggestedName, ExtensionFilter filter);
}
