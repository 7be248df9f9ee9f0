package dev.assay.ui.shell;

import atlantafx.base.theme.Styles;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.shell.prefs.WindowPrefs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Which PyTorch is started: Assay's own or that of a folder. JavaFX thread only. */
final class PyTorchChoice extends HBox {

    private static final int PATH_LENGTH = 44;

    private final WindowPrefs prefs;
    private final BiConsumer<Path, Consumer<String>> check;
    private final Label now = new Label();
    private final Label problem;
    private final Button own = new Button(Texts.of("prefs.pytorch.own.use"));

    /**
     * @param ask asks for a folder
     * @param check hands on what is wrong with a folder, empty for nothing; looks at the disk in the background
     * @param problem shows why a folder is not taken
     */
    PyTorchChoice(
            WindowPrefs prefs, Supplier<Optional<Path>> ask, BiConsumer<Path, Consumer<String>> check, Label problem) {
        super(8);
        this.check = check;
        this.prefs = prefs;
        this.problem = problem;
        setAlignment(Pos.CENTER_LEFT);
        Button choose = new Button(Texts.of("prefs.pytorch.choose"));
        choose.setId("pref-pytorch");
        choose.getStyleClass().add(Styles.SMALL);
        Tips.on(choose, Texts.of("prefs.pytorch.tip"));
        choose.setOnAction(e -> ask.get().ifPresent(this::take));
        own.setId("pref-pytorch-own");
        own.getStyleClass().add(Styles.SMALL);
        own.managedProperty().bind(own.visibleProperty());
        own.setOnAction(e -> {
            prefs.setPyTorchFolder("");
            show();
        });
        getChildren().addAll(now, choose, own);
        show();
    }

    private void take(Path folder) {
        check.accept(folder, why -> {
            if (why.isEmpty()) {
                prefs.setPyTorchFolder(folder.toString());
                show();
            } else {
                problem.setText(why);
            }
        });
    }

    private void show() {
        String folder = prefs.pyTorchFolder();
        now.setText(folder.isEmpty() ? Texts.of("prefs.pytorch.own") : Numbers.shortened(folder, PATH_LENGTH));
        own.setVisible(!folder.isEmpty());
        problem.setText(Texts.of("prefs.restart"));
        if (!folder.isEmpty()) {
            check.accept(Path.of(folder), why -> {
                if (!why.isEmpty() && folder.equals(prefs.pyTorchFolder())) {
                    problem.setText(why);
                }
            });
        }
    }
}
