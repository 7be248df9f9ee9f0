package dev.assay.run;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where results come from: everything beside the request that they depend on.
 *
 * @param assay Assay's version
 * @param java version and vendor of the Java runtime
 * @param os name, version and architecture of the operating system
 * @param cpu the processor
 * @param libraries versions of the numeric libraries on the class path, by name
 * @param inputs the input files as they were read, in the order of the request
 * @param device id of the device really used, e.g. {@code cpu} or {@code gpu:0}; of several {@code gpu:0+cpu}
 * @param started when the run started
 * @param ended when it ended; empty while it works, or when the program ended first
 * @param seconds seconds worked by phase, pauses not counted; {@code total} first
 */
public record Provenance(
        String assay,
        String java,
        String os,
        String cpu,
        Map<String, String> libraries,
        List<InputStamp> inputs,
        String device,
        Instant started,
        Optional<Instant> ended,
        Map<String, Double> seconds) {

    /** Copies the collections, keeping their order. */
    public Provenance {
        libraries = Collections.unmodifiableMap(new LinkedHashMap<>(libraries));
        inputs = List.copyOf(inputs);
        seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }
}
