package dev.assay.ui.chart;

import dev.assay.ui.Texts;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** Asks where a chart is to be written. Called on the JavaFX thread. */
@FunctionalInterface
public interface ChartSave {

    /**
     * Where to write.
     *
     * @param owner the window that asks, or null
     * @param suggestedName file name with its ending
     * @param kind what it is, e.g. {@code SVG picture}
     * @return empty when the user changed their mind
     */
    Optional<Path> ask(Window owner, String suggestedName, String kind);

    /** Asks with the desktop's dialog. */
    static ChartSave dialog() {
        return (owner, suggestedName, kind) -> {
            String ending = suggestedName.substring(suggestedName.lastIndexOf('.'));
            FileChooser chooser = new FileChooser();
            chooser.setTitle(Texts.of("file.export", kind));
            chooser.setInitialFileName(suggestedName);
            chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind, "*" + ending));
            File file = chooser.showSaveDialog(owner);
            return Optional.ofNullable(file)
                    .map(File::toPath)
                    .map(p -> p.getFileName().toString().contains(".")
                            ? p
                            : p.resolveSibling(p.getFileName() + ending));
        };
    }
}
