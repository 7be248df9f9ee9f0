package dev.assay.chart;

import java.awt.Color;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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

    /** Colours of every theme before shades have to help. */
    private static final int ONE_ROUND = 7;

    private final Map<String, Integer> places = new HashMap<>();
    private int next;

    /**
     * Takes up the names of a chart in their order, as far as they are new. Once there is no colour left that no other chart
     * uses, they get the first ones that this chart does not use.
     */
    public synchronized void add(List<String> names) {
        Set<String> fresh = new LinkedHashSet<>();
        Set<Integer> taken = new HashSet<>();
        for (String name : names) {
            Integer known = places.get(whole(name));
            if (known != null) {
                taken.add(known);
            } else if (!isTotal(name)) {
                fresh.add(whole(name));
            }
        }
        boolean again = next + fresh.size() > ONE_ROUND;
        int place = again ? 0 : next;
        for (String name : fresh) {
            while (taken.contains(place)) {
                place++;
            }
            places.put(name, place++);
        }
        next = again ? next : place;
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
        return places.computeIfAbsent(name, n -> next++);
    }

    private static String whole(String name) {
        return name.endsWith(PLUS) || name.endsWith(MINUS) ? name.substring(0, name.length() - PLUS.length()) : name;
    }

    /** How many things series stand for when the plus and the minus of one are one. */
    static long wholes(List<String> names) {
        return names.stream().map(SeriesColours::whole).distinct().count();
    }

    /** Whether the name stands for all others together. */
    static boolean isTotal(String name) {
        return TOTALS.contains(name);
    }
}
