package dev.assay.compute.cpu;

import dev.assay.compute.CostModel;
import dev.assay.compute.Device;
import dev.assay.compute.KernelProvider;
import dev.assay.compute.Kernels;
import dev.assay.compute.Standby;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processor. */
public final class CpuProvider implements KernelProvider {

    private static final Logger LOG = LoggerFactory.getLogger(CpuProvider.class);

    private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

    @Override
    public List<Device> devices() {
        int threads = Runtime.getRuntime().availableProcessors();
        String name = name() + ", " + threads + (threads == 1 ? " thread" : " threads");
        return List.of(new Device("cpu", name, Device.Kind.CPU));
    }

    private static String name() {
        if (Files.isReadable(LINUX_PROCESSORS)) {
            try (Stream<String> lines = Files.lines(LINUX_PROCESSORS)) {
                String model = lines.filter(l -> l.startsWith("model name"))
                        .map(l -> l.substring(l.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("");
                if (!model.isEmpty()) {
                    return model;
                }
            } catch (IOException e) {
                LOG.debug("the processor's name cannot be read", e);
            }
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows != null ? windows : System.getProperty("os.arch") + " processor";
    }

    @Override
    public Kernels open(Device device, int threads, Standby standby, CostModel costs) {
        return new CpuKernels(device, threads);
    }
}
