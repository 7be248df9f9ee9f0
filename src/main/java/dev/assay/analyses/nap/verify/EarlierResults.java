package dev.assay.analyses.nap.verify;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import java.util.List;
import java.util.Set;

/** Which instances an earlier batch decided, by the names of their files. */
public final class EarlierResults implements Input {

    private final Location location;
    private final Set<List<String>> decided;

    EarlierResults(Location location, Set<List<String>> decided) {
        this.location = location;
        this.decided = Set.copyOf(decided);
    }

    /** Whether an instance was decided: proved, or refuted by a counterexample. */
    boolean isDecided(String network, String property) {
        return decided.contains(List.of(network, property));
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public String summary() {
        return decided.size() + (decided.size() == 1 ? " decided instance" : " decided instances");
    }

    @Override
    public void close() {
        // Everything is in memory.
    }
}
