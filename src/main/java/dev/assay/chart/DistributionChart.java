package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Distribution;
import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Histograms: bars for one, outlined areas for several over each other. */
final class DistributionChart {

    private static final double LEAST_BAR_WITH_GAP = 4;
    private static final double X_PADDING = 0.01;
    private static final double ABOVE = 0.06;
    /** Height of the name of a mark. */
    private static final double NAME_LINE = 14;

    private final Distribution distribution;
    private final ChartFrame frame;
    private final SeriesLook look;
    private final Scaling sx;
    private final Scaling sy;
    private final Axis counts;

    private DistributionChart(Distribution d, ChartFrame frame) {
        this.distribution = d;
        this.frame = frame;
        this.look = frame.look(d.series().stream().map(Distribution.Series::name).toList());
        this.counts = Axis.of("Count", "");
        Scaling.Extent ex = new Scaling.Extent().add(d.edges());
        Scaling.Extent ey = extentOfCounts(false);
        this.sx = Scaling.of(CurveChart.isLog(frame.view().xLog(), d.x()), ex);
        this.sy = Scaling.of(CurveChart.isLog(frame.view().yLog(), counts), ey);
        frame.scale(sx, CurveChart.canBeLog(ex), sy, CurveChart.canBeLog(ey));
    }

    static Chart of(Distribution distribution, ChartView view, int width, int height) {
        List<String> texts = new ArrayList<>();
        texts.add(distribution.x().label() + distribution.x().unit());
        distribution.series().forEach(s -> texts.add(s.name()));
        return new DistributionChart(distribution, new ChartFrame(distribution, view, width, height, texts)).build();
    }

    private Scaling.Extent extentOfCounts(boolean shownOnly) {
        Scaling.Extent extent = new Scaling.Extent().add(0);
        for (Distribution.Series s : distribution.series()) {
            if (!shownOnly || !look.isHidden(s.name())) {
                for (long count : s.counts()) {
                    extent.add(count);
                }
            }
        }
        return extent;
    }

    private Chart build() {
        Scaling.Extent counted = extentOfCounts(true);
        Span x = frame.shownX(new Scaling.Extent().add(distribution.edges()).span(sx).padded(X_PADDING, X_PADDING));
        boolean any = counted.greatest() > 0;
        Span whole = any ? counted.span(sy) : new Span(0, 1);
        Span y = frame.shownY(whole.padded(0, ABOVE));

        List<PointsDataset.Points> drawn = new ArrayList<>();
        for (int i = 0; i < distribution.series().size() && any; i++) {
            if (!look.isHidden(distribution.series().get(i).name())) {
                drawn.add(points(i));
            }
        }
        drawn.sort(Comparator.comparing(p -> look.isStrong(p.name())));
        PointsDataset data = new PointsDataset(drawn);
        boolean alone = distribution.series().size() == 1;
        PlotRenderer renderer = new PlotRenderer(2, (g2, pixels, series, pass) -> {
            if (alone && pass == 1) {
                paintBars(g2, pixels, data.points(series));
            } else if (!alone) {
                paintArea(g2, pixels, data.points(series), pass);
            }
            if (pass == 1 && series == data.getSeriesCount() - 1) {
                paintMarks(g2, pixels);
            }
        });
        String count = alone ? "Count (of " + Numbers.count(total(0)) + ")" : "Count";
        return frame.build(
                data,
                frame.axis(
                        isOfWholeNumbers() ? Ticks.counts(sx) : Ticks.numbers(sx, distribution.x().unit()), x,
                        ChartFrame.title(distribution.x()), true),
                frame.axis(Ticks.counts(sy), y, count, false),
                renderer,
                labels(),
                true,
                frame.noValues(),
                pixels -> new BinHits(pixels, data.all()),
                finding());
    }

    /** Whether every edge lies in the middle between two whole numbers, as those of bins for numbers of layers do. */
    private boolean isOfWholeNumbers() {
        return !sx.isLog() && DoubleStream.of(distribution.edges()).allMatch(e -> e - 0.5 == Math.rint(e - 0.5));
    }

    private long total(int series) {
        return LongStream.of(distribution.series().get(series).counts()).sum();
    }

    private PointsDataset.Points points(int index) {
        Distribution.Series s = distribution.series().get(index);
        int bins = s.counts().length;
        double[] x = new double[bins];
        double[] y = new double[bins];
        int[] item = new int[bins];
        for (int b = 0; b < bins; b++) {
            x[b] = (left(b) + right(b)) / 2;
            y[b] = sy.at(s.counts()[b]);
            item[b] = b;
        }
        return new PointsDataset.Points(s.name(), index, x, y, null, null, item);
    }

