package dev.assay.ui.shell.jobs;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;

/**
 * Watches that the JavaFX thread stays free: measures the time between pulses, which come 60 times a second while the
 * thread is idle. On a machine with more to do than it can, a pulse may be late although the thread had nothing to do;
 * therefore the time that the thread was at work between two pulses is measured too. JavaFX thread only, but the
 * figures may be read from any thread.
 */
public final class PulseMonitor {

    /** Blocks longer than this are reported. */
    public static final Duration LIMIT = Duration.ofMillis(100);

    /**
     * A time in which the window did not answer.
     *
     * @param length from one pulse to the next
     * @param work how long the JavaFX thread computed in it; the rest it waited, for others or for its turn
     */
    public record Block(Duration length, Duration work) {}

    private final Consumer<Block> onBlock;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final AnimationTimer timer;
    private long last;
    private long lastWork;
    private volatile long longest;
    private volatile long longestWork;
    private volatile long pulses;

    /**
     * A monitor; {@link #start} starts it.
     *
     * @param onBlock told about every block longer than {@link #LIMIT}, on the JavaFX thread
     */
    public PulseMonitor(Consumer<Block> onBlock) {
        this.onBlock = onBlock;
        this.timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                // The system's clock and not the pulse's own: a pulse that is late may carry an early time.
                pulse(System.nanoTime(), workOfThisThread());
            }
        };
    }

    private long workOfThisThread() {
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : 0;
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

    /** Called on the window's thread alone; others only read. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void pulse(long now, long workSoFar) {
        if (last != 0) {
            long gap = now - last;
            long work = workSoFar - lastWork;
            longest = Math.max(longest, gap);
            longestWork = Math.max(longestWork, work);
            if (gap > LIMIT.toNanos()) {
                onBlock.accept(new Block(Duration.ofNanos(gap), Duration.ofNanos(work)));
            }
        }
        last = now;
        lastWork = workSoFar;
        pulses++;
    }

    /** Forgets what was measured. */
    public void reset() {
        longest = 0;
        longestWork = 0;
        pulses = 0;
        last = 0;
    }

    /** The longest time between two pulses since the last reset. */
    public Duration longestBlock() {
        return Duration.ofNanos(longest);
    }

    /** The longest time that the JavaFX thread computed between two pulses since the last reset. */
    public Duration longestWork() {
        return Duration.ofNanos(longestWork);
    }

    /** The number of pulses since the last reset. */
    public long pulses() {
        return pulses;
    }
}
