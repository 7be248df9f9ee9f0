package dev.assay.compute.opencl;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.Device;
import dev.assay.compute.Floors;
import dev.assay.compute.Kernels;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.PairDistances;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.Standby;
import java.util.Map;
import java.util.Set;

/** The kernels of a device; those that it does not have are the processor's. */
final class OpenClKernels implements Kernels {

    private final FailOver failOver;
    private final Standby standby;
    private final Map<Class<?>, Object> kernels;

    OpenClKernels(FailOver failOver, Standby standby) {
        this.failOver = failOver;
        this.standby = standby;
        this.kernels = Map.of(
                Floors.class, new ClFloors(failOver),
                ActivationPacking.class, new ClPacking(failOver),
                ActivationCounting.class, new ClCounting(failOver),
                PatternFollowing.class, new ClFollowing(failOver),
                NeighbourSearch.class, new ClNeighbours(failOver),
                PairDistances.class, new ClPairDistances(failOver),
                BatchedGraphConvolution.class, new ClGraphConvolution(failOver, standby));
    }

    @Override
    public Device device() {
        return failOver.context().device().device();
    }

    @Override
    public <K> K get(Class<K> type) {
        Object kernel = kernels.get(type);
        return kernel == null ? standby.processor().get(type) : type.cast(kernel);
    }

    @Override
    public Set<Device> used() {
        Set<Device> used = failOver.used();
        return used.isEmpty() ? Set.of(standby.processor().device()) : used;
    }

    @Override
    public void close() {
        failOver.context().close();
        standby.close();
    }
}