    private double left(int bin) {
        return sx.at(distribution.edges()[bin]);
    }

    private double right(int bin) {
        return sx.at(distribution.edges()[bin + 1]);
    }

    private double base(Pixels pixels) {
        return sy.isLog() ? pixels.plot().getMaxY() : pixels.y(0);
    }

    private void paintBars(Graphics2D g2, Pixels pixels, PointsDataset.Points p) {
        g2.setPaint(look.colour(p.name()));
        double base = base(pixels);
        int b = 0;
        while (b < p.size()) {
            double x0 = pixels.x(left(b));
            double x1 = pixels.x(right(b));
            double top = pixels.y(p.y()[b]);
            int next = b + 1;
            // Bins finer than half a pixel share one bar as high as the highest of them.
            while (next < p.size() && pixels.x(right(next)) - x0 < 0.5) {
                x1 = pixels.x(right(next));
                top = Math.min(top, pixels.y(p.y()[next]));
                next++;
            }
            double gap = x1 - x0 >= LEAST_BAR_WITH_GAP ? 1 : 0;
            if (top < base && x1 > pixels.plot().getMinX() && x0 < pixels.plot().getMaxX()) {
                g2.fill(new Rectangle2D.Double(x0 + gap / 2, top, Math.max(0.5, x1 - x0 - gap), base - top));
            }
            b = next;
        }
    }

    private void paintArea(Graphics2D g2, Pixels pixels, PointsDataset.Points p, int pass) {
        Color colour = look.colour(p.name());
        double base = base(pixels);
        Path2D path = new Path2D.Double();
        double start = pixels.x(left(0));
        path.moveTo(start, base);
        double end = start;
        int b = 0;
        while (b < p.size()) {
            double x0 = pixels.x(left(b));
            double x1 = pixels.x(right(b));
            double top = Math.min(base, pixels.y(p.y()[b]));
            int next = b + 1;
            while (next < p.size() && pixels.x(right(next)) - x0 < 0.5) {
                x1 = pixels.x(right(next));
                top = Math.min(top, pixels.y(p.y()[next]));
                next++;
            }
            path.lineTo(x0, top);
            path.lineTo(x1, top);
            end = x1;
            b = next;
        }
        path.lineTo(end, base);
        if (pass == 0) {
            g2.setPaint(ChartPalette.fade(colour, ChartPalette.BAND_OPACITY * colour.getAlpha() / 255));
            g2.fill(path);
        } else {
            g2.setPaint(colour);
            g2.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
            g2.draw(path);
        }
    }

    private void paintMarks(Graphics2D g2, Pixels pixels) {
        Rectangle2D plot = pixels.plot();
        java.awt.Font font = frame.fonts().regular(ChartFonts.CAPTION);
        g2.setFont(font);
        List<Rectangle2D> taken = new ArrayList<>();
        for (Distribution.Mark mark : distribution.marks()) {
            double x = pixels.x(sx.at(mark.x()));
            if (!(x >= plot.getMinX() && x <= plot.getMaxX())) {
                continue;
            }
            g2.setPaint(frame.palette().foreground());
            g2.setStroke(
                    new BasicStroke(1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {4f, 3f}, 0f));
            g2.draw(new java.awt.geom.Line2D.Double(x, plot.getMinY(), x, plot.getMaxY()));
            double width = ChartFonts.width(font, mark.name());
            boolean right = x + width + 6 <= plot.getMaxX();
            double left = right ? x + 4 : Math.max(plot.getMinX(), x - width - 4);
            Rectangle2D place = new Rectangle2D.Double(left, plot.getMinY(), width, NAME_LINE);
            while (taken.stream().anyMatch(place::intersects) && place.getMaxY() + NAME_LINE <= plot.getMaxY()) {
                place.setRect(left, place.getY() + NAME_LINE, width, NAME_LINE);
            }
            taken.add(place);
            // Bars may lie behind it.
            g2.setPaint(ChartPalette.fade(frame.palette().background(), 0.75));
            g2.fill(new Rectangle2D.Double(left - 1, place.getY() + 1, width + 2, NAME_LINE - 1));
            g2.setPaint(frame.palette().foreground());
            g2.drawString(mark.name(), (float) left, (float) place.getY() + 11);
        }
    }

