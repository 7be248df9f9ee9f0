package dev.assay.chart;

import dev.assay.analysis.result.Scatter;
import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Points in a plane with error crosses; a density where there are very many. */
final class ScatterChart {

    private static final double PADDING = 0.04;
    private static final int MANY = 2_000;
    private static final double SMALL_MARKER = 3.5;

    private final Scatter scatter;
    private final ChartFrame frame;
    private final SeriesLook look;
    private final Scaling sx;
    private final Scaling sy;

    private ScatterChart(Scatter scatter, ChartFrame frame) {
        this.scatter = scatter;
        this.frame = frame;
        this.look = frame.lookOfPoints(scatter.series().stream().map(Scatter.Series::name).toList());
        Scaling.Extent ex = new Scaling.Extent();
        Scaling.Extent ey = new Scaling.Extent();
        for (Scatter.Series s : scatter.series()) {
            ex.add(s.x());
            ey.add(s.y());
        }
        this.sx = Scaling.of(CurveChart.isLog(frame.view().xLog(), scatter.x()), ex);
        this.sy = Scaling.of(CurveChart.isLog(frame.view().yLog(), scatter.y()), ey);
        frame.scale(sx, CurveChart.canBeLog(ex), sy, CurveChart.canBeLog(ey));
        frame.cursor(scatter.x(), scatter.y());
    }

    static Chart of(Scatter scatter, ChartView view, int width, int height) {
        List<String> texts = new ArrayList<>();
        texts.add(scatter.x().label() + scatter.x().unit() + scatter.y().label() + scatter.y().unit());
        scatter.series().forEach(s -> texts.add(s.name()));
        return new ScatterChart(scatter, new ChartFrame(scatter, view, width, height, texts)).build();
    }

    private Chart build() {
        List<PointsDataset.Points> placed = new ArrayList<>();
        Scaling.Extent ex = new Scaling.Extent();
        Scaling.Extent ey = new Scaling.Extent();
        for (int i = 0; i < scatter.series().size(); i++) {
            Scatter.Series s = scatter.series().get(i);
            if (!look.isHidden(s.name())) {
                placed.add(points(i, s, ex, ey));
            }
        }
        Span x = frame.shownX(ex.span(sx).padded(PADDING, PADDING));
        Span y = frame.shownY(ey.span(sy).padded(PADDING, PADDING));
        long seen = placed.stream().mapToLong(p -> seen(p, x, y)).sum();
        boolean dense = seen > frame.view().mostMarks();
        placed.sort(Comparator.comparing(p -> look.isStrong(p.name())));

        PlotRenderer renderer;
        PointsDataset data;
        Side side = labels();
        if (dense) {
            List<Color> colours = placed.stream().map(p -> look.colour(p.name())).toList();
            Density density = new Density(placed, colours, frame.palette());
            data = density.trigger();
            renderer = new PlotRenderer(1, (g2, pixels, series, pass) -> density.paint(g2, pixels));
        } else {
            data = new PointsDataset(placed);
            double size = seen > MANY ? SMALL_MARKER : CurveChart.MARKER;
            renderer = new PlotRenderer(2, (g2, pixels, series, pass) -> {
                if (pass == 0) {
                    if (series == 0) {
                        paintGuides(g2, pixels);
                    }
                    paintErrors(g2, pixels, data.points(series));
                } else {
                    paintMarks(g2, pixels, data.points(series), size, seen);
                }
            });
        }
        return frame.build(
                data,
                frame.axis(Ticks.numbers(sx, scatter.x().unit()), x, ChartFrame.title(scatter.x()), true),
                frame.axis(Ticks.numbers(sy, scatter.y().unit()), y, ChartFrame.title(scatter.y()), false),
                renderer,
                side,
                true,
                frame.noValues(),
                pixels -> new ScatterHits(scatter, placed, pixels),
                finding());
    }

