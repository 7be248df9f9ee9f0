package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Heatmap;
import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A matrix in colour: blocks of rows, numbers in the cells of small ones, averages where cells are finer than pixels. */
final class HeatmapChart {

    private static final int MOST_PRINTED = 20;
    private static final double LEAST_CELL_WITH_GAP = 9;
    private static final float GROUP_MARK = 28f;
    /** Height of a group, in the mean, below which lines between them would hide what they part. */
    private static final double LEAST_GROUP = 10;
    private static final double LABEL_SHARE = 0.25;
    private static final double WIDEST_LABEL = 150;

    private final Heatmap map;
    private final ChartFrame frame;
    private final ColourScale colours;
    private final Font font;
    private final int rows;
    private final int columns;

    private HeatmapChart(Heatmap map, ChartFrame frame, ColourScale colours) {
        this.map = map;
        this.frame = frame;
        this.colours = colours;
        this.font = frame.fonts().regular(ChartFonts.CAPTION);
        this.rows = map.rows().size();
        this.columns = map.columns().size();
    }

    static Chart of(Heatmap given, ChartView view, int width, int height) {
        Heatmap map = view.order().of(given);
        ColourScale colours = ColourScale.of(map, ChartPalette.of(view.theme()));
        List<String> texts = new ArrayList<>(colours.texts());
        texts.addAll(map.columns());
        texts.addAll(map.rows());
        map.groups().forEach(g -> texts.add(g.name()));
        texts.add(map.rowTitle() + map.columnTitle() + map.value().label() + map.value().unit());
        return new HeatmapChart(map, new ChartFrame(map, view, width, height, texts), colours).build();
    }

    private Chart build() {
        boolean empty = rows == 0 || columns == 0;
        Span x = frame.shownBand(frame.view().x(), columns, columns);
        Span y = frame.shownBand(frame.view().y(), rows, rows);
        double widest = Math.min(WIDEST_LABEL, frame.width() * LABEL_SHARE);
        BandTicks columnNames = new BandTicks(map.columns(), List.of(), font, Math.min(widest, frame.height() * 0.25));
        BandTicks rowNames = new BandTicks(map.rows(), map.groups(), font, widest);
        TickedAxis xAxis = frame.axis(empty ? Ticks.NONE : columnNames, x, counted(map.columnTitle(), columns), false);
        TickedAxis yAxis = frame.axis(empty ? Ticks.NONE : rowNames, y, counted(map.rowTitle(), rows), false);
        yAxis.setInverted(true);
        yAxis.setMinorTickMarksVisible(true);
        yAxis.setMinorTickMarkOutsideLength(GROUP_MARK);
        return frame.build(
                PointsDataset.whole(map.id(), hasValues()),
                xAxis,
                yAxis,
                new PlotRenderer(1, (g2, pixels, series, pass) -> paint(g2, pixels)),
                empty ? Side.NONE : bar(),
                false,
                frame.noValues(),
                pixels -> empty ? Hits.NONE : new HeatmapHits(map, colours, pixels),
                finding());
    }

    private boolean hasValues() {
        return columns > 0 && Arrays.stream(map.values())
                .anyMatch(row -> Arrays.stream(row).anyMatch(v -> !Double.isNaN(v)));
    }

    private static String counted(String title, int count) {
        return count <= MOST_PRINTED ? title : title + " (" + Numbers.count(count) + ")";
    }

    private Side bar() {
        Span span = Span.of(colours.low(), colours.high());
        return new ColourBar(
                colours.levels(), colours::colour, span, Ticks.numbers(Scaling.linear(), map.value().unit()),
                ChartFrame.title(map.value()), font, frame.palette());
    }

