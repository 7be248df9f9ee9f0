package dev.assay.compute;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The devices of this machine. The processor is there at once; the others are looked for, which takes some tenths of a
 * second, when somebody first asks for them. Safe for several threads.
 */
public final class Devices {

    /** Joins the ids of devices that work together. */
    private static final String TOGETHER = "\\+";

    private final List<KernelProvider> providers;
    private Map<Device, KernelProvider> found;

    private Devices(List<KernelProvider> providers) {
        this.providers = providers;
    }

    /**
     * A device chosen for a run.
     *
     * @param device what will be used
     * @param notice why it is not what was asked for, one sentence to be shown loudly; empty when it is
     */
    public record Choice(Device device, String notice) {}

    /** The devices that are installed here. */
    public static Devices detect() {
        return of(ServiceLoader.load(KernelProvider.class, Devices.class.getClassLoader()));
    }

    /** The devices of these providers, in their order. */
    static Devices of(Iterable<KernelProvider> providers) {
        List<KernelProvider> list = new ArrayList<>();
        providers.forEach(list::add);
        return new Devices(list);
    }

    private synchronized Map<Device, KernelProvider> found() {
        if (found == null) {
            found = new LinkedHashMap<>();
            for (KernelProvider provider : providers) {
                provider.devices().forEach(device -> found.putIfAbsent(device, provider));
            }
        }
        return found;
    }

    /** All devices that can be used, the processor among them. Not for the window's thread. */
    public List<Device> all() {
        return found().keySet().stream().filter(Device::usable).toList();
    }

    /** Devices that are there but cannot be used. */
    public List<Device> unusable() {
        return found().keySet().stream().filter(d -> !d.usable()).toList();
    }

    /** Why there are no devices of some kind, a sentence each. */
    public List<String> absences() {
        return providers.stream().map(KernelProvider::absence).filter(why -> !why.isEmpty()).toList();
    }

    /**
     * Runs a small kernel on a device and looks at what it found.
     *
     * @param device one of {@link #all()}
     * @throws IllegalStateException when it did not run there or found something else, with the reason
     */
    public void tryOut(Device device) {
        List<String> told = new ArrayList<>();
        float[] values = {1, -1, 0, 2, -0f, 3, Float.MIN_VALUE, -2, 5};
        long[] bits = new long[1];
        try (Kernels kernels = open(device, 1, null, told::add)) {
            kernels.get(ActivationPacking.class)
                    .pack(MemorySegment.ofArray(values), 1, values.length, 1, MemorySegment.ofArray(bits), 1, 0);
            if (!kernels.used().contains(device)) {
                throw new IllegalStateException(told.isEmpty() ? "it was not used" : told.getFirst());
            }
        }
        if (bits[0] != 0b101101001) {
            throw new IllegalStateException("it packs wrong bits: " + Long.toBinaryString(bits[0]));
        }
    }

    /** The processor. */
    public Device cpu() {
        for (KernelProvider provider : providers) {
            for (Device device : provider.devices()) {
                if (device.kind() == Device.Kind.CPU) {
                    return device;
                }
            }
        }
        throw new IllegalStateException("the kernels of the processor are not installed");
    }

    /**
     * Chooses a device.
     *
     * @param request {@code cpu}, {@code gpu} (the first one), {@code auto} (a GPU if there is one, else the
     *     processor), {@code all} (the processor and all GPUs together), a device's id, or several joined by {@code +}
     * @return the device, with a notice when the processor has to stand in
     */
    public Choice choose(String request) {
        if (request.equals("cpu")) {
            return new Choice(cpu(), "");
        }
        if (request.equals("auto")) {
            return new Choice(
                    all().stream().filter(d -> d.kind() == Device.Kind.GPU).findFirst().orElseGet(this::cpu), "");
        }
        return named(request)
                .map(d -> new Choice(d, ""))
                .orElseGet(() -> new Choice(
                        cpu(),
                        "The device '" + request + "' was asked for but there is none that Assay can use here"
                                + reason(request) + "; this run uses the processor (" + cpu().name() + ") instead"));
    }

    private Optional<Device> named(String request) {
        List<Device> members = new ArrayList<>();
        if (request.equals("all")) {
            members.add(cpu());
            all().stream().filter(d -> d.kind() == Device.Kind.GPU).forEach(members::add);
        } else {
            for (String word : request.split(TOGETHER, -1)) {
                Optional<Device> member = all().stream().filter(d -> asked(d, word)).findFirst();
                if (member.isEmpty()) {
                    return Optional.empty();
                }
                members.add(member.get());
            }
        }
        return Optional.of(members.size() == 1 ? members.getFirst() : together(members));
    }

    private static Device together(List<Device> members) {
        return new Device(
                members.stream().map(Device::id).collect(Collectors.joining("+")),
                members.stream().map(Device::name).collect(Collectors.joining(" and ")), Device.Kind.SEVERAL);
    }

    private static boolean asked(Device device, String request) {
        return device.id().equals(request) || request.equals("gpu") && device.kind() == Device.Kind.GPU;
    }

    private String reason(String request) {
        return unusable().stream()
                .filter(d -> asked(d, request))
                .findFirst()
                .map(d -> " (" + d.name() + ": " + d.facts().problem() + ")")
                .orElse("");
    }

    /**
     * Prepares the kernels of a device.
     *
     * @param device one of {@link #all()}, or what was chosen
     * @param threads most threads of the processor that may be used, at least 1
     * @param costs which calls are worth sending to the device; null to send all
     * @param told hears when the device fails and what is done about it
     */
    public Kernels open(Device device, int threads, CostModel costs, Consumer<String> told) {
        if (device.kind() == Device.Kind.SEVERAL) {
            return openTogether(device, threads, costs, told);
        }
        return providerOf(device).open(device, threads, new LazyProcessor(this, threads, told), costs);
    }

    private Kernels openTogether(Device device, int threads, CostModel costs, Consumer<String> told) {
        List<Kernels> opened = new ArrayList<>();
        try {
            for (String id : device.id().split(TOGETHER, -1)) {
                Device member = all().stream()
                        .filter(d -> d.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("there is no device " + id));
                opened.add(open(member, threads, costs, told));
            }
        } catch (RuntimeException | LinkageError e) {
            opened.forEach(Kernels::close);
            throw e;
        }
        return new SharedKernels(device, opened);
    }

    private KernelProvider providerOf(Device device) {
        if (device.kind() == Device.Kind.CPU) {
            // Without looking for the others.
            for (KernelProvider provider : providers) {
                if (provider.devices().contains(device)) {
                    return provider;
                }
            }
        }
        KernelProvider provider = found().get(device);
        if (provider == null) {
            throw new IllegalArgumentException("there is no device " + device.id());
        }
        return provider;
    }

    /** As above; all calls go to the device, and nobody hears of failures. */
    public Kernels open(Device device, int threads) {
        return open(device, threads, null, sentence -> {});
    }
}
