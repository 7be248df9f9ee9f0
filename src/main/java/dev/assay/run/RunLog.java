package dev.assay.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A run's log, bounded: beyond {@value #MAX} lines the later ones are only counted. Safe for any thread. */
final class RunLog {

    private static final int MAX = 10_000;

    private final Clock clock;
    private final List<LogLine> lines = new ArrayList<>();
    private long dropped;

    /** The lines as they were handed out last; null when there are newer ones. Who follows a run asks ten times a second. */
    private List<LogLine> handedOut;

    RunLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(boolean warning, String text) {
        handedOut = null;
        if (lines.size() < MAX) {
            lines.add(new LogLine(clock.instant(), warning, text));
        } else {
            dropped++;
        }
    }

    synchronized List<LogLine> lines() {
        if (handedOut == null) {
            List<LogLine> copy = new ArrayList<>(lines);
            if (dropped > 0) {
                copy.add(new LogLine(copy.getLast().time(), true, dropped + " further log lines are left out"));
            }
            handedOut = List.copyOf(copy);
        }
        return handedOut;
    }
}
