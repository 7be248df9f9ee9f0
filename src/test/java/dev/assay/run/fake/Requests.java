package dev.assay.run.fake;

import dev.assay.analysis.Location;
import dev.assay.run.RunRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Requests for tests. */
public final class Requests {

    private Requests() {}

    /** A request without inputs and with default parameters. */
    public static RunRequest of(String analysis) {
        return new RunRequest(analysis, Map.of(), Map.of(), 7, "cpu", 1);
    }

    /** A request with one input. */
    public static RunRequest of(String analysis, String role, Path file) {
        return new RunRequest(analysis, Map.of(role, List.of(Location.of(file))), Map.of(), 7, "cpu", 1);
    }
}
