package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RowTasksTest {

    @Test
    void afterAFailureNoMorePiecesAreBegunAndThoseAtWorkEndFirst() {
        CountDownLatch atWork = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        try (RowTasks tasks = new RowTasks(2)) {
            assertThatThrownBy(() -> tasks.each(1000, () -> piece -> {
                begun.incrementAndGet();
                if (piece == 0) {
                    await(atWork);
                    throw new IllegalStateException("piece 0");
                }
                atWork.countDown();
                pause();
                ended.incrementAndGet();
            }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(begun.get()).isEqualTo(ended.get() + 1).isLessThan(100);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
