package dev.assay.analysis.result;

import java.util.List;

/**
 * Things in order of a score, best first.
 *
 * @param score what the score is
 * @param entries in order
 */
public record Ranking(String id, String title, Axis score, List<Entry> entries) implements Result {

    /** Copies the list. */
    public Ranking {
        entries = List.copyOf(entries);
    }

    /**
     * One place.
     *
     * @param name name for the user
     * @param score its score
     * @param error half-width of its uncertainty, or NaN
     * @param ref the thing itself, or null
     */
    public record Entry(String name, double score, double error, Ref ref) {}
}
