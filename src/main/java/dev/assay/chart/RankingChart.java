package dev.assay.chart;

import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Ref;
import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** Places of a ranking as bars, best on top, with whiskers where the score is uncertain. */
final class RankingChart {

    private static final double ROW = 20;
    private static final double CHROME = 96;
    private static final double BAR_SHARE = 0.62;
    private static final double TALLEST_BAR = 18;
    private static final double LABEL_SHARE = 0.35;
    private static final double LEAST_ROW_WITH_VALUE = 13;
    /** Texts of the first places are measured, not those of a million. */
    private static final int MEASURED = 200;
    /** Width that is neither names nor bars. */
    private static final double BESIDE = 40;

    private final Ranking ranking;
    private final ChartFrame frame;
    private final List<Ranking.Entry> entries;
    private final Scaling scaling;
    private final Font font;

    private RankingChart(Ranking ranking, ChartFrame frame) {
        this.ranking = ranking;
        this.frame = frame;
        this.entries = ranking.entries();
        this.font = frame.fonts().regular(ChartFonts.CAPTION);
        Scaling.Extent scores = new Scaling.Extent();
        entries.forEach(e -> scores.add(e.score()));
        this.scaling = Scaling.of(CurveChart.isLog(frame.view().xLog(), ranking.score()), scores);
        frame.scale(scaling, CurveChart.canBeLog(scores), null, false);
    }

    /** How many places fit. */
    static int fitting(int height) {
        return Math.max(1, (int) ((height - CHROME) / ROW));
    }

    static Chart of(Ranking ranking, ChartView view, int width, int height) {
        int count = ranking.entries().size();
        int fitting = fitting(height);
        List<String> texts = new ArrayList<>();
        ranking.entries().forEach(e -> texts.add(e.name()));
        texts.add(ranking.score().label() + ranking.score().unit());
        ChartView shown = view;
        if (count > fitting && view.y() == null) {
            String top = "top " + Numbers.count(fitting) + " of " + Numbers.count(count);
            shown = view.withSubtitle(view.subtitle().isEmpty() ? top : view.subtitle() + ", " + top);
        }
        return new RankingChart(ranking, new ChartFrame(ranking, shown, width, height, texts)).build();
    }

    private Chart build() {
        int count = entries.size();
        Span y = frame.shownBand(frame.view().y(), Math.min(count, fitting(frame.height())), count);
        Scaling.Extent scores = new Scaling.Extent();
        int first = firstSeen(y);
        int last = lastSeen(y);
        for (int i = first; i <= last; i++) {
            Ranking.Entry e = entries.get(i);
            scores.add(e.score());
            if (Double.isFinite(e.error())) {
                scores.add(e.score() + e.error());
                if (!scaling.isLog() || e.score() > e.error()) {
                    scores.add(e.score() - e.error());
                }
            }
        }
        if (!scaling.isLog() && !scores.isEmpty()) {
            scores.add(0);
        }
        Span span = scores.span(scaling);
        boolean negative = !scores.isEmpty() && scores.least() < 0;
        boolean positive = scores.isEmpty() || scores.greatest() > 0;
        double room = valueShare(first, last, negative && positive ? 2 : 1);
        Span x = frame.shownX(span.padded(
                scaling.isLog() ? 0.04 : negative ? room : 0, positive ? room : 0));

        boolean any = entries.stream().anyMatch(e -> !Double.isNaN(scaling.at(e.score())));
        BandTicks names = new BandTicks(
                entries.stream().map(Ranking.Entry::name).toList(), List.of(), font, frame.width() * LABEL_SHARE);
        TickedAxis yAxis = frame.axis(count == 0 ? Ticks.NONE : names, y, "", false);
        yAxis.setInverted(true);
        TickedAxis xAxis = frame.axis(
                Ticks.numbers(scaling, ranking.score().unit()), x, ChartFrame.title(ranking.score()), true);
        return frame.build(
                PointsDataset.whole(ranking.id(), any), xAxis, yAxis,
                new PlotRenderer(1, (g2, pixels, series, pass) -> paint(g2, pixels, first, last)),
                Side.NONE, false, frame.noValues(), RankHits::new, finding());
    }

    /** The first place of which anything is seen. */
    private static int firstSeen(Span places) {
        return Math.max(0, (int) Math.floor(places.lower() + 0.5));
    }

    private int lastSeen(Span places) {
        return Math.min(entries.size() - 1, (int) Math.ceil(places.upper() - 0.5));
    }

    /** Room for a value beyond its bar, as a share of the bars' own range, when so many ends of the axis need it. */
    private double valueShare(int first, int last, int ends) {
        double names = 0;
        for (int i = first; i <= Math.min(last, first + MEASURED); i++) {
            names = Math.max(names, ChartFonts.width(font, entries.get(i).name()));
        }
        double plot = frame.width() - Math.min(names, frame.width() * LABEL_SHARE) - BESIDE;
        double room = valueRoom(first, last);
        return room / Math.max(room, plot - ends * room);
    }

    private double valueRoom(int first, int last) {
        double widest = 0;
        for (int i = first; i <= Math.min(last, first + MEASURED); i++) {
            widest = Math.max(widest, ChartFonts.width(font, text(entries.get(i))));
        }
        return widest + 10;
    }

    private String text(Ranking.Entry e) {
        return ChartFrame.text(e.score(), ranking.score());
    }

