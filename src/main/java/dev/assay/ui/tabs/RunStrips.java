package dev.assay.ui.tabs;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Location;
import dev.assay.run.LogLine;
import dev.assay.run.RunFailure;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.FileAsker;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.layout.VBox;

/** What a viewer of the run must know before believing its figures: partial, failed, warned, inputs moved. */
final class RunStrips extends VBox {

    private static final int MOST_WARNINGS = 3;

    private final Workbench workbench;
    private final RunView run;
    private final FileAsker files;
    private final Runnable showLog;
    private List<Object> shownFor = List.of();

    RunStrips(Workbench workbench, RunView run, FileAsker files, Runnable showLog) {
        super(8);
        this.workbench = workbench;
        this.run = run;
        this.files = files;
        this.showLog = showLog;
        getStyleClass().add("strips");
    }

    /** Shows what applies now; rebuilt only when something changed. */
    void refresh(Exploration<?> exploration) {
        RunState state = run.state();
        List<LogLine> warnings = run.log().stream().filter(LogLine::warning).toList();
        Object exploring = exploration == null ? null : exploration.statusProperty().get();
        List<Object> now = new ArrayList<>();
        now.add(state);
        now.add(warnings);
        now.add(Objects.requireNonNullElse(exploring, ""));
        if (now.equals(shownFor)) {
            return;
        }
        shownFor = now;
        List<Strip> strips = new ArrayList<>();
        ended(state, strips);
        warnings.stream()
                .limit(MOST_WARNINGS)
                .forEach(w -> strips.add(new Strip(Strip.Kind.WARNING, w.text())));
        if (warnings.size() > MOST_WARNINGS) {
            strips.add(new Strip(Strip.Kind.WARNING, Texts.of("run.warnings", warnings.size() - MOST_WARNINGS))
                    .action(Texts.of("crash.log"), showLog));
        }
        if (exploration != null) {
            exploring(exploration, strips);
        }
        getChildren().setAll(strips);
        setManaged(!strips.isEmpty());
    }

    private void ended(RunState state, List<Strip> strips) {
        String partial = ProgressText.partial(run);
        switch (state) {
            case CANCELLED -> strips.add(
                    again(new Strip(Strip.Kind.INFO, Texts.of("run.stopped", partial))));
            case INTERRUPTED -> strips.add(again(
                    new Strip(Strip.Kind.WARNING, Texts.of("run.interrupted", partial))));
            case FAILED -> {
                RunFailure failure = run.failure()
                        .orElse(new RunFailure(Texts.of("run.failed"), false, ""));
                strips.add(new Strip(Strip.Kind.ERROR, failure.message())
                        .action(Texts.of("copy.details"), () -> copy(failure.message() + "\n\n" + failure.details())));
                if (run.progress().done() > 0 || !run.results().isEmpty()) {
                    strips.add(new Strip(Strip.Kind.INFO, Texts.of("run.stays", partial)));
                }
            }
            default -> {}
        }
    }

    private Strip again(Strip strip) {
        if (Sweep.is(run.request())) {
            strip.action(Texts.of("history.go.on"), () -> workbench.goOn(run));
        }
        return strip.action(Texts.of("run.again"), () -> workbench.prepareAgain(run));
    }

    private void exploring(Exploration<?> exploration, List<Strip> strips) {
        Exploration.Status status = exploration.statusProperty().get();
        switch (status.phase()) {
            case INPUT_MISSING -> {
                Location location = status.location();
                String why =
                        status.problem() instanceof AnalysisException e ? e.what() : Texts.of("run.input.unopened");
                strips.add(new Strip(
                        Strip.Kind.WARNING,
                        Texts.of("run.input.problem", status.role(), location.path(), why))
                        .action(Texts.of("run.locate"), () -> locate(exploration, status))
                        .action(Texts.of("try.again"), exploration::open));
            }
            case FAILED -> strips.add(new Strip(
                    Strip.Kind.WARNING,
                    Texts.of("run.details.problem", message(status.problem())))
                    .action(Texts.of("try.again"), exploration::open));
            default -> {}
        }
    }

    private void locate(Exploration<?> exploration, Exploration.Status status) {
        boolean folder = Files.isDirectory(status.location().path());
        files.open(Texts.of("open.where", status.location().fileName()), folder).ifPresent(exploration::relocate);
    }

    static String message(Throwable problem) {
        String text = problem.getMessage();
        return text == null || text.isBlank() ? problem.getClass().getSimpleName() : text;
    }

    private static void copy(String text) {
        ClipboardText.put(text);
    }
}
