package dev.assay.ui.shell.jobs;

import java.time.Duration;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;

/**
 * Watches that the JavaFX thread stays free: measures the time between pulses, which come 60 times a second while the
 * thread is idle. What exceeds a pulse's own length is time in which the window did not answer. JavaFX thread only,
 * but the figures may be read from any thread.
 */
public final class PulseMonitor {

    /** Blocks longer than this are reported. */
    public static final Duration LIMIT = Duration.ofMillis(100);

    private final Consumer<Duration> onBlock;
    private final AnimationTimer timer;
    private long last;
    private volatile long longest;
    private volatile long pulses;

    /**
     * A monitor; {@link #start} starts it.
     *
     * @param onBlock told about every block longer than {@link #LIMIT}, on the JavaFX thread
     */
    public PulseMonitor(Consumer<Duration> onBlock) {
        this.onBlock = onBlock;
        this.timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                // The system's clock and not the pulse's own: a pulse that is late may carry an early time.
                pulse(System.nanoTime());
            }
        };
    }

    /** Starts watching. */
    public void start() {
        last = 0;
        timer.start();
    }

    /** Stops watching. */
    public void stop() {
        timer.stop();
    }

    void pulse(long now) {
        if (last != 0) {
            long gap = now - last;
            longest = Math.max(longest, gap);
            if (gap > LIMIT.toNanos()) {
                onBlock.accept(Duration.ofNanos(gap));
            }
        }
        last = now;
        pulses++;
    }

    /** Forgets what was measured. */
    public void reset() {
        longest = 0;
        pulses = 0;
        last = 0;
    }

    /** The longest time between two pulses since the last reset. */
    public Duration longestBlock() {
        return Duration.ofNanos(longest);
    }

    /** The number of pulses since the last reset. */
    public long pulses() {
        return pulses;
    }
}
