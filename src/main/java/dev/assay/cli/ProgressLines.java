package dev.assay.cli;

import dev.assay.run.RunProgress;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Shows a run's progress on standard error: one line written anew on a terminal, else a line per phase and every ten
 * seconds.
 */
final class ProgressLines {

    private static final long SPARSE_NANOS = 10_000_000_000L;

    private final PrintStream err;
    private final boolean terminal;
    private final int width;
    private final LongSupplier nanos;
    private String phase = "";
    private long lastLine;
    private boolean lineOpen;

    ProgressLines(Console console, LongSupplier nanos) {
        this.err = console.err();
        this.terminal = console.terminal();
        this.width = console.width();
        this.nanos = nanos;
    }

    /** Shows how far the run is; called a few times a second. */
    void show(RunView run) {
        RunProgress progress = run.progress();
        if (progress.phase().isEmpty()) {
            return;
        }
        if (terminal) {
            String line = line(progress);
            err.print("\r\u001b[K" + (line.length() >= width ? line.substring(0, width - 1) : line));
            err.flush();
            lineOpen = true;
            return;
        }
        long now = nanos.getAsLong();
        if (!progress.phase().equals(phase) || now - lastLine >= SPARSE_NANOS) {
            phase = progress.phase();
            lastLine = now;
            err.println(line(progress));
        }
    }

    /** Shows the last phase once more if it is not a line that is taken away and the run ended before it was shown. */
    void end(RunView run) {
        if (!terminal && !run.progress().phase().equals(phase)) {
            show(run);
        }
    }

    /** Takes the line away, so that other output starts at the margin. */
    void clear() {
        if (lineOpen) {
            err.print("\r\u001b[K");
            err.flush();
            lineOpen = false;
        }
    }

    static String line(RunProgress progress) {
        StringBuilder line = new StringBuilder(progress.phase());
        if (progress.total() > 0 && progress.done() == 0) {
            line.append("  ").append(Numbers.count(progress.total())).append(' ').append(progress.unit());
        } else if (progress.total() > 0) {
            line.append("  ").append(Numbers.percent(progress.share()));
            line.append("  ").append(Numbers.count(progress.done())).append(" of ");
            line.append(Numbers.count(progress.total())).append(' ').append(progress.unit());
        } else if (progress.done() > 0) {
            line.append("  ").append(Numbers.count(progress.done())).append(' ').append(progress.unit());
        }
        if (Double.isFinite(progress.rate())) {
            line.append("  ").append(Numbers.rate(progress.rate()));
        }
        if (Double.isFinite(progress.secondsLeft()) && progress.secondsLeft() > 0) {
            line.append("  ").append(Numbers.timeLeft(progress.secondsLeft())).append(" left");
        }
        return Console.plain(line.toString());
    }
}
