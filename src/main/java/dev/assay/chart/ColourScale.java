package dev.assay.chart;

import dev.assay.analysis.result.Heatmap;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** From the values of a matrix to colours. */
final class ColourScale {

    private static final int MOST_LEVELS = 6;

    private final ChartPalette palette;
    private final boolean diverging;
    private final boolean zeroMarked;
    private final double low;
    private final double high;
    private final List<Heatmap.Level> levels;

    private ColourScale(
            ChartPalette palette,
            boolean diverging,
            boolean zeroMarked,
            double low,
            double high,
            List<Heatmap.Level> levels) {
        this.palette = palette;
        this.diverging = diverging;
        this.zeroMarked = zeroMarked;
        this.low = low;
        this.high = high;
        this.levels = levels;
    }

    static ColourScale of(Heatmap map, ChartPalette palette) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        TreeSet<Double> distinct = new TreeSet<>();
        for (double[] row : map.values()) {
            for (double v : row) {
                if (Double.isFinite(v)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                    whole &= v == Math.rint(v);
                    if (distinct.size() <= MOST_LEVELS) {
                        distinct.add(v == 0 ? 0.0 : v);
                    }
                }
            }
        }
        boolean diverging = map.palette() == Heatmap.Palette.DIVERGING;
        List<Heatmap.Level> levels = map.levels();
        if (levels.isEmpty() && diverging && whole && distinct.size() <= MOST_LEVELS && low >= -1 && high <= 1) {
            levels = distinct.descendingSet().stream()
                    .map(v -> new Heatmap.Level(v, dev.assay.text.Numbers.value(v)))
                    .toList();
        }
        if (diverging) {
            double size = Math.max(Math.abs(low), Math.abs(high));
            size = Double.isFinite(size) && size > 0 ? size : 1;
            return new ColourScale(palette, true, false, -size, size, levels);
        }
        // Counts: nothing is not little, so zero is left uncoloured.
        boolean zeroMarked = whole && low == 0 && high > 0;
        if (!(low <= high)) {
            low = 0;
            high = 1;
        }
        return new ColourScale(palette, false, zeroMarked, low, high, levels);
    }

    boolean hasLevels() {
        return !levels.isEmpty();
    }

    /** The named values; empty for quantities. */
    List<Heatmap.Level> levels() {
        return levels;
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    /** The colour of a value; transparent for an absent one. */
    Color colour(double value) {
        if (Double.isNaN(value)) {
            return new Color(0, 0, 0, 0);
        }
        if (diverging) {
            if (!levels.isEmpty() && Math.abs(value) > 1) {
                return palette.quiet();
            }
            double size = levels.isEmpty() ? high : 1;
            return value == 0 ? new Color(0, 0, 0, 0) : palette.diverging(value / size);
        }
        if (zeroMarked && value == 0) {
            return palette.subtle();
        }
        return palette.sequential(high > low ? (value - low) / (high - low) : 0.5);
    }

    /** What a value is called: its state's name, or null. */
    String name(double value) {
        for (Heatmap.Level level : levels) {
            if (level.value() == value) {
                return level.name();
            }
        }
        return null;
    }

    /** Ink that can be read on a value's colour. */
    Color ink(double value) {
        Color ground = colour(value);
        if (ground.getAlpha() == 0 || zeroMarked && value == 0) {
            return palette.muted();
        }
        return palette.inkOn(ground);
    }

    /** The texts that a colour bar shows, for choosing a font. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        levels.forEach(l -> texts.add(l.name()));
        return texts;
    }
}
