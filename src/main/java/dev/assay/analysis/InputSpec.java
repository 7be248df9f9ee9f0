package dev.assay.analysis;

import java.util.List;
import java.util.Optional;

/**
 * The inputs of an analysis.
 *
 * @param roles in the order in which a form shows them
 */
public record InputSpec(List<InputRole> roles) {

    /** Copies the list. */
    public InputSpec {
        roles = List.copyOf(roles);
    }

    /** Roles in order. */
    public static InputSpec of(InputRole... roles) {
        return new InputSpec(List.of(roles));
    }

    /** The role of that name. */
    public Optional<InputRole> role(String name) {
        return roles.stream().filter(r -> r.name().equals(name)).findFirst();
    }
}
