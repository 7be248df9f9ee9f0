package dev.assay.compute;

import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * Where kernels run.
 *
 * @param id {@code cpu}, {@code gpu:0} and so on, or {@code opencl:0} and so on for a processor behind OpenCL
 * @param name for the user, e.g. the processor's name and number of threads
 * @param kind what it is
 * @param facts what its driver says
 */
public record Device(String id, String name, Kind kind, Facts facts) {

    /** Kind of device. */
    public enum Kind {
        /** The processor. */
        CPU,
        /** A graphics processor. */
        GPU,
        /** The processor or an accelerator behind OpenCL: for tests, never chosen automatically. */
        OPENCL,
        /** Several devices that work together; their ids and names are joined. */
        SEVERAL
    }

    /**
     * What a driver says of its device.
     *
     * @param vendor who made it
     * @param memory bytes of its memory, 0 when not known
     * @param driver version of the driver
     * @param version OpenCL version
     * @param units compute units, 0 when not known
     * @param problem why it cannot be used here, one sentence without a full stop; empty when it can
     */
    public record Facts(String vendor, long memory, String driver, String version, int units, String problem) {

        /** Nothing is known, and nothing is wrong. */
        public static final Facts NONE = new Facts("", 0, "", "", 0, "");
    }

    /** What its driver says, in one line: vendor, memory, driver, OpenCL version and compute units, as far as known. */
    public String details() {
        List<String> parts = new ArrayList<>();
        if (!facts.vendor().isEmpty()) {
            parts.add(facts.vendor());
        }
        if (facts.memory() > 0) {
            parts.add(Numbers.bytes(facts.memory()) + " of memory");
        }
        if (!facts.driver().isEmpty()) {
            parts.add("driver " + facts.driver());
        }
        if (!facts.version().isEmpty()) {
            parts.add(facts.version());
        }
        if (facts.units() > 0) {
            parts.add(facts.units() + " compute units");
        }
        return String.join(", ", parts);
    }

    /** A device without facts. */
    public Device(String id, String name, Kind kind) {
        this(id, name, kind, Facts.NONE);
    }

    /** Whether it can be used here. */
    public boolean usable() {
        return facts.problem().isEmpty();
    }
}
