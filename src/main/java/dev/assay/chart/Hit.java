package dev.assay.chart;

import dev.assay.analysis.result.Ref;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A point, cell, bar or node of a drawn chart.
 *
 * @param area where it is, in the chart's pixels; without width and height for a point
 * @param series name of its series, or null
 * @param title its name
 * @param lines its values, for people
 * @param refs what is behind it; empty for nothing
 * @param place identifies it in its chart while the result stays the same
 */
public record Hit(Rectangle2D area, String series, String title, List<String> lines, List<Ref> refs, long place) {

    /** Copies the lists. */
    public Hit {
        lines = List.copyOf(lines);
        refs = List.copyOf(refs);
    }

    /** Whether it is a point, not an area. */
    public boolean isPoint() {
        return area.getWidth() == 0 && area.getHeight() == 0;
    }

    /** Title and values on one line, for screen readers. */
    public String sentence() {
        return lines.isEmpty() ? title : title + ", " + String.join(", ", lines);
    }
}
