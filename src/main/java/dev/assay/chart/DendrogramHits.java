package dev.assay.chart;

import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Ref;
import dev.assay.text.Numbers;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The merges and leaves of a drawn dendrogram; what is behind a merge are all the leaves below it. */
final class DendrogramHits implements Hits {

    private static final double NEAR = 12;
    private static final int NAMED = 8;

    private final Dendrogram tree;
    private final DendrogramLayout layout;
    private final Scaling scaling;
    private final Pixels pixels;

    DendrogramHits(Dendrogram tree, DendrogramLayout layout, Scaling scaling, Pixels pixels) {
        this.tree = tree;
        this.layout = layout;
        this.scaling = scaling;
        this.pixels = pixels;
    }

    @Override
    public Optional<Hit> at(double x, double y) {
        if (!pixels.plot().contains(x, y)) {
            return Optional.empty();
        }
        double best = NEAR;
        int nearest = -1;
        for (int node = 0; node < tree.nodes(); node++) {
            double distance = distance(node, x, y);
            if (distance < best) {
                best = distance;
                nearest = node;
            }
        }
        return nearest < 0 ? Optional.empty() : find(nearest);
    }

    /** To the line up to the parent, and for a merge to its own cross line. */
    private double distance(int node, double x, double y) {
        double at = pixels.x(layout.at()[node]);
        double low = DendrogramChart.height(tree, scaling, pixels, node);
        int up = layout.parent()[node];
        double high = up < 0 ? low : DendrogramChart.height(tree, scaling, pixels, up);
        double distance = Line2D.ptSegDist(at, low, at, high, x, y);
        if (!tree.isLeaf(node)) {
            int m = tree.merge(node);
            double left = pixels.x(layout.at()[tree.first()[m]]);
            double right = pixels.x(layout.at()[tree.second()[m]]);
            distance = Math.min(distance, Line2D.ptSegDist(left, low, right, low, x, y));
        }
        return distance;
    }

    @Override
    public Optional<Hit> step(Hit from, int dx, int dy) {
        if (from == null) {
            return find(tree.nodes() - 1L);
        }
        int node = (int) from.place();
        int up = layout.parent()[node];
        if (dy < 0) {
            return up < 0 ? Optional.empty() : find(up);
        }
        if (dy > 0) {
            return tree.isLeaf(node) ? Optional.empty() : find(left(node));
        }
        if (tree.isLeaf(node)) {
            return node + dx < 0 || node + dx >= tree.leaves().size() ? Optional.empty() : find(node + (long) dx);
        }
        return up < 0 ? Optional.empty() : find(dx < 0 ? left(up) : right(up));
    }

    private int left(int node) {
        int a = tree.first()[tree.merge(node)];
        int b = tree.second()[tree.merge(node)];
        return layout.at()[a] <= layout.at()[b] ? a : b;
    }

    private int right(int node) {
        int m = tree.merge(node);
        return left(node) == tree.first()[m] ? tree.second()[m] : tree.first()[m];
    }

    @Override
    public void marked(Marked selection, Consumer<Rectangle2D> found) {
        Set<String> keys = selection.of(tree.leafRef());
        for (int leaf = 0; leaf < tree.leaves().size() && !keys.isEmpty(); leaf++) {
            if (keys.contains(tree.leaves().get(leaf))) {
                find(leaf).ifPresent(hit -> found.accept(hit.area()));
            }
        }
    }

    @Override
    public Optional<Hit> find(long place) {
        if (place < 0 || place >= tree.nodes()) {
            return Optional.empty();
        }
        int node = (int) place;
        List<String> below = new ArrayList<>();
        List<Ref> refs = new ArrayList<>();
        boolean closed = layout.isClosed(node);
        for (int leaf = (int) layout.from()[node]; leaf <= layout.to()[node]; leaf++) {
            if (closed || holds(node, leaf)) {
                below.add(tree.leaves().get(leaf));
                if (tree.leafRef() != null) {
                    refs.add(tree.leafRef().at(tree.leaves().get(leaf)));
                }
            }
        }
        double top = DendrogramChart.height(tree, scaling, pixels, node);
        double bottom = pixels.plot().getMaxY();
        double left = pixels.x(layout.from()[node] - 0.5);
        // A leaf has no height of its own; its mark is high enough to be seen.
        double above = tree.isLeaf(node) ? 10 : 0;
        Rectangle2D area = new Rectangle2D.Double(
                left, top - above, pixels.x(layout.to()[node] + 0.5) - left, bottom - top + above);
        return Optional.of(new Hit(area, null, title(below), lines(node, below), refs, place));
    }

    /** Leaves of other trees may lie between those of a tree whose leaves are not in its order. */
    private boolean holds(int node, int leaf) {
        int top = leaf;
        while (top >= 0 && top < node) {
            top = layout.parent()[top];
        }
        return top == node;
    }

    private String title(List<String> below) {
        return below.size() == 1
                ? tree.leafTitle() + " " + below.getFirst()
                : Numbers.count(below.size()) + " merged here";
    }

    private List<String> lines(int node, List<String> below) {
        if (tree.isLeaf(node)) {
            return List.of();
        }
        String names = String.join(", ", below.subList(0, Math.min(NAMED, below.size())));
        String more = below.size() > NAMED ? " and " + Numbers.count(below.size() - NAMED) + " more" : "";
        String label = tree.height().label().isEmpty() ? "Height" : tree.height().label();
        return List.of(
                label + " " + ChartFrame.text(tree.heights()[tree.merge(node)], tree.height()),
                tree.leafTitle() + " " + names + more);
    }
}
