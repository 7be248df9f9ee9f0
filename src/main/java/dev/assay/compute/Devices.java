package dev.assay.compute;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The devices of this machine. Immutable. */
public final class Devices {

    private final Map<Device, KernelProvider> providers;

    private Devices(Map<Device, KernelProvider> providers) {
        this.providers = providers;
    }

    /**
     * A device chosen for a run.
     *
     * @param device what will be used
     * @param notice why it is not what was asked for, one sentence to be shown loudly; empty when it is
     */
    public record Choice(Device device, String notice) {}

    /** Looks what is there. Takes some milliseconds, so not on the window's thread. */
    public static Devices detect() {
        return of(ServiceLoader.load(KernelProvider.class, Devices.class.getClassLoader()));
    }

    /** The devices of these providers, in their order. */
    static Devices of(Iterable<KernelProvider> providers) {
        Map<Device, KernelProvider> found = new LinkedHashMap<>();
        for (KernelProvider provider : providers) {
            for (Device device : provider.devices()) {
                found.putIfAbsent(device, provider);
            }
        }
        return new Devices(found);
    }

    /** All devices, the processor among them. */
    public List<Device> all() {
        return List.copyOf(providers.keySet());
    }

    /** The processor. */
    public Device cpu() {
        return all().stream()
                .filter(d -> d.kind() == Device.Kind.CPU)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the kernels of the processor are not installed"));
    }

    /**
     * Chooses a device.
     *
     * @param request {@code cpu}, {@code gpu} (the first one), {@code auto} (a GPU if there is one, else the
     *     processor) or a device's id
     * @return the device, with a notice when the processor has to stand in
     */
    public Choice choose(String request) {
        if (request.equals("auto") || request.equals("cpu")) {
            boolean wantsGpu = request.equals("auto");
            Device device = all().stream()
                    .filter(d -> wantsGpu && d.kind() == Device.Kind.GPU)
                    .findFirst()
                    .orElseGet(this::cpu);
            return new Choice(device, "");
        }
        return all().stream()
                .filter(d -> d.id().equals(request) || (request.equals("gpu") && d.kind() == Device.Kind.GPU))
                .findFirst()
                .map(d -> new Choice(d, ""))
                .orElseGet(() -> new Choice(
                        cpu(),
                        "The device '" + request + "' was asked for but there is none that Assay can use here; this run"
                                + " uses the processor (" + cpu().name() + ") instead"));
    }

    /**
     * Prepares the kernels of a device.
     *
     * @param device one of {@link #all()}
     * @param threads most threads of the processor that may be used, at least 1
     */
    public Kernels open(Device device, int threads) {
        KernelProvider provider = providers.get(device);
        if (provider == null) {
            throw new IllegalArgumentException("there is no device " + device.id());
        }
        return provider.open(device, threads);
    }
}
