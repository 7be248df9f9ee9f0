package dev.assay.ui.shell;

import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.ui.shell.jobs.Memory;
import dev.assay.ui.shell.jobs.PulseSteps;
import dev.assay.ui.view.Paging;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.testfx.api.FxToolkit;
import org.testfx.api.FxToolkitContext;
import org.testfx.service.support.FiredEvents;

/**
 * Uses the window for some minutes: opens model and data, runs, filters, looks into, compares and closes, over and over, and
 * measures the live heap and the process's memory after each round. To be run with a heap of fixed size that is touched at
 * the start ({@code -Xms1g -Xmx1g -XX:+AlwaysPreTouch}), so that the process grows by native memory alone. Ends with status 1
 * when either has grown by more than 5 % after warming up.
 */
public final class WindowSoak {

    private static final double MOST_GROWTH = 0.05;
    private static final double MEBIBYTE = 1 << 20;

    private final ShellDriver window;
    private final List<Memory> measured = new ArrayList<>();

    private WindowSoak(ShellDriver window) {
        this.window = window;
    }

    /** Soaks; the number of minutes is 10 unless given, of which the first third warms up. */
    public static void main(String[] arguments) throws Exception {
        PulseSteps.headless();
        double minutes = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 10;
        Path folder = Files.createTempDirectory("window-soak");
        boolean held;
        try (ShellDriver window = new ShellDriver(folder, Catalogue::load, 1440, 900)) {
            forgetEvents();
            held = new WindowSoak(window).soak((long) (minutes * 60e9));
        }
        System.exit(held ? 0 : 1);
    }

    /** TestFX keeps every event with its target, and so every tab that there ever was; it has no way to say no. */
    private static void forgetEvents() throws ReflectiveOperationException {
        Field field = FxToolkitContext.class.getDeclaredField("firedEvents");
        field.setAccessible(true);
        FiredEvents events = (FiredEvents) field.get(FxToolkit.toolkitContext());
        events.stopStoringFiredEvents();
        events.clearEvents();
    }

    private boolean soak(long nanos) throws InterruptedException {
        System.out.printf("%-8s %10s %14s %16s%n", "round", "seconds", "live heap MiB", "process MiB");
        long begun = System.nanoTime();
        List<Double> at = new ArrayList<>();
        while (System.nanoTime() - begun < nanos) {
            round();
            Memory now = settled();
            measured.add(now);
            at.add((System.nanoTime() - begun) / 1e9);
            System.out.printf(
                    "%-8d %10.0f %14.1f %16.1f%n", measured.size(), at.getLast(), now.heapUsed() / MEBIBYTE,
                    now.process() / MEBIBYTE);
        }
        int first = 0;
        while (first < measured.size() && at.get(first) < nanos / 3e9) {
            first++;
        }
        List<Memory> after = measured.subList(Math.clamp(measured.size() - 3L, 0, first), measured.size());
        double heap = growth(after, Memory::heapUsed);
        double process = growth(after, Memory::process);
        System.out.printf(
                "%d rounds, of which %d after warming up; growth of the heap %.2f %%, of the process %.2f %%%n",
                measured.size(), after.size(), heap * 100, process * 100);
        return heap <= MOST_GROWTH && process <= MOST_GROWTH;
    }

    /** Mean of the last third over that of the first third, less one. */
    private static double growth(List<Memory> all, ToLongFunction<Memory> what) {
        int third = Math.max(1, all.size() / 3);
        double before = all.subList(0, third).stream().mapToLong(what).average().orElseThrow();
        double now = all.subList(all.size() - third, all.size()).stream().mapToLong(what).average().orElseThrow();
        return now / before - 1;
    }

    private static Memory settled() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(150);
        }
        return Memory.now();
    }

    private void round() {
        Shell shell = window.shell();
        SampleData sample = TestData.sample();
        window.fx(() -> {
            // A part of the data, so that there are many rounds.
            shell.open(new Location(sample.test().path(), Map.of("range", "0:300")));
            shell.open(new Location(sample.train().path(), Map.of("range", "0:1000")));
            shell.open(sample.model());
            return null;
        });
        window.await("all three open",
                () -> shell.parts().open().items().stream().filter(i -> i.isReady()).count() == 3);
        run();
        run();
        for (String page : List.of("Tables", "Log", "Provenance", "Charts")) {
            window.fx(() -> {
                ((Paging) shell.tabs().lookup(".paging")).select(page);
                return null;
            });
            if (page.equals("Tables")) {
                window.press("#table-samples");
                window.type("#result-table-samples #row-filter", "class = 7");
            }
            window.settle();
        }
        window.fx(() -> {
            shell.showSample((dev.assay.data.Dataset) shell.parts().open().items().stream()
                    .filter(i -> i.isDataset()).findFirst().orElseThrow().input(), 3);
            return null;
        });
        window.atRest();
        List<RunView> runs = window.runs();
        window.fx(() -> {
            shell.reports().compare(List.of(runs.get(0), runs.get(1)));
            return null;
        });
        window.await("compared", () -> shell.tabs().lookup("#compare-summary") != null);
        window.atRest();
        window.act("history");
        window.type("#history-table #row-filter", "mining");
        window.act("detach-tab");
        window.act("preferences");
        window.act("toggle-theme");
        window.act("toggle-theme");
        List<RunView> all = List.copyOf(runs);
        window.tidy();
        window.fx(() -> {
            shell.history().delete(all);
            return null;
        });
        window.await("deleted", () -> shell.parts().runs().all().isEmpty());
        window.fx(() -> {
            shell.parts().notices().clear();
            return null;
        });
    }

    private void run() {
        int before = window.runs().size();
        window.choose("nap-mining");
        window.press("#run-button");
        window.await("done", () -> window.runs().size() > before
                && window.runs().getFirst().state() == RunState.DONE);
        window.atRest();
    }
}
