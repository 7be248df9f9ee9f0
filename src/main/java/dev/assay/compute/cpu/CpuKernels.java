package dev.assay.compute.cpu;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.Device;
import dev.assay.compute.Floors;
import dev.assay.compute.Kernels;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.PairDistances;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.RowTasks;
import dev.assay.compute.SquaredDistances;
import java.util.Map;
import java.util.Set;

/** The processor's kernels on threads of their own, which end when idle or closed. */
final class CpuKernels implements Kernels {

    private final Device device;
    private final RowTasks tasks;
    private final Map<Class<?>, Object> kernels;

    CpuKernels(Device device, int threads) {
        this.device = device;
        this.tasks = new RowTasks(threads);
        this.kernels = Map.of(
                Floors.class, new ProcessorFloors(tasks),
                ActivationPacking.class, new VectorPacking(tasks),
                ActivationCounting.class, new VectorCounting(tasks),
                PatternFollowing.class, new VectorFollowing(tasks),
                BatchedGraphConvolution.class, new VectorGraphConvolution(tasks),
                SquaredDistances.class, new VectorDistances(),
                PairDistances.class, new TiledPairDistances(tasks),
                NeighbourSearch.class, new TiledNeighbours(tasks));
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public <K> K get(Class<K> type) {
        Object kernel = kernels.get(type);
        if (kernel == null) {
            throw new IllegalArgumentException("the processor has no kernel " + type.getSimpleName());
        }
        return type.cast(kernel);
    }

    @Override
    public Set<Device> used() {
        return Set.of(device);
    }

    @Override
    public void close() {
        tasks.close();
    }
}
