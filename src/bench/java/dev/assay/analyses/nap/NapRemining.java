package dev.assay.analyses.nap;

import dev.assay.analysis.Exact;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Mining patterns at another slack from the counts of 10 classes and 1,024 neurons. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NapRemining {

    private static final int CLASSES = 10;
    private static final int SUPPORT = 6000;

    private final BitLayout layout = new BitLayout(256, 256, 256, 256);
    private final ActivationCounts counts = counts(layout.units());
    private int step;

    private static ActivationCounts counts(int units) {
        SplittableRandom random = new SplittableRandom(1);
        long[] support = new long[CLASSES];
        Arrays.fill(support, SUPPORT);
        long[][] active = new long[CLASSES][units];
        for (long[] k : active) {
            Arrays.setAll(k, j -> random.nextInt(10) < 8 ? random.nextLong(60) : random.nextLong(SUPPORT + 1));
        }
        return new ActivationCounts(support, active);
    }

    /** Patterns and all pairs of conflicts at the next slack. */
    @Benchmark
    public int remine() {
        step = (step + 1) % 499;
        Patterns patterns = Patterns.mine(counts, CLASSES, layout, List.of(Exact.parse(step + "/1000")));
        int conflicts = 0;
        for (int a = 0; a < CLASSES; a++) {
            for (int b = a + 1; b < CLASSES; b++) {
                conflicts += patterns.conflicts(0, a, b);
            }
        }
        return conflicts;
    }
}
