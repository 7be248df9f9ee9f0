package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.Scatter;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The points of a drawn scatter, sorted into squares so that the nearest of a million is found at once. */
final class ScatterHits implements Hits {

    private static final int SQUARE = 16;

    private final Scatter scatter;
    private final List<PointsDataset.Points> series;
    private final Pixels pixels;
    private final int wide;
    private final int high;
    /** Where each square's points start in {@link #points}. */
    private final int[] starts;
    /** Index of the series and of the point. */
    private final long[] points;

    ScatterHits(Scatter scatter, List<PointsDataset.Points> series, Pixels pixels) {
        this.scatter = scatter;
        this.series = series;
        this.pixels = pixels;
        this.wide = (int) Math.ceil(pixels.plot().getWidth() / SQUARE) + 1;
        this.high = (int) Math.ceil(pixels.plot().getHeight() / SQUARE) + 1;
        this.starts = new int[wide * high + 1];
        for (PointsDataset.Points p : series) {
            for (int i = 0; i < p.size(); i++) {
                int square = square(p, i);
                if (square >= 0) {
                    starts[square + 1]++;
                }
            }
        }
        for (int k = 1; k < starts.length; k++) {
            starts[k] += starts[k - 1];
        }
        this.points = new long[starts[starts.length - 1]];
        int[] next = starts.clone();
        for (int s = 0; s < series.size(); s++) {
            PointsDataset.Points p = series.get(s);
            for (int i = 0; i < p.size(); i++) {
                int square = square(p, i);
                if (square >= 0) {
                    points[next[square]++] = ((long) s << 32) | i;
                }
            }
        }
    }

    private int square(PointsDataset.Points p, int i) {
        double x = (pixels.x(p.x()[i]) - pixels.plot().getMinX()) / SQUARE;
        double y = (pixels.y(p.y()[i]) - pixels.plot().getMinY()) / SQUARE;
        return x >= 0 && y >= 0 && x < wide && y < high ? ((int) y) * wide + (int) x : -1;
    }

    @Override
    public Optional<Hit> at(double x, double y) {
        double left = x - pixels.plot().getMinX();
        double top = y - pixels.plot().getMinY();
        int column = (int) Math.floor(left / SQUARE);
        int row = (int) Math.floor(top / SQUARE);
        int reach = (int) Math.ceil(REACH / SQUARE);
        double best = REACH * REACH;
        long found = -1;
        // From the inside outwards: where points lie close, the squares around are too far away to be looked through.
        for (int ring = 0; ring <= reach; ring++) {
            for (int r = Math.max(0, row - ring); r <= Math.min(high - 1, row + ring); r++) {
                boolean edge = r == row - ring || r == row + ring;
                for (int c = column - ring; c <= column + ring; c += edge || ring == 0 ? 1 : 2 * ring) {
                    if (c < 0 || c >= wide || away(left, top, c, r) > best) {
                        continue;
                    }
                    for (int k = starts[r * wide + c]; k < starts[r * wide + c + 1]; k++) {
                        double dx = px(points[k]) - x;
                        double dy = py(points[k]) - y;
                        if (dx * dx + dy * dy <= best) {
                            best = dx * dx + dy * dy;
                            found = points[k];
                        }
                    }
                }
            }
        }
        return found < 0 ? Optional.empty() : Optional.of(hit(found));
    }

    /** Squared distance of a place to a square. */
    private static double away(double left, double top, int column, int row) {
        double dx = Math.max(0, Math.max(column * SQUARE - left, left - (column + 1) * SQUARE));
        double dy = Math.max(0, Math.max(row * SQUARE - top, top - (row + 1) * SQUARE));
        return dx * dx + dy * dy;
    }

    private double px(long point) {
        return pixels.x(series.get((int) (point >>> 32)).x()[(int) point]);
    }

    private double py(long point) {
        return pixels.y(series.get((int) (point >>> 32)).y()[(int) point]);
    }

    @Override
    public Optional<Hit> step(Hit from, int dx, int dy) {
        if (from == null) {
            return points.length == 0 ? Optional.empty() : Optional.of(hit(points[0]));
        }
        double x = from.area().getX();
        double y = from.area().getY();
        double best = Double.POSITIVE_INFINITY;
        long found = -1;
        for (long point : points) {
            double ahead = (px(point) - x) * dx + (py(point) - y) * dy;
            double aside = Math.abs((px(point) - x) * dy) + Math.abs((py(point) - y) * dx);
            if (ahead > 0.01 && ahead + 2 * aside < best) {
                best = ahead + 2 * aside;
                found = point;
            }
        }
        return found < 0 ? Optional.empty() : Optional.of(hit(found));
    }

    @Override
    public Optional<Hit> find(long place) {
        for (int s = 0; s < series.size(); s++) {
            PointsDataset.Points p = series.get(s);
            int i = (int) place;
            if (p.index() == (int) (place >>> 32) && i < p.size() && square(p, i) >= 0) {
                return Optional.of(hit(((long) s << 32) | i));
            }
        }
        return Optional.empty();
    }

    @Override
    public void marked(Marked selection, Consumer<Rectangle2D> found) {
        Set<String> keys = selection.of(scatter.ref());
        if (keys.isEmpty()) {
            return;
        }
        for (long point : points) {
            String key = key(point);
            if (key != null && keys.contains(key)) {
                found.accept(new Rectangle2D.Double(px(point), py(point), 0, 0));
            }
        }
    }

    @Override
    public void within(Shape area, Consumer<Ref> found) {
        if (scatter.ref() == null) {
            return;
        }
        Rectangle2D bounds = area.getBounds2D();
        for (long point : points) {
            double x = px(point);
            double y = py(point);
            String key = bounds.contains(x, y) && area.contains(x, y) ? key(point) : null;
            if (key != null) {
                found.accept(scatter.ref().at(key));
            }
        }
    }

    private String key(long point) {
        String[] keys = scatter.series().get(series.get((int) (point >>> 32)).index()).keys();
        return keys == null ? null : keys[(int) point];
    }

    private Hit hit(long point) {
        PointsDataset.Points p = series.get((int) (point >>> 32));
        int i = (int) point;
        Scatter.Series s = scatter.series().get(p.index());
        String key = s.keys() == null ? null : s.keys()[i];
        String behind = key == null ? "" : scatter.ref() == null ? key : scatter.ref().kind() + " " + key;
        String title = behind.isEmpty() || s.name().equals(key) ? s.name() : s.name() + ", " + behind;
        List<String> lines = new ArrayList<>();
        lines.add(CurveHits.line(scatter.x(), s.x()[i]) + error(s.xError(), i, scatter.x()));
        lines.add(CurveHits.line(scatter.y(), s.y()[i]) + error(s.yError(), i, scatter.y()));
        return new Hit(
                new Rectangle2D.Double(px(point), py(point), 0, 0),
                s.name(),
                title,
                lines,
                key == null || scatter.ref() == null ? List.of() : List.of(scatter.ref().at(key)),
                ((long) p.index() << 32) | i);
    }

    private static String error(double[] errors, int i, Axis axis) {
        return errors == null || !Double.isFinite(errors[i])
                ? ""
                : " \u00b1 " + ChartFrame.text(errors[i], axis);
    }
}
