package dev.assay.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The opened inputs of a run by role. Immutable; does not own what it holds. */
public final class Inputs {

    private final Map<String, List<Input>> byRole;

    private Inputs(Map<String, List<Input>> byRole) {
        this.byRole = byRole;
    }

    /** No inputs. */
    public static Inputs none() {
        return new Inputs(Map.of());
    }

    /** One input. */
    public static Inputs of(String role, Input input) {
        return none().with(role, input);
    }

    /** These and one more; a role given again is appended to. */
    public Inputs with(String role, Input input) {
        Map<String, List<Input>> copy = new LinkedHashMap<>(byRole);
        List<Input> list = new ArrayList<>(copy.getOrDefault(role, List.of()));
        list.add(input);
        copy.put(role, List.copyOf(list));
        return new Inputs(copy);
    }

    /** Roles that are filled, in the order in which they were. */
    public List<String> roles() {
        return List.copyOf(byRole.keySet());
    }

    /** All inputs of a role, in order. */
    public <T extends Input> List<T> all(String role, Class<T> type) {
        return byRole.getOrDefault(role, List.of()).stream().map(type::cast).toList();
    }

    /** The first input of a role. */
    public <T extends Input> Optional<T> find(String role, Class<T> type) {
        return all(role, type).stream().findFirst();
    }

    /**
     * The input of a required role.
     *
     * @throws IllegalStateException when the role is empty; whoever starts a run has checked that
     */
    public <T extends Input> T get(String role, Class<T> type) {
        return find(role, type).orElseThrow(() -> new IllegalStateException("the input '" + role + "' is missing"));
    }
}
