package dev.assay.chart;

import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Ref;
import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A graph, laid out by the forces of Fruchterman and Reingold (1991) from a fixed seed, so the same graph always looks the
 * same.
 */
final class GraphChart implements ResultCharts.Source {

    private static final int MANY_NODES = 300;
    private static final int VERY_MANY_NODES = 3_000;
    private static final int MOST_LABELLED = 60;
    private static final int LONGEST_INSIDE = 3;
    private static final double BIG_NODE = 18;
    private static final double NODE = 10;
    private static final double SMALL_NODE = 5;
    private static final double DOT = 2.5;
    private static final double FAINTEST = 0.35;

    private final GraphPicture graph;
    private double[][] places;

    GraphChart(GraphPicture graph) {
        this.graph = graph;
    }

    @Override
    public Chart chart(ChartView view, int width, int height) {
        List<String> texts = new ArrayList<>();
        graph.nodes().forEach(n -> texts.add(n.name() + n.group()));
        ChartFrame frame = new ChartFrame(graph, view, width, height, texts);
        double[][] at = places();
        Span x = view.x() != null ? view.x() : new Span(-0.06, 1.06);
        Span y = view.y() != null ? view.y() : new Span(-0.08, 1.08);
        int n = graph.nodes().size();
        int[] item = new int[n];
        for (int i = 0; i < n; i++) {
            item[i] = i;
        }
        PointsDataset data = new PointsDataset(
                List.of(new PointsDataset.Points(graph.title(), 0, at[0], at[1], null, null, item)));
        List<String> groups = graph.nodes().stream().map(GraphPicture.Node::group).filter(g -> !g.isEmpty())
                .distinct().sorted().toList();
        view.colours().add(groups);
        return frame.build(
                data,
                frame.axis(Ticks.NONE, x, "", false),
                frame.axis(Ticks.NONE, y, "", false),
                new PlotRenderer(1, (g2, pixels, series, pass) -> paint(g2, pixels, frame)),
                legend(view, frame, groups, width),
                false,
                "No nodes",
                pixels -> new NodeHits(pixels, at),
                graph.title() + ", " + Numbers.count(n) + (n == 1 ? " node, " : " nodes, ")
                        + Numbers.count(graph.edges().size()) + (graph.edges().size() == 1 ? " edge" : " edges"));
    }

    /** The groups of nodes where there are several, and the kinds of edges that have a name. */
    private Side legend(ChartView view, ChartFrame frame, List<String> groups, int width) {
        ChartPalette palette = frame.palette();
        List<SeriesLabels.Entry> entries = new ArrayList<>();
        if (groups.size() > 1) {
            groups.forEach(g -> entries.add(new SeriesLabels.Entry(
                    g, view.colours().of(g, palette), g.equals(view.highlighted()), false, Double.NaN, Double.NaN)));
        }
        GraphPicture.EdgeNames names = graph.edgeNames();
        Color faint = ChartPalette.fade(palette.foreground(), FAINTEST);
        edge(entries, names.marked(), palette.marked(), GraphPicture.Edge::marked);
        edge(entries, names.strong(), palette.foreground(), e -> !e.marked() && e.value() >= GraphPicture.STRONG);
        edge(entries, names.weak(), faint, e -> !e.marked() && e.value() < GraphPicture.STRONG);
        return entries.isEmpty() ? Side.NONE
                : new SeriesLabels(entries, frame.fonts().regular(ChartFonts.CAPTION), palette, width);
    }

    private void edge(
            List<SeriesLabels.Entry> entries, String name, Color colour, Predicate<GraphPicture.Edge> kind) {
        if (!name.isEmpty() && graph.edges().stream().anyMatch(kind)) {
            entries.add(SeriesLabels.Entry.line(name, colour));
        }
    }

    /** Places of the nodes in the unit square. */
    private synchronized double[][] places() {
        if (places == null) {
            places = GraphLayout.places(graph);
        }
        return places;
    }

