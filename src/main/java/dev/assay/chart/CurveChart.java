package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Lines with bands. */
final class CurveChart {

    static final float LINE = 1.75f;
    static final double MARKER = 6;

    private static final double MARKER_ROOM = 11;
    private static final double X_PADDING = 0.015;
    private static final double Y_PADDING = 0.04;

    private final Curve curve;
    private final ChartFrame frame;
    private final SeriesLook look;
    private final Scaling sx;
    private final Scaling sy;

    private CurveChart(Curve curve, ChartFrame frame) {
        this.curve = curve;
        this.frame = frame;
        this.look = frame.look(curve.series().stream().map(Curve.Series::name).toList());
        Scaling.Extent ex = new Scaling.Extent();
        Scaling.Extent ey = new Scaling.Extent();
        Scaling.Extent bands = new Scaling.Extent();
        for (Curve.Series s : curve.series()) {
            ex.add(s.x());
            ey.add(s.y());
            bands.add(s.y()).add(s.low()).add(s.high());
        }
        this.sx = Scaling.of(isLog(frame.view().xLog(), curve.x()), ex);
        // A band that reaches down to zero needs a place for it; one that goes below does not make the axis linear.
        this.sy = Scaling.of(isLog(frame.view().yLog(), curve.y()), bands.least() < 0 ? ey : bands);
        frame.scale(sx, canBeLog(ex), sy, canBeLog(ey));
        frame.cursor(curve.x(), curve.y());
    }

    static boolean isLog(Boolean chosen, Axis axis) {
        return chosen == null ? axis.scale() == Axis.Scale.LOG : chosen;
    }

    static boolean canBeLog(Scaling.Extent extent) {
        return !extent.isEmpty() && extent.least() >= 0 && extent.greatest() > 0;
    }

    static Chart of(Curve curve, ChartView view, int width, int height) {
        List<String> texts = new ArrayList<>();
        texts.add(curve.x().label() + curve.x().unit() + curve.y().label() + curve.y().unit());
        curve.series().forEach(s -> texts.add(s.name()));
        return new CurveChart(curve, new ChartFrame(curve, view, width, height, texts)).build();
    }

    private Chart build() {
        Scaling.Extent ex = new Scaling.Extent();
        Scaling.Extent ey = new Scaling.Extent();
        for (Curve.Series s : curve.series()) {
            if (!look.isHidden(s.name())) {
                ex.add(s.x());
                ey.add(s.y()).add(s.low()).add(s.high());
            }
        }
        Span x = frame.shownX(ex.span(sx).padded(X_PADDING, X_PADDING));
        Span y = frame.shownY(valueSpan(ey, sy, curve.y()));

        double perX = frame.width() / x.length();
        double perY = frame.height() / y.length();
        List<PointsDataset.Points> drawn = new ArrayList<>();
        for (int i = 0; i < curve.series().size(); i++) {
            if (!look.isHidden(curve.series().get(i).name())) {
                drawn.add(points(i, x, perX, perY));
            }
        }
        drawn.sort(Comparator.comparing(p -> look.isStrong(p.name())));
        PointsDataset data = new PointsDataset(drawn);
        boolean markers = drawn.stream().mapToInt(p -> seen(p, x)).max().orElse(0) * MARKER_ROOM <= frame.width();
        PlotRenderer renderer = new PlotRenderer(2, (g2, pixels, series, pass) -> {
            if (pass == 0) {
                paintBand(g2, pixels, data.points(series));
            } else {
                paintLine(g2, pixels, data.points(series), markers);
            }
        });
        return frame.build(
                data,
                frame.axis(isCounted() ? Ticks.counts(sx) : Ticks.numbers(sx, curve.x().unit()), x,
                        ChartFrame.title(curve.x()), true),
                frame.axis(Ticks.numbers(sy, curve.y().unit()), y, ChartFrame.title(curve.y()), false),
                renderer,
                labels(data),
                true,
                curve.absent() == null ? frame.noValues() : curve.absent(),
                pixels -> new CurveHits(curve, data.all(), pixels),
                finding());
    }

    /** Whether the positions are places or numbers of things: there is nothing to mark between a first and a second layer. */
    private boolean isCounted() {
        return curve.x().unit().isEmpty()
                && curve.series().stream().flatMapToDouble(s -> Arrays.stream(s.x())).allMatch(v -> v == Math.rint(v));
    }

    /** The range of an axis of values: from zero where zero is near, whole for shares, with air above. */
    static Span valueSpan(Scaling.Extent extent, Scaling scaling, Axis axis) {
        Span span = extent.span(scaling);
        if (scaling.isLog() || extent.isEmpty()) {
            return span.padded(Y_PADDING, Y_PADDING);
        }
        boolean share = Numbers.SHARE.equals(axis.unit());
        double low = extent.least();
        double high = extent.greatest();
        if (low >= 0 && low <= high / 2) {
            low = 0;
        }
        if (share && low >= 0 && high <= 1 && high > 0.5) {
            high = 1;
        }
        Span plain = Span.of(low, high);
        return low == 0 && plain.lower() == 0
                ? plain.padded(Span.AIR, high == 1 && share ? Span.AIR : Y_PADDING)
                : plain.padded(Y_PADDING, Y_PADDING);
    }

