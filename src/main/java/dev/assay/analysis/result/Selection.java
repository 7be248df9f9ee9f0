package dev.assay.analysis.result;

import java.util.List;
import java.util.Optional;

/**
 * What was clicked or selected in a result.
 *
 * @param resultId the result
 * @param refs the things behind the selected row, point or cell; a cell has that of its row, then that of its column
 */
public record Selection(String resultId, List<Ref> refs) {

    /** Copies the list. */
    public Selection {
        refs = List.copyOf(refs);
    }

    /** The first reference of a kind. */
    public Optional<Ref> first(String kind) {
        return refs.stream().filter(r -> r.kind().kind().equals(kind)).findFirst();
    }

    /** All references of a kind, in order. */
    public List<Ref> all(String kind) {
        return refs.stream().filter(r -> r.kind().kind().equals(kind)).toList();
    }
}
