package dev.assay.compute.cpu;

import dev.assay.compute.Floors;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copying by all threads, and the BLAS's product of matrices. */
final class ProcessorFloors implements Floors {

    /** More than the caches hold. */
    private static final int COPIED = 16 << 20;

    private static final int SIDE = 1024;
    private static final int ROUNDS = 3;

    private final RowTasks tasks;

    ProcessorFloors(RowTasks tasks) {
        this.tasks = tasks;
    }

    private static double fastest(IntConsumer round) {
        double[] seconds = new double[ROUNDS];
        for (int r = 0; r < ROUNDS; r++) {
            long begun = System.nanoTime();
            round.accept(r);
            seconds[r] = (System.nanoTime() - begun) / 1e9;
        }
        return Arrays.stream(seconds).min().orElseThrow();
    }

    @Override
    public double copy() {
        float[] from = new float[COPIED];
        float[] to = new float[COPIED];
        double seconds = fastest(round -> tasks.run(
                COPIED, Float.BYTES, (first, end) -> System.arraycopy(from, first, to, first, end - first)));
        return 2.0 * COPIED * Float.BYTES / seconds;
    }

    @Override
    public double products() {
        return products(DataType.FLOAT);
    }

    @Override
    public double doubleProducts() {
        return products(DataType.DOUBLE);
    }

    private static double products(DataType type) {
        try (INDArray a = Nd4j.ones(type, SIDE, SIDE);
                INDArray b = Nd4j.ones(type, SIDE, SIDE);
                INDArray c = Nd4j.createUninitialized(type, new long[] {SIDE, SIDE}, 'f')) {
            return Math.pow(SIDE, 3) / fastest(round -> Nd4j.gemm(a, b, c, false, false, 1, 0));
        }
    }

    @Override
    public double up() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double down() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double latency() {
        return 0;
    }

    @Override
    public void watch() {}

    @Override
    public double watched() {
        return Double.NaN;
    }
}
