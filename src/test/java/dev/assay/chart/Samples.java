package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scatter;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Results as analyses give them, for pictures and tests. */
public final class Samples {

    private Samples() {}

    /** Recall against slack: ten classes and all. */
    public static Curve recall() {
        double[] slack = {0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
        List<Curve.Series> series = new ArrayList<>();
        double[] all = new double[slack.length];
        for (int c = 0; c < 10; c++) {
            double[] y = new double[slack.length];
            for (int i = 0; i < y.length; i++) {
                double ease = 0.35 + 0.06 * ((c * 7) % 10);
                y[i] = 1 - (1 - 0.4 * ease) * Math.exp(-ease * 6 * Math.pow(slack[i], 0.35));
                all[i] += y[i] / 10;
            }
            series.add(Curve.Series.of(String.valueOf(c), slack, y));
        }
        series.add(Curve.Series.of("all", slack, all));
        return new Curve(
                "train_recall", "Recall against slack, train split", Axis.log("Relaxation slack s", ""),
                Axis.of("Recall", "share"), series, RefKind.ofClass());
    }

    /** Three lines with bands. */
    public static Curve banded() {
        List<Curve.Series> series = new ArrayList<>();
        String[] names = {"Occlusion", "GNNExplainer", "Random"};
        for (int k = 0; k < 3; k++) {
            double[] x = new double[21];
            double[] y = new double[21];
            double[] low = new double[21];
            double[] high = new double[21];
            for (int i = 0; i < 21; i++) {
                x[i] = i / 20.0;
                y[i] = 0.1 + 0.6 * Math.pow(x[i], 1.0 / (k + 1)) / (k + 1);
                low[i] = y[i] - 0.03 - 0.02 * k;
                high[i] = y[i] + 0.03 + 0.02 * k;
            }
            series.add(new Curve.Series(names[k], x, y, low, high));
        }
        return new Curve(
                "sparsity_plus", "Fidelity against sparsity", Axis.of("Sparsity |S|/|E|", ""),
                Axis.of("Fidelity F\u208a", ""), series, null);
    }

    /** A line of very many points. */
    public static Curve million(int points) {
        double[] x = new double[points];
        double[] y = new double[points];
        double level = 2.3;
        for (int i = 0; i < points; i++) {
            x[i] = i;
            level += (0.1 - level) * 4.0 / points;
            y[i] = level * (1 + 0.2 * Math.sin(i * 0.37)) + 0.05 * Math.sin(i * 12.9898);
        }
        return new Curve(
                "loss", "Training loss", Axis.of("Step", ""), Axis.of("Loss", "nats"),
                List.of(Curve.Series.of("loss", x, y)), null);
    }

    /** States of 1,024 neurons in four layers for ten classes. */
    public static Heatmap states() {
        RandomGenerator random = new java.util.Random(7);
        List<String> rows = new ArrayList<>();
        double[][] values = new double[1024][10];
        for (int r = 0; r < 1024; r++) {
            rows.add((r / 256 + 1) + ":" + r % 256);
            double lean = random.nextGaussian();
            for (int c = 0; c < 10; c++) {
                double v = lean + random.nextGaussian();
                values[r][c] = v > 1 ? 1 : v < -0.4 ? -1 : 0;
            }
        }
        List<Heatmap.Group> groups = new ArrayList<>();
        for (int g = 1; g <= 4; g++) {
            groups.add(new Heatmap.Group("Layer " + g, 256));
        }
        return new Heatmap(
                "states", "Pattern of each class", rows, classes(10), values, "Neuron", "Class",
                RefKind.neuron("model"), RefKind.ofClass(), Heatmap.Palette.DIVERGING, groups)
                .explained(
                        Axis.of("State", ""), new Heatmap.Level(1, "active"), new Heatmap.Level(0, "free"),
                        new Heatmap.Level(-1, "inactive"));
    }

    /** Opposing neurons between ten classes. */
    public static Heatmap conflicts() {
        double[][] values = new double[10][10];
        for (int a = 0; a < 10; a++) {
            for (int b = 0; b < 10; b++) {
                values[a][b] = a == b ? Double.NaN : (a * 31 + b * 31 + a * b * 17) % 97;
            }
        }
        values[3][5] = 0;
        values[5][3] = 0;
        return new Heatmap(
                "conflicts", "Opposing neurons between classes", classes(10), classes(10), values, "Class",
                "Class", RefKind.ofClass(), RefKind.ofClass(), Heatmap.Palette.SEQUENTIAL, List.of())
                .explained(Axis.of("Opposing neurons", ""));
    }

    /** A distance matrix of 300 rows. */
    public static Heatmap distances() {
        List<String> names = new ArrayList<>();
        double[][] values = new double[300][300];
        for (int i = 0; i < 300; i++) {
            names.add("row " + i);
            for (int j = 0; j < 300; j++) {
                values[i][j] = Math.abs(Math.sin(i / 40.0) - Math.sin(j / 40.0)) + 0.002 * Math.abs(i - j);
            }
        }
        return new Heatmap(
                "distance_matrix", "Distance between samples", names, names, values, "Sample", "Sample",
                RefKind.sample("test"), RefKind.sample("test"), Heatmap.Palette.SEQUENTIAL, List.of())
                .explained(Axis.of("Distance", ""));
    }

    private static List<String> classes(int count) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            names.add(String.valueOf(c));
        }
        return names;
    }

    /** Two histograms. */
    public static Distribution distribution(int series) {
        double[] edges = new double[41];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = i / 20.0;
        }
        List<Distribution.Series> list = new ArrayList<>();
        String[] names = {"Same class", "Other class", "Random"};
        for (int s = 0; s < series; s++) {
            long[] counts = new long[40];
            for (int b = 0; b < 40; b++) {
                double d = (edges[b] - 0.5 - 0.6 * s) / 0.25;
                counts[b] = Math.round(5200 * Math.exp(-d * d / 2));
            }
            list.add(new Distribution.Series(names[s], counts));
        }
        return new Distribution(
                "same_class", "Distances between pairs", Axis.of("SNR distance", ""), edges, list);
    }

    /** Points with crosses. */
    public static Scatter plane() {
        List<Scatter.Series> list = new ArrayList<>();
        String[] names = {"Occlusion", "Gradient", "Integrated gradients", "GNNExplainer", "Random"};
        for (int k = 0; k < names.length; k++) {
            list.add(new Scatter.Series(
                    names[k], new double[] {0.62 - 0.11 * k}, new double[] {0.08 + 0.09 * k * (k % 3 + 1) / 2},
                    new String[] {names[k]}, new double[] {0.02 + 0.005 * k}, new double[] {0.03}));
        }
        return new Scatter(
                "fid_plane", "Necessity against sufficiency", Axis.of("Robust fidelity F\u207a", ""),
                Axis.of("Robust fidelity F\u207b", ""), list, new RefKind("explainer", ""));
    }

    /** A cloud of points in some classes. */
    public static Scatter cloud(int points, int series) {
        java.util.Random random = new java.util.Random(3);
        List<Scatter.Series> list = new ArrayList<>();
        for (int s = 0; s < series; s++) {
            int n = points / series;
            double[] x = new double[n];
            double[] y = new double[n];
            String[] keys = new String[n];
            for (int i = 0; i < n; i++) {
                x[i] = 3 * Math.cos(s * 2.4) + random.nextGaussian();
                y[i] = 3 * Math.sin(s * 2.4) + random.nextGaussian() * 0.8;
                keys[i] = String.valueOf(i * series + s);
            }
            list.add(Scatter.Series.of("class " + s, x, y, keys));
        }
        return new Scatter(
                "embedding_map", "Embedding", Axis.of("Component 1", ""), Axis.of("Component 2", ""), list,
                RefKind.sample("test"));
    }

    /** A ranking of that many entries. */
    public static Ranking ranking(int entries) {
        List<Ranking.Entry> list = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            list.add(new Ranking.Entry(
                    "Layer " + (i % 4 + 1) + ", neuron " + (i * 37 % 256), 0.93 * Math.exp(-i / 14.0),
                    i % 3 == 2 ? Double.NaN : 0.02 + 0.002 * i,
                    RefKind.neuron("model").at((i % 4 + 1) + ":" + (i * 37 % 256))));
        }
        return new Ranking("importance", "Neurons by importance", Axis.of("Mean drop in accuracy", "share"), list);
    }

    /** A house on a tree, as in BA-2motifs. */
    public static GraphPicture graph() {
        List<GraphPicture.Node> nodes = new ArrayList<>();
        List<GraphPicture.Edge> edges = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            nodes.add(new GraphPicture.Node(String.valueOf(i), "base", Double.NaN));
            if (i > 0) {
                edges.add(new GraphPicture.Edge(i * 7 % i == 0 ? i / 2 : i * 7 % i, i, 0.05 + 0.01 * i, false));
            }
        }
        for (int i = 20; i < 25; i++) {
            nodes.add(new GraphPicture.Node(String.valueOf(i), "motif", Double.NaN));
        }
        int[][] house = {{20, 21}, {21, 22}, {22, 23}, {23, 20}, {23, 24}, {22, 24}};
        for (int[] e : house) {
            edges.add(new GraphPicture.Edge(e[0], e[1], 0.9, true));
        }
        edges.add(new GraphPicture.Edge(3, 20, 0.4, false));
        return new GraphPicture(
                "explained", "Explanation of graph 17", nodes, edges, false, "17:", null,
                new GraphPicture.EdgeNames("ground truth", "explanation", "other edges"));
    }

    /** Merges of 24 features, cut at a movable line. */
    public static Dendrogram tree() {
        int n = 24;
        int[] first = new int[n - 1];
        int[] second = new int[n - 1];
        double[] heights = new double[n - 1];
        // Neighbours first, then neighbours of those, as in a tournament with a few byes.
        List<Integer> alive = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            alive.add(i);
        }
        int m = 0;
        for (double round = 1; alive.size() > 1; round++) {
            List<Integer> next = new ArrayList<>();
            for (int i = 0; i + 1 < alive.size(); i += 2) {
                first[m] = alive.get(i);
                second[m] = alive.get(i + 1);
                heights[m] = 0.004 * Math.pow(5, round - 1) * (1 + 0.05 * i);
                next.add(n + m++);
            }
            if (alive.size() % 2 == 1) {
                next.add(alive.getLast());
            }
            alive = next;
        }
        List<String> leaves = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            leaves.add(String.valueOf((i * 7) % n));
        }
        return new Dendrogram(
                "dendrogram", "Merges in conv1", leaves, first, second, heights, "Feature",
                Axis.log("Cost / largest distance", "").following("beta", 0.06), new RefKind("feature", "model"));
    }

    /** One result of every kind that has a chart. */
    public static List<dev.assay.analysis.result.Result> all() {
        return List.of(
                recall(), banded(), states(), conflicts(), distances(), distribution(1), distribution(2), plane(),
                cloud(3000, 3), ranking(8), graph(), tree());
    }
}
