package dev.assay.chart;

import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ref;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The cells of a drawn matrix. */
final class HeatmapHits implements Hits {

    private final Heatmap map;
    private final ColourScale colours;
    private final Pixels pixels;
    private final int rows;
    private final int columns;

    HeatmapHits(Heatmap map, ColourScale colours, Pixels pixels) {
        this.map = map;
        this.colours = colours;
        this.pixels = pixels;
        this.rows = map.rows().size();
        this.columns = map.columns().size();
    }

    @Override
    public Optional<Hit> at(double x, double y) {
        if (!pixels.plot().contains(x, y)) {
            return Optional.empty();
        }
        return cell((int) Math.floor(pixels.atY(y) + 0.5), (int) Math.floor(pixels.atX(x) + 0.5));
    }

    @Override
    public Optional<Hit> step(Hit from, int dx, int dy) {
        if (from == null) {
            return cell(Math.max(0, (int) Math.ceil(pixels.spanY().lower())),
                    Math.max(0, (int) Math.ceil(pixels.spanX().lower())));
        }
        return cell((int) (from.place() / columns) + dy, (int) (from.place() % columns) + dx);
    }

    @Override
    public Optional<Hit> find(long place) {
        return cell((int) (place / columns), (int) (place % columns));
    }

    private Optional<Hit> cell(int r, int c) {
        if (r < 0 || c < 0 || r >= rows || c >= columns
                || !pixels.spanX().meets(c - 0.5, c + 0.5) || !pixels.spanY().meets(r - 0.5, r + 0.5)) {
            return Optional.empty();
        }
        List<Ref> refs = new ArrayList<>();
        if (map.rowRef() != null) {
            refs.add(map.rowRef().at(map.rows().get(r)));
        }
        if (map.columnRef() != null) {
            refs.add(map.columnRef().at(map.columns().get(c)));
        }
        double x = pixels.x(c - 0.5);
        double y = pixels.y(r - 0.5);
        String title = named(map.rowTitle(), map.rows().get(r)) + ", " + named(map.columnTitle(), map.columns().get(c));
        String value = HeatmapChart.value(map, colours, r, c);
        String label = map.value().label();
        return Optional.of(new Hit(
                new Rectangle2D.Double(x, y, pixels.x(c + 0.5) - x, pixels.y(r + 0.5) - y),
                null, title, List.of(label.isEmpty() ? value : label + " " + value), refs, (long) r * columns + c));
    }

    /** Rows and columns as bands: of a matrix of ten thousand cells only those that are selected are drawn around. */
    @Override
    public void marked(Marked selection, Consumer<Rectangle2D> found) {
        Rectangle2D plot = pixels.plot();
        Set<String> chosenRows = selection.of(map.rowRef());
        for (int r = 0; r < rows && !chosenRows.isEmpty(); r++) {
            if (chosenRows.contains(map.rows().get(r))) {
                double y = pixels.y(r - 0.5);
                double other = pixels.y(r + 0.5);
                found.accept(new Rectangle2D.Double(
                        plot.getMinX(), Math.min(y, other), plot.getWidth(), Math.abs(other - y)));
            }
        }
        Set<String> chosenColumns = selection.of(map.columnRef());
        for (int c = 0; c < columns && !chosenColumns.isEmpty(); c++) {
            if (chosenColumns.contains(map.columns().get(c))) {
                double x = pixels.x(c - 0.5);
                found.accept(new Rectangle2D.Double(x, plot.getMinY(), pixels.x(c + 0.5) - x, plot.getHeight()));
            }
        }
    }

    private static String named(String title, String name) {
        return title.isEmpty() ? name : title + " " + name;
    }
}
