package dev.assay.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which library multiplies matrices faster on this machine: ND4J's OpenBLAS or PyTorch's MKL. Rounds alternate. */
public final class ProductChoice {

    private static final int[] SIDES = {512, 1024, 2048};

    private ProductChoice() {}

    /** First argument: rounds. */
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        System.out.println("| type | side | OpenBLAS, billion multiply-adds per second | MKL | MKL / OpenBLAS |");
        System.out.println("| --- | --- | --- | --- | --- |");
        try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu())) {
            for (int side : SIDES) {
                compare(manager, DataType.FLOAT32, org.nd4j.linalg.api.buffer.DataType.FLOAT, side, rounds);
                compare(manager, DataType.FLOAT64, org.nd4j.linalg.api.buffer.DataType.DOUBLE, side, rounds);
            }
        }
    }

    private static void compare(
            NDManager manager, DataType type, org.nd4j.linalg.api.buffer.DataType nd4j, int side, int rounds) {
        double[] blas = new double[rounds];
        double[] mkl = new double[rounds];
        double[] ratios = new double[rounds];
        try (NDManager own = manager.newSubManager();
                INDArray a = Nd4j.ones(nd4j, side, side);
                INDArray b = Nd4j.ones(nd4j, side, side);
                INDArray c = Nd4j.createUninitialized(nd4j, new long[] {side, side}, 'f')) {
            NDArray x = own.ones(new Shape(side, side), type);
            NDArray y = own.ones(new Shape(side, side), type);
            for (int r = -2; r < rounds; r++) {
                long begun = System.nanoTime();
                Nd4j.gemm(a, b, c, false, false, 1, 0);
                long middle = System.nanoTime();
                x.matMul(y).close();
                long end = System.nanoTime();
                if (r >= 0) {
                    blas[r] = Math.pow(side, 3) / (middle - begun);
                    mkl[r] = Math.pow(side, 3) / (end - middle);
                    ratios[r] = mkl[r] / blas[r];
                }
            }
        }
        System.out.printf(
                "| %s | %d | %.1f | %.1f | %.2f |%n", type, side, median(blas), median(mkl), median(ratios));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
