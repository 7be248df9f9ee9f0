package dev.assay.analysis.result;

import java.util.List;

/**
 * A matrix in colour.
 *
 * @param rows row names, top first
 * @param columns column names
 * @param values {@code [row][column]}, NaN for absent; not copied, must not be changed afterwards
 * @param rowTitle what the rows are
 * @param columnTitle what the columns are
 * @param rowRef what the row names refer to, or null
 * @param columnRef what the column names refer to, or null
 * @param palette how values become colours
 * @param groups consecutive blocks of rows (e.g. layers), in order; empty for one block
 * @param value what the values are, for the colour bar
 * @param levels names of values, where the values are codes for states; empty where they are quantities
 */
public record Heatmap(
        String id,
        String title,
        List<String> rows,
        List<String> columns,
        double[][] values,
        String rowTitle,
        String columnTitle,
        RefKind rowRef,
        RefKind columnRef,
        Palette palette,
        List<Group> groups,
        Axis value,
        List<Level> levels) implements Result {

    /** A matrix whose colour bar has no title. */
    public Heatmap(
            String id,
            String title,
            List<String> rows,
            List<String> columns,
            double[][] values,
            String rowTitle,
            String columnTitle,
            RefKind rowRef,
            RefKind columnRef,
            Palette palette,
            List<Group> groups) {
        this(id, title, rows, columns, values, rowTitle, columnTitle, rowRef, columnRef, palette, groups,
                Axis.of("", ""), List.of());
    }

    /** How values become colours. */
    public enum Palette {
        /** Ascending from the lowest to the highest value. */
        SEQUENTIAL,
        /** Two colours around zero, zero is the background. */
        DIVERGING,
        /** The values are categories without an order: each level has a hue of its own. */
        CATEGORICAL
    }

    /** The hue of a category, from the palette of all categories. */
    public enum Hue {
        /** No colour, for what says nothing. */
        NONE,
        /** Grey, for what stands beside the others. */
        GREY,
        /** Orange. */
        ORANGE,
        /** Sky blue. */
        SKY,
        /** Green, for what holds. */
        GREEN,
        /** Blue. */
        BLUE,
        /** Vermilion, for what does not hold. */
        VERMILION,
        /** Purple. */
        PURPLE
    }

    /**
     * A block of rows.
     *
     * @param name e.g. the layer
     * @param size number of rows
     */
    public record Group(String name, int size) {}

    /**
     * A value that stands for a state.
     *
     * @param value e.g. 1
     * @param name e.g. {@code active}
     * @param hue its colour where the palette is categorical
     */
    public record Level(double value, String name, Hue hue) {

        /** A state whose colour follows from its value. */
        public Level(double value, String name) {
            this(value, name, Hue.NONE);
        }
    }

    /** The same matrix with a titled colour bar and names for the values that are codes. */
    public Heatmap explained(Axis what, Level... names) {
        return new Heatmap(id, title, rows, columns, values, rowTitle, columnTitle, rowRef, columnRef, palette, groups,
                what, List.of(names));
    }

    /** Checks the shape. */
    public Heatmap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
        levels = List.copyOf(levels);
        if (values.length != rows.size()) {
            throw new IllegalArgumentException(id + ": " + values.length + " rows of values for " + rows.size());
        }
        for (double[] row : values) {
            if (row.length != columns.size()) {
                throw new IllegalArgumentException(id + ": a row of " + row.length + " values for " + columns.size());
            }
        }
    }
}
