package dev.assay.ui.view;

import dev.assay.ui.Texts;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** Asks with the system's file dialogs. */
public final class FileDialogs implements FileAsker {

    private final Supplier<Window> owner;

    /** Dialogs of that window. */
    public FileDialogs(Supplier<Window> owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> save(String suggestedName, String kind) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(Texts.of("file.save", kind));
        chooser.setInitialFileName(suggestedName);
        int dot = suggestedName.lastIndexOf('.');
        if (dot > 0) {
            chooser.getExtensionFilters()
                    .add(new FileChooser.ExtensionFilter(kind, "*" + suggestedName.substring(dot)));
        }
        return Optional.ofNullable(chooser.showSaveDialog(owner.get()))
                .map(File::toPath)
                .map(chosen -> withEnding(chosen, dot > 0 ? suggestedName.substring(dot) : ""));
    }

    /** Not every desktop adds the ending to a name that was typed without one. */
    static Path withEnding(Path chosen, String ending) {
        String name = chosen.getFileName().toString();
        return name.contains(".") ? chosen : chosen.resolveSibling(name + ending);
    }

    @Override
    public Optional<Path> open(String title, boolean folder) {
        if (folder) {
            DirectoryChooser chooser = new DirectoryChooser();
            chooser.setTitle(title);
            return Optional.ofNullable(chooser.showDialog(owner.get())).map(File::toPath);
        }
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        return Optional.ofNullable(chooser.showOpenDialog(owner.get())).map(File::toPath);
    }
}
