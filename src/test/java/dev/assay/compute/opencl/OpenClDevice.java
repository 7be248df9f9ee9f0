package dev.assay.compute.opencl;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.Kernels;
import java.util.Comparator;
import java.util.Optional;

/** A device behind OpenCL for tests: a graphics processor where there is one, else a processor (PoCL). */
public final class OpenClDevice {

    private static final Devices DEVICES = Devices.detect();
    private static final Optional<Device> DEVICE = DEVICES.all().stream()
            .filter(d -> d.kind() != Device.Kind.CPU)
            .min(Comparator.comparing(Device::kind));
    private static final Optional<Kernels> KERNELS = DEVICE.map(d -> DEVICES.open(d, 2));

    private OpenClDevice() {}

    /** The device; the test is skipped where there is none. */
    public static Device device() {
        assumeThat(DEVICE)
                .as("a device behind OpenCL (on Debian: apt-get install pocl-opencl-icd ocl-icd-libopencl1)")
                .isPresent();
        return DEVICE.orElseThrow();
    }

    /** Its kernels, which stay open until the process ends. */
    public static Kernels kernels() {
        device();
        return KERNELS.orElseThrow();
    }
}