    private void paint(Graphics2D g2, Pixels pixels, int first, int last) {
        ChartPalette palette = frame.palette();
        double row = Math.abs(pixels.perY());
        double thick = Math.min(TALLEST_BAR, Math.max(0.5, row * BAR_SHARE));
        double zero = scaling.isLog() ? pixels.plot().getMinX() : pixels.x(0);
        g2.setFont(font);
        float rise = (float) (font.getLineMetrics("0", ChartFonts.MEASURE).getAscent() * 0.36);
        for (int i = first; i <= last; i++) {
            Ranking.Entry e = entries.get(i);
            double at = scaling.at(e.score());
            double y = pixels.y(i);
            if (Double.isNaN(at)) {
                if (row >= LEAST_ROW_WITH_VALUE) {
                    g2.setPaint(palette.muted());
                    g2.drawString(text(e), (float) Math.max(zero, pixels.plot().getMinX()) + 5, (float) y + rise);
                }
                continue;
            }
            double x = pixels.x(at);
            g2.setPaint(palette.single());
            if (scaling.isLog()) {
                g2.fill(new Ellipse2D.Double(
                        x - CurveChart.MARKER / 2, y - CurveChart.MARKER / 2, CurveChart.MARKER, CurveChart.MARKER));
                g2.setPaint(palette.grid());
                g2.setStroke(new BasicStroke(1f));
                g2.draw(new Line2D.Double(zero, y, x - CurveChart.MARKER / 2, y));
            } else {
                g2.fill(new Rectangle2D.Double(
                        Math.min(zero, x), y - thick / 2, Math.max(1, Math.abs(x - zero)), thick));
            }
            double end = x;
            if (Double.isFinite(e.error()) && e.error() > 0) {
                double low = scaling.at(e.score() - e.error());
                double from = Double.isNaN(low) ? zero : pixels.x(low);
                double to = pixels.x(scaling.at(e.score() + e.error()));
                paintWhisker(g2, from, to, y, Math.min(thick / 2, 4));
                end = e.score() < 0 ? Math.min(from, to) : Math.max(from, to);
            }
            if (row >= LEAST_ROW_WITH_VALUE) {
                String text = text(e);
                g2.setPaint(palette.muted());
                double left = e.score() < 0 ? end - 5 - ChartFonts.width(font, text) : end + 5;
                g2.drawString(text, (float) left, (float) y + rise);
            }
        }
        if (!scaling.isLog() && pixels.spanX().lower() < 0) {
            g2.setPaint(palette.axis());
            g2.setStroke(new BasicStroke(1f));
            g2.draw(new Line2D.Double(zero, pixels.plot().getMinY(), zero, pixels.plot().getMaxY()));
        }
    }

    private void paintWhisker(Graphics2D g2, double from, double to, double y, double cap) {
        g2.setPaint(frame.palette().foreground());
        g2.setStroke(new BasicStroke(1f));
        g2.draw(new Line2D.Double(from, y, to, y));
        g2.draw(new Line2D.Double(from, y - cap, from, y + cap));
        g2.draw(new Line2D.Double(to, y - cap, to, y + cap));
    }

    private String finding() {
        if (entries.isEmpty()) {
            return ranking.title() + ", no entries yet";
        }
        Ranking.Entry best = entries.getFirst();
        return ranking.title() + ", " + Numbers.count(entries.size()) + (entries.size() == 1 ? " entry" : " entries")
                + ", first: " + best.name() + " with " + text(best);
    }

    /** The rows of a drawn ranking. */
    private final class RankHits implements Hits {

        private final Pixels pixels;

        RankHits(Pixels pixels) {
            this.pixels = pixels;
        }

        @Override
        public Optional<Hit> at(double x, double y) {
            boolean inRow =
                    y >= pixels.plot().getMinY() && y <= pixels.plot().getMaxY() && x <= pixels.plot().getMaxX();
            return inRow ? find(Math.round(pixels.atY(y))) : Optional.empty();
        }

        @Override
        public Optional<Hit> step(Hit from, int dx, int dy) {
            return from == null
                    ? find(Math.max(0, (long) Math.ceil(pixels.spanY().lower())))
                    : find(from.place() + (dy != 0 ? dy : dx));
        }

        @Override
        public Optional<Hit> find(long place) {
            if (place < 0 || place >= entries.size() || !pixels.spanY().meets(place - 0.5, place + 0.5)) {
                return Optional.empty();
            }
            Ranking.Entry e = entries.get((int) place);
            List<String> lines = new ArrayList<>();
            String error = Double.isFinite(e.error()) ? " \u00b1 " + ChartFrame.text(e.error(), ranking.score()) : "";
            lines.add(CurveHits.line(ranking.score(), e.score()) + error);
            lines.add("Place " + Numbers.count(place + 1) + " of " + Numbers.count(entries.size()));
            return Optional.of(new Hit(
                    row((int) place), null, e.name(), lines, e.ref() == null ? List.of() : List.of(e.ref()), place));
        }

        private Rectangle2D row(int place) {
            double high = Math.abs(pixels.perY());
            return new Rectangle2D.Double(
                    pixels.plot().getMinX(), pixels.y(place) - high / 2, pixels.plot().getWidth(), high);
        }

        @Override
        public void marked(Marked selection, Consumer<Rectangle2D> found) {
            forSeen((e, i) -> {
                if (selection.has(e.ref())) {
                    found.accept(row(i));
                }
            });
        }

        @Override
        public void within(Shape area, Consumer<Ref> found) {
            forSeen((e, i) -> {
                if (e.ref() != null && area.intersects(row(i))) {
                    found.accept(e.ref());
                }
            });
        }

        private void forSeen(ObjIntConsumer<Ranking.Entry> work) {
            int first = firstSeen(pixels.spanY());
            int last = lastSeen(pixels.spanY());
            for (int i = first; i <= last; i++) {
                work.accept(entries.get(i), i);
            }
        }
    }
}
