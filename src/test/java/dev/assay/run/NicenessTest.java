package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NicenessTest {

    private static final int MOST = 19;

    private static int niceness() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        // The fields after the name in brackets; the niceness is the 19th of all.
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }

    private static <T> T onItsOwnThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    @Test
    void theThreadAndThoseItStartsStandBackAndNoOther() throws Exception {
        int before = niceness();
        int expected = Math.min(MOST, before + 10);
        int[] lowered = onItsOwnThread(() -> {
            Niceness.standBack();
            return new int[] {niceness(), onItsOwnThread(NicenessTest::niceness)};
        });
        assertThat(lowered).containsExactly(expected, expected);
        assertThat(niceness()).isEqualTo(before);
    }
}
