package dev.assay.compute;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was measured of this machine's devices. Safe for several threads. */
public interface CostModels {

    /** What was measured of a device with its driver, if it was. */
    Optional<CostModel> find(Device device);

    /** Keeps what was measured, in place of what was measured before. */
    void keep(Device device, CostModel model);

    /** Keeps it as long as this object lives. */
    static CostModels inMemory() {
        Map<Device, CostModel> models = new ConcurrentHashMap<>();
        return new CostModels() {
            @Override
            public Optional<CostModel> find(Device device) {
                return Optional.ofNullable(models.get(device));
            }

            @Override
            public void keep(Device device, CostModel model) {
                models.put(device, model);
            }
        };
    }
}
