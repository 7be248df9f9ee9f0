package dev.assay.run;

import dev.assay.analysis.RunContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts finished items phase by phase and derives the rate of the last seconds and the time left. Counting is cheap
 * and never waits; viewers poll.
 */
final class ProgressMeter {

    private final LongSupplier worked;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private volatile Phase current;

    /** @param worked nanoseconds worked so far, pauses not counted */
    ProgressMeter(LongSupplier worked) {
        this.worked = worked;
    }

    /** Starts a phase, which ends the one before. */
    synchronized RunContext.Progress start(String name, long total, String unit) {
        finish();
        Phase phase = new Phase(name, total, unit, worked);
        current = phase;
        return phase;
    }

    /** Ends the phase there is; its progress stays visible. */
    synchronized void finish() {
        Phase phase = current;
        if (phase != null && phase.end()) {
            seconds.merge(phase.name, phase.seconds(), Double::sum);
        }
    }

    /** Seconds worked by ended phase, in the order of their first start. */
    synchronized Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }

    /** How far the phase is. */
    RunProgress progress() {
        Phase phase = current;
        return phase == null ? RunProgress.NONE : phase.progress();
    }

    /** One phase. The samples are written at most once in {@value #SAMPLE_NANOS} ns, whatever the number of calls. */
    private static final class Phase implements RunContext.Progress {

        private static final long SAMPLE_NANOS = 100_000_000L;
        private static final long WINDOW_NANOS = 5_000_000_000L;

        /** A rate from less time than this is noise. */
        private static final long LEAST_NANOS = 500_000_000L;

        private static final int SAMPLES = 128;

        private final String name;
        private final long total;
        private final String unit;
        private final LongSupplier worked;
        private final long begun;
        private final LongAdder done = new LongAdder();
        private final AtomicLong nextSample = new AtomicLong();
        private final long[] times = new long[SAMPLES];
        private final long[] counts = new long[SAMPLES];
        private int samples;
        private long ended = -1;

        Phase(String name, long total, String unit, LongSupplier worked) {
            this.name = name;
            this.total = total;
            this.unit = unit;
            this.worked = worked;
            this.begun = worked.getAsLong();
            nextSample.set(begun + SAMPLE_NANOS);
            record(begun, 0);
        }

        @Override
        public void advance(long items) {
            done.add(items);
            long now = worked.getAsLong();
            long due = nextSample.get();
            if (now >= due && nextSample.compareAndSet(due, now + SAMPLE_NANOS)) {
                record(now, done.sum());
            }
        }

        private synchronized void record(long now, long count) {
            if (samples == SAMPLES) {
                // Thin the older half out; the window's start stays, to within the thinned spacing.
                int kept = 0;
                for (int i = 0; i < SAMPLES; i++) {
                    if (i >= SAMPLES / 2 || i % 2 == 0) {
                        times[kept] = times[i];
                        counts[kept++] = counts[i];
                    }
                }
                samples = kept;
            }
            times[samples] = now;
            counts[samples++] = count;
        }

        synchronized boolean end() {
            if (ended >= 0) {
                return false;
            }
            ended = worked.getAsLong();
            return true;
        }

        synchronized double seconds() {
            return (ended - begun) / 1e9;
        }

        synchronized RunProgress progress() {
            long count = done.sum();
            double rate = rate();
            double left = Double.NaN;
            if (total >= 0 && count >= total) {
                left = 0;
            } else if (total >= 0 && rate > 0) {
                left = (total - count) / rate;
            }
            return new RunProgress(name, count, total, unit, rate, left);
        }

        /**
         * Items per second over the last seconds up to the last sample; when the next one is overdue the silence counts
         * too, so that a stalled phase does not keep promising its old rate.
         */
        private double rate() {
            int last = samples - 1;
            if (last < 1) {
                return Double.NaN;
            }
            int from = Arrays.binarySearch(times, 0, samples, times[last] - WINDOW_NANOS);
            from = Math.min(last - 1, from >= 0 ? from : Math.max(0, -from - 2));
            long span = times[last] - times[from];
            double gap = (double) span / (last - from);
            long silence = (ended >= 0 ? ended : worked.getAsLong()) - times[last];
            if (ended < 0 && silence > Math.max(2 * gap, 1e9)) {
                span += silence;
            }
            return span < LEAST_NANOS ? Double.NaN : (counts[last] - counts[from]) / (span / 1e9);
        }
    }
}
