package dev.assay.ui.shell.frame;

import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.VBox;

/** Lets files and folders be dropped anywhere on the window, and says so while they hang over it. */
public final class DropZone extends VBox {

    /**
     * A hint that shows itself while files hang over the window.
     *
     * @param window the node that takes the drops
     */
    public DropZone(Node window, Consumer<List<Path>> onFiles) {
        setId("drop-hint");
        getStyleClass().add("drop-hint");
        setAlignment(Pos.CENTER);
        setMouseTransparent(true);
        setVisible(false);
        getChildren().addAll(Icons.large("fth-download"), new Label(Texts.of("drop.open")));
        window.addEventHandler(DragEvent.DRAG_OVER, e -> {
            if (e.getDragboard().hasFiles()) {
                e.acceptTransferModes(TransferMode.COPY);
                setVisible(true);
                e.consume();
            }
        });
        window.addEventHandler(DragEvent.DRAG_EXITED, e -> setVisible(false));
        window.addEventHandler(DragEvent.DRAG_DROPPED, e -> {
            setVisible(false);
            boolean files = e.getDragboard().hasFiles();
            if (files) {
                onFiles.accept(
                        e.getDragboard().getFiles().stream().map(f -> f.toPath()).toList());
            }
            e.setDropCompleted(files);
            e.consume();
        });
    }
}
