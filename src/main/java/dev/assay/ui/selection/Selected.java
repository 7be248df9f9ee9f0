package dev.assay.ui.selection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is selected. Immutable.
 *
 * @param keys keys by scope; not copied, must not be changed afterwards
 * @param by the view that selected it, which need not follow itself; null for nobody
 * @param brush where an area was selected, for people; empty when single things were
 */
public record Selected(Map<Scope, Set<String>> keys, Object by, String brush) {

    /** Nothing. */
    public static final Selected NONE = new Selected(Map.of(), null, "");

    /** Whether an area of a chart was selected, perhaps one with nothing in it. */
    public boolean isBrush() {
        return !brush.isEmpty();
    }

    /** Whether nothing is selected. */
    public boolean isEmpty() {
        return keys.isEmpty() && !isBrush();
    }

    /** The selected keys of a scope. */
    public Set<String> of(Scope scope) {
        return keys.getOrDefault(scope, Set.of());
    }

    /** The key when exactly one of a scope is selected. */
    public Optional<String> one(Scope scope) {
        Set<String> of = of(scope);
        return of.size() == 1 ? Optional.of(of.iterator().next()) : Optional.empty();
    }

    /** The number of the one thing of a scope whose keys are numbers; empty when it is none from 0 to below a size. */
    public Optional<Long> index(Scope scope, long size) {
        try {
            return one(scope).map(Long::parseLong).filter(i -> i >= 0 && i < size);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** How many things of a kind are selected. */
    public int count(String kind) {
        return keys.entrySet().stream()
                .filter(e -> e.getKey().kind().equals(kind))
                .mapToInt(e -> e.getValue().size())
                .sum();
    }

    /** The kinds of things that are selected. */
    public List<String> kinds() {
        return keys.keySet().stream().map(Scope::kind).distinct().sorted().toList();
    }
}