    private void paint(Graphics2D g2, Pixels pixels) {
        Span seenX = pixels.spanX();
        Span seenY = pixels.spanY();
        int c0 = Math.max(0, (int) Math.floor(seenX.lower() + 0.5));
        int c1 = Math.min(columns - 1, (int) Math.ceil(seenX.upper() - 0.5));
        int r0 = Math.max(0, (int) Math.floor(seenY.lower() + 0.5));
        int r1 = Math.min(rows - 1, (int) Math.ceil(seenY.upper() - 0.5));
        if (c1 < c0 || r1 < r0) {
            return;
        }
        double cellX = Math.abs(pixels.perX());
        double cellY = Math.abs(pixels.perY());
        if (Math.min(cellX, cellY) >= LEAST_CELL_WITH_GAP) {
            paintCells(g2, pixels, r0, r1, c0, c1);
            if (c1 - c0 < MOST_PRINTED && r1 - r0 < MOST_PRINTED) {
                print(g2, pixels, r0, r1, c0, c1, cellX, cellY);
            }
        } else {
            paintImage(g2, pixels, r0, r1, c0, c1);
        }
        paintSeparators(g2, pixels);
    }

    private Rectangle2D cell(Pixels pixels, int r, int c) {
        double x = pixels.x(c - 0.5);
        double y = pixels.y(r - 0.5);
        return new Rectangle2D.Double(x, y, pixels.x(c + 0.5) - x, pixels.y(r + 0.5) - y);
    }

    private void paintCells(Graphics2D g2, Pixels pixels, int r0, int r1, int c0, int c1) {
        for (int r = r0; r <= r1; r++) {
            for (int c = c0; c <= c1; c++) {
                Color colour = colours.colour(map.values()[r][c]);
                Rectangle2D cell = cell(pixels, r, c);
                Rectangle2D inner = new Rectangle2D.Double(
                        cell.getX() + 0.5, cell.getY() + 0.5, cell.getWidth() - 1, cell.getHeight() - 1);
                if (colour.getAlpha() > 0) {
                    g2.setPaint(colour);
                    g2.fill(inner);
                } else if (Double.isNaN(map.values()[r][c])) {
                    g2.setPaint(frame.palette().grid());
                    g2.setStroke(new BasicStroke(1f));
                    g2.draw(new Line2D.Double(
                            cell.getCenterX() - 3, cell.getCenterY(), cell.getCenterX() + 3, cell.getCenterY()));
                } else {
                    g2.setPaint(frame.palette().grid());
                    g2.setStroke(new BasicStroke(0.5f));
                    g2.draw(inner);
                }
            }
        }
    }

    /** Prints the values if every one of them has room. */
    private void print(
            Graphics2D g2, Pixels pixels, int r0, int r1, int c0, int c1, double cellX, double cellY) {
        if (cellY < 13 || colours.hasLevels()) {
            return;
        }
        List<String> texts = new ArrayList<>();
        for (int r = r0; r <= r1; r++) {
            for (int c = c0; c <= c1; c++) {
                double v = map.values()[r][c];
                String text = printed(v, false);
                if (ChartFonts.width(font, text) > cellX - 6) {
                    text = printed(v, true);
                }
                if (ChartFonts.width(font, text) > cellX - 4) {
                    return;
                }
                texts.add(text);
            }
        }
        g2.setFont(font);
        float rise = (float) (font.getLineMetrics("0", ChartFonts.MEASURE).getAscent() * 0.36);
        int k = 0;
        for (int r = r0; r <= r1; r++) {
            for (int c = c0; c <= c1; c++) {
                String text = texts.get(k++);
                if (Double.isNaN(map.values()[r][c])) {
                    continue;
                }
                Rectangle2D cell = cell(pixels, r, c);
                g2.setPaint(colours.ink(map.values()[r][c]));
                g2.drawString(
                        text, (float) (cell.getCenterX() - ChartFonts.width(font, text) / 2),
                        (float) cell.getCenterY() + rise);
            }
        }
    }

