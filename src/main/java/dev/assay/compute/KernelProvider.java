package dev.assay.compute;

import java.util.List;

/**
 * A kind of device and its kernels. Found by {@link java.util.ServiceLoader}, so that a further kind is one more package
 * and one more line.
 */
public interface KernelProvider {

    /** The devices of this kind, those that cannot be used here with the reason; empty when there are none. Never throws. */
    List<Device> devices();

    /** Why there are no devices of this kind, one sentence without a full stop; empty when there are. */
    default String absence() {
        return "";
    }

    /**
     * Prepares the kernels of a device.
     *
     * @param device one of {@link #devices()}, usable
     * @param threads most threads of the processor that may be used, at least 1
     * @param standby what to fall back on when the device fails
     * @param costs which calls are worth sending there; null to send all
     */
    Kernels open(Device device, int threads, Standby standby, CostModel costs);
}
