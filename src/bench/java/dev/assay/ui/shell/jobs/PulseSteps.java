package dev.assay.ui.shell.jobs;

import java.util.function.Consumer;

/**
 * Measures steps of using a window on JavaFX's headless platform: prints for each the longest time that the window's
 * thread computed between two pulses, and the longest time between two pulses.
 */
public final class PulseSteps {

    private final PulseMonitor pulses;
    private final Consumer<Runnable> onWindow;
    private final Runnable settle;
    private final int width;

    /**
     * Steps of one window.
     *
     * @param onWindow does something on the window's thread and waits for it
     * @param settle waits until the window has painted what it was asked for
     * @param width characters of the longest step's name
     */
    public PulseSteps(PulseMonitor pulses, Consumer<Runnable> onWindow, Runnable settle, int width) {
        this.pulses = pulses;
        this.onWindow = onWindow;
        this.settle = settle;
        this.width = width;
    }

    /** Lets JavaFX run without a display; before it starts. */
    public static void headless() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
    }

    /** Begins a round. */
    public void round(int number) {
        System.out.printf(
                "round %d%n%-" + width + "s %16s %18s%n", number, "step", "longest work ms", "between pulses ms");
    }

    /** Does a step and says how long it held the window up. */
    public void step(String name, Runnable work) throws InterruptedException {
        onWindow.accept(pulses::reset);
        // The first pulse after a reset is where measuring begins.
        settle.run();
        work.run();
        settle.run();
        // What follows in the background belongs to the step.
        Thread.sleep(500);
        System.out.printf(
                "%-" + width + "s %16d %18d%n", name, pulses.longestWork().toMillis(),
                pulses.longestBlock().toMillis());
    }
}
