package dev.assay.analyses.snr;

import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tagbio.umap.Umap;
import tagbio.umap.metric.EuclideanMetric;

/**
 * Coordinates in a plane by UMAP (McInnes, Healy and Melville, arXiv 1802.03426) as the library computes it, by one
 * thread, so that a seed gives the same plane again. The library cannot be stopped, but it asks for random numbers all
 * the time: those are ours, and end it.
 */
final class UmapPlane {

    /** With fewer rows there are no neighbourhoods. */
    static final int LEAST_ROWS = 4;

    private static final int NEIGHBOURS = 15;
    private static final int WAIT_MS = 20;

    private UmapPlane() {}

    /**
     * Coordinates of every row, {@code [axis][row]}.
     *
     * @param rows at least {@link #LEAST_ROWS}
     * @param check called every 20 ms on the calling thread, throws to stop
     */
    static double[][] project(float[][] rows, long seed, Runnable check) {
        Numbers numbers = new Numbers(seed);
        FutureTask<float[][]> work = new FutureTask<>(layout(rows, numbers));
        Thread thread = Thread.ofPlatform().daemon().name("umap").unstarted(work);
        thread.start();
        try {
            float[][] plane = await(work, check);
            double[][] axes = new double[2][rows.length];
            for (int r = 0; r < rows.length; r++) {
                axes[0][r] = plane[r][0];
                axes[1][r] = plane[r][1];
            }
            return axes;
        } finally {
            numbers.stop();
        }
    }

    private static Callable<float[][]> layout(float[][] rows, Random numbers) {
        return () -> {
            Umap umap = new Umap();
            umap.setNumberComponents(2);
            // The library writes to standard output when there are fewer rows than neighbours.
            umap.setNumberNearestNeighbours(Math.min(NEIGHBOURS, rows.length - 1));
            umap.setMetric(EuclideanMetric.SINGLETON);
            umap.setThreads(1);
            umap.setRandom(numbers);
            return umap.fitTransform(rows);
        };
    }

    private static float[][] await(FutureTask<float[][]> work, Runnable check) {
        while (true) {
            check.run();
            try {
                return work.get(WAIT_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            } catch (ExecutionException e) {
                throw new IllegalStateException("UMAP failed", e.getCause());
            }
        }
    }

    /** Random numbers that stop whoever asks for them. */
    private static final class Numbers extends Random {

        private static final long serialVersionUID = 1;
        private volatile boolean stopped;

        Numbers(long seed) {
            super(seed);
        }

        void stop() {
            stopped = true;
        }

        @Override
        protected int next(int bits) {
            if (stopped) {
                throw new CancellationException("stopped");
            }
            return super.next(bits);
        }
    }
}
