package dev.assay.ui.selection;

import dev.assay.analysis.Location;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * The one selection of the window. Tables, charts, thumbnails, the model's graph and sample pages all show it and all
 * change it: things are named by what they are and where they come from, so a point of a run's chart and a thumbnail of
 * the dataset are the same thing to it. JavaFX thread only.
 */
public final class SelectionService {

    private final ReadOnlyObjectWrapper<Selected> selected = new ReadOnlyObjectWrapper<>(Selected.NONE);
    private final Map<String, String> originByHash = new HashMap<>();
    private final Map<String, String> moved = new HashMap<>();

    /** What is selected; every selection is a new object. */
    public ReadOnlyObjectProperty<Selected> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /** What is selected. */
    public Selected selected() {
        return selected.get();
    }

    /**
     * The name of what a file holds, with its reading options: files of one content have one name once that is known.
     */
    public String origin(Location location) {
        String plain = new Location(location.path().toAbsolutePath().normalize(), location.options()).toString();
        return moved.getOrDefault(plain, plain);
    }

    /** Takes up that a file has a content; another one with the same content and options then is the same origin. */
    public void learn(Location location, String sha256) {
        if (!sha256.isEmpty()) {
            String plain = origin(location);
            String same = originByHash.putIfAbsent(sha256 + location.options(), plain);
            if (same != null && !same.equals(plain)) {
                moved.put(plain, same);
            }
        }
    }

    /** Selects one thing. */
    public void select(Object by, Scope scope, String key) {
        select(by, Map.of(scope, Set.of(key)));
    }

    /** Selects single things; what was selected before no longer is. */
    public void select(Object by, Map<Scope, Set<String>> keys) {
        selected.set(new Selected(new LinkedHashMap<>(keys), by, ""));
    }

    /**
     * Selects what an area holds: tables then show only that.
     *
     * @param where the chart, for people
     */
    public void brush(Object by, Map<Scope, Set<String>> keys, String where) {
        selected.set(new Selected(keys, by, where));
    }

    /** Selects nothing. */
    public void clear() {
        if (!selected.get().isEmpty()) {
            selected.set(Selected.NONE);
        }
    }
}
