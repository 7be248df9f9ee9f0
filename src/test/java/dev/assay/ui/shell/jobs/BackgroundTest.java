package dev.assay.ui.shell.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ui.view.LatestTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class BackgroundTest {

    private final Background background = new Background();

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static void fx(Runnable run) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            run.run();
            return null;
        });
    }

    @Test
    void workIsDoneElsewhereAndHandedBackOnTheWindowsThread() throws Exception {
        List<Boolean> onFx = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        fx(() -> background.io("work", Platform::isFxApplicationThread, worked -> {
            onFx.add(worked);
            onFx.add(Platform.isFxApplicationThread());
            done.countDown();
        }, e -> {}));
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(onFx).containsExactly(false, true);
    }

    @Test
    void aFailureIsHandedBackToo() throws Exception {
        List<String> messages = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        fx(() -> background.io("work", () -> {
            throw new IllegalStateException("broken");
        }, v -> {}, e -> {
            messages.add(e.getMessage());
            done.countDown();
        }));
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(messages).containsExactly("broken");
    }

    @Test
    void whatIsReadAnewIsHandedBackInTheOrderInWhichItWasAskedFor() throws Exception {
        List<Integer> shown = new ArrayList<>();
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        LatestTask reading = background.newest("reading");
        fx(() -> {
            reading.request(() -> {
                slow.await(20, TimeUnit.SECONDS);
                return 1;
            }, shown::add, e -> {});
            reading.request(() -> 2, shown::add, e -> {});
            reading.request(() -> 3, v -> {
                shown.add(v);
                last.countDown();
            }, e -> {});
        });
        fx(() -> assertThat(shown).isEmpty());
        slow.countDown();
        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(shown).containsExactly(1, 3);
    }

    @Test
    void slowFilesDoNotHoldUpShortWork() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch quick = new CountDownLatch(1);
        fx(() -> {
            for (int i = 0; i < 50; i++) {
                background.io("slow", () -> release.await(60, TimeUnit.SECONDS), v -> {}, e -> {});
            }
            background.quick("quick", () -> 1, v -> quick.countDown(), e -> {});
        });
        assertThat(quick.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void afterShutdownNothingIsTakenOn() {
        fx(background::shutdown);
        fx(() -> background.io("late", () -> 1, v -> {}, e -> {}));
        assertThat(background.current()).isEmpty();
    }
}
