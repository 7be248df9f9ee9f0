package dev.assay.chart;

import dev.assay.analysis.result.Heatmap;
import org.jfree.data.xy.AbstractXYZDataset;

/** The cells of a matrix, row by row: x is the column, y the row. Empty when no cell has a value. */
final class MatrixDataset extends AbstractXYZDataset {

    private static final long serialVersionUID = 1L;

    private final transient Heatmap map;
    private final int columns;
    private final int cells;

    MatrixDataset(Heatmap map) {
        this.map = map;
        this.columns = map.columns().size();
        this.cells = anyValue(map) ? Math.multiplyExact(map.rows().size(), columns) : 0;
    }

    private static boolean anyValue(Heatmap map) {
        for (double[] row : map.values()) {
            for (double v : row) {
                if (!Double.isNaN(v)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public int getSeriesCount() {
        return cells == 0 ? 0 : 1;
    }

    @Override
    public Comparable<?> getSeriesKey(int series) {
        return map.id();
    }

    @Override
    public int getItemCount(int series) {
        return cells;
    }

    @Override
    public Number getX(int series, int item) {
        return item % columns;
    }

    @Override
    public Number getY(int series, int item) {
        return item / columns;
    }

    @Override
    public Number getZ(int series, int item) {
        return map.values()[item / columns][item % columns];
    }
}
