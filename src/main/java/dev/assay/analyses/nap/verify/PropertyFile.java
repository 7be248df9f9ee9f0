package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.vnnlib.Property;
import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import java.nio.file.Path;
import java.util.List;

/** Properties read from a VNN-LIB file or from a list of instances. */
public final class PropertyFile implements Input {

    private final Location location;
    private final List<Entry> entries;
    private final List<Path> files;

    PropertyFile(Location location, List<Entry> entries, List<Path> files) {
        this.location = location;
        this.entries = List.copyOf(entries);
        this.files = List.copyOf(files);
    }

    /**
     * One property.
     *
     * @param name the VNN-LIB file's name
     * @param model name of the network's file that it is meant for; empty where any will do
     * @param property the unsafe set
     * @param seconds the list's time limit; NaN where it gives none
     */
    public record Entry(String name, String model, Property property, double seconds) {

        /** Whether it asks about the network in a file of that name. */
        boolean isMeantFor(String network) {
            return model.isEmpty() || model.equals(network);
        }
    }

    /** Whether any property asks about the network in a file of that name. */
    boolean isMeantFor(String network) {
        return entries.stream().anyMatch(e -> e.isMeantFor(network));
    }

    /** The properties in the file's order. */
    public List<Entry> entries() {
        return entries;
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public String summary() {
        Property first = entries.getFirst().property();
        String shape = first.inputs() + " inputs, " + first.outputs() + " outputs";
        return entries.size() == 1
                ? shape + ", " + first.cases().size() + (first.cases().size() == 1 ? " case" : " cases")
                : entries.size() + " properties";
    }

    @Override
    public void close() {
        // Everything is in memory.
    }
}
