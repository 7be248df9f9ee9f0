package dev.assay.ui.shell.frame;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/** The system's own file dialogs. */
public final class SystemChoosers implements Choosers {

    private static final long PATIENCE_MILLIS = 80;

    private final Supplier<Window> owner;

    /** Dialogs that belong to a window. */
    public SystemChoosers(Supplier<Window> owner) {
        this.owner = owner;
    }

    @Override
    public List<Path> openFiles(String title, Optional<Path> folder, List<ExtensionFilter> filters) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters().setAll(filters);
        start(folder).ifPresent(chooser::setInitialDirectory);
        List<File> files = chooser.showOpenMultipleDialog(owner.get());
        return files == null ? List.of() : files.stream().map(File::toPath).toList();
    }

    @Override
    public Optional<Path> folder(String title, Optional<Path> folder) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        start(folder).ifPresent(chooser::setInitialDirectory);
        return Optional.ofNullable(chooser.showDialog(owner.get())).map(File::toPath);
    }

    @Override
    public Optional<Path> save(String title, String suggestedName, ExtensionFilter filter) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(suggestedName);
        chooser.getExtensionFilters().setAll(filter);
        return Optional.ofNullable(chooser.showSaveDialog(owner.get())).map(File::toPath);
    }

    /** A folder that does not answer at once, as on a drive that is gone, must not hold the window up: it is left out. */
    private static Optional<File> start(Optional<Path> folder) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        CompletableFuture<Boolean> there = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("assay-folder").start(() -> there.complete(Files.isDirectory(folder.get())));
        try {
            return there.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) ? folder.map(Path::toFile) : Optional.empty();
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
