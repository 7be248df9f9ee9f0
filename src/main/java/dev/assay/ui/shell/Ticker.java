package dev.assay.ui.shell;

import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.shell.browser.BrowserPane;
import dev.assay.ui.shell.jobs.Memory;
import dev.assay.ui.shell.queue.QueuePane;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;

/** Asks the runs ten times a second how far they are, and the machine once a second for its memory. */
final class Ticker {

    private static final Duration STEP = Duration.millis(100);
    private static final int STEPS_PER_SECOND = 10;

    private final Parts parts;
    private final QueuePane queue;
    private final BrowserPane browser;
    private final Timeline timeline = new Timeline(new KeyFrame(STEP, e -> tick()));
    private long ticks;
    private boolean readingMemory;

    Ticker(Parts parts, QueuePane queue, BrowserPane browser) {
        this.parts = parts;
        this.queue = queue;
        this.browser = browser;
        timeline.setCycleCount(Animation.INDEFINITE);
    }

    void start() {
        timeline.play();
    }

    void stop() {
        timeline.stop();
    }

    private void tick() {
        List<RunView> runs = parts.runs().session();
        parts.runs().poll();
        queue.refresh();
        browser.refreshFacts();
        runs.forEach(parts.log()::read);
        int running = (int) runs.stream()
                .filter(r -> r.state() == RunState.RUNNING || r.state() == RunState.PAUSED)
                .count();
        int queued =
                (int) runs.stream().filter(r -> r.state() == RunState.QUEUED).count();
        runs.stream()
                .filter(r -> !r.device().isEmpty())
                .findFirst()
                .ifPresent(r -> parts.status().showUse(r.device(), !r.state().isFinal()));
        parts.status().showQueue(running, queued);
        parts.status().showWork(parts.background().current());
        if (ticks++ % STEPS_PER_SECOND == 0 && !readingMemory) {
            readingMemory = true;
            parts.background().silent(Memory::now, now -> {
                readingMemory = false;
                parts.status().showMemory(now);
            });
        }
    }
}
