package dev.assay.ui.shell;

import dev.assay.ui.Texts;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of exceptions that nobody caught: every one in the log, at most one a second in the window. */
final class Uncaught implements Thread.UncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Uncaught.class);
    private static final long REST_NANOS = 1_000_000_000L;

    private final Shell shell;
    private final AtomicLong shown = new AtomicLong(System.nanoTime() - REST_NANOS);
    private final AtomicInteger held = new AtomicInteger();

    /** What was told in a dialog last; JavaFX thread only. */
    private String last = "";

    private Uncaught(Shell shell) {
        this.shell = shell;
    }

    static void install(Shell shell) {
        Thread.setDefaultUncaughtExceptionHandler(new Uncaught(shell));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable problem) {
        LOG.error("uncaught in {}", thread.getName(), problem);
        long now = System.nanoTime();
        long before = shown.get();
        if (now - before < REST_NANOS || !shown.compareAndSet(before, now)) {
            held.incrementAndGet();
            return;
        }
        int more = held.getAndSet(0);
        Platform.runLater(() -> tell(problem, more));
    }

    private void tell(Throwable problem, int more) {
        String what = problem instanceof OutOfMemoryError
                ? Texts.of("fault.memory")
                : Texts.of("fault", problem);
        String sentence = more == 0 ? what : Texts.of("fault.more", what, more);
        if (what.equals(last) || shell.parts().overlay().isDisplay()) {
            // A dialog that the user is in stays, and what comes again and again does not take the window away each time.
            shell.parts().notices().problem(what, sentence, problem);
        } else {
            last = what;
            shell.dialogs().showCrash(sentence, problem);
        }
    }
}
