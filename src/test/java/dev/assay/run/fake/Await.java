package dev.assay.run.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for runs by being told, not by sleeping. */
public final class Await {

    private static final int PATIENCE_SECONDS = 30;

    private Await() {}

    /** Waits until the run has ended. */
    public static void end(RunQueue queue, Run run) {
        until(queue, run, r -> r.state().isFinal());
    }

    /** Waits until the run is in that state. */
    public static void state(RunQueue queue, Run run, RunState state) {
        until(queue, run, r -> r.state() == state);
    }

    private static void until(RunQueue queue, Run run, Predicate<Run> condition) {
        CountDownLatch latch = new CountDownLatch(1);
        RunQueue.Listener listener = changed -> {
            if (changed == run && condition.test(run)) {
                latch.countDown();
            }
        };
        queue.addListener(listener);
        if (condition.test(run)) {
            latch.countDown();
        }
        latch(latch);
        queue.removeListener(listener);
    }

    /** Waits for a latch. */
    public static void latch(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("came about in time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
