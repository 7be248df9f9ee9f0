package dev.assay.data;

import dev.assay.analysis.Location;
import dev.assay.data.idx.IdxKind;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Times reading an IDX file against unpacking alone. Run as a program: {@code ReadSpeed IMAGES [batch]}. */
public final class ReadSpeed {

    private ReadSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Location location = Location.parse(arguments[0]);
        int batch = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 256;
        for (int round = 0; round < 8; round++) {
            System.out.printf(
                    "processor time: unpacking %.0f ms, reading %.0f ms; wall time of reading ahead %d ms, of figures %d ms%n",
                    unpack(location.path()), read(location, batch), readAhead(location, batch), figures(location));
        }
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double unpack(Path path) throws Exception {
        long start = processorTime();
        byte[] bytes = new byte[1 << 16];
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path), 1 << 16)) {
            while (in.read(bytes) >= 0) {
                // unpacking is all there is to it
            }
        }
        return (processorTime() - start) / 1e6;
    }

    private static double read(Location location, int batch) throws Exception {
        long start = processorTime();
        try (Dataset dataset = new IdxKind().open(location);
                BatchReader reader = dataset.read(0, batch)) {
            FloatBuffer samples = Reading.buffer(dataset, batch);
            int[] labels = new int[batch];
            while (reader.next(samples, labels) > 0) {
                // reading is all there is to it
            }
        }
        return (processorTime() - start) / 1e6;
    }

    private static long figures(Location location) throws Exception {
        long start = System.nanoTime();
        try (Dataset dataset = new IdxKind().open(location)) {
            DatasetStatistics.of(dataset, done -> {}).finish(64);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static long readAhead(Location location, int batch) throws Exception {
        long start = System.nanoTime();
        try (Dataset dataset = new IdxKind().open(location);
                ReadAhead ahead = ReadAhead.of(dataset, batch)) {
            for (var next = ahead.next(); next.isPresent(); next = ahead.next()) {
                next.get().close();
            }
        }
        return (System.nanoTime() - start) / 1_000_000;
    }
}
