package dev.assay.compute;

import java.util.List;

/**
 * A kind of device and its kernels. Found by {@link java.util.ServiceLoader}, so that a further kind (a GPU) is one more
 * package and one more line.
 */
public interface KernelProvider {

    /** The devices of this kind that are usable here; empty when there are none. Never throws. */
    List<Device> devices();

    /**
     * Prepares the kernels of a device.
     *
     * @param device one of {@link #devices()}
     * @param threads most threads of the processor that may be used, at least 1
     */
    Kernels open(Device device, int threads);
}
