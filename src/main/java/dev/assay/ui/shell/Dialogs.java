package dev.assay.ui.shell;

import dev.assay.analysis.WholeFile;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import dev.assay.data.fetch.DjlDatasetFetcher;
import dev.assay.model.Engines;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.shell.actions.CommandPalette;
import dev.assay.ui.shell.actions.ShortcutList;
import dev.assay.ui.shell.actions.UiAction;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.frame.Notices;
import dev.assay.ui.shell.frame.Overlay;
import dev.assay.ui.shell.prefs.HeapOption;
import dev.assay.workspace.UserFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;

/** The dialogs over the window. None of them blocks anything. JavaFX thread only. */
final class Dialogs {

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private CommandPalette palette;
    private DatasetForm datasets;

    Dialogs(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
    }

    private Overlay overlay() {
        return parts.overlay();
    }

    /** The command palette, which also finds analyses. */
    void showPalette() {
        if (palette == null) {
            palette = new CommandPalette(this::commands, overlay()::hideNow);
        }
        overlay().showOnTop(palette);
        palette.open();
    }

    private List<UiAction> commands() {
        List<UiAction> all = new ArrayList<>(parts.actions().all());
        all.removeIf(a -> a.id().equals("palette"));
        if (session.catalogue() != null) {
            for (Analysis<?> analysis : session.catalogue().analyses()) {
                String id = analysis.info().id();
                all.add(UiAction.of(
                        "choose-" + id,
                        analysis.info().family(),
                        0,
                        Texts.of("choose.what", analysis.info().title()),
                        "fth-crosshair",
                        "",
                        () -> shell.inspector().choose(id)));
            }
        }
        return all;
    }

    /** All shortcuts. */
    void showShortcuts() {
        overlay().showDialog("shortcuts-dialog", Texts.of("action.shortcuts"), new ShortcutList(parts.actions()));
    }

    /** Versions and machine. */
    void showAbout() {
        parts.background().quick(Texts.of("about.collecting"), About::environment, text -> {
            Label what = new Label(Texts.of("about.what"));
            TextArea versions = new TextArea(text);
            versions.setId("about-versions");
            versions.setAccessibleText(Texts.of("about.versions"));
            versions.setEditable(false);
            versions.setPrefSize(520, 280);
            versions.getStyleClass().add("mono");
            overlay().showDialog("about-dialog", "Assay", new VBox(12, what, versions));
        }, shell::showProblem);
    }

    /** The program's log in a tab. */
    void showLog() {
        Path file = UserFolders.find().state().resolve("assay.log");
        shell.tabs().show(LogTab.KEY, Texts.of("log.title"), "fth-align-left", () -> new LogTab(
                file, shell::showFolder));
    }

    /** Tells of a fault of the program with details that can be copied into a report of it. */
    void showCrash(String sentence, Throwable problem) {
        Label what = new Label(sentence);
        what.setId("crash-sentence");
        what.setWrapText(true);
        what.setPrefWidth(620);
        TextArea details = new TextArea();
        details.setId("crash-details");
        details.setAccessibleText(Texts.of("crash.details"));
        details.setEditable(false);
        details.getStyleClass().add("mono");
        details.setPrefSize(620, 260);
        String text = sentence + "\n\n" + Notices.stackTrace(problem) + "\n" + shell.environment();
        details.setText(text);
        details.positionCaret(0);
        Button copy = Overlay.button(Texts.of("crash.copy"), true, () -> {
            ClipboardText.put(text);
            shell.notice(Texts.of("crash.copied"));
        });
        copy.setId("crash-copy");
        overlay().showDialog(
                "crash-dialog", Texts.of("crash.title"), new VBox(12, what, details),
                Overlay.button(Texts.of("crash.log"), false, () -> {
                    overlay().hideNow();
                    showLog();
                }),
                copy);
    }

    /** The preferences; every change holds at once but for the scale, which says so. */
    void showPreferences() {
        PreferencesForm form = new PreferencesForm(
                parts.prefs(),
                shell::setTheme,
                Optional.ofNullable(session.backend()).map(b -> b.workspace().folder()),
                () -> {
                    overlay().hideNow();
                    shell.files().askForWorkspace();
                },
                shell::showFolder,
                this::showKeys,
                this::setHeap,
                () -> parts.choosers().folder(Texts.of("prefs.pytorch.folder"), Optional.empty()),
                (folder, then) -> parts.background().io(
                        Texts.of("opening.what", folder), () -> Engines.problemOf(folder), then,
                        e -> then.accept(String.valueOf(e.getMessage()))),
                // Both engines are started for this, which takes a second at first.
                show -> parts.background()
                        .quick(
                                Texts.of("prefs.engines.reading"),
                                () -> List.of(
                                        "PyTorch " + Engines.pyTorchStatus(),
                                        "ONNX Runtime " + Engines.onnxRuntimeStatus()),
                                show, e -> show.accept(List.of(Texts.of("prefs.engines.problem", e.getMessage())))));
        overlay().showDialog("preferences-dialog", Texts.of("prefs.title"), form);
    }

