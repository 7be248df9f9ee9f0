package dev.assay.chart;

import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every name of a series a colour and keeps it, so that a class, an explainer or a run looks the same in every
 * chart that shares the object. Safe for use by several threads.
 */
public final class SeriesColours {

    /** Names of sums over the other series; they are drawn in ink, not in a category's colour. */
    private static final Set<String> TOTALS = Set.of("all", "total", "overall", "mean");

    private final Map<String, Integer> places = new HashMap<>();

    /** Takes up the names in their order, as far as they are new. */
    public synchronized void add(List<String> names) {
        for (String name : names) {
            if (!isTotal(name)) {
                places.putIfAbsent(name, places.size());
            }
        }
    }

    /** The colour of a name. */
    public synchronized Color of(String name, ChartPalette palette) {
        if (isTotal(name)) {
            return palette.foreground();
        }
        return palette.category(places.computeIfAbsent(name, n -> places.size()));
    }

    /** Whether the name stands for all others together. */
    static boolean isTotal(String name) {
        return TOTALS.contains(name);
    }
}
