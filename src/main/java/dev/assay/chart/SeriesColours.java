package dev.assay.chart;

import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every name of a series a colour and keeps it, so that a class, an explainer or a run looks the same in every
 * chart that shares the object. Two series that are the plus and the minus of one, such as {@code truth +} and
 * {@code truth &minus;}, have its colour and a shade of it. Safe for use by several threads.
 */
public final class SeriesColours {

    /** Names of sums over the other series; they are drawn in ink, not in a category's colour. */
    private static final Set<String> TOTALS = Set.of("all", "total", "overall", "mean");

    private static final String PLUS = " +";
    private static final String MINUS = " \u2212";

    private final Map<String, Integer> places = new HashMap<>();

    /** Takes up the names in their order, as far as they are new. */
    public synchronized void add(List<String> names) {
        for (String name : names) {
            if (!isTotal(name)) {
                place(whole(name));
            }
        }
    }

    /** The colour of a name. */
    public synchronized Color of(String name, ChartPalette palette) {
        if (isTotal(name)) {
            return palette.foreground();
        }
        Color colour = palette.category(place(whole(name)));
        return name.endsWith(MINUS) ? palette.shade(colour) : colour;
    }

    /** How often the colours had been used up when the name got its own: from the first time on, shape has to help. */
    synchronized int round(String name, ChartPalette palette) {
        return isTotal(name) ? 0 : palette.round(place(whole(name)));
    }

    private int place(String name) {
        Integer known = places.get(name);
        if (known == null) {
            known = places.size();
            places.put(name, known);
        }
        return known;
    }

    private static String whole(String name) {
        return name.endsWith(PLUS) || name.endsWith(MINUS) ? name.substring(0, name.length() - PLUS.length()) : name;
    }

    /** Whether the name stands for all others together. */
    static boolean isTotal(String name) {
        return TOTALS.contains(name);
    }
}