    /** All shortcuts, to be changed. */
    void showKeys() {
        overlay().showDialog("keys-dialog", Texts.of("keys.title"), new KeysForm(parts.actions(), parts.prefs()));
    }

    private void setHeap(Optional<Integer> mebibytes) {
        parts.background().keep(
                Texts.of("prefs.heap.saving"),
                () -> {
                    HeapOption.write(mebibytes);
                    return mebibytes;
                },
                m -> {
                    parts.prefs().setHeap(m);
                    shell.notice(Texts.of("prefs.heap.saved"));
                },
                shell::showProblem);
    }

    /** Well-known datasets to fetch; what was fetched is opened. */
    void showDatasets() {
        if (datasets == null) { // the one that is fetching is the one that is shown again
            datasets = new DatasetForm(parts, DjlDatasetFetcher::new, fetched -> {
                shell.open(fetched.train());
                shell.open(fetched.test());
            });
        }
        overlay().showDialog("dataset-dialog", Texts.of("dataset.title"), datasets);
    }

    /** Asks for a file, then how to read it. */
    void askWithOptions() {
        parts.choosers()
                .openFiles(Texts.of("options.title"), parts.prefs().folder(),
                        OpenFlow.filters(session.catalogue().kinds()))
                .stream()
                .findFirst()
                .ifPresent(f -> askForOptions(Location.of(f)));
    }

    /** Asks how to read a file, by the options that its kind takes. */
    void askForOptions(Location location) {
        parts.background()
                .io(
                        Texts.of("options.looking", location.fileName()),
                        () -> session.catalogue().recognise(Location.of(location.path())),
                        kind -> askForOptions(location, kind),
                        shell::showProblem);
    }

    private void askForOptions(Location location, Optional<InputKind> kind) {
        if (kind.isEmpty() || kind.get().options().isEmpty()) {
            shell.notice(
                    kind.map(k -> Texts.of("options.none", k.title())).orElse(Texts.of("options.unknown")));
            shell.open(location);
            return;
        }
        OptionsForm form = new OptionsForm(kind.get(), location);
        overlay()
                .showDialog(
                        "options-dialog",
                        Texts.of("open.what", location.fileName()),
                        form,
                        Overlay.button(Texts.of("cancel"), false, overlay()::hideNow),
                        Overlay.button(Texts.of("options.open"), true, () -> {
                            overlay().hideNow();
                            // What could not be read so is not to stay in the browser beside what can.
                            parts.open().find(location).filter(i -> i.problem() != null)
                                    .ifPresent(parts.open()::remove);
                            shell.open(form.location());
                        }));
    }

    /**
     * Asks before something that cannot be undone.
     *
     * @param action the button's text
     */
    void confirm(String id, String question, String consequence, String action, Runnable run) {
        confirm(id, question, new Label(consequence), Overlay.button(action, true, () -> {
            overlay().hideNow();
            run.run();
        }));
    }

    private void confirm(String id, String question, Label consequence, Button action) {
        consequence.setWrapText(true);
        consequence.setPrefWidth(420);
        overlay().showDialog(id, question, consequence, Overlay.button(Texts.of("cancel"), false, overlay()::hideNow),
                action);
    }

    /**
     * Asks before runs are stopped. Runs may end while the question is shown: it says how many are left.
     *
     * @param stop the button's text while runs are left
     * @param go its text when none is
     */
    void confirmStop(String question, String stop, String go, Runnable run) {
        Label left = new Label();
        left.setId("stop-left");
        Button action = Overlay.button(stop, true, () -> {
            overlay().hideNow();
            run.run();
        });
        parts.runs().poll();
        IntegerProperty count = new SimpleIntegerProperty();
        count.bind(parts.runs().activeCount());
        count.subscribe(n -> {
            left.setText(Texts.of("stop.runs", n.intValue()));
            action.setText(n.intValue() == 0 ? go : stop);
        });
        // The binding is weak; what is shown holds on to it.
        left.setUserData(count);
        confirm("confirm-stop", question, left, action);
    }

    /** Saves a picture of the window. */
    void capture() {
        WritableImage image = parts.stage().getScene().snapshot(null);
        parts.choosers()
                .save(Texts.of("capture.save"), "assay.png", new ExtensionFilter(Texts.of("file.png"), "*.png"))
                .ifPresent(file -> parts.background()
                        .io(
                                Texts.of("saving", file.getFileName()),
                                () -> write(image, file),
                                f -> shell.notice(Texts.of("saved", f.getFileName())),
                                shell::showProblem));
    }

    private static Path write(WritableImage image, Path file) throws java.io.IOException {
        WholeFile.write(
                file, out -> javax.imageio.ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", out));
        return file;
    }
}