    private void paint(Graphics2D g2, Pixels pixels, ChartFrame frame) {
        double[][] at = places();
        ChartPalette palette = frame.palette();
        for (boolean marked : new boolean[] {false, true}) {
            for (GraphPicture.Edge e : graph.edges()) {
                if (e.marked() == marked) {
                    paintEdge(g2, pixels, at, e, palette);
                }
            }
        }
        int n = graph.nodes().size();
        double size = nodeSize();
        Font font = frame.fonts().regular(ChartFonts.CAPTION);
        g2.setFont(font);
        g2.setStroke(new BasicStroke(1f));
        for (int i = 0; i < n; i++) {
            GraphPicture.Node node = graph.nodes().get(i);
            double x = pixels.x(at[0][i]);
            double y = pixels.y(at[1][i]);
            Color colour = node.group().isEmpty() ? palette.single()
                    : frame.view().colours().of(node.group(), palette);
            Ellipse2D dot = new Ellipse2D.Double(x - size / 2, y - size / 2, size, size);
            // The ground under a faint node hides the edges that end in it.
            g2.setPaint(palette.background());
            g2.fill(dot);
            g2.setPaint(ChartPalette.fade(colour, strength(node.value())));
            g2.fill(dot);
            g2.setPaint(colour);
            g2.draw(dot);
            if (n <= MOST_LABELLED && !node.name().isEmpty()) {
                paintName(g2, font, node.name(), x, y, size,
                        node.value() < 0.5 ? palette.foreground() : palette.inkOn(colour), palette);
            }
        }
    }

    private double nodeSize() {
        int n = graph.nodes().size();
        return n > VERY_MANY_NODES ? DOT : n > MANY_NODES ? SMALL_NODE : n > MOST_LABELLED ? NODE : BIG_NODE;
    }

    private static void paintName(
            Graphics2D g2, Font font, String name, double x, double y, double size, Color inside,
            ChartPalette palette) {
        double width = ChartFonts.width(font, name);
        boolean fits = name.length() <= LONGEST_INSIDE && width <= size;
        g2.setPaint(fits ? inside : palette.muted());
        g2.drawString(name, (float) (fits ? x - width / 2 : x + size / 2 + 3), (float) (y + 4));
    }

    private static double strength(double value) {
        return Double.isNaN(value) ? 1 : FAINTEST + (1 - FAINTEST) * Math.clamp(value, 0, 1);
    }

