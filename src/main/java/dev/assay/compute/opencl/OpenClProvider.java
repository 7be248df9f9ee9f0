package dev.assay.compute.opencl;

import dev.assay.compute.CostModel;
import dev.assay.compute.Device;
import dev.assay.compute.KernelProvider;
import dev.assay.compute.Kernels;
import dev.assay.compute.Standby;
import java.util.List;

/** Everything behind OpenCL: graphics processors of any vendor, and processors for tests. */
public final class OpenClProvider implements KernelProvider {

    private List<ClDevice> found;

    /** Finds nothing yet. */
    public OpenClProvider() {}

    private synchronized List<ClDevice> found() {
        if (found == null) {
            found = OpenClLibrary.devices();
        }
        return found;
    }

    @Override
    public List<Device> devices() {
        return found().stream().map(ClDevice::device).toList();
    }

    @Override
    public String absence() {
        return found().isEmpty()
                ? "there is no OpenCL device: a graphics card's driver brings its own, and PoCL (Debian: pocl-opencl-icd)"
                        + " one for the processor"
                : "";
    }

    @Override
    public Kernels open(Device device, int threads, Standby standby, CostModel costs) {
        return open(device, threads, standby, costs, Faults.NONE);
    }

    /** As above, with calls that a test makes fail. */
    Kernels open(Device device, int threads, Standby standby, CostModel costs, Faults faults) {
        ClDevice chosen = found().stream()
                .filter(d -> d.device().equals(device))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no device " + device.id()));
        return new OpenClKernels(new FailOver(new ClContext(chosen, threads, faults), standby, costs), standby);
    }
}
