package dev.assay.ui.shell;

import dev.assay.analysis.Input;
import dev.assay.report.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is still to be kept when the window is closed, on a thread of its own that keeps the program alive. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    /**
     * Begins; returns at once. JavaFX thread only.
     *
     * @param open the workspace and its queue, or null when none was opened yet
     * @param unsaved reports by id
     * @param openTabs as {@link TabKeeper#leave} says
     */
    static void begin(Parts parts, Backend open, Map<String, Report> unsaved, Optional<String> openTabs) {
        List<Input> inputs = parts.open().takeAll();
        Thread closing = Thread.ofPlatform().name("assay-closing").start(() -> {
            // What was asked for before is older than what is still unsaved.
            parts.background().awaitKept();
            if (open != null) {
                step(() -> ReportFlow.keepAll(unsaved, open.workspace()));
                step(() -> TabKeeper.keep(open.workspace(), openTabs));
                step(open::close);
            }
            // Only now: the runs that were at work used them.
            inputs.forEach(input -> step(input::close));
            step(parts.prefs()::close);
        });
        // Whoever ends the process now waits until everything is kept.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> join(closing), "assay-exit"));
    }

    /** A disk that is full for one thing must not lose the others. */
    private static void step(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("not everything could be kept at the end", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
