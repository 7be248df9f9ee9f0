package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.text.Numbers;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The points of drawn lines. */
final class CurveHits implements Hits {

    private final Curve curve;
    private final List<PointsDataset.Points> series;
    private final Pixels pixels;

    CurveHits(Curve curve, List<PointsDataset.Points> series, Pixels pixels) {
        this.curve = curve;
        this.series = series;
        this.pixels = pixels;
    }

    @Override
    public Optional<Hit> at(double x, double y) {
        double best = REACH * REACH;
        PointsDataset.Points of = null;
        int at = -1;
        for (PointsDataset.Points p : series) {
            for (int i = 0; i < p.size(); i++) {
                if (!isSeen(p, i)) {
                    continue;
                }
                double dx = pixels.x(p.x()[i]) - x;
                double dy = pixels.y(p.y()[i]) - y;
                double d = dx * dx + dy * dy;
                if (d <= best) {
                    best = d;
                    of = p;
                    at = i;
                }
            }
        }
        return of == null ? Optional.empty() : Optional.of(hit(of, at));
    }

    private boolean isSeen(PointsDataset.Points p, int i) {
        if (!p.isDrawn(i)) {
            return false;
        }
        double px = pixels.x(p.x()[i]);
        double py = pixels.y(p.y()[i]);
        Rectangle2D plot = pixels.plot();
        return px >= plot.getMinX() - 1 && px <= plot.getMaxX() + 1 && py >= plot.getMinY() - 1
                && py <= plot.getMaxY() + 1;
    }

    @Override
    public Optional<Hit> step(Hit from, int dx, int dy) {
        int s = from == null ? -1 : indexOf((int) (from.place() >>> 32));
        if (s < 0) {
            for (int k = 0; k < series.size(); k++) {
                int first = next(series.get(k), -1, 1);
                if (first >= 0) {
                    return Optional.of(hit(series.get(k), first));
                }
            }
            return Optional.empty();
        }
        PointsDataset.Points p = series.get(s);
        int i = nearestItem(p, (int) from.place());
        if (dx != 0) {
            int to = next(p, i, dx);
            return to < 0 ? Optional.empty() : Optional.of(hit(p, to));
        }
        // Up and down go to the line above or below at the same place.
        double x = pixels.x(p.x()[i]);
        double y = pixels.y(p.y()[i]);
        PointsDataset.Points best = null;
        int bestItem = -1;
        double bestDistance = Double.POSITIVE_INFINITY;
        for (PointsDataset.Points other : series) {
            int item = other == p ? -1 : nearestX(other, x);
            if (item < 0) {
                continue;
            }
            double away = (pixels.y(other.y()[item]) - y) * dy;
            double aside = Math.abs(pixels.x(other.x()[item]) - x);
            boolean ahead = away > 0 || away == 0 && Integer.compare(other.index(), p.index()) == dy;
            if (ahead && away + aside < bestDistance) {
                bestDistance = away + aside;
                best = other;
                bestItem = item;
            }
        }
        return best == null ? Optional.empty() : Optional.of(hit(best, bestItem));
    }

    @Override
    public Optional<Hit> find(long place) {
        int s = indexOf((int) (place >>> 32));
        if (s < 0) {
            return Optional.empty();
        }
        PointsDataset.Points p = series.get(s);
        int i = nearestItem(p, (int) place);
        return i >= 0 && p.item()[i] == (int) place && isSeen(p, i) ? Optional.of(hit(p, i)) : Optional.empty();
    }

    private int indexOf(int seriesIndex) {
        for (int k = 0; k < series.size(); k++) {
            if (series.get(k).index() == seriesIndex) {
                return k;
            }
        }
        return -1;
    }

    private int next(PointsDataset.Points p, int from, int by) {
        for (int i = from + by; i >= 0 && i < p.size(); i += by) {
            if (isSeen(p, i)) {
                return i;
            }
        }
        return -1;
    }

    private static int nearestItem(PointsDataset.Points p, int item) {
        int at = java.util.Arrays.binarySearch(p.item(), item);
        return at >= 0 ? at : Math.min(p.size() - 1, -at - 1);
    }

    private int nearestX(PointsDataset.Points p, double x) {
        int best = -1;
        double distance = Double.POSITIVE_INFINITY;
        for (int i = 0; i < p.size(); i++) {
            double d = Math.abs(pixels.x(p.x()[i]) - x);
            if (d < distance && isSeen(p, i)) {
                distance = d;
                best = i;
            }
        }
        return best;
    }

    private Hit hit(PointsDataset.Points p, int i) {
        Curve.Series s = curve.series().get(p.index());
        int item = p.item()[i];
        List<String> lines = new ArrayList<>();
        lines.add(line(curve.x(), s.x()[item]));
        String value = line(curve.y(), s.y()[item]);
        if (s.low() != null && s.high() != null && Double.isFinite(s.low()[item]) && Double.isFinite(s.high()[item])) {
            value += " (" + ChartFrame.text(s.low()[item], curve.y()) + " to "
                    + ChartFrame.text(s.high()[item], curve.y()) + ")";
        }
        lines.add(value);
        return new Hit(
                new Rectangle2D.Double(pixels.x(p.x()[i]), pixels.y(p.y()[i]), 0, 0),
                s.name(),
                title(s.name()),
                lines,
                curve.ref() == null ? List.of() : List.of(curve.ref().at(s.name())),
                ((long) p.index() << 32) | item);
    }

    private String title(String name) {
        return curve.ref() == null || SeriesColours.isTotal(name) ? name : curve.ref().kind() + " " + name;
    }

    static String line(Axis axis, double value) {
        String text = Numbers.value(value, axis.unit());
        return axis.label().isEmpty() ? text : axis.label() + " " + text;
    }
}
