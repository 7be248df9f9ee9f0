package dev.assay.compute.measure;

import dev.assay.compute.Kernels;
import java.util.function.DoubleSupplier;

/**
 * A kernel's work on made-up data of a fixed size.
 *
 * @param name for the user
 * @param kernel the kernel's interface
 * @param bytes bytes that a call must read and write at least
 * @param work in the unit of the cost model
 * @param unit what {@code work} counts, for the user
 * @param floor what bounds it
 * @param call does it once
 */
record Workload(
        String name, Class<?> kernel, double bytes, double work, String unit, Floor floor, Call call) {

    /**
     * Seconds that it takes at least.
     *
     * @param copy bytes per second
     * @param products multiply-adds per second in float32
     * @param doubleProducts the same in float64
     */
    double least(DoubleSupplier copy, DoubleSupplier products, DoubleSupplier doubleProducts) {
        return switch (floor) {
            case COPY -> bytes / copy.getAsDouble();
            case PRODUCTS -> work / products.getAsDouble();
            case DOUBLE_PRODUCTS -> work / doubleProducts.getAsDouble();
        };
    }

    /** What a kernel cannot be faster than. */
    enum Floor {
        /** Copying its bytes. */
        COPY,
        /** Multiplying in float32. */
        PRODUCTS,
        /** Multiplying in float64. */
        DOUBLE_PRODUCTS
    }

    /** A call, prepared; looks at the check where the kernel does. */
    @FunctionalInterface
    interface Call {
        void run(Kernels kernels, Runnable check);
    }
}
