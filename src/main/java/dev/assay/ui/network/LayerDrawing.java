package dev.assay.ui.network;

import dev.assay.chart.ChartFonts;
import dev.assay.chart.ChartPalette;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Drawing;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Draws a placed graph: on the screen what is in view, into files the whole. May be used from any thread. */
final class LayerDrawing {

    static final float TITLE = 13f;
    static final float DETAIL = 11f;
    static final double INSET = 12;

    private static final double ROUND = 8;
    private static final double BAR = 4;
    private static final double ARROW = 4;
    private static final double MARGIN = 24;

    /** Below these scales texts, and then round corners and arrows, are too small to see. */
    private static final double TEXTS_FROM = 0.45;

    private static final double SHAPES_FROM = 0.15;
    private static final int LEGEND_WIDTH = 120;
    private static final int LEGEND_HEIGHT = 8;
    private static final double SWATCH = 9;

    /**
     * How it looks.
     *
     * @param scores a value for each layer, painted onto the nodes; null for none
     * @param selected indices of selected nodes
     * @param found indices of nodes that a search found
     */
    record Look(ChartTheme theme, LayerScore scores, Set<Integer> selected, Set<Integer> found) {}

    private LayerDrawing() {}

    /** The whole graph for a file. */
    static Drawing whole(Placement placed, Look look, String title) {
        int wide = (int) Math.ceil(placed.wide() + 2 * MARGIN);
        int high = (int) Math.ceil(placed.high() + 4 * MARGIN);
        String said = Texts.of(look.scores() == null ? "network.said" : "network.said.coloured", title,
                Numbers.count(placed.graph().nodes().size()), Numbers.count(placed.graph().from().length),
                look.scores() == null ? "" : look.scores().title());
        return new Drawing(wide, high, title, said, g2 -> {
            g2.setPaint(ChartPalette.of(look.theme()).background());
            g2.fill(new Rectangle2D.Double(0, 0, wide, high));
            Graphics2D inner = (Graphics2D) g2.create();
            inner.translate(MARGIN, MARGIN);
            paint(inner, placed, look, new Rectangle2D.Double(
                    -MARGIN, -MARGIN, placed.wide() + 2 * MARGIN, placed.high() + 2 * MARGIN), 1);
            inner.dispose();
            paintLegend(g2, placed, look, MARGIN, high - MARGIN, wide - 2 * MARGIN);
        });
    }

