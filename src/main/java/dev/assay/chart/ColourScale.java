package dev.assay.chart;

import dev.assay.analysis.result.Heatmap;
import dev.assay.text.Numbers;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** From the values of a matrix to colours. */
final class ColourScale {

    private static final int MOST_LEVELS = 6;

    private final ChartPalette palette;
    private final boolean diverging;
    private final boolean categorical;
    private final boolean zeroMarked;
    private final double low;
    private final double high;
    private final List<Heatmap.Level> levels;
    private final double[] rarity;

    private ColourScale(
            ChartPalette palette,
            Heatmap.Palette kind,
            boolean zeroMarked,
            double low,
            double high,
            List<Heatmap.Level> levels,
            double[] rarity) {
        this.palette = palette;
        this.diverging = kind == Heatmap.Palette.DIVERGING;
        this.categorical = kind == Heatmap.Palette.CATEGORICAL;
        this.zeroMarked = zeroMarked;
        this.low = low;
        this.high = high;
        this.levels = levels;
        this.rarity = rarity;
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
                    .map(v -> new Heatmap.Level(v, Numbers.value(v)))
                    .toList();
        }
        double[] rarity = rarity(map.values(), levels);
        if (diverging) {
            double size = Math.max(Math.abs(low), Math.abs(high));
            size = Double.isFinite(size) && size > 0 ? size : 1;
            return new ColourScale(palette, map.palette(), false, -size, size, levels, rarity);
        }
        // Counts: nothing is not little, so zero is left uncoloured.
        boolean zeroMarked = map.palette() == Heatmap.Palette.SEQUENTIAL && whole && low == 0 && high > 0;
        if (!(low <= high)) {
            low = 0;
            high = 1;
        }
        return new ColourScale(palette, map.palette(), zeroMarked, low, high, levels, rarity);
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
        if (categorical) {
            int level = level(value);
            return palette.hue(level < 0 ? Heatmap.Hue.NONE : levels.get(level).hue());
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

    /**
     * The colour of a block of cells that share a pixel: that of their mean, or for states their mixture, in which a
     * state weighs the more the rarer it is in the whole matrix (n / sqrt(share)); a few active neurons among a thousand
     * inactive ones would else be lost.
     */
    Color colourOf(double[][] values, int fromRow, int toRow, int fromColumn, int toColumn) {
        int endRow = Math.max(toRow, fromRow + 1);
        int endColumn = Math.max(toColumn, fromColumn + 1);
        if (endRow - fromRow == 1 && endColumn - fromColumn == 1) {
            return colour(values[fromRow][fromColumn]);
        }
        double sum = 0;
        int count = 0;
        double[] weights = new double[levels.size()];
        for (int r = fromRow; r < endRow; r++) {
            for (int c = fromColumn; c < endColumn; c++) {
                double v = values[r][c];
                if (!Double.isNaN(v)) {
                    sum += v;
                    count++;
                    int level = level(v);
                    if (level >= 0) {
                        weights[level] += rarity[level];
                    }
                }
            }
        }
        if (count == 0) {
            return colour(Double.NaN);
        }
        return levels.isEmpty() ? colour(sum / count) : mixture(weights);
    }

    private Color mixture(double[] weights) {
        double[] mixed = new double[3];
        double whole = 0;
        for (int level = 0; level < weights.length; level++) {
            Color colour = colour(levels.get(level).value());
            Color solid = colour.getAlpha() == 0 ? palette.background() : colour;
            mixed[0] += weights[level] * solid.getRed();
            mixed[1] += weights[level] * solid.getGreen();
            mixed[2] += weights[level] * solid.getBlue();
            whole += weights[level];
        }
        return whole == 0
                ? colour(Double.NaN)
                : new Color((int) (mixed[0] / whole), (int) (mixed[1] / whole), (int) (mixed[2] / whole));
    }

    private int level(double value) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.get(i).value() == value) {
                return i;
            }
        }
        return -1;
    }

    private static double[] rarity(double[][] values, List<Heatmap.Level> levels) {
        double[] counts = new double[levels.size()];
        double all = 0;
        for (double[] row : values) {
            for (double v : row) {
                for (int i = 0; i < counts.length; i++) {
                    if (levels.get(i).value() == v) {
                        counts[i]++;
                        all++;
                    }
                }
            }
        }
        double[] rarity = new double[counts.length];
        for (int i = 0; i < rarity.length; i++) {
            rarity[i] = counts[i] == 0 ? 0 : Math.sqrt(all / counts[i]);
        }
        return rarity;
    }

    /** What a value is called: its state's name, or null. */
    String name(double value) {
        int level = level(value);
        return level < 0 ? null : levels.get(level).name();
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
