package dev.assay.compute;

/**
 * What a device can do at best, measured now: the floors that kernels are held to. Each call takes some tenths of a second
 * at most, after the first, which may have to load a library or compile. Meanwhile the check is called at least every 50 ms;
 * it throws to stop.
 */
public interface Floors {

    /** Bytes per second of copying much memory within the device, bytes read and bytes written both counted. */
    double copy(Runnable check);

    /** Multiply-adds per second in float32: of a plain product of matrices on the processor, at the peak elsewhere. */
    double products(Runnable check);

    /** The same in float64; NaN for a device without. */
    double doubleProducts(Runnable check);

    /** Bytes per second from the host to the device; infinite for the processor. */
    double up(Runnable check);

    /** Bytes per second from the device to the host; infinite for the processor. */
    double down(Runnable check);

    /** Seconds of a call that does next to nothing. */
    double latency(Runnable check);

    /** Begins to take the time that kernels compute. */
    void watch();

    /** Seconds that kernels have computed since {@link #watch}, transfers left out; NaN where only whole calls are timed. */
    double watched();
}
