package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analysis.RunContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {

    private final AtomicLong nanos = new AtomicLong();
    private final WorkClock clock = new WorkClock(nanos::get);
    private final ProgressMeter meter = new ProgressMeter(clock::worked);

    private void seconds(double s) {
        nanos.addAndGet((long) (s * 1e9));
    }

    @Test
    void nothingIsKnownBeforeTheFirstPhase() {
        assertThat(meter.progress()).isEqualTo(RunProgress.NONE);
    }

    @Test
    void rateAndTimeLeftFollowFromTheLastSeconds() {
        clock.go();
        RunContext.Progress phase = meter.start("Mining", 1000, "images");
        for (int i = 0; i < 20; i++) {
            seconds(0.5);
            phase.advance(10);
        }
        RunProgress progress = meter.progress();
        assertThat(progress.done()).isEqualTo(200);
        assertThat(progress.rate()).isCloseTo(20, within(1e-9));
        assertThat(progress.secondsLeft()).isCloseTo(40, within(1e-9));
        assertThat(progress.share()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void aChangeOfPaceShowsWithinTheWindow() {
        clock.go();
        RunContext.Progress phase = meter.start("Mining", -1, "images");
        for (int i = 0; i < 100; i++) {
            seconds(0.5);
            phase.advance(1);
        }
        for (int i = 0; i < 20; i++) {
            seconds(0.5);
            phase.advance(100);
        }
        assertThat(meter.progress().rate()).isCloseTo(200, within(5.0));
        assertThat(meter.progress().secondsLeft()).isNaN();
    }

    @Test
    void aStallLowersTheRateInsteadOfPromisingTheOldOne() {
        clock.go();
        RunContext.Progress phase = meter.start("Mining", 1000, "images");
        for (int i = 0; i < 20; i++) {
            seconds(0.5);
            phase.advance(10);
        }
        double before = meter.progress().secondsLeft();
        seconds(30);
        assertThat(meter.progress().rate()).isLessThan(5);
        assertThat(meter.progress().secondsLeft()).isGreaterThan(before);
    }

    @Test
    void rareStepsDoNotCountAsAStall() {
        clock.go();
        RunContext.Progress phase = meter.start("Training", 100, "epochs");
        for (int i = 0; i < 5; i++) {
            seconds(20);
            phase.advance(1);
        }
        seconds(19);
        assertThat(meter.progress().rate()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void tooShortATimeGivesNoRate() {
        clock.go();
        RunContext.Progress phase = meter.start("Mining", 1000, "images");
        seconds(0.2);
        phase.advance(500);
        assertThat(meter.progress().rate()).isNaN();
        assertThat(meter.progress().secondsLeft()).isNaN();
    }

    @Test
    void pausesCountNeitherAsTimeNorForTheRate() {
        clock.go();
        RunContext.Progress phase = meter.start("Mining", 1000, "images");
        for (int i = 0; i < 20; i++) {
            seconds(0.5);
            phase.advance(10);
            clock.hold();
            seconds(100);
            clock.go();
        }
        meter.finish();
        assertThat(meter.progress().rate()).isCloseTo(20, within(1e-9));
        assertThat(meter.seconds()).containsEntry("Mining", 10.0);
    }

    @Test
    void aFinishedPhaseHasNothingLeft() {
        clock.go();
        RunContext.Progress phase = meter.start("Mining", 10, "images");
        seconds(1);
        phase.advance(12);
        assertThat(meter.progress().secondsLeft()).isZero();
        assertThat(meter.progress().share()).isEqualTo(1);
    }

    @Test
    void phasesOfOneNameAddUp() {
        clock.go();
        for (int i = 0; i < 3; i++) {
            meter.start("Epoch", -1, "steps");
            seconds(2);
            meter.start("Check", -1, "steps");
            seconds(1);
        }
        meter.finish();
        meter.finish();
        assertThat(meter.seconds()).containsEntry("Epoch", 6.0).containsEntry("Check", 3.0).hasSize(2);
    }

    @Property(tries = 200)
    void timeLeftIsNeverNegativeAndShareNeverOverOne(
            @ForAll @IntRange(max = 500) int total, @ForAll @IntRange(min = 1, max = 50) int step,
            @ForAll @IntRange(min = 1, max = 5000) int millis) {
        clock.go();
        RunContext.Progress phase = meter.start("Any", total, "items");
        for (int i = 0; i < 300; i++) {
            nanos.addAndGet(millis * 1_000_000L);
            phase.advance(step);
            RunProgress progress = meter.progress();
            assertThat(progress.share()).isLessThanOrEqualTo(1);
            assertThat(progress.secondsLeft()).satisfiesAnyOf(
                    left -> assertThat(left).isNaN(), left -> assertThat(left).isGreaterThanOrEqualTo(0));
        }
        assertThat(meter.progress().done()).isEqualTo(300L * step);
    }

    @Test
    void noItemIsLostWhenManyThreadsCount() throws InterruptedException {
        clock.go();
        RunContext.Progress phase = meter.start("Mining", -1, "images");
        CountDownLatch done = new CountDownLatch(8);
        for (int t = 0; t < 8; t++) {
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 10_000; i++) {
                    phase.advance(3);
                }
                done.countDown();
            });
        }
        done.await();
        assertThat(meter.progress().done()).isEqualTo(240_000);
    }
}
