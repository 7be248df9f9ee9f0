package dev.assay.chart;

import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is selected, in the words of one run's results: keys by what they refer to. Immutable; equal to itself alone, so
 * that comparing two big selections costs nothing.
 */
public final class Marked {

    /** Nothing. */
    public static final Marked NONE = new Marked(Map.of(), false);

    private final Map<RefKind, Set<String>> keys;
    private final boolean brushed;

    /**
     * A selection.
     *
     * @param keys not copied, must not be changed afterwards
     * @param brushed whether an area of a chart was selected, not single things: tables then show these rows only
     */
    public Marked(Map<RefKind, Set<String>> keys, boolean brushed) {
        this.keys = keys;
        this.brushed = brushed;
    }

    /** Whether nothing is selected. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether an area of a chart was selected. */
    public boolean brushed() {
        return brushed;
    }

    /** The keys that are selected of a kind; empty also for no kind. */
    public Set<String> of(RefKind kind) {
        return kind == null ? Set.of() : keys.getOrDefault(kind, Set.of());
    }

    /** Whether something is selected; nothing is not. */
    public boolean has(Ref ref) {
        return ref != null && of(ref.kind()).contains(ref.key());
    }

    /** Whether any of these is selected. */
    public boolean hasAny(Collection<Ref> refs) {
        return refs.stream().anyMatch(this::has);
    }

    /** The kinds of which something is selected. */
    public List<RefKind> kinds() {
        return List.copyOf(keys.keySet());
    }
}
