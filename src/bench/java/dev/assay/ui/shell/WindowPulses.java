package dev.assay.ui.shell;

import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import dev.assay.ui.shell.jobs.PulseMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long the window's thread is held up while the sample is opened, run and looked at: three rounds, of which
 * the first has everything to load and nothing compiled. Prints for each step the longest time that the thread computed
 * and the longest time between two pulses.
 */
public final class WindowPulses {

    private final ShellDriver window;

    private WindowPulses(ShellDriver window) {
        this.window = window;
    }

    /**
     * Measures.
     *
     * @param arguments the number of rounds, 3 unless given
     */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Path folder = Files.createTempDirectory("window-pulses");
        try (ShellDriver window = new ShellDriver(folder, Catalogue::load, 1440, 900)) {
            System.out.printf("%-20s %16s %18s%n", "step", "longest work ms", "between pulses ms");
            new WindowPulses(window).step("nothing to do yet", () -> LockSupport.parkNanos(2_000_000_000L));
            for (int round = 1; round <= rounds; round++) {
                System.out.printf("round %d%n%-20s %16s %18s%n", round, "step", "longest work ms", "between pulses ms");
                new WindowPulses(window).round(TestData.sample());
            }
        }
        // Engines leave threads behind that would keep the process.
        System.exit(0);
    }

    private void round(SampleData sample) throws InterruptedException {
        Shell shell = window.shell();
        step("open test data", () -> open(sample.test(), 1));
        step("open training data", () -> open(sample.train(), 2));
        step("open model", () -> open(sample.model(), 3));
        step("choose analysis", () -> window.choose("nap-mining"));
        step("press run", () -> {
            window.press("#run-button");
            window.await("a run", () -> !shell.parts().runs().session().isEmpty());
        });
        step("run", () -> window.await(
                "run ended", () -> shell.parts().runs().session().getFirst().state().isFinal()));
        step("results at rest", window::atRest);
        step("other theme", () -> {
            window.act("toggle-theme");
            window.atRest();
        });
        window.act("toggle-theme");
        window.tidy();
    }

    private void open(Location location, int open) {
        Shell shell = window.shell();
        window.fx(() -> {
            shell.open(location);
            return null;
        });
        window.await("it is open", () -> shell.parts().open().items().stream()
                .filter(i -> i.isReady())
                .count() == open);
    }

    private void step(String name, Runnable work) throws InterruptedException {
        PulseMonitor pulses = window.pulses();
        window.fx(() -> {
            pulses.reset();
            return null;
        });
        work.run();
        window.settle();
        // What follows in the background belongs to the step.
        Thread.sleep(500);
        System.out.printf(
                "%-20s %16d %18d%n", name, pulses.longestWork().toMillis(), pulses.longestBlock().toMillis());
    }
}
