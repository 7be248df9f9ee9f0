package dev.assay.workspace;

import dev.assay.compute.CostModel;
import dev.assay.compute.CostModels;
import dev.assay.compute.Device;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what was measured of devices in the user's settings, by the device's name and its driver's version. */
public final class MeasuredDevices implements CostModels {

    private static final Logger LOG = LoggerFactory.getLogger(MeasuredDevices.class);

    private final SettingsFile settings;

    /** Keeps it in these settings, which the caller closes. */
    public MeasuredDevices(SettingsFile settings) {
        this.settings = settings;
    }

    private static String key(Device device) {
        return "device.costs." + device.name() + "." + device.facts().driver();
    }

    @Override
    public Optional<CostModel> find(Device device) {
        String text = settings.get().other().get(key(device));
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(CostModel.parse(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("what was measured of {} is measured again: {}", device.name(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void keep(Device device, CostModel model) {
        settings.update(s -> s.with(key(device), model.text()));
    }
}
