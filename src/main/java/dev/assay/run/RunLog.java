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

    RunLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(boolean warning, String text) {
        if (lines.size() < MAX) {
            lines.add(new LogLine(clock.instant(), warning, text));
        } else {
            dropped++;
        }
    }

    synchronized List<LogLine> lines() {
        List<LogLine> copy = new ArrayList<>(lines);
        if (dropped > 0) {
            copy.add(new LogLine(copy.getLast().time(), true, dropped + " further log lines are left out"));
        }
        return List.copyOf(copy);
    }
}
