package dev.assay.compute.measure;

import dev.assay.compute.Device;
import java.util.Locale;

/**
 * How fast a kernel is on a device.
 *
 * @param kernel its name for the user
 * @param device where
 * @param unit what {@code rate} counts
 * @param rate work per second of whole calls, transfers included
 * @param bytes bytes per second of whole calls that are read and written at least
 * @param ofFloor time of the floor divided by that of the kernel alone: 1 is as fast as the device can be
 * @param ofProcessor time of the processor's whole call divided by this one's: 2 is twice as fast
 * @param there whether the device has done it, and not the processor in its place
 */
public record KernelSpeed(
        String kernel, Device device, String unit, double rate, double bytes, double ofFloor, double ofProcessor,
        boolean there) {

    /** As texts: kernel, device, rate (GMAC: billion multiply-adds), gigabytes per second, share of the floor, times the processor. */
    public String[] cells() {
        if (!there) {
            return new String[] {kernel, device.id(), "ran on the processor", "", "", ""};
        }
        String perSecond = unit.equals("bytes")
                ? String.format(Locale.ROOT, "%.1f GB", rate / 1e9)
                : String.format(Locale.ROOT, "%.1f GMAC", rate / 1e9);
        return new String[] {
            kernel, device.id(), perSecond, String.format(Locale.ROOT, "%.1f", bytes / 1e9),
            String.format(Locale.ROOT, "%.0f %%", 100 * ofFloor), String.format(Locale.ROOT, "%.2f", ofProcessor)
        };
    }
}
