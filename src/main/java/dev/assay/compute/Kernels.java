package dev.assay.compute;

import java.util.Set;

/**
 * The kernels of one device. Kernels are safe to call from several threads at once; closing ends the threads and frees
 * the device's memory.
 */
public interface Kernels extends AutoCloseable {

    /** The device. */
    Device device();

    /**
     * A kernel.
     *
     * @param type the kernel's interface, e.g. {@link ActivationPacking}
     * @throws IllegalArgumentException when this device has no such kernel
     */
    <K> K get(Class<K> type);

    /** The devices that have done work so far, this one first if it is among them; the processor before any call. */
    Set<Device> used();

    @Override
    void close();

    /**
     * The processor's kernels.
     *
     * @param threads most threads that may be used, at least 1
     */
    static Kernels cpu(int threads) {
        Devices devices = Devices.detect();
        return devices.open(devices.cpu(), threads);
    }
}
