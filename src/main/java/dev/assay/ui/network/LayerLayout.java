package dev.assay.ui.network;

import dev.assay.chart.ChartFonts;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.WrappingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Places a graph in layers from top to bottom with the Eclipse Layout Kernel; long chains are cut into columns, so that
 * the whole is about as wide as a window. Not for the window's thread.
 */
public final class LayerLayout {

    private static final double LEAST_WIDTH = 104;
    private static final double MOST_WIDTH = 232;
    private static final double HEIGHT = 44;
    private static final double ASPECT = 1.3;

    /** Below this many nodes one column is easier to read. */
    private static final int WRAP_FROM = 9;

    /** ELK walks through a graph by recursion, as deep as its longest chain. */
    private static final long STACK = 1L << 29;

    private LayerLayout() {}

    /**
     * Places a graph; waits for it on the calling thread.
     *
     * @param cancelled asked between the phases of the layout and while waiting
     * @param progress told the share that is done
     * @throws CancellationException at once when it was cancelled; the phase at work then ends unheard
     */
    public static Placement place(LayerGraph graph, BooleanSupplier cancelled, DoubleConsumer progress) {
        Placement[] placed = new Placement[1];
        Throwable[] problem = new Throwable[1];
        Thread worker = new Thread(
                null,
                () -> {
                    try {
                        placed[0] = arrange(graph, cancelled, progress);
                    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
                        problem[0] = e;
                    }
                },
                "graph-layout", STACK);
        worker.setDaemon(true);
        worker.start();
        try {
            while (worker.isAlive()) {
                worker.join(50);
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
        if (problem[0] instanceof CancellationException c) {
            throw c;
        }
        if (problem[0] != null) {
            throw new IllegalStateException("the graph cannot be laid out: " + problem[0], problem[0]);
        }
        return placed[0];
    }

    private static Placement arrange(LayerGraph graph, BooleanSupplier cancelled, DoubleConsumer progress) {
        // Registers the types that properties are cloned by.
        LayoutMetaDataService.getInstance();
        ElkNode root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(CoreOptions.SEPARATE_CONNECTED_COMPONENTS, false);
        root.setProperty(CoreOptions.SPACING_NODE_NODE, 28.0);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 28.0);
        root.setProperty(LayeredOptions.THOROUGHNESS, 3);
        root.setProperty(CoreOptions.RANDOM_SEED, 1);
        if (graph.nodes().size() >= WRAP_FROM) {
            root.setProperty(LayeredOptions.WRAPPING_STRATEGY, WrappingStrategy.MULTI_EDGE);
            root.setProperty(CoreOptions.ASPECT_RATIO, ASPECT);
        }
        double[] widths = widths(graph);
        ElkNode[] nodes = new ElkNode[widths.length];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = ElkGraphUtil.createNode(root);
            nodes[i].setDimensions(widths[i], HEIGHT);
        }
        List<ElkEdge> edges = new ArrayList<>();
        for (int e = 0; e < graph.from().length; e++) {
            edges.add(ElkGraphUtil.createSimpleEdge(nodes[graph.from()[e]], nodes[graph.to()[e]]));
        }
        LayeredLayoutProvider provider = new LayeredLayoutProvider();
        provider.initialize(null);
        provider.layout(root, new Monitor(cancelled, progress));
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
        return new Placement(
                graph, Arrays.stream(nodes).mapToDouble(ElkNode::getX).toArray(),
                Arrays.stream(nodes).mapToDouble(ElkNode::getY).toArray(), widths, HEIGHT,
                edges.stream().map(LayerLayout::corners).toList(), root.getWidth(), root.getHeight());
    }

    private static double[] widths(LayerGraph graph) {
        double[] widths = new double[graph.nodes().size()];
        for (int i = 0; i < widths.length; i++) {
            LayerGraph.Node node = graph.nodes().get(i);
            ChartFonts fonts = ChartFonts.forTexts(List.of(node.title(), node.detail()));
            Font title = fonts.semiBold(LayerDrawing.TITLE);
            Font detail = fonts.regular(LayerDrawing.DETAIL);
            double first = ChartFonts.width(title, node.title()) + 16 + ChartFonts.width(detail, node.note());
            double second = ChartFonts.width(detail, node.detail());
            widths[i] =
                    Math.clamp(Math.ceil(Math.max(first, second)) + 2 * LayerDrawing.INSET, LEAST_WIDTH, MOST_WIDTH);
        }
        return widths;
    }

    private static double[] corners(ElkEdge edge) {
        ElkEdgeSection section = edge.getSections().isEmpty() ? null : edge.getSections().getFirst();
        if (section == null) {
            return new double[0];
        }
        List<ElkBendPoint> bends = section.getBendPoints();
        double[] at = new double[2 * bends.size() + 4];
        at[0] = section.getStartX();
        at[1] = section.getStartY();
        for (int i = 0; i < bends.size(); i++) {
            at[2 * i + 2] = bends.get(i).getX();
            at[2 * i + 3] = bends.get(i).getY();
        }
        at[at.length - 2] = section.getEndX();
        at[at.length - 1] = section.getEndY();
        return at;
    }

    /** Hands on how far the layout is and that it is no longer wanted. */
    private static final class Monitor extends BasicProgressMonitor {

        private final BooleanSupplier cancelled;
        private final DoubleConsumer progress;

        Monitor(BooleanSupplier cancelled, DoubleConsumer progress) {
            this.cancelled = cancelled;
            this.progress = progress;
        }

        @Override
        public boolean isCanceled() {
            return cancelled.getAsBoolean();
        }

        @Override
        protected void doWorked(float completed, float total, boolean topLevel) {
            if (topLevel && total > 0) {
                progress.accept(Math.clamp(completed / total, 0f, 1f));
            }
        }
    }
}
