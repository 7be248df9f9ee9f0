package dev.assay.workspace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parameters of an analysis under a name of the user's.
 *
 * @param analysis the analysis's id
 * @param name unique for the analysis
 * @param parameters texts by name
 */
public record Preset(String analysis, String name, Map<String, String> parameters) {

    /** Copies the map, keeping its order. */
    public Preset {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
