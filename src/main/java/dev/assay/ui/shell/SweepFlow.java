package dev.assay.ui.shell;

import dev.assay.run.RunRequest;
import dev.assay.run.Sweep;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.frame.Overlay;
import dev.assay.workspace.Preset;
import dev.assay.workspace.Workspace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Setting up sweeps, and presets of parameters. JavaFX thread only. */
final class SweepFlow {

    private final Parts parts;
    private final Session session;
    private final Shell shell;

    SweepFlow(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
    }

    /** Sets up a sweep of what the inspector holds. */
    void show() {
        show(null);
    }

    /** As above, filled in from an earlier sweep. */
    void show(Sweep earlier) {
        Optional<RunRequest> base = earlier == null ? shell.inspector().request() : Optional.of(earlier.base());
        shell.inspector().chosenAnalysis().ifPresent(analysis -> base.ifPresent(request -> {
            SweepForm form = new SweepForm(analysis, request, Optional.ofNullable(earlier));
            Button run = Overlay.button(Texts.of("sweep.run"), true, () -> {
                parts.overlay().hideNow();
                // What is set now, since inputs may have been opened meanwhile.
                shell.inspector().request().flatMap(form::sweep).ifPresent(sweep -> session
                        .submit(sweep.request(), shell.inspector().inputs())
                        .ifPresent(shell::showRun));
            });
            run.setId("sweep-go");
            run.disableProperty().bind(form.valid().not());
            run.textProperty().bind(form.action());
            parts.overlay().showDialog(
                    "sweep-dialog", Texts.of("sweep.title", analysis.info().title()), form,
                    Overlay.button(Texts.of("cancel"), false, parts.overlay()::hideNow), run);
            form.focus();
        }));
    }

    /** Hands on the presets of an analysis. */
    void presets(String analysis, Consumer<List<Preset>> then) {
        if (session.backend() != null) {
            Workspace workspace = session.backend().workspace();
            parts.background().quick(
                    Texts.of("presets.reading"), () -> workspace.presets(analysis), then, shell::showProblem);
        }
    }

    /** Asks for a name and saves parameters under it. */
    void askToSave(String analysis, Map<String, String> parameters) {
        TextField name = new TextField();
        name.setId("preset-name");
        name.setAccessibleText(Texts.of("presets.field"));
        name.setPromptText(Texts.of("presets.prompt"));
        name.setPrefColumnCount(28);
        Label hint = new Label(Texts.of("presets.hint"));
        hint.getStyleClass().addAll("caption", "text-muted");
        Button save = Overlay.button(Texts.of("presets.do"), true, () -> {
            parts.overlay().hideNow();
            save(new Preset(analysis, name.getText().strip(), parameters));
        });
        save.setId("preset-go");
        save.disableProperty().bind(name.textProperty().map(String::isBlank));
        parts.overlay().showDialog(
                "preset-dialog", Texts.of("presets.title"), new VBox(8, name, hint),
                Overlay.button(Texts.of("cancel"), false, parts.overlay()::hideNow), save);
        name.requestFocus();
    }

    private void save(Preset preset) {
        Workspace workspace = session.backend().workspace();
        shell.history().undo().make(
                new Undo.Step(
                        Texts.of("presets.saved", preset.name()),
                        () -> {
                            Optional<Preset> before = workspace.presets(preset.analysis()).stream()
                                    .filter(p -> p.name().equals(preset.name()))
                                    .findFirst();
                            workspace.savePreset(preset);
                            return () -> {
                                if (before.isPresent()) {
                                    workspace.savePreset(before.get());
                                } else {
                                    workspace.deletePreset(preset);
                                }
                            };
                        }),
                true);
    }

    /** Deletes a preset. */
    void delete(Preset preset) {
        Workspace workspace = session.backend().workspace();
        shell.history().undo().make(
                new Undo.Step(
                        Texts.of("presets.deleted", preset.name()),
                        () -> {
                            workspace.deletePreset(preset);
                            return () -> workspace.savePreset(preset);
                        }),
                true);
    }
}
