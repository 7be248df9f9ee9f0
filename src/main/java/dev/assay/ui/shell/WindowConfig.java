package dev.assay.ui.shell;

import dev.assay.run.Catalogue;
import dev.assay.ui.shell.frame.Choosers;
import dev.assay.workspace.SettingsFile;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.stage.Stage;

/**
 * What a window is made from; tests put their own in.
 *
 * @param options how it was asked to start
 * @param settings where settings are kept
 * @param catalogue loads analyses and input kinds; called in the background
 * @param choosers asks for files
 * @param showDocument opens an address with the system's own program
 * @param stage the window
 */
record WindowConfig(
        LaunchOptions options, SettingsFile settings, Supplier<Catalogue> catalogue, Choosers choosers,
        Consumer<String> showDocument, Stage stage) {}