    private Side labels() {
        if (distribution.series().size() < 2) {
            return Side.NONE;
        }
        return new SeriesLabels(
                distribution.series().stream()
                        .map(s -> new SeriesLabels.Entry(
                                s.name(), look.colour(s.name()), look.isStrong(s.name()), look.isHidden(s.name()),
                                Double.NaN, Double.NaN))
                        .toList(),
                frame.fonts().regular(ChartFonts.CAPTION), frame.palette(), frame.width());
    }

    private String finding() {
        StringBuilder text = new StringBuilder(distribution.title());
        if (distribution.series().isEmpty()) {
            return text.append(", no values yet").toString();
        }
        for (int i = 0; i < Math.min(3, distribution.series().size()); i++) {
            Distribution.Series s = distribution.series().get(i);
            long total = total(i);
            text.append(", ").append(s.name()).append(": ").append(Numbers.count(total)).append(" values");
            if (total > 0) {
                int mode = 0;
                for (int b = 1; b < s.counts().length; b++) {
                    mode = s.counts()[b] > s.counts()[mode] ? b : mode;
                }
                text.append(", most in ").append(bin(mode));
            }
        }
        return text.toString();
    }

    private String bin(int b) {
        return ChartFrame.text(distribution.edges()[b], distribution.x()) + " to "
                + ChartFrame.text(distribution.edges()[b + 1], distribution.x());
    }

    /** The bins of drawn histograms. */
    private final class BinHits implements Hits {

        private final Pixels pixels;
        private final List<PointsDataset.Points> series;

        BinHits(Pixels pixels, List<PointsDataset.Points> series) {
            this.pixels = pixels;
            this.series = series;
        }

        @Override
        public Optional<Hit> at(double x, double y) {
            if (!pixels.plot().contains(x, y) || series.isEmpty()) {
                return Optional.empty();
            }
            double at = pixels.atX(x);
            int bin = -1;
            for (int low = 0, high = distribution.edges().length - 2; low <= high;) {
                int middle = (low + high) >>> 1;
                if (at < left(middle)) {
                    high = middle - 1;
                } else if (at >= right(middle)) {
                    low = middle + 1;
                } else {
                    bin = middle;
                    break;
                }
            }
            if (bin < 0) {
                return Optional.empty();
            }
            PointsDataset.Points best = null;
            for (PointsDataset.Points p : series) {
                if (best == null
                        || Math.abs(pixels.y(p.y()[bin]) - y) < Math.abs(pixels.y(best.y()[bin]) - y)) {
                    best = p;
                }
            }
            return Optional.of(hit(best, bin));
        }

        @Override
        public Optional<Hit> step(Hit from, int dx, int dy) {
            if (series.isEmpty() || distribution.edges().length < 2) {
                return Optional.empty();
            }
            if (from == null) {
                return Optional.of(hit(series.getFirst(), 0));
            }
            int s = 0;
            for (int k = 0; k < series.size(); k++) {
                s = series.get(k).index() == (int) (from.place() >>> 32) ? k : s;
            }
            int bin = (int) from.place() + dx;
            s += dy;
            return bin < 0 || bin >= series.getFirst().size() || s < 0 || s >= series.size()
                    ? Optional.empty()
                    : Optional.of(hit(series.get(s), bin));
        }

        @Override
        public Optional<Hit> find(long place) {
            return series.stream()
                    .filter(p -> p.index() == (int) (place >>> 32) && (int) place < p.size())
                    .findFirst()
                    .map(p -> hit(p, (int) place));
        }

        private Hit hit(PointsDataset.Points p, int bin) {
            Distribution.Series s = distribution.series().get(p.index());
            double x0 = pixels.x(left(bin));
            double top = pixels.y(p.y()[bin]);
            double bottom = Math.max(base(pixels), top + 0.5);
            long total = total(p.index());
            String share = total == 0 ? ""
                    : " (" + Numbers.percent((double) s.counts()[bin] / total) + " of "
                            + Numbers.count(total) + ")";
            String label = distribution.x().label();
            return new Hit(
                    new Rectangle2D.Double(x0, top, pixels.x(right(bin)) - x0, bottom - top),
                    s.name(),
                    s.name(),
                    List.of((label.isEmpty() ? "" : label + " ") + bin(bin),
                            "Count " + Numbers.count(s.counts()[bin]) + share),
                    List.of(),
                    ((long) p.index() << 32) | bin);
        }
    }
}
