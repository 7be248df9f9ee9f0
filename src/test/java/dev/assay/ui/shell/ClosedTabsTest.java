package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.report.Templates;
import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.tabs.TabContent;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is closed is let go: the short form of the soak, which measures the same over minutes. */
class ClosedTabsTest {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @TempDir
    Path folder;

    private final StepAnalysis steps = new StepAnalysis();

    @Test
    void nothingHoldsAClosedTabARemovedRunOrADetachedWindow() throws Exception {
        try (ShellDriver window = new ShellDriver(
                folder, () -> new Catalogue(List.of(steps), List.of()), 1280, 800)) {
            run(window);
            run(window);
            Map<String, WeakReference<?>> gone = open(window);
            window.tidy();
            // What the window shows next takes the place of what it showed.
            window.act("history");
            window.act("close-tab");
            gone.forEach((what, reference) -> assertThat(isLetGo(reference)).as(what + " is let go").isTrue());
        }
    }

    private void run(ShellDriver window) {
        int before = window.runs().size();
        window.choose("steps");
        steps.allow(10);
        window.press("#run-button");
        window.await("done", () -> window.runs().size() > before
                && window.runs().getFirst().state() == RunState.DONE);
    }

    private static Map<String, WeakReference<?>> open(ShellDriver window) {
        Shell shell = window.shell();
        Map<String, WeakReference<?>> all = new LinkedHashMap<>();
        window.act("history");
        window.await("listed", () -> shell.tabs().lookup("#history-table") != null);
        window.fx(() -> {
            List<RunView> runs = List.copyOf(shell.parts().runs().session());
            shell.reports().compare(runs);
            return null;
        });
        window.await("compared", () -> shell.tabs().lookup("#compare-summary") != null);
        window.fx(() -> {
            shell.reports().create(Templates.COMPARISON, List.copyOf(shell.parts().runs().session()));
            return null;
        });
        window.await("reported", () -> shell.tabs().lookup("#report-tab") != null);
        window.fx(() -> {
            shell.tabs().detach("history");
            return null;
        });
        window.settle();
        window.fx(() -> {
            for (String key : shell.tabs().keys()) {
                TabContent content = shell.tabs().content(key).orElseThrow();
                all.put("the tab " + key.replaceAll(":.*", ""), new WeakReference<>(content));
            }
            all.put("the window of a tab", new WeakReference<>(shell.tabs().windows().getFirst()));
            all.put("the run", new WeakReference<>(shell.parts().runs().session().getFirst()));
            return null;
        });
        return all;
    }

    private static boolean isLetGo(WeakReference<?> reference) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (reference.get() != null && System.nanoTime() < end) {
            System.gc();
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return reference.get() == null;
    }
}