    private String printed(double value, boolean small) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Numbers.SHARE.equals(map.value().unit())) {
            return small ? Numbers.value(Math.rint(value * 100)) : Numbers.percent(value);
        }
        return small ? small(value) : Numbers.value(value);
    }

    private static String small(double value) {
        return Math.abs(value) < 1 ? Numbers.value(Math.rint(value * 100) / 100) : Numbers.compact(value);
    }

    private void paintImage(Graphics2D g2, Pixels pixels, int r0, int r1, int c0, int c1) {
        double scale = Math.max(1, g2.getTransform().getScaleY());
        int seenRows = r1 - r0 + 1;
        int seenColumns = c1 - c0 + 1;
        int high = (int) Math.min(seenRows, Math.max(1, Math.floor(Math.abs(pixels.perY()) * seenRows * scale)));
        int wide = (int) Math.min(seenColumns, Math.max(1, Math.floor(Math.abs(pixels.perX()) * seenColumns * scale)));
        BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < high; i++) {
            int ra = r0 + (int) ((long) i * seenRows / high);
            int rb = r0 + (int) ((long) (i + 1) * seenRows / high);
            for (int j = 0; j < wide; j++) {
                int ca = c0 + (int) ((long) j * seenColumns / wide);
                int cb = c0 + (int) ((long) (j + 1) * seenColumns / wide);
                image.setRGB(j, i, colours.colourOf(map.values(), ra, rb, ca, cb).getRGB());
            }
        }
        Object before = g2.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
        g2.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        double x = pixels.x(c0 - 0.5);
        double y = pixels.y(r0 - 0.5);
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale((pixels.x(c1 + 0.5) - x) / wide, (pixels.y(r1 + 0.5) - y) / high);
        g2.drawImage(image, place, null);
        if (before != null) {
            g2.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
        }
    }

    /** A line with a little ground on either side, so that it is seen on any colours. */
    private void paintSeparators(Graphics2D g2, Pixels pixels) {
        double shown = pixels.spanY().length() / rows * map.groups().size();
        if (pixels.plot().getHeight() < LEAST_GROUP * shown) {
            return;
        }
        int end = 0;
        for (Heatmap.Group group : map.groups()) {
            end += group.size();
            if (end < rows) {
                double y = pixels.y(end - 0.5);
                Line2D line = new Line2D.Double(pixels.plot().getMinX(), y, pixels.plot().getMaxX(), y);
                g2.setPaint(frame.palette().background());
                g2.setStroke(new BasicStroke(4f));
                g2.draw(line);
                g2.setPaint(frame.palette().foreground());
                g2.setStroke(new BasicStroke(1f));
                g2.draw(line);
            }
        }
    }

    private String finding() {
        String size = map.title() + ", " + Numbers.count(rows) + " by " + Numbers.count(columns) + " cells";
        int bestRow = -1;
        int bestColumn = -1;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double v = map.values()[r][c];
                if (Double.isFinite(v) && (bestRow < 0 || v > map.values()[bestRow][bestColumn])) {
                    bestRow = r;
                    bestColumn = c;
                }
            }
        }
        if (bestRow < 0) {
            return size + ", no values";
        }
        if (colours.hasLevels()) {
            StringBuilder text = new StringBuilder(size);
            for (Heatmap.Level level : colours.levels()) {
                long count = 0;
                for (double[] row : map.values()) {
                    for (double v : row) {
                        count += v == level.value() ? 1 : 0;
                    }
                }
                text.append(", ").append(Numbers.count(count)).append(' ').append(level.name());
            }
            return text.toString();
        }
        return size + ", highest: " + value(map, colours, bestRow, bestColumn) + " at " + map.rows().get(bestRow) + ", "
                + map.columns().get(bestColumn);
    }

    static String value(Heatmap map, ColourScale colours, int r, int c) {
        double v = map.values()[r][c];
        String name = colours.name(v);
        Axis axis = map.value();
        return name == null ? ChartFrame.text(v, axis) : name;
    }
}
