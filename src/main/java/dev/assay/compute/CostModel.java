package dev.assay.compute;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a kernel's call costs on a device and on the processor, from rates measured on this machine. A call is worth
 * sending to the device when its latency, its transfers and its work there take less than the work on the processor.
 *
 * @param latency seconds from the call to the first work, and back
 * @param up bytes per second to the device
 * @param down bytes per second from it
 * @param rates by the simple name of the kernel's interface
 */
public record CostModel(double latency, double up, double down, Map<String, Rate> rates) {

    /**
     * Work per second of a kernel, in the kernel's own unit.
     *
     * @param processor on the processor with all threads
     * @param device on the device, transfers left out
     */
    public record Rate(double processor, double device) {}

    /** Copies the map. */
    public CostModel {
        rates = Map.copyOf(rates);
    }

    /**
     * Whether a call is worth sending to the device; never for a kernel that was not measured.
     *
     * @param kernel the kernel's interface
     * @param bytesUp bytes that go to the device
     * @param bytesDown bytes that come back
     * @param work in the unit of the kernel's rates
     */
    public boolean pays(Class<?> kernel, long bytesUp, long bytesDown, double work) {
        Rate rate = rates.get(kernel.getSimpleName());
        return rate != null
                && latency + bytesUp / up + bytesDown / down + work / rate.device() < work / rate.processor();
    }

    /** As one line of text, for the settings. */
    public String text() {
        StringBuilder text = new StringBuilder(latency + " " + up + " " + down);
        new TreeMap<>(rates).forEach((name, rate) -> text.append(' ')
                .append(name)
                .append('=')
                .append(rate.processor())
                .append('/')
                .append(rate.device()));
        return text.toString();
    }

    /**
     * Reads {@link #text()} back.
     *
     * @throws IllegalArgumentException when it is not of that form
     */
    public static CostModel parse(String text) {
        String[] words = text.strip().split(" +");
        if (words.length < 3) {
            throw new IllegalArgumentException("not a cost model: " + text);
        }
        Map<String, Rate> rates = new TreeMap<>();
        for (int i = 3; i < words.length; i++) {
            String[] parts = words[i].split("[=/]");
            if (parts.length != 3) {
                throw new IllegalArgumentException("not a rate: " + words[i]);
            }
            rates.put(parts[0], new Rate(Double.parseDouble(parts[1]), Double.parseDouble(parts[2])));
        }
        return new CostModel(
                Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]), rates);
    }
}
