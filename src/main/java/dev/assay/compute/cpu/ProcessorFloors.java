package dev.assay.compute.cpu;

import dev.assay.compute.Floors;
import dev.assay.compute.RowTasks;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copying by all threads, and the BLAS's product of matrices. */
final class ProcessorFloors implements Floors {

    /** More than the caches hold. */
    private static final int COPIED = 16 << 20;

    private static final int SIDE = 1024;
    private static final int ROUNDS = 12;
    private static final int LISTEN_MILLIS = 20;

    private final RowTasks tasks;

    ProcessorFloors(RowTasks tasks) {
        this.tasks = tasks;
    }

    private static double fastest(Runnable check, Runnable round) {
        double least = Double.POSITIVE_INFINITY;
        for (int r = 0; r < ROUNDS; r++) {
            check.run();
            long begun = System.nanoTime();
            round.run();
            least = Math.min(least, (System.nanoTime() - begun) / 1e9);
        }
        return least;
    }

    @Override
    public double copy(Runnable check) {
        float[] from = new float[COPIED];
        check.run();
        float[] to = new float[COPIED];
        double seconds = fastest(check, () -> tasks.run(
                COPIED, Float.BYTES, (first, end) -> System.arraycopy(from, first, to, first, end - first)));
        return 2.0 * COPIED * Float.BYTES / seconds;
    }

    @Override
    public double products(Runnable check) {
        return products(DataType.FLOAT, check);
    }

    @Override
    public double doubleProducts(Runnable check) {
        return products(DataType.DOUBLE, check);
    }

    private static double products(DataType type, Runnable check) {
        awaitBlas(check);
        try (INDArray a = Nd4j.ones(type, SIDE, SIDE);
                INDArray b = Nd4j.ones(type, SIDE, SIDE);
                INDArray c = Nd4j.createUninitialized(type, new long[] {SIDE, SIDE}, 'f')) {
            return Math.pow(SIDE, 3) / fastest(check, () -> Nd4j.gemm(a, b, c, false, false, 1, 0));
        }
    }

    /** Loading the BLAS takes seconds and can't be interrupted; whoever does not want to wait leaves it to its thread. */
    private static void awaitBlas(Runnable check) {
        CompletableFuture<Object> loaded = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("assay-load-blas").start(() -> {
            try {
                loaded.complete(Nd4j.dataType());
            } catch (RuntimeException | LinkageError e) {
                loaded.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                loaded.get(LISTEN_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                check.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while the BLAS was loaded");
            } catch (ExecutionException e) {
                throw new IllegalStateException("the BLAS cannot be loaded: " + e.getCause().getMessage(),
                        e.getCause());
            }
        }
    }

    @Override
    public double up(Runnable check) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double down(Runnable check) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double latency(Runnable check) {
        return 0;
    }

    @Override
    public void watch() {}

    @Override
    public double watched() {
        return Double.NaN;
    }
}
