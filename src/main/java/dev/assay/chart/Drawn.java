package dev.assay.chart;

import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Where things are in a chart that has been drawn.
 *
 * @param plot the plot's area, in the chart's pixels
 * @param x the positions that are seen along x
 * @param y the positions that are seen along y
 * @param labels the names of series, which can be clicked
 * @param hits finds points, cells and bars
 */
public record Drawn(Rectangle2D plot, Span x, Span y, List<Label> labels, Hits hits) {

    /** Copies the list. */
    public Drawn {
        labels = List.copyOf(labels);
    }

    /**
     * A name of a series.
     *
     * @param area where it is
     * @param series the series
     */
    public record Label(Rectangle2D area, String series) {}
}
