package dev.assay.analyses.snr;

/** The term that pulls the values of a code to -1 and 1 (snr-metric-learning, step 7). */
final class Quantisation {

    private Quantisation() {}

    /** Mean over rows of the sum of {@code | |u| - 1 |}. */
    static double of(double[] values, int rows) {
        double sum = 0;
        for (double v : values) {
            sum += Math.abs(Math.abs(v) - 1);
        }
        return sum / rows;
    }

    /** A loss with beta times the term added to its total and gradient. */
    static MetricLoss.Outcome added(MetricLoss.Outcome loss, double[] values, int rows, double beta) {
        if (beta == 0) {
            return loss;
        }
        for (int i = 0; i < values.length; i++) {
            loss.gradient()[i] += beta / rows * Math.signum(Math.abs(values[i]) - 1) * Math.signum(values[i]);
        }
        return new MetricLoss.Outcome(
                loss.total() + beta * of(values, rows),
                loss.positive(),
                loss.negative(),
                loss.zeroMean(),
                loss.active(),
                loss.terms(),
                loss.gradient());
    }
}
