package dev.assay.chart;

import dev.assay.analysis.result.Dendrogram;
import dev.assay.text.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/** A tree of merges; the clusters that a cut leaves are in colour, merges above the cut and single leaves are grey. */
final class DendrogramChart {

    private static final float LINE = 1.5f;
    private static final float THIN_LINE = 1f;
    private static final double THIN_BELOW = 3;
    private static final double WIDEST_NAME = 90;
    private static final double AIR = 0.04;
    private static final int FEW = 20;

    private final Dendrogram tree;
    private final ChartFrame frame;
    private final DendrogramLayout layout;
    private final Scaling scaling;
    private final double cut;

    private DendrogramChart(Dendrogram tree, ChartFrame frame) {
        this.tree = tree;
        this.frame = frame;
        this.layout = DendrogramLayout.of(tree);
        Scaling.Extent extent = new Scaling.Extent().add(tree.heights());
        this.scaling = Scaling.of(CurveChart.isLog(frame.view().yLog(), tree.height()), extent);
        this.cut = tree.height().cursor() == null
                ? Double.NaN
                : tree.height().cursor().value();
        frame.scale(null, false, scaling, CurveChart.canBeLog(extent));
        frame.cursor(null, tree.height());
    }

    static Chart of(Dendrogram tree, ChartView view, int width, int height) {
        List<String> texts = new ArrayList<>(tree.leaves());
        texts.add(tree.leafTitle() + tree.height().label() + tree.height().unit());
        return new DendrogramChart(tree, new ChartFrame(tree, view, width, height, texts)).build();
    }

    private Chart build() {
        int leaves = tree.leaves().size();
        boolean empty = leaves == 0;
        Scaling.Extent extent = new Scaling.Extent().add(tree.heights());
        if (!scaling.isLog() && !extent.isEmpty()) {
            extent.add(0);
        }
        Span plain = extent.span(scaling);
        Span x = frame.view().x() != null ? frame.view().x() : new Span(-0.5, Math.max(1, leaves) - 0.5);
        Span y = frame.shownY(plain.padded(scaling.isLog() ? AIR : 0, AIR));
        Font font = frame.fonts().regular(ChartFonts.CAPTION);
        Ticks names = empty ? Ticks.NONE : new BandTicks(tree.leaves(), List.of(), font, WIDEST_NAME);
        String title = leaves <= FEW ? tree.leafTitle() : tree.leafTitle() + " (" + Numbers.count(leaves) + ")";
        return frame.build(
                PointsDataset.whole(tree.id(), !empty),
                frame.axis(names, x, title, false),
                frame.axis(Ticks.numbers(scaling, tree.height().unit()), y, ChartFrame.title(tree.height()), false),
                new PlotRenderer(1, (g2, pixels, series, pass) -> paint(g2, pixels)),
                Side.NONE,
                true,
                frame.noValues(),
                pixels -> empty ? Hits.NONE : new DendrogramHits(tree, layout, scaling, pixels),
                finding());
    }

    private void paint(Graphics2D g2, Pixels pixels) {
        int[] cluster = layout.clusters(tree, cut);
        double room = Math.abs(pixels.perX());
        g2.setStroke(new BasicStroke(
                room < THIN_BELOW ? THIN_LINE : LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        int[] colourOf = colours(cluster);
        for (int node = tree.leaves().size(); node < tree.nodes(); node++) {
            int colour = cluster[node] < 0 ? -1 : colourOf[cluster[node]];
            g2.setPaint(colour < 0 ? frame.palette().axis() : paint(colour));
            bracket(g2, pixels, node);
        }
    }

    private Color paint(int colour) {
        return frame.palette().category(colour % (frame.palette().categories() - 1));
    }

    /** Clusters of several leaves take the colours in turn, from left to right. */
    private int[] colours(int[] cluster) {
        int[] colours = new int[tree.nodes()];
        int next = 0;
        int last = -1;
        for (int leaf = 0; leaf < tree.leaves().size(); leaf++) {
            int top = cluster[leaf];
            if (top != last && !tree.isLeaf(top)) {
                colours[top] = next++;
            }
            last = top;
        }
        return colours;
    }

    private void bracket(Graphics2D g2, Pixels pixels, int node) {
        int a = tree.first()[tree.merge(node)];
        int b = tree.second()[tree.merge(node)];
        double y = height(tree, scaling, pixels, node);
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO, 4);
        path.moveTo(pixels.x(layout.at()[a]), height(tree, scaling, pixels, a));
        path.lineTo(pixels.x(layout.at()[a]), y);
        path.lineTo(pixels.x(layout.at()[b]), y);
        path.lineTo(pixels.x(layout.at()[b]), height(tree, scaling, pixels, b));
        g2.draw(path);
    }

    /** Where a node is, in pixels; leaves and heights without a place stand on the lower edge. */
    static double height(Dendrogram tree, Scaling scaling, Pixels pixels, int node) {
        double bottom = pixels.plot().getMaxY();
        if (tree.isLeaf(node)) {
            return bottom;
        }
        double at = scaling.at(tree.heights()[tree.merge(node)]);
        return Double.isNaN(at) ? bottom : Math.min(bottom, pixels.y(at));
    }

    private String finding() {
        int leaves = tree.leaves().size();
        String text = tree.title() + ", " + Numbers.count(leaves) + " leaves";
        if (Double.isNaN(cut) || leaves == 0) {
            return text;
        }
        int[] cluster = layout.clusters(tree, cut);
        long clusters = java.util.Arrays.stream(cluster, 0, leaves).distinct().count();
        return text + ", " + Numbers.count(clusters) + " clusters at " + ChartFrame.text(cut, tree.height());
    }
}
