package dev.assay.analyses.nap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.text.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Mined patterns read back from a file; they mean something only for the model they were mined on. */
public final class PatternFile implements Input {

    /** The schema that is written and read. */
    public static final String SCHEMA = "assay.nap/1";

    private final Location location;
    private final Content content;

    PatternFile(Location location, Content content) {
        this.location = location;
        this.content = content;
    }

    /**
     * What the file holds.
     *
     * @param schema {@link #SCHEMA}
     * @param modelSha256 lower-case hex
     * @param layers layers that take part, in order
     * @param labelSource as the parameter is written
     * @param decision as the parameter is written
     * @param convUnits as the parameter is written
     * @param classNames names in the order of the network's scores
     * @param sets one for each slack
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Content(
            String schema,
            String modelSha256,
            List<LayerLayout> layers,
            String labelSource,
            String decision,
            String convUnits,
            List<String> classNames,
            List<PatternSet> sets) {}

    /**
     * A layer.
     *
     * @param number from 1 among all ReLU layers of the model
     * @param name the ReLU node's name
     * @param width number of units
     * @param offset flat index of its first unit
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LayerLayout(int number, String name, int width, int offset) {}

    /**
     * The patterns of one slack.
     *
     * @param slack as text, exact
     * @param classes those that have a pattern
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PatternSet(String slack, List<ClassPattern> classes) {}

    /**
     * The pattern of one class. The arrays must not be changed.
     *
     * @param className its name
     * @param support mined samples
     * @param active ascending flat indices of units required active
     * @param inactive ascending flat indices of units required inactive
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ClassPattern(
            @JsonProperty("class") String className,
            long support,
            int[] active,
            int[] inactive) {}

    /** What the file holds. */
    public Content content() {
        return content;
    }

    /** The patterns of a slack, however it is written. */
    public Optional<PatternSet> set(Exact slack) {
        return content.sets().stream()
                .filter(s -> Exact.parse(s.slack()).equals(slack))
                .findFirst();
    }

    /** Number of units of all layers. */
    public int units() {
        return content.layers().stream().mapToInt(LayerLayout::width).sum();
    }

    /**
     * Makes sure that the patterns belong to a model.
     *
     * @param sha256 the model's hash
     * @throws InputException when they were mined on another one
     */
    public void requireModel(String sha256) throws InputException {
        if (!content.modelSha256().equals(sha256)) {
            throw new InputException(
                    "the patterns were mined on another model (SHA-256 " + shortened(content.modelSha256())
                            + ", the open model has " + shortened(sha256) + ")",
                    name(),
                    "open the model they were mined on, or mine this one");
        }
    }

    private static String shortened(String sha) {
        return sha.length() <= 12 ? sha : sha.substring(0, 12) + "...";
    }

    /** The first thing that is wrong with the content, or empty. */
    static Optional<String> problem(Content c) {
        if (c.modelSha256() == null || c.layers() == null || c.sets() == null) {
            return Optional.of("modelSha256, layers or sets is missing");
        }
        int units = 0;
        for (LayerLayout layer : c.layers()) {
            if (layer == null || layer.name() == null || layer.width() < 1 || layer.offset() != units) {
                return Optional.of("the layers' names, widths and offsets do not fit together");
            }
            units += layer.width();
        }
        for (PatternSet set : c.sets()) {
            if (set == null || set.slack() == null || set.classes() == null) {
                return Optional.of("a set has no slack or no classes");
            }
            try {
                Exact.parse(set.slack());
            } catch (NumberFormatException e) {
                return Optional.of("the slack " + e.getMessage());
            }
            for (ClassPattern p : set.classes()) {
                if (p == null || p.className() == null || !ascending(p.active(), units)
                        || !ascending(p.inactive(), units) || overlap(p.active(), p.inactive())) {
                    return Optional.of("a class's units are not ascending, disjoint indices below " + units);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean ascending(int[] units, int end) {
        int last = -1;
        for (int unit : units == null ? new int[] {-1} : units) {
            if (unit <= last || unit >= end) {
                return false;
            }
            last = unit;
        }
        return true;
    }

    private static boolean overlap(int[] a, int[] b) {
        return Arrays.stream(a).anyMatch(unit -> Arrays.binarySearch(b, unit) >= 0);
    }

    @Override
    public Location location() {
        return location;
    }

    @Override
    public String summary() {
        int slacks = content.sets().size();
        return Numbers.count(units()) + " neurons, " + slacks + (slacks == 1 ? " slack" : " slacks");
    }

    @Override
    public void close() {
        // Everything is in memory.
    }
}
