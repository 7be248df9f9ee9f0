package dev.assay.ui.shell;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Inputs;
import dev.assay.report.Templates;
import dev.assay.run.Run;
import dev.assay.run.RunCommand;
import dev.assay.run.RunControl;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.browser.BrowserPane;
import dev.assay.ui.shell.inspector.InspectorPane;
import dev.assay.ui.shell.open.OpenItem;
import dev.assay.ui.shell.queue.QueuePane;
import dev.assay.ui.view.Stages;
import dev.assay.workspace.Preset;
import dev.assay.workspace.StoredReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starting, steering, repeating and deleting runs. JavaFX thread only. */
final class RunFlow {

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private final InputsAgain inputsAgain;

    RunFlow(Parts parts, Session session, Shell shell) {
        this.inputsAgain = new InputsAgain(parts, session, shell);
        this.parts = parts;
        this.session = session;
        this.shell = shell;
    }

    /** Queues a run and shows its tab. */
    void run(RunRequest request, Inputs inputs) {
        // Checking, queueing and the tab are too much for one pulse.
        session.submit(request, inputs).ifPresent(run -> Stages.run(() -> {}, () -> shell.showRun(run)));
    }

    /** Fills the inspector with a run's analysis, inputs and parameters. */
    void prepareAgain(RunView run) {
        Optional<Sweep> sweep = sweep(run);
        if (shell.inspector().prepare(sweep.map(Sweep::base).orElse(run.request()))) {
            inputsAgain.prepare(run);
            shell.inspector().focusRun();
            sweep.ifPresent(s -> shell.sweeps().show(s));
        } else {
            parts.notices()
                    .add(
                            run.id(),
                            Strip.Kind.WARNING,
                            Texts.of("analyses.missing", Sweep.analysisOf(run.request())));
        }
    }

    private static Optional<Sweep> sweep(RunView run) {
        try {
            return Sweep.is(run.request()) ? Optional.of(Sweep.of(run.request())) : Optional.empty();
        } catch (AnalysisException e) {
            return Optional.empty();
        }
    }

    /** Runs the same once more; its inputs are opened from where they were. */
    void again(RunView run) {
        session.submit(run.request(), null).ifPresent(shell::showRun);
    }

    /** The run that pause and stop mean: the one shown, the one selected in the queue, or the one at work. */
    private Optional<RunView> meant() {
        Optional<RunView> shown = shell.tabs().selectedKey().flatMap(key -> parts.runs().session().stream()
                .filter(r -> Contents.key(r).equals(key))
                .findFirst());
        return shown.filter(r -> !r.state().isFinal())
                .or(() -> Optional.ofNullable(shell.queue().selected())
                        .filter(r -> !r.state().isFinal()))
                .or(() -> parts.runs().active().stream()
                        .filter(r -> r.state() != RunState.QUEUED)
                        .findFirst())
                .or(() -> parts.runs().active().stream().findFirst());
    }

    /** Pauses the run that is meant, or lets it go on. */
    void pauseOrGoOn() {
        meant().ifPresent(run -> {
            if (run instanceof RunControl control) {
                if (run.state() == RunState.PAUSED) {
                    control.resume();
                } else {
                    control.pause();
                }
            }
        });
    }

    /** Stops the run that is meant; what it has found is kept. */
    void stop() {
        meant().ifPresent(this::stop);
    }

    private void stop(RunView run) {
        if (run instanceof RunControl control) {
            control.cancel();
        }
    }

    /** Copies a request as a command line. */
    void copyCommand(RunRequest request) {
        ClipboardText.put(RunCommand.line(request));
        shell.notice(Texts.of("run.command.copied"));
    }

    /** What the inspector asks of the window. */
    InspectorPane.Handler inspectorHandler() {
        return new InspectorPane.Handler() {
            @Override
            public void browse(InputRole role, Consumer<Input> onOpen) {
                shell.files().askFor(role, onOpen);
            }

            @Override
            public void chooseFolder(String what, Consumer<Path> then) {
                parts.choosers()
                        .folder(Texts.of("choose.what", Texts.inside(what)), parts.prefs().folder())
                        .ifPresent(then);
            }

            @Override
            public void open(Path file, Consumer<Input> onOpen) {
                shell.files().open(file, onOpen);
            }

            @Override
            public void run(RunRequest request, Inputs inputs) {
                RunFlow.this.run(request, inputs);
            }

            @Override
            public void copyCommand(RunRequest request) {
                RunFlow.this.copyCommand(request);
            }

            @Override
            public void showHelp(Analysis<?> analysis) {
                shell.help().show(analysis);
            }

            @Override
            public void comeForward() {
                shell.help().side().showInspector();
            }

            @Override
            public void sweep() {
                shell.sweeps().show();
            }

            @Override
            public void presets(String analysis, Consumer<List<Preset>> then) {
                shell.sweeps().presets(analysis, then);
            }

            @Override
            public void savePreset(String analysis, Map<String, String> parameters) {
                shell.sweeps().askToSave(analysis, parameters);
            }

            @Override
            public void deletePreset(Preset preset) {
                shell.sweeps().delete(preset);
            }

            @Override
            public int threads() {
                return parts.prefs().threads();
            }
        };
    }

    /** What the queue's rows can do. */
    QueuePane.Handler queueHandler() {
        return new QueuePane.Handler() {
            @Override
            public String title(RunView run) {
                return parts.runs().title(run);
            }

            @Override
            public void show(RunView run) {
                shell.showRun(run);
            }

            @Override
            public void remove(RunView run) {
                if (run instanceof Run live) {
                    session.backend().queue().remove(live);
                }
            }
        };
    }

    /** What the browser's rows can do. */
    BrowserPane.Handler browserHandler() {
        return new BrowserPane.Handler() {
            @Override
            public void show(OpenItem item) {
                shell.files().show(item);
            }

            @Override
            public void retry(OpenItem item) {
                shell.open(item.location());
            }

            @Override
            public void openWithOptions(OpenItem item) {
                shell.dialogs().askForOptions(item.location());
            }

            @Override
            public void close(OpenItem item) {
                shell.files().close(item);
            }

            @Override
            public void reveal(OpenItem item) {
                shell.showFolder(item.location().path());
            }

            @Override
            public void show(RunView run) {
                shell.showRun(run);
            }

            @Override
            public void prepareAgain(RunView run) {
                RunFlow.this.prepareAgain(run);
            }

            @Override
            public void copyCommand(RunView run) {
                RunFlow.this.copyCommand(run.request());
            }

            @Override
            public void reveal(RunView run) {
                shell.showFolder(run.folder());
            }

            @Override
            public void stop(RunView run) {
                RunFlow.this.stop(run);
            }

            @Override
            public void delete(List<RunView> chosen) {
                shell.history().delete(chosen);
            }

            @Override
            public void compare(List<RunView> chosen) {
                shell.reports().compare(chosen);
            }

            @Override
            public void report(List<RunView> chosen) {
                shell.reports().create(chosen.size() > 1 ? Templates.COMPARISON : Templates.ONE_RUN, chosen);
            }

            @Override
            public void show(StoredReport report) {
                shell.reports().show(report);
            }

            @Override
            public void delete(StoredReport report) {
                shell.reports().delete(report);
            }
        };
    }
}
