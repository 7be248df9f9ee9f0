package dev.assay.ui.shell;

import dev.assay.analysis.AnalysisException;
import dev.assay.workspace.PyTorchFolder;
import dev.assay.workspace.SettingsFile;
import dev.assay.workspace.UserFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.Platform;
import org.slf4j.LoggerFactory;

/**
 * The way to the window. JavaFX mostly waits for the display and its driver while it starts, so it starts on a thread of its
 * own while the command line is read.
 */
public final class WindowStart {

    private final CompletableFuture<Void> toolkit;

    private WindowStart(CompletableFuture<Void> toolkit) {
        this.toolkit = toolkit;
    }

    /** Begins to start JavaFX where there is a display, and returns at once. Once in a process, any thread. */
    public static WindowStart begin() {
        if (SampleTour.needed()) { // which starts JavaFX in its own way
            return new WindowStart(CompletableFuture.completedFuture(null));
        }
        CompletableFuture<Void> toolkit = new CompletableFuture<>();
        Thread.ofPlatform().name("assay-start").daemon().start(() -> {
            try {
                applySettings();
                Platform.startup(() -> {});
                toolkit.complete(null);
            } catch (RuntimeException | LinkageError e) {
                toolkit.completeExceptionally(e);
            }
        });
        return new WindowStart(toolkit);
    }

    /**
     * Opens the window and returns when it was closed; the process ends only after everything is kept. Without a
     * display it takes the tour of the sample instead. Not on the JavaFX thread.
     *
     * @param arguments {@code [--workspace=FOLDER] [--sample] [--out=FOLDER] [FILE...]}
     * @param print takes lines for a user without a display
     * @throws AnalysisException when an argument is wrong, or the tour did not succeed
     * @throws UnsupportedOperationException when the display cannot be used
     */
    public void open(List<String> arguments, Consumer<String> print) throws AnalysisException {
        LaunchOptions options = LaunchOptions.parse(arguments);
        if (SampleTour.needed()) {
            Path folder = options.out().orElseGet(() -> UserFolders.find().data().resolve("sample"));
            SampleTour.take(folder, print);
            return;
        }
        try {
            toolkit.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnsupportedOperationException noDisplay) {
                throw noDisplay;
            }
            throw e;
        }
        Application.launch(AssayWindow.class, arguments.toArray(String[]::new));
    }

    /** What is read once, before JavaFX and the engines start; on macOS there is no scale. */
    private static void applySettings() {
        double scale;
        try (SettingsFile settings = SettingsFile.load()) {
            scale = settings.get().uiScale();
            String problem = PyTorchFolder.apply(settings.get());
            if (!problem.isEmpty()) {
                LoggerFactory.getLogger(WindowStart.class).warn(problem);
            }
        }
        if (scale != 1) {
            for (String toolkit : List.of("gtk", "win")) {
                String key = "glass." + toolkit + ".uiScale";
                if (System.getProperty(key) == null) {
                    System.setProperty(key, scaleOption(scale));
                }
            }
        }
    }

    /** A scale as JavaFX reads it: a whole number of percent. */
    static String scaleOption(double scale) {
        return Math.round(scale * 100) + "%";
    }
}
