package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.report.Report;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunView;
import dev.assay.ui.Texts;
import dev.assay.ui.report.ReportDocument;
import dev.assay.ui.shell.frame.Overlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.application.Platform;
import javafx.scene.control.Button;

/** Runs what a report shows once more, on the same or other inputs, and makes the same report of it. JavaFX thread only. */
final class ReportAgain {

    private final Parts parts;
    private final Session session;
    private final Shell shell;

    ReportAgain(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
    }

    /** Asks on which inputs, and does it. */
    void ask(ReportDocument document) {
        Map<String, RunView> runs = new LinkedHashMap<>();
        document.report().get().runs().forEach(key -> parts.runs().find(key).ifPresent(r -> runs.put(key, r)));
        if (runs.isEmpty()) {
            shell.notice(Texts.of("report.again.none"));
            return;
        }
        List<RunView> list = List.copyOf(runs.values());
        AgainForm form = new AgainForm(list, role -> parts.choosers()
                .openFiles(Texts.of("choose.what", role), parts.prefs().folder(), List.of())
                .stream()
                .findFirst());
        Button go = Overlay.button(Texts.of("report.again.do", list.size()), true, () -> {
            try {
                List<RunRequest> requests = form.requests(list);
                parts.overlay().hideNow();
                run(document.report().get(), List.copyOf(runs.keySet()), requests);
            } catch (InputException e) {
                form.showProblem(e.getMessage());
            }
        });
        go.setId("again-go");
        parts.overlay()
                .showDialog("again-dialog", Texts.of("report.again.title"), form,
                        Overlay.button(Texts.of("cancel"), false, parts.overlay()::hideNow), go);
    }

    private void run(Report report, List<String> keys, List<RunRequest> requests) {
        Backend backend = session.backend();
        if (backend.workspace().readOnly()) {
            shell.notice(backend.workspace().readOnlyReason());
            return;
        }
        Map<String, String> again = new LinkedHashMap<>();
        List<Run> started = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Run run = backend.queue().submit(requests.get(i));
            started.add(run);
            again.put(keys.get(i), run.id());
        }
        AllEnded ended = new AllEnded(backend, started, () -> shell.reports().keepAndShow(report.again(again)
                .withTitle(Texts.of("report.again.name", ReportFlow.title(report)))));
        backend.queue().addListener(ended);
        ended.look(); // they may have failed before anybody listened
        shell.notice(Texts.of("report.again.done", started.size()));
    }

    /** Does something once runs have ended, unless another workspace is open by then. */
    private final class AllEnded implements RunQueue.Listener {

        private final Backend backend;
        private final List<Run> runs;
        private final Runnable then;
        private boolean done;

        AllEnded(Backend backend, List<Run> runs, Runnable then) {
            this.backend = backend;
            this.runs = List.copyOf(runs);
            this.then = then;
        }

        @Override
        public void changed(Run run) {
            if (runs.contains(run)) {
                Platform.runLater(this::look);
            }
        }

        private void look() {
            if (!done && runs.stream().allMatch(r -> r.state().isFinal())) {
                done = true;
                backend.queue().removeListener(this);
                if (backend == session.backend()) {
                    then.run();
                }
            }
        }
    }
}