    private PointsDataset.Points points(int index, Scatter.Series s, Scaling.Extent ex, Scaling.Extent ey) {
        int n = s.x().length;
        double[] px = new double[n];
        double[] py = new double[n];
        int[] item = new int[n];
        for (int i = 0; i < n; i++) {
            px[i] = sx.at(s.x()[i]);
            py[i] = sy.at(s.y()[i]);
            item[i] = i;
            if (!Double.isNaN(px[i]) && !Double.isNaN(py[i])) {
                extend(ex, s.x()[i], s.xError() == null ? 0 : s.xError()[i], sx);
                extend(ey, s.y()[i], s.yError() == null ? 0 : s.yError()[i], sy);
            }
        }
        return new PointsDataset.Points(s.name(), index, px, py, null, null, item);
    }

    private static void extend(Scaling.Extent extent, double value, double error, Scaling scaling) {
        extent.add(value);
        if (error > 0) {
            extent.add(value + error);
            if (!scaling.isLog() || value > error) {
                extent.add(value - error);
            }
        }
    }

    private static long seen(PointsDataset.Points p, Span x, Span y) {
        long count = 0;
        for (int i = 0; i < p.size(); i++) {
            if (x.contains(p.x()[i]) && y.contains(p.y()[i])) {
                count++;
            }
        }
        return count;
    }

    private void paintGuides(Graphics2D g2, Pixels pixels) {
        if (sx.isLog() || sy.isLog()) {
            return;
        }
        Rectangle2D plot = pixels.plot();
        Font font = frame.fonts().regular(ChartFonts.CAPTION);
        g2.setFont(font);
        List<Rectangle2D> taken = new ArrayList<>();
        for (Scatter.Guide guide : scatter.guides()) {
            double left = pixels.spanX().lower();
            double right = pixels.spanX().upper();
            Line2D line = new Line2D.Double(
                    pixels.x(left), pixels.y(guide.slope() * left + guide.intercept()), pixels.x(right),
                    pixels.y(guide.slope() * right + guide.intercept()));
            if (!line.intersects(plot)) {
                continue;
            }
            g2.setPaint(ChartPalette.fade(frame.palette().muted(), 0.45));
            g2.setStroke(new BasicStroke(
                    1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {3f, 3f}, 0f));
            g2.draw(line);
            paintGuideName(g2, font, guide, pixels, taken);
        }
    }

    /**
     * The name stands where the line leaves the plot: at the right edge, or at the upper or lower one before it. Where
     * another name is there already, or the plot has no room for it, it is left out.
     */
    private void paintGuideName(
            Graphics2D g2, Font font, Scatter.Guide guide, Pixels pixels,
            List<Rectangle2D> taken) {
        Rectangle2D plot = pixels.plot();
        double width = ChartFonts.width(font, guide.name());
        if (plot.getWidth() < width + 4 || plot.getHeight() < 16) {
            return;
        }
        double x = pixels.spanX().upper();
        double y = guide.slope() * x + guide.intercept();
        Span inside = pixels.spanY();
        if (!inside.contains(y) && guide.slope() != 0) {
            y = y > inside.upper() ? inside.upper() : inside.lower();
            x = (y - guide.intercept()) / guide.slope();
        }
        double px = Math.clamp(pixels.x(x) - width - 4, plot.getMinX() + 2, plot.getMaxX() - width - 2);
        double py = Math.clamp(pixels.y(y) + 12, plot.getMinY() + 12, plot.getMaxY() - 4);
        Rectangle2D place = new Rectangle2D.Double(px - 4, py - 11, width + 8, 14);
        if (taken.stream().anyMatch(t -> t.intersects(place))) {
            return;
        }
        taken.add(place);
        g2.setPaint(frame.palette().muted());
        g2.drawString(guide.name(), (float) px, (float) py);
    }

