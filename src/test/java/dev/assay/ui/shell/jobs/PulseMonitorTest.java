package dev.assay.ui.shell.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class PulseMonitorTest {

    private static final long MS = 1_000_000;

    private final List<PulseMonitor.Block> blocks = new ArrayList<>();

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private PulseMonitor monitor() {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, () -> new PulseMonitor(blocks::add));
    }

    @Test
    void theLongestGapBetweenPulsesIsKept() {
        PulseMonitor monitor = monitor();
        monitor.pulse(1000 * MS, 0);
        monitor.pulse(1016 * MS, 5 * MS);
        monitor.pulse(1116 * MS, 60 * MS);
        monitor.pulse(1132 * MS, 61 * MS);
        assertThat(monitor.longestBlock()).isEqualTo(Duration.ofMillis(100));
        assertThat(monitor.longestWork()).isEqualTo(Duration.ofMillis(55));
        assertThat(monitor.pulses()).isEqualTo(4);
    }

    @Test
    void onlyBlocksOverTheLimitAreReported() {
        PulseMonitor monitor = monitor();
        monitor.pulse(1000 * MS, 0);
        monitor.pulse(1100 * MS, 0);
        assertThat(blocks).isEmpty();
        monitor.pulse(1201 * MS, 70 * MS);
        assertThat(blocks).containsExactly(new PulseMonitor.Block(Duration.ofMillis(101), Duration.ofMillis(70)));
    }

    @Test
    void resetForgetsAndDoesNotCountTheTimeUntilTheNextPulse() {
        PulseMonitor monitor = monitor();
        monitor.pulse(1000 * MS, 0);
        monitor.pulse(2000 * MS, 0);
        monitor.reset();
        monitor.pulse(9000 * MS, 0);
        assertThat(monitor.longestBlock()).isZero();
    }

    @Test
    void aBlockedWindowIsNoticed() {
        PulseMonitor monitor = monitor();
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            monitor.start();
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents(10);
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            long end = System.nanoTime() + 150 * MS;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return null;
        });
        WaitForAsyncUtils.waitForFxEvents(10);
        assertThat(monitor.longestBlock()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            monitor.stop();
            return null;
        });
    }
}
