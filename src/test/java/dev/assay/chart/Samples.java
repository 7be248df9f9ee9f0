package dev.assay.chart;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.RefKind;
import java.util.ArrayList;
import java.util.List;

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
        java.util.random.RandomGenerator random = java.util.random.RandomGenerator.of("L64X128MixRandom");
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
}
