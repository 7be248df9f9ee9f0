package dev.assay.chart;

import dev.assay.analysis.result.GraphPicture;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;

/** A graph as a small picture without title and names, laid out as its chart is. Not for the window's thread. */
public final class GraphThumbnail {

    private static final double MARGIN = 8;
    private static final double NODE = 6;
    private static final double SMALL_NODE = 3;
    private static final int MANY_NODES = 60;

    private GraphThumbnail() {}

    /**
     * Draws it on a transparent ground; ground truth in the second colour.
     *
     * @param side width and height in pixels
     * @param scale pixels of the picture for each of them
     * @param colours colours of the nodes' groups
     */
    public static BufferedImage image(
            GraphPicture graph, ChartTheme theme, SeriesColours colours, int side, double scale) {
        ChartPalette palette = ChartPalette.of(theme);
        colours.add(graph.nodes().stream().map(GraphPicture.Node::group).filter(g -> !g.isEmpty()).distinct()
                .sorted().toList());
        int pixels = (int) Math.ceil(side * scale);
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g2 = Chart.graphics(image, scale);
        double[][] at = GraphLayout.places(graph);
        double room = side - 2 * MARGIN;
        for (boolean marked : new boolean[] {false, true}) {
            g2.setPaint(marked ? palette.marked() : palette.axis());
            g2.setStroke(new BasicStroke(marked ? 1.75f : 1, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            for (GraphPicture.Edge e : graph.edges()) {
                if (e.marked() == marked) {
                    g2.draw(new Line2D.Double(
                            MARGIN + room * at[0][e.from()], MARGIN + room * (1 - at[1][e.from()]),
                            MARGIN + room * at[0][e.to()], MARGIN + room * (1 - at[1][e.to()])));
                }
            }
        }
        double size = graph.nodes().size() > MANY_NODES ? SMALL_NODE : NODE;
        for (int i = 0; i < graph.nodes().size(); i++) {
            String group = graph.nodes().get(i).group();
            g2.setPaint(group.isEmpty() ? palette.single() : colours.of(group, palette));
            g2.fill(new Ellipse2D.Double(
                    MARGIN + room * at[0][i] - size / 2, MARGIN + room * (1 - at[1][i]) - size / 2, size, size));
        }
        g2.dispose();
        return image;
    }
}