    /**
     * Draws what is in view.
     *
     * @param g2 in the graph's own pixels
     * @param view the part that is seen
     * @param scale pixels of the screen for each of the graph's
     */
    static void paint(Graphics2D g2, Placement placed, Look look, Rectangle2D view, double scale) {
        ChartPalette palette = ChartPalette.of(look.theme());
        paintEdges(g2, placed, look, view, scale, palette);
        List<LayerGraph.Node> nodes = placed.graph().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (view.intersects(placed.x()[i], placed.y()[i], placed.width()[i], placed.height())) {
                paintNode(g2, placed, i, look, scale, palette);
            }
        }
    }

    private static void paintEdges(
            Graphics2D g2, Placement placed, Look look, Rectangle2D view, double scale, ChartPalette palette) {
        LayerGraph graph = placed.graph();
        float thin = (float) Math.max(1, 0.75 / scale);
        for (boolean strong : new boolean[] {false, true}) {
            g2.setPaint(strong ? palette.single() : palette.axis());
            g2.setStroke(new BasicStroke(strong ? 2 * thin : thin));
            for (int e = 0; e < graph.from().length; e++) {
                boolean touches = look.selected().contains(graph.from()[e]) || look.selected().contains(graph.to()[e]);
                if (touches == strong) {
                    paintEdge(g2, placed.edges().get(e), view, scale);
                }
            }
        }
    }

    private static void paintEdge(Graphics2D g2, double[] corners, Rectangle2D view, double scale) {
        if (corners.length < 4) {
            return;
        }
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        // An upright line has no width, which intersects would take for nothing.
        Rectangle2D bounds = path.getBounds2D();
        if (!view.intersects(bounds.getX() - 1, bounds.getY() - 1, bounds.getWidth() + 2, bounds.getHeight() + 2)) {
            return;
        }
        g2.draw(path);
        if (scale >= SHAPES_FROM) {
            int last = corners.length - 2;
            double dx = corners[last] - corners[last - 2];
            double dy = corners[last + 1] - corners[last - 1];
            double length = Math.max(1e-9, Math.hypot(dx, dy));
            double ux = dx / length * ARROW;
            double uy = dy / length * ARROW;
            Path2D head = new Path2D.Double();
            head.moveTo(corners[last], corners[last + 1]);
            head.lineTo(corners[last] - 2 * ux - uy, corners[last + 1] - 2 * uy + ux);
            head.lineTo(corners[last] - 2 * ux + uy, corners[last + 1] - 2 * uy - ux);
            head.closePath();
            g2.fill(head);
        }
    }

    private static void paintNode(
            Graphics2D g2, Placement placed, int i, Look look, double scale, ChartPalette palette) {
        LayerGraph.Node node = placed.graph().nodes().get(i);
        double x = placed.x()[i];
        double y = placed.y()[i];
        double w = placed.width()[i];
        double h = placed.height();
        double value = look.scores() == null ? Double.NaN : look.scores().of(node);
        boolean scored = !Double.isNaN(value);
        Color ground = scored ? palette.sequential(look.scores().share(value)) : palette.subtle();
        boolean small = scale < SHAPES_FROM;
        boolean chosen = look.selected().contains(i);
        boolean found = look.found().contains(i);
        RoundRectangle2D box = new RoundRectangle2D.Double(x, y, w, h, small ? 0 : ROUND, small ? 0 : ROUND);
        if (node.kind() == LayerGraph.Kind.BLOCK && !small) {
            g2.setPaint(palette.background());
            RoundRectangle2D behind = new RoundRectangle2D.Double(x + 4, y + 4, w, h, ROUND, ROUND);
            g2.fill(behind);
            g2.setPaint(palette.axis());
            g2.setStroke(new BasicStroke(1f));
            g2.draw(behind);
        }
        g2.setPaint(small && !scored ? palette.category(Operators.family(node).ordinal()) : ground);
        g2.fill(box);
        if (!small && !scored && node.kind() != LayerGraph.Kind.INPUT && node.kind() != LayerGraph.Kind.OUTPUT) {
            g2.setPaint(palette.category(Operators.family(node).ordinal()));
            g2.fill(new RoundRectangle2D.Double(x, y, BAR, h, BAR, BAR));
        }
        double line = Math.max(1, 1 / scale);
        g2.setPaint(chosen ? palette.single() : found ? palette.marked() : palette.axis());
        g2.setStroke(new BasicStroke((float) (chosen || found ? 2.5 * line : small ? 0.5 * line : 1)));
        if (!small || chosen || found) {
            g2.draw(box);
        }
        if (scale >= TEXTS_FROM) {
            paintTexts(g2, node, x, y, w, scored ? palette.inkOn(ground) : null, palette, value, look);
        }
    }

    private static void paintTexts(
            Graphics2D g2, LayerGraph.Node node, double x, double y, double w, Color ink, ChartPalette palette,
            double value, Look look) {
        ChartFonts fonts = ChartFonts.forTexts(List.of(node.title(), node.detail()));
        Font title = fonts.semiBold(TITLE);
        Font detail = fonts.regular(DETAIL);
        String note = ink == null ? node.note() : Numbers.value(value, look.scores().unit());
        double noteWidth = note.isEmpty() ? 0 : ChartFonts.width(detail, note) + 8;
        g2.setFont(title);
        g2.setPaint(ink == null ? palette.foreground() : ink);
        g2.drawString(
                ChartFonts.fit(title, node.title(), w - 2 * INSET - noteWidth), (float) (x + INSET), (float) (y + 18));
        g2.setFont(detail);
        g2.setPaint(ink == null ? palette.muted() : ink);
        if (!note.isEmpty()) {
            g2.drawString(note, (float) (x + w - INSET - noteWidth + 8), (float) (y + 18));
        }
        g2.drawString(ChartFonts.fit(detail, node.detail(), w - 2 * INSET), (float) (x + INSET), (float) (y + 34));
    }

    /**
     * What the colours say, its lower left corner at a place: the scale of the scores with its ends, or without scores the
     * kinds of operators that there are.
     *
     * @param room the width that it may take
     */
    static void paintLegend(Graphics2D g2, Placement placed, Look look, double x, double y, double room) {
        ChartPalette palette = ChartPalette.of(look.theme());
        if (look.scores() == null) {
            paintFamilies(g2, placed, palette, x, y, room);
        } else {
            paintScale(g2, look.scores(), palette, x, y, room);
        }
    }

    private static void paintFamilies(
            Graphics2D g2, Placement placed, ChartPalette palette, double x, double y, double room) {
        Set<Operators.Family> families = EnumSet.noneOf(Operators.Family.class);
        placed.graph().nodes().stream().filter(n -> n.first() >= 0).map(Operators::family).forEach(families::add);
        List<String> names = families.stream().map(Operators::name).toList();
        Font font = ChartFonts.forTexts(names).regular(DETAIL);
        List<Double> lefts = new ArrayList<>();
        double right = 0;
        int lines = 1;
        for (String name : names) {
            double width = SWATCH + 5 + ChartFonts.width(font, name);
            if (right > 0 && right + width > room) {
                lines++;
                right = 0;
            }
            lefts.add(right);
            right += width + 16;
        }
        g2.setPaint(palette.background());
        g2.fill(new Rectangle2D.Double(x - 8, y - 16 * lines - 2, room + 16, 16 * lines + 8));
        g2.setFont(font);
        int line = 0;
        int at = 0;
        for (Operators.Family family : families) {
            line += at > 0 && lefts.get(at) == 0 ? 1 : 0;
            double left = x + lefts.get(at);
            double base = y - 4 - 16 * (lines - 1 - line);
            g2.setPaint(palette.category(family.ordinal()));
            g2.fill(new RoundRectangle2D.Double(left, base - SWATCH + 1, SWATCH, SWATCH, 2, 2));
            g2.setPaint(palette.muted());
            g2.drawString(names.get(at), (float) (left + SWATCH + 5), (float) base);
            at++;
        }
    }

    private static void paintScale(
            Graphics2D g2, LayerScore scores, ChartPalette palette, double x, double y, double room) {
        ChartFonts fonts = ChartFonts.forTexts(List.of(scores.title()));
        Font font = fonts.regular(DETAIL);
        String low = Numbers.value(scores.low(), scores.unit());
        String high = Numbers.value(scores.high(), scores.unit());
        double scale = LEGEND_WIDTH + ChartFonts.width(font, low) + ChartFonts.width(font, high) + 12;
        String title = ChartFonts.fit(font, scores.title(), Math.max(scale, room));
        double width = Math.max(ChartFonts.width(font, title), scale);
        g2.setPaint(palette.background());
        g2.fill(new RoundRectangle2D.Double(x - 8, y - 40, width + 16, 44, ROUND, ROUND));
        g2.setFont(font);
        g2.setPaint(palette.foreground());
        g2.drawString(title, (float) x, (float) y - 22);
        g2.setPaint(palette.muted());
        g2.drawString(low, (float) x, (float) y - 4);
        double left = x + ChartFonts.width(font, low) + 6;
        for (int i = 0; i < LEGEND_WIDTH; i++) {
            g2.setPaint(palette.sequential(i / (LEGEND_WIDTH - 1.0)));
            g2.fill(new Rectangle2D.Double(left + i, y - 4 - LEGEND_HEIGHT, 1.5, LEGEND_HEIGHT));
        }
        g2.setPaint(palette.muted());
        g2.drawString(high, (float) (left + LEGEND_WIDTH + 6), (float) y - 4);
    }
}
