package dev.assay.run;

import dev.assay.analysis.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run is asked to do; all that is needed to do it again.
 *
 * @param analysis the analysis's id
 * @param inputs locations by role, in the order given
 * @param parameters every parameter as text, defaults included
 * @param seed the seed
 * @param device {@code cpu}, {@code gpu}, {@code auto} or a device's id
 * @param threads threads it may use, at least 1
 */
public record RunRequest(
        String analysis,
        Map<String, List<Location>> inputs,
        Map<String, String> parameters,
        long seed,
        String device,
        int threads) {

    /** Copies the maps, keeping their order. */
    public RunRequest {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
