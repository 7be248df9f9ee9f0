package dev.assay.compute;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kernels of several devices used together. Shared out are those whose results are the same to the bit on every device:
 * packing, counting, following, and nearest rows, which the host ranks. What is summed in floating point goes to one device,
 * so that no result depends on which of them was quicker.
 */
final class SharedKernels implements Kernels {

    private final Device device;
    private final List<Kernels> members;
    private final Kernels one;
    private final Shares shares;
    private final Map<Class<?>, Object> kernels;

    /**
     * @param device what the user sees
     * @param members at least one; closed with this
     */
    SharedKernels(Device device, List<Kernels> members) {
        this.device = device;
        this.members = List.copyOf(members);
        this.one = members.stream()
                .filter(m -> m.device().kind() != Device.Kind.CPU)
                .findFirst()
                .orElse(members.getFirst());
        this.shares = new Shares(members);
        this.kernels = Map.of(
                ActivationPacking.class, new SharedActivations.Packing(shares, of(ActivationPacking.class)),
                ActivationCounting.class, new SharedActivations.Counting(shares, of(ActivationCounting.class)),
                PatternFollowing.class, new SharedActivations.Following(shares, of(PatternFollowing.class)),
                NeighbourSearch.class, new SharedNeighbours(shares, of(NeighbourSearch.class)));
    }

    private <K> List<K> of(Class<K> type) {
        return members.stream().map(m -> m.get(type)).toList();
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public <K> K get(Class<K> type) {
        Object kernel = kernels.get(type);
        return kernel == null ? one.get(type) : type.cast(kernel);
    }

    @Override
    public Set<Device> used() {
        Set<Device> used = new LinkedHashSet<>();
        for (int m = 0; m < members.size(); m++) {
            Kernels member = members.get(m);
            boolean alone = member == one && member.device().kind() != Device.Kind.CPU
                    && member.used().contains(member.device());
            if (shares.worked(m) || alone) {
                used.addAll(member.used());
            }
        }
        return used.isEmpty() ? one.used() : used;
    }

    @Override
    public void close() {
        shares.close();
        List<RuntimeException> problems = new ArrayList<>();
        for (Kernels member : members) {
            try {
                member.close();
            } catch (RuntimeException e) {
                problems.add(e);
            }
        }
        if (!problems.isEmpty()) {
            throw problems.getFirst();
        }
    }
}
