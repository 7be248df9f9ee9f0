package dev.assay.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the kernels' benchmarks and prints medians, throughput and the share of the machine's own copy bandwidth in the
 * same run, as a table for docs/performance.md. An argument, if any, is the seconds per iteration.
 */
public final class KernelReport {

    private static final double GIGA = 1e9;

    private KernelReport() {}

    /** Starts it. */
    public static void main(String[] args) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include("\\.(ActivationKernels|NapRemining)\\.");
        if (args.length > 0) {
            options.measurementTime(TimeValue.seconds(Long.parseLong(args[0])));
        }
        Options built = options.build();
        Map<String, Double> millis = new LinkedHashMap<>();
        for (RunResult result : new Runner(built).run()) {
            millis.put(
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getStatistics().getPercentile(50));
        }
        long read = ActivationKernels.layerBytes() * ActivationKernels.LAYERS;
        double copy = 2 * read / GIGA / (millis.get("copy") / 1e3);
        System.out.println();
        System.out.println("| kernel | median ms | GB/s read and written | share of copy | share of reading |");
        System.out.println("| --- | --- | --- | --- | --- |");
        millis.forEach((name, ms) -> {
            boolean streams = name.equals("copy") || name.equals("read") || name.startsWith("pack");
            double written = name.equals("copy") ? read : name.equals("read") ? 0 : read / 32.0;
            double rate = (read + written) / GIGA / (ms / 1e3);
            if (streams) {
                System.out.printf(
                        Locale.ROOT, "| %s | %.3f | %.1f | %.0f %% | %.0f %% |%n", name, ms, rate,
                        100 * rate / copy, 100 * millis.get("read") / ms);
            } else {
                System.out.printf(Locale.ROOT, "| %s | %.3f | | | |%n", name, ms);
            }
        });
    }
}
