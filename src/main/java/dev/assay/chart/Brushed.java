package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an area of a chart selects: the things behind its points, or where a chart has no points of its own the parts of
 * its axes, whose values stand in a table.
 *
 * @param result the chart's result
 * @param keys what the area holds; not copied, must not be changed afterwards
 * @param ranges what rows of tables have to fulfil, all of them
 */
public record Brushed(Result result, Map<RefKind, Set<String>> keys, List<Range> ranges) {

    /**
     * A part of an axis, ends included.
     *
     * @param source the column whose values lie along the axis
     */
    public record Range(Axis.Source source, double low, double high) {}

    /** Whether areas of a result's chart select anything. */
    public static boolean fits(Result result) {
        return switch (result) {
            case Scatter s -> s.ref() != null || s.x().source() != null || s.y().source() != null;
            case Curve c -> c.x().source() != null || c.y().source() != null;
            case Distribution d -> d.x().source() != null;
            case Ranking r -> r.entries().stream().anyMatch(e -> e.ref() != null);
            case GraphPicture g -> g.edgeRef() != null;
            default -> false;
        };
    }

    /**
     * Finds what lies in an area. May take a while for a million points, so not on the window's thread.
     *
     * @param area in the chart's pixels
     */
    public static Brushed of(Chart chart, Drawn drawn, Shape area) {
        Map<RefKind, Set<String>> keys = new HashMap<>();
        drawn.hits().within(area, ref -> keys.computeIfAbsent(ref.kind(), k -> new HashSet<>()).add(ref.key()));
        List<Range> ranges = new ArrayList<>();
        switch (chart.result()) {
            case Scatter s when s.ref() == null -> {
                along(ranges, s.x().source(), chart, drawn, area, true);
                along(ranges, s.y().source(), chart, drawn, area, false);
            }
            case Curve c -> {
                along(ranges, c.x().source(), chart, drawn, area, true);
                along(ranges, c.y().source(), chart, drawn, area, false);
            }
            case Distribution d -> along(ranges, d.x().source(), chart, drawn, area, true);
            default -> {
                // Its points are all there is.
            }
        }
        return new Brushed(chart.result(), keys, List.copyOf(ranges));
    }

    private static void along(
            List<Range> ranges, Axis.Source source, Chart chart, Drawn drawn, Shape area, boolean x) {
        Rectangle2D bounds = area.getBounds2D();
        Rectangle2D plot = drawn.plot();
        double from = x ? bounds.getMinX() : bounds.getMinY();
        double to = x ? bounds.getMaxX() : bounds.getMaxY();
        boolean whole = x
                ? from <= plot.getMinX() && to >= plot.getMaxX()
                : from <= plot.getMinY() && to >= plot.getMaxY();
        if (source == null || whole) {
            return;
        }
        double a = value(chart, drawn, from, x);
        double b = value(chart, drawn, to, x);
        ranges.add(new Range(source, Math.min(a, b), Math.max(a, b)));
    }

    private static double value(Chart chart, Drawn drawn, double pixel, boolean x) {
        Rectangle2D plot = drawn.plot();
        double share = x
                ? (pixel - plot.getMinX()) / plot.getWidth()
                : (plot.getMaxY() - pixel) / plot.getHeight();
        Span span = x ? drawn.x() : drawn.y();
        double at = span.lower() + Math.clamp(share, 0, 1) * span.length();
        return x ? chart.xValue(at) : chart.yValue(at);
    }
}