    private void paintEdge(Graphics2D g2, Pixels pixels, double[][] at, GraphPicture.Edge e, ChartPalette palette) {
        double x0 = pixels.x(at[0][e.from()]);
        double y0 = pixels.y(at[1][e.from()]);
        double x1 = pixels.x(at[0][e.to()]);
        double y1 = pixels.y(at[1][e.to()]);
        Color colour = e.marked() ? palette.marked()
                : Double.isNaN(e.value()) ? palette.axis() : palette.foreground();
        g2.setPaint(ChartPalette.fade(colour, strength(e.value())));
        double wide = Double.isNaN(e.value()) ? (e.marked() ? 1.75 : 1) : 0.75 + 2.5 * Math.clamp(e.value(), 0, 1);
        g2.setStroke(new BasicStroke((float) wide, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g2.draw(new Line2D.Double(x0, y0, x1, y1));
        double length = Math.hypot(x1 - x0, y1 - y0);
        if (graph.directed() && length > nodeSize() * 1.5) {
            double ux = (x1 - x0) / length;
            double uy = (y1 - y0) / length;
            double tipX = x1 - ux * (nodeSize() / 2 + 1);
            double tipY = y1 - uy * (nodeSize() / 2 + 1);
            double head = 5 + wide;
            Path2D arrow = new Path2D.Double();
            arrow.moveTo(tipX, tipY);
            arrow.lineTo(tipX - ux * head - uy * head / 2, tipY - uy * head + ux * head / 2);
            arrow.lineTo(tipX - ux * head + uy * head / 2, tipY - uy * head - ux * head / 2);
            arrow.closePath();
            g2.fill(arrow);
        }
    }

    /** The nodes of a drawn graph, and its edges where they refer to something. */
    private final class NodeHits implements Hits {

        private final Pixels pixels;
        private final double[][] at;

        NodeHits(Pixels pixels, double[][] at) {
            this.pixels = pixels;
            this.at = at;
        }

        @Override
        public Optional<Hit> at(double x, double y) {
            double best = REACH * REACH;
            int found = -1;
            for (int i = 0; i < at[0].length; i++) {
                double dx = pixels.x(at[0][i]) - x;
                double dy = pixels.y(at[1][i]) - y;
                if (dx * dx + dy * dy <= best) {
                    best = dx * dx + dy * dy;
                    found = i;
                }
            }
            if (found >= 0 && (graph.edgeRef() == null || Math.sqrt(best) <= nodeSize() / 2)) {
                return find(found);
            }
            int edge = graph.edgeRef() == null ? -1 : edgeNear(x, y);
            return edge < 0 ? find(found) : find((long) graph.nodes().size() + edge);
        }

        private int edgeNear(double x, double y) {
            double best = REACH;
            int found = -1;
            for (int e = 0; e < graph.edges().size(); e++) {
                double distance = line(graph.edges().get(e)).ptSegDist(x, y);
                if (distance <= best) {
                    best = distance;
                    found = e;
                }
            }
            return found;
        }

        private Line2D line(GraphPicture.Edge e) {
            return new Line2D.Double(
                    pixels.x(at[0][e.from()]), pixels.y(at[1][e.from()]), pixels.x(at[0][e.to()]),
                    pixels.y(at[1][e.to()]));
        }

        @Override
        public Optional<Hit> step(Hit from, int dx, int dy) {
            return find(from == null ? 0 : from.place() + dx + dy);
        }

        @Override
        public Optional<Hit> find(long place) {
            int nodes = graph.nodes().size();
            int edges = graph.edgeRef() == null ? 0 : graph.edges().size();
            if (place < 0 || place >= (long) nodes + edges) {
                return Optional.empty();
            }
            return Optional.of(place < nodes ? node((int) place) : edge((int) place - nodes, place));
        }

        @Override
        public void marked(Marked selection, Consumer<Rectangle2D> found) {
            for (int e = 0; graph.edgeRef() != null && e < graph.edges().size(); e++) {
                Hit edge = edge(e, e);
                if (selection.hasAny(edge.refs())) {
                    found.accept(edge.area());
                }
            }
        }

        @Override
        public void within(Shape area, Consumer<Ref> found) {
            for (int e = 0; graph.edgeRef() != null && e < graph.edges().size(); e++) {
                Hit edge = edge(e, e);
                if (area.contains(edge.area().getX(), edge.area().getY())) {
                    edge.refs().forEach(found);
                }
            }
        }

        private Hit edge(int e, long place) {
            GraphPicture.Edge edge = graph.edges().get(e);
            String from = graph.nodes().get(edge.from()).name();
            String to = graph.nodes().get(edge.to()).name();
            List<String> lines = new ArrayList<>();
            if (!Double.isNaN(edge.value())) {
                lines.add("Strength " + Numbers.value(edge.value()));
            }
            Line2D line = line(edge);
            double x = (line.getX1() + line.getX2()) / 2;
            double y = (line.getY1() + line.getY2()) / 2;
            return new Hit(
                    new Rectangle2D.Double(x, y, 0, 0), null,
                    "Edge " + from + (graph.directed() ? " to " : "\u2013") + to,
                    lines, List.of(graph.edgeRef().at(graph.keyPrefix() + from + "-" + to)), place);
        }

        private Hit node(int i) {
            GraphPicture.Node node = graph.nodes().get(i);
            List<String> lines = new ArrayList<>();
            if (!node.group().isEmpty()) {
                lines.add(node.group());
            }
            if (!Double.isNaN(node.value())) {
                lines.add("Score " + Numbers.value(node.value()));
            }
            return new Hit(
                    new Rectangle2D.Double(
                            pixels.x(at[0][i]) - nodeSize() / 2 - 2, pixels.y(at[1][i]) - nodeSize() / 2 - 2,
                            nodeSize() + 4, nodeSize() + 4),
                    node.group().isEmpty() ? null : node.group(), node.name(), lines, List.of(), i);
        }
    }
}