    private PointsDataset.Points points(int index, Span seen, double perX, double perY) {
        Curve.Series s = curve.series().get(index);
        double[] px = new double[s.size()];
        double[] py = new double[s.size()];
        for (int i = 0; i < px.length; i++) {
            px[i] = sx.at(s.x()[i]);
            py[i] = sy.at(s.y()[i]);
        }
        int[] kept = Reduction.line(px, py, seen, perX, perY);
        double[] low = s.low() == null ? null : new double[kept.length];
        double[] high = s.high() == null ? null : new double[kept.length];
        double[] keptX = new double[kept.length];
        double[] keptY = new double[kept.length];
        for (int k = 0; k < kept.length; k++) {
            keptX[k] = px[kept[k]];
            keptY[k] = py[kept[k]];
            if (low != null) {
                low[k] = sy.at(s.low()[kept[k]]);
            }
            if (high != null) {
                high[k] = sy.at(s.high()[kept[k]]);
            }
        }
        return new PointsDataset.Points(s.name(), index, keptX, keptY, low, high, kept);
    }

    private static int seen(PointsDataset.Points p, Span x) {
        int count = 0;
        for (int i = 0; i < p.size(); i++) {
            if (p.isDrawn(i) && x.contains(p.x()[i])) {
                count++;
            }
        }
        return count;
    }

    private void paintBand(Graphics2D g2, Pixels pixels, PointsDataset.Points p) {
        if (p.low() == null || p.high() == null) {
            return;
        }
        g2.setPaint(ChartPalette.fade(look.colour(p.name()), ChartPalette.BAND_OPACITY));
        int start = 0;
        while (start < p.size()) {
            int end = start;
            while (end < p.size() && hasBand(p, end)) {
                end++;
            }
            if (end - start >= 2) {
                Path2D band = new Path2D.Double(Path2D.WIND_NON_ZERO, 2 * (end - start) + 2);
                band.moveTo(pixels.x(p.x()[start]), pixels.y(p.high()[start]));
                for (int i = start + 1; i < end; i++) {
                    band.lineTo(pixels.x(p.x()[i]), pixels.y(p.high()[i]));
                }
                for (int i = end - 1; i >= start; i--) {
                    band.lineTo(pixels.x(p.x()[i]), pixels.y(p.low()[i]));
                }
                band.closePath();
                g2.fill(band);
            } else if (end - start == 1) {
                g2.setStroke(new BasicStroke(1f));
                double px = pixels.x(p.x()[start]);
                g2.draw(new java.awt.geom.Line2D.Double(
                        px, pixels.y(p.low()[start]), px, pixels.y(p.high()[start])));
            }
            start = end + 1;
        }
    }

    private static boolean hasBand(PointsDataset.Points p, int i) {
        return p.isDrawn(i) && !Double.isNaN(p.low()[i]) && !Double.isNaN(p.high()[i]);
    }

    private void paintLine(Graphics2D g2, Pixels pixels, PointsDataset.Points p, boolean markers) {
        Color colour = look.colour(p.name());
        g2.setPaint(colour);
        g2.setStroke(new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, p.size() + 1);
        boolean open = false;
        for (int i = 0; i < p.size(); i++) {
            if (!p.isDrawn(i)) {
                open = false;
                continue;
            }
            double px = pixels.x(p.x()[i]);
            double py = pixels.y(p.y()[i]);
            if (open) {
                path.lineTo(px, py);
            } else {
                path.moveTo(px, py);
                open = true;
            }
        }
        if (path.getCurrentPoint() != null) {
            g2.draw(path);
        }
        for (int i = 0; i < p.size(); i++) {
            boolean alone = p.isDrawn(i)
                    && (i == 0 || !p.isDrawn(i - 1))
                    && (i == p.size() - 1 || !p.isDrawn(i + 1));
            if (p.isDrawn(i) && (markers || alone)) {
                double px = pixels.x(p.x()[i]);
                double py = pixels.y(p.y()[i]);
                g2.fill(new Ellipse2D.Double(px - MARKER / 2, py - MARKER / 2, MARKER, MARKER));
            }
        }
    }

    private Side labels(PointsDataset data) {
        if (curve.series().size() < 2) {
            return Side.NONE;
        }
        List<SeriesLabels.Entry> entries = new ArrayList<>();
        for (Curve.Series s : curve.series()) {
            double endX = Double.NaN;
            double end = Double.NaN;
            for (PointsDataset.Points p : data.all()) {
                for (int i = p.size() - 1; p.name().equals(s.name()) && i >= 0; i--) {
                    if (p.isDrawn(i)) {
                        endX = p.x()[i];
                        end = p.y()[i];
                        break;
                    }
                }
            }
            entries.add(new SeriesLabels.Entry(
                    s.name(), look.colour(s.name()), look.isStrong(s.name()), look.isHidden(s.name()), endX, end));
        }
        return new SeriesLabels(entries, frame.fonts().regular(ChartFonts.CAPTION), frame.palette(), frame.width());
    }

    private String finding() {
        int count = curve.series().size();
        StringBuilder text = new StringBuilder(curve.title());
        if (count == 0) {
            return text.append(", no values yet").toString();
        }
        text.append(", ").append(Numbers.count(count)).append(" series");
        Curve.Series told = curve.series().stream()
                .filter(s -> SeriesColours.isTotal(s.name()))
                .findFirst()
                .orElse(curve.series().getFirst());
        int first = -1;
        int last = -1;
        for (int i = 0; i < told.size(); i++) {
            if (Double.isFinite(told.y()[i])) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        if (last < 0) {
            return text.append(", no values").toString();
        }
        text.append(", ").append(told.name()).append(": ");
        if (first != last) {
            text.append(at(told, first)).append(", ");
        }
        return text.append(at(told, last)).toString();
    }

    private String at(Curve.Series s, int i) {
        return ChartFrame.text(s.y()[i], curve.y()) + " at " + ChartFrame.text(s.x()[i], curve.x());
    }
}