    private void paintErrors(Graphics2D g2, Pixels pixels, PointsDataset.Points p) {
        Scatter.Series s = scatter.series().get(p.index());
        if (s.xError() == null && s.yError() == null) {
            return;
        }
        g2.setPaint(ChartPalette.fade(look.colour(p.name()), 0.55));
        g2.setStroke(new BasicStroke(1f));
        for (int i = 0; i < p.size(); i++) {
            if (!p.isDrawn(i)) {
                continue;
            }
            double px = pixels.x(p.x()[i]);
            double py = pixels.y(p.y()[i]);
            if (s.xError() != null && s.xError()[i] > 0) {
                double low = sx.at(s.x()[i] - s.xError()[i]);
                double from = Double.isNaN(low) ? pixels.plot().getMinX() : pixels.x(low);
                g2.draw(new Line2D.Double(from, py, pixels.x(sx.at(s.x()[i] + s.xError()[i])), py));
            }
            if (s.yError() != null && s.yError()[i] > 0) {
                double low = sy.at(s.y()[i] - s.yError()[i]);
                double from = Double.isNaN(low) ? pixels.plot().getMaxY() : pixels.y(low);
                g2.draw(new Line2D.Double(px, from, px, pixels.y(sy.at(s.y()[i] + s.yError()[i]))));
            }
        }
    }

    private void paintMarks(Graphics2D g2, Pixels pixels, PointsDataset.Points p, double size, long seen) {
        Color colour = look.colour(p.name());
        double opacity = colour.getAlpha() / 255.0 * (seen > MANY ? 0.5 : seen > 60 ? 0.75 : 1);
        g2.setPaint(ChartPalette.fade(colour, opacity));
        Span x = pixels.spanX();
        Span y = pixels.spanY();
        boolean diamonds = look.isSecond(p.name());
        for (int i = 0; i < p.size(); i++) {
            if (x.contains(p.x()[i]) && y.contains(p.y()[i])) {
                double px = pixels.x(p.x()[i]);
                double py = pixels.y(p.y()[i]);
                g2.fill(diamonds ? diamond(px, py, size)
                        : new Ellipse2D.Double(px - size / 2, py - size / 2, size, size));
            }
        }
    }

    /** The mark of a series whose colour is a shade of another one's. */
    static Path2D diamond(double x, double y, double size) {
        double reach = size * 0.7;
        Path2D path = new Path2D.Double();
        path.moveTo(x, y - reach);
        path.lineTo(x + reach, y);
        path.lineTo(x, y + reach);
        path.lineTo(x - reach, y);
        path.closePath();
        return path;
    }

    private Side labels() {
        if (scatter.series().size() < 2) {
            return Side.NONE;
        }
        return new SeriesLabels(
                scatter.series().stream()
                        .map(s -> new SeriesLabels.Entry(
                                s.name(), look.colour(s.name()), look.isStrong(s.name()), look.isHidden(s.name()),
                                Double.NaN, Double.NaN,
                                look.isSecond(s.name()) ? SeriesLabels.Mark.DIAMOND : SeriesLabels.Mark.DOT))
                        .toList(),
                frame.fonts().regular(ChartFonts.CAPTION), frame.palette(), frame.width());
    }

    private String finding() {
        long points = scatter.series().stream().mapToLong(s -> s.x().length).sum();
        StringBuilder text = new StringBuilder(scatter.title());
        if (points == 0) {
            return text.append(", no points yet").toString();
        }
        text.append(", ").append(Numbers.count(points)).append(points == 1 ? " point" : " points");
        if (scatter.series().size() > 1) {
            text.append(" in ").append(Numbers.count(scatter.series().size())).append(" series");
        }
        for (Scatter.Series s : scatter.series()) {
            if (s.x().length > 0 && Double.isFinite(s.x()[0]) && Double.isFinite(s.y()[0])) {
                return text.append(", ").append(s.name()).append(": ")
                        .append(CurveHits.line(scatter.x(), s.x()[0])).append(", ")
                        .append(CurveHits.line(scatter.y(), s.y()[0])).toString();
            }
        }
        return text.toString();
    }
}
