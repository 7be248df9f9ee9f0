package dev.assay.ui.shell;

import dev.assay.analysis.Input;
import dev.assay.report.Report;
import java.util.List;
import java.util.Map;

/** Keeps what is still to be kept when the window is closed, on a thread of its own that keeps the program alive. */
final class Closing {

    private Closing() {}

    /**
     * Begins; returns at once. JavaFX thread only.
     *
     * @param open the workspace and its queue, or null when none was opened yet
     * @param unsaved reports by id
     * @param openTabs as {@link TabKeeper#text} says
     */
    static void begin(Parts parts, Backend open, Map<String, Report> unsaved, String openTabs) {
        List<Input> inputs = parts.open().takeAll();
        Thread closing = Thread.ofPlatform().name("assay-closing").start(() -> {
            if (open != null) {
                ReportFlow.keepAll(unsaved, open.workspace());
                TabKeeper.keep(open.workspace(), openTabs);
                open.close();
            }
            // Only now: the runs that were at work used them.
            inputs.forEach(Input::close);
            parts.prefs().close();
        });
        // Whoever ends the process now waits until everything is kept.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> join(closing), "assay-exit"));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
