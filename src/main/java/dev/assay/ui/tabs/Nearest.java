package dev.assay.ui.tabs;

import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.ui.Texts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** The samples nearest to one. Not for the JavaFX thread. */
final class Nearest {

    private static final int MOST = 24;
    private static final int BATCH_BYTES = 1 << 22;

    /**
     * A sample near another.
     *
     * @param distance how far; NaN where it is not known
     */
    record Neighbour(long sample, double distance) {}

    /**
     * A result of a run that says what is near.
     *
     * @param title for people
     */
    record Source(String title, SampleFindings.Found found) {

        /** The neighbours of a sample; none when it is not among the run's. */
        List<Neighbour> of(long sample) {
            return found.result() instanceof Scatter ? inPlane(sample) : inTable(sample);
        }

        private List<Neighbour> inTable(long sample) {
            Table table = found.table();
            int distance = -1;
            for (int c = 0; c < table.columns().size(); c++) {
                if (table.columns().get(c).type() == Column.Type.REAL && distance < 0) {
                    distance = c;
                }
            }
            Map<Long, Neighbour> near = new LinkedHashMap<>();
            for (int row : found.rowsOf(sample)) {
                Object key = table.value(row, found.keys()[1]);
                if (key != null && near.size() < MOST) {
                    long other = Long.parseLong(key.toString());
                    near.putIfAbsent(
                            other, new Neighbour(other, distance < 0 ? Double.NaN : table.number(row, distance)));
                }
            }
            near.remove(sample);
            return List.copyOf(near.values());
        }

        private List<Neighbour> inPlane(long sample) {
            Table table = found.table();
            int[] own = found.rowsOf(sample);
            if (own.length == 0) {
                return List.of();
            }
            int x = table.columnIndex("x");
            int y = table.columnIndex("y");
            Best best = new Best();
            for (int row = 0; row < table.rowCount(); row++) {
                best.add(
                        Long.parseLong(String.valueOf(table.value(row, found.keys()[0]))),
                        Math.hypot(
                                table.number(row, x) - table.number(own[0], x),
                                table.number(row, y) - table.number(own[0], y)));
            }
            return best.but(sample);
        }
    }

    /** The nearest so far. */
    static final class Best {
        private final PriorityQueue<Neighbour> queue =
                new PriorityQueue<>(Comparator.comparingDouble(Neighbour::distance).reversed());

        void add(long sample, double distance) {
            boolean full = queue.size() > MOST;
            if (!Double.isNaN(distance) && (!full || distance < queue.peek().distance())) {
                queue.add(new Neighbour(sample, distance));
                if (full) {
                    queue.poll();
                }
            }
        }

        List<Neighbour> but(long sample) {
            return queue.stream()
                    .filter(n -> n.sample() != sample)
                    .sorted(Comparator.comparingDouble(Neighbour::distance).thenComparingLong(Neighbour::sample))
                    .limit(MOST)
                    .toList();
        }
    }

    private Nearest() {}

    /** What runs say of nearness: tables that name two samples in a row first, then maps of the samples. */
    static List<Source> sources(List<SampleFindings.Found> found) {
        List<Source> sources = new ArrayList<>();
        found.stream()
                .filter(f -> f.keys().length >= 2)
                .forEach(f -> sources.add(new Source(f.title(), f)));
        found.stream()
                .filter(f -> f.result() instanceof Scatter)
                .forEach(f -> sources.add(new Source(Texts.of("neighbours.plane", f.title()), f)));
        return sources;
    }

    /** Names of sources, all different. */
    static List<String> names(List<Source> sources) {
        Map<SampleFindings.Found, String> titles = new IdentityHashMap<>();
        sources.forEach(s -> titles.put(s.found(), s.title()));
        return Named.found(sources.stream().map(Source::found).toList(), titles::get);
    }

    /**
     * By the Euclidean distance of the values; reads the whole dataset.
     *
     * @param progress told the share that is done
     * @throws CancellationException when it was cancelled
     */
    static List<Neighbour> byValues(
            Dataset dataset, Sample of, DoubleConsumer progress, BooleanSupplier cancelled) throws InputException {
        float[] own = of.values();
        int width = Math.max(1, own.length);
        int batch = Math.clamp(BATCH_BYTES / (4L * width), 1, 4096);
        FloatBuffer samples = ByteBuffer.allocateDirect(Math.multiplyExact(4 * batch, width))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        float[] row = new float[width];
        int[] labels = new int[batch];
        Best best = new Best();
        long at = 0;
        try (BatchReader reader = dataset.read(0, batch)) {
            for (int n = reader.next(samples, labels); n > 0; n = reader.next(samples, labels)) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException();
                }
                for (int i = 0; i < n; i++) {
                    samples.get(i * width, row, 0, own.length);
                    double sum = 0;
                    for (int k = 0; k < own.length; k++) {
                        double d = row[k] - own[k];
                        sum += d * d;
                    }
                    best.add(at + i, Math.sqrt(sum));
                }
                at += n;
                progress.accept(at / (double) dataset.size());
                samples.clear();
            }
        }
        return best.but(of.index());
    }
}
