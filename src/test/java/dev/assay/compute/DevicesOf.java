package dev.assay.compute;

import java.util.List;

/** Devices of providers that a test chooses. */
public final class DevicesOf {

    private DevicesOf() {}

    /** The devices of these providers. */
    public static Devices providers(KernelProvider... providers) {
        return Devices.of(List.of(providers));
    }
}
