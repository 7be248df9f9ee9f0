package dev.assay.bench;

import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import dev.assay.run.fake.MemoryStore;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures how long a run goes on after it was cancelled at a random moment, until it has ended in the queue. Arguments:
 * analysis, then {@code ROLE=PATH} for every input and {@code -p NAME=VALUE} for parameters.
 */
public final class CancelLatency {

    private static final int RUNS = 30;
    private static final int WARM_UP = 3;

    private CancelLatency() {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        Map<String, List<Location>> inputs = new LinkedHashMap<>();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < args.length; i++) {
            boolean parameter = args[i].equals("-p");
            String[] pair = args[parameter ? ++i : i].split("=", 2);
            if (parameter) {
                parameters.put(pair[0], pair[1]);
            } else {
                inputs.put(pair[0], List.of(Location.parse(pair[1])));
            }
        }
        RunRequest request = new RunRequest(
                args[0], inputs, parameters, 0, "cpu", Runtime.getRuntime().availableProcessors());
        try (RunQueue queue =
                new RunQueue(Catalogue.load(), new MemoryStore(Files.createTempDirectory("cancel-latency")))) {
            double whole = 0;
            for (int i = 0; i < WARM_UP; i++) {
                long start = System.nanoTime();
                Run run = queue.submit(request);
                awaitEnd(run);
                whole = (System.nanoTime() - start) / 1e6;
                if (run.state() != RunState.DONE) {
                    throw new IllegalStateException("the run ended " + run.state());
                }
                queue.remove(run);
            }
            SplittableRandom random = new SplittableRandom(1);
            double[] latency = new double[RUNS];
            int cancelled = 0;
            while (cancelled < RUNS) {
                Run run = queue.submit(request);
                Thread.sleep((long) (whole * random.nextDouble(0.05, 0.95)));
                long start = System.nanoTime();
                run.cancel();
                awaitEnd(run);
                if (run.state() == RunState.CANCELLED) {
                    latency[cancelled++] = (System.nanoTime() - start) / 1e6;
                }
                queue.remove(run);
            }
            Arrays.sort(latency);
            System.out.printf(
                    Locale.ROOT,
                    "%s: a whole run takes %.0f ms; %d runs ended %.0f ms (median), %.0f ms (most) after the cancel%n",
                    args[0],
                    whole,
                    RUNS,
                    latency[RUNS / 2],
                    latency[RUNS - 1]);
        }
        System.exit(0);
    }

    private static void awaitEnd(Run run) throws InterruptedException {
        while (!run.state().isFinal()) {
            Thread.sleep(1);
        }
    }
}
