package dev.assay.compute.opencl;

import dev.assay.compute.CostModel;
import dev.assay.compute.Device;
import dev.assay.compute.KernelProvider;
import dev.assay.compute.Kernels;
import dev.assay.compute.Standby;
import java.util.List;
import org.lwjgl.opencl.CL10;

/** OpenCL's devices, which are lost after some launches of kernels and have no large buffers. */
public final class FailingOpenCl implements KernelProvider {

    private final OpenClProvider devices = new OpenClProvider();
    private final int launchesBefore;
    private final long mostBytes;
    private int launches;

    /**
     * Works at first.
     *
     * @param launchesBefore launches that work
     * @param mostBytes larger buffers are refused, so that calls are done by tiles
     */
    public FailingOpenCl(int launchesBefore, long mostBytes) {
        this.launchesBefore = launchesBefore;
        this.mostBytes = mostBytes;
    }

    @Override
    public List<Device> devices() {
        return devices.devices();
    }

    @Override
    public Kernels open(Device device, int threads, Standby standby, CostModel costs) {
        return devices.open(device, threads, standby, costs, this::before);
    }

    private synchronized int before(String call, long bytes) {
        if (call.equals("allocate")) {
            return bytes > mostBytes ? CL10.CL_MEM_OBJECT_ALLOCATION_FAILURE : CL10.CL_SUCCESS;
        }
        return ++launches > launchesBefore ? CL10.CL_DEVICE_NOT_AVAILABLE : CL10.CL_SUCCESS;
    }

    /** Whether it came to that. */
    public synchronized boolean lost() {
        return launches > launchesBefore;
    }
}
