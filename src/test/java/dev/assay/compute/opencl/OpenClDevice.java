package dev.assay.compute.opencl;

import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.Kernels;
import java.util.Comparator;
import java.util.Optional;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.Assumptions;

/** A device behind OpenCL for tests: a graphics processor where there is one, else a processor (PoCL). */
public final class OpenClDevice {

    private static final Devices DEVICES = Devices.detect();
    private static final Optional<Device> DEVICE = DEVICES.all().stream()
            .filter(d -> d.kind() != Device.Kind.CPU)
            .min(Comparator.comparing(Device::kind));
    private static final Optional<Kernels> KERNELS = DEVICE.map(d -> DEVICES.open(d, 2, null, OpenClDevice::told));

    private static final String WANTED =
            "a device behind OpenCL is wanted (on Debian: apt-get install pocl-opencl-icd ocl-icd-libopencl1)";

    private OpenClDevice() {}

    /** The processor in the device's place would give the right results, too. */
    private static void told(String sentence) {
        if (sentence.contains(" failed (")) {
            throw new AssertionError(sentence);
        }
    }

    /** Skips the properties of jqwik where there is no device. */
    public static final class Wanted implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return DEVICE.isPresent() ? SkipResult.doNotSkip() : SkipResult.skip(WANTED);
        }
    }

    /** The device; the test is skipped where there is none. */
    public static Device device() {
        Assumptions.assumeTrue(DEVICE.isPresent(), WANTED);
        return DEVICE.orElseThrow();
    }

    /** The same with its handles. */
    static ClDevice handles() {
        return OpenClLibrary.devices().stream()
                .filter(d -> d.device().equals(device()))
                .findFirst()
                .orElseThrow();
    }

    /** Its kernels, which stay open until the process ends. */
    public static Kernels kernels() {
        device();
        return KERNELS.orElseThrow();
    }
}
