package dev.assay.ui.shell;

import dev.assay.analysis.AnalysisException;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.frame.Notices;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** Says why the window could not be opened. Uses nothing of the window, since any of it may be what failed. */
final class StartProblem {

    private StartProblem() {}

    static void show(Stage stage, Throwable problem) {
        Label what = new Label(
                problem instanceof AnalysisException
                        ? problem.getMessage()
                        : Texts.of("fault.start", problem));
        what.setWrapText(true);
        what.setId("start-problem");
        TextArea details = new TextArea(Notices.stackTrace(problem));
        details.setEditable(false);
        VBox.setVgrow(details, Priority.ALWAYS);
        Button copy = new Button(Texts.of("copy.details"));
        copy.setOnAction(e -> {
            ClipboardText.put(what.getText() + "\n\n" + details.getText());
        });
        Button close = new Button(Texts.of("close"));
        close.setOnAction(e -> stage.close());
        HBox buttons = new HBox(8, copy, close);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox page = new VBox(12, what, details, buttons);
        page.setPadding(new Insets(16));
        stage.setOnCloseRequest(null);
        stage.setScene(new Scene(page, 720, 420));
        stage.setTitle("Assay");
        stage.show();
    }
}
