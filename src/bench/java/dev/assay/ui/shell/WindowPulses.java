package dev.assay.ui.shell;

import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import dev.assay.ui.shell.jobs.PulseSteps;
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
    private final PulseSteps steps;

    private WindowPulses(ShellDriver window) {
        this.window = window;
        this.steps = new PulseSteps(window.pulses(), work -> window.fx(() -> {
            work.run();
            return null;
        }), window::settle, 20);
    }

    /**
     * Measures.
     *
     * @param arguments the number of rounds, 3 unless given
     */
    public static void main(String[] arguments) throws Exception {
        PulseSteps.headless();
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Path folder = Files.createTempDirectory("window-pulses");
        try (ShellDriver window = new ShellDriver(folder, Catalogue::load, 1440, 900)) {
            WindowPulses bench = new WindowPulses(window);
            bench.steps.round(0);
            bench.steps.step("nothing to do yet", () -> LockSupport.parkNanos(2_000_000_000L));
            for (int round = 1; round <= rounds; round++) {
                bench.steps.round(round);
                bench.round(TestData.sample());
            }
        }
        // Engines leave threads behind that would keep the process.
        System.exit(0);
    }

    private void round(SampleData sample) throws InterruptedException {
        Shell shell = window.shell();
        steps.step("open test data", () -> open(sample.test(), 1));
        steps.step("open training data", () -> open(sample.train(), 2));
        steps.step("open model", () -> open(sample.model(), 3));
        steps.step("choose analysis", () -> window.choose("nap-mining"));
        steps.step("press run", () -> {
            window.press("#run-button");
            window.await("a run", () -> !shell.parts().runs().session().isEmpty());
        });
        steps.step("run", () -> window.await(
                "run ended", () -> shell.parts().runs().session().getFirst().state().isFinal()));
        steps.step("results at rest", window::atRest);
        steps.step("other theme", () -> {
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
}
