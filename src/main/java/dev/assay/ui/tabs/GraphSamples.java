package dev.assay.ui.tabs;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Picture;
import dev.assay.chart.ChartPalette;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.GraphThumbnail;
import dev.assay.chart.SeriesColours;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.Kernels;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphPictures;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.data.graph.SubtreeCounts;
import dev.assay.model.gnn.GnnClasses;
import dev.assay.model.gnn.GnnModel;
import dev.assay.ui.Texts;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/** The graphs of a set of graphs. */
record GraphSamples(GraphDataset data) implements Samples {

    private static final int SIDE = 72;
    private static final double SCALE = 2;
    private static final int MOST_NODES = 600;
    private static final int THREADS = 2;

    @Override
    public String noun() {
        return Texts.of("noun.graph");
    }

    @Override
    public String nouns() {
        return Texts.of("noun.graphs");
    }

    @Override
    public long size() {
        return data.size();
    }

    @Override
    public List<String> classes() {
        return data.task() == GraphTask.GRAPH ? data.classes() : List.of();
    }

    @Override
    public Location location() {
        return data.location();
    }

    @Override
    public int[] labels(LongConsumer onProgress, BooleanSupplier cancelled) throws InputException {
        int[] labels = new int[data.size()];
        for (int g = 0; g < labels.length; g++) {
            if (cancelled.getAsBoolean()) {
                return null;
            }
            labels[g] = label(data.graph(g));
            onProgress.accept(g + 1);
        }
        return labels;
    }

    private int label(GraphSample graph) {
        return classes().isEmpty() ? -1 : graph.label();
    }

    @Override
    public List<Input> networks(List<Input> opened) {
        return opened.stream().filter(i -> i instanceof GnnModel model && takes(model)).toList();
    }

    private boolean takes(GnnModel model) {
        if (data.size() == 0 || data.task() != GraphTask.GRAPH || model.config().task() != GraphTask.GRAPH) {
            return false;
        }
        try {
            model.features(data, data.graph(0));
            return GnnClasses.of(model, data).data() == data;
        } catch (InputException e) {
            return false; // other features or classes: the network is not for these graphs
        }
    }

    @Override
    public Predictions predict(Input network, LongConsumer onProgress, BooleanSupplier cancelled)
            throws InputException {
        int[] classes = new int[data.size()];
        int[] labels = new int[data.size()];
        float[] confidences = new float[data.size()];
        try (Kernels kernels = Kernels.cpu(THREADS)) {
            for (int g = 0; g < classes.length; g++) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException();
                }
                float[] scores = scores(kernels, (GnnModel) network, data.graph(g));
                classes[g] = Predictions.best(scores);
                confidences[g] = classes[g] < 0 ? 0 : (float) Predictions.softmax(scores)[classes[g]];
                labels[g] = label(data.graph(g));
                onProgress.accept(g + 1);
            }
        }
        return new Predictions(network.name(), classes, confidences, labels);
    }

    @Override
    public float[] scores(Input network, long index) throws InputException {
        try (Kernels kernels = Kernels.cpu(THREADS)) {
            return scores(kernels, (GnnModel) network, data.graph((int) index));
        }
    }

    private float[] scores(Kernels kernels, GnnModel network, GraphSample graph) throws InputException {
        double[] logits = network.prepare(
                kernels.get(BatchedGraphConvolution.class), graph, network.features(data, graph)).logits();
        float[] scores = new float[logits.length];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = (float) logits[c];
        }
        return scores;
    }

    @Override
    public String nearness() {
        return Texts.of("neighbours.by.structure");
    }

    @Override
    public List<Nearest.Neighbour> nearest(long index, DoubleConsumer onProgress, BooleanSupplier cancelled)
            throws InputException {
        SubtreeCounts counting = new SubtreeCounts();
        SubtreeCounts.Counts own = counting.of(data.graph((int) index));
        Nearest.Best best = new Nearest.Best();
        for (int g = 0; g < data.size(); g++) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException();
            }
            best.add(g, own.distance(counting.of(data.graph(g))));
            onProgress.accept((g + 1.0) / data.size());
        }
        return best.but(index);
    }

    @Override
    public Shown look(long index, ChartTheme theme) throws InputException {
        GraphSample graph = data.graph((int) index);
        BufferedImage drawn =
                GraphThumbnail.image(GraphPictures.small(data, graph, MOST_NODES), theme, new SeriesColours(), SIDE,
                        SCALE);
        BufferedImage opaque = new BufferedImage(drawn.getWidth(), drawn.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g2 = opaque.createGraphics();
        g2.drawImage(drawn, 0, 0, ChartPalette.of(theme).background(), null);
        g2.dispose();
        byte[] pixels = new byte[3 * drawn.getWidth() * drawn.getHeight()];
        for (int y = 0, at = 0; y < opaque.getHeight(); y++) {
            for (int x = 0; x < opaque.getWidth(); x++) {
                int rgb = opaque.getRGB(x, y);
                pixels[at++] = (byte) (rgb >> 16);
                pixels[at++] = (byte) (rgb >> 8);
                pixels[at++] = (byte) rgb;
            }
        }
        return new Shown(new Picture(opaque.getWidth(), opaque.getHeight(), 3, pixels), label(graph));
    }
}
