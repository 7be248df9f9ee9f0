package dev.assay.analyses.snr;

import dev.assay.compute.SquaredDistances;

/**
 * A loss over a batch of embeddings with its gradient by the rows, in float64.
 *
 * @param distance what the loss compares
 * @param kind which loss
 * @param marginPositive of the contrastive loss
 * @param marginNegative of the contrastive loss
 * @param margin of the triplet and the lifted loss
 * @param lambda weight of the mean absolute row sum, taken of the rows as they are
 * @param reduction what sums of hinges are divided by
 * @param eps added to the variance in a denominator
 */
record MetricLoss(
        TrainingDistance distance,
        LossKind kind,
        double marginPositive,
        double marginNegative,
        double margin,
        double lambda,
        Reduction reduction,
        double eps) {

    /** Rows from which on starting threads pays. */
    private static final int WORTH_SHARING = 512;

    /**
     * What a batch gave.
     *
     * @param total with the zero-mean term
     * @param positive part of positive pairs, NaN where the loss has none
     * @param negative part of negative pairs, NaN where the loss has none
     * @param zeroMean the zero-mean term
     * @param active terms above 0
     * @param terms all terms; 0 for a batch without pairs
     * @param gradient by the rows, row-major
     */
    record Outcome(
            double total,
            double positive,
            double negative,
            double zeroMean,
            long active,
            long terms,
            double[] gradient) {

        double activeShare() {
            return terms == 0 ? 0 : (double) active / terms;
        }
    }

    /** Evaluates on the calling thread. */
    Outcome of(double[] values, int[] labels, SquaredDistances kernel) {
        return of(values, labels, kernel, 1);
    }

    /**
     * Evaluates.
     *
     * @param values row-major
     * @param labels one for each row
     * @param most threads that a large batch may take; the outcome is the same to the last bit whatever their number
     */
    Outcome of(double[] values, int[] labels, SquaredDistances kernel, int most) {
        int rows = labels.length;
        int threads = rows < WORTH_SHARING ? 1 : most;
        int columns = values.length / rows;
        BatchDistances batch = new BatchDistances(distance, values, rows, columns, eps, kernel, threads);
        double[][] derivatives = new double[rows][rows];
        PairLosses losses = new PairLosses(batch.distances(), labels, derivatives);
        PairLosses.Value value = switch (kind) {
            case CONT -> losses.contrastive(marginPositive, marginNegative, reduction);
            case TRI -> losses.triplet(margin, reduction, threads);
            case LIFTED -> losses.lifted(margin);
            case NPAIR -> losses.npair();
        };
        double[] gradient = batch.gradient(derivatives);
        double zeroMean = zeroMean(values, rows, columns, gradient);
        return new Outcome(
                value.loss() + zeroMean,
                value.positive(),
                value.negative(),
                zeroMean,
                value.active(),
                value.terms(),
                gradient);
    }

    private double zeroMean(double[] values, int rows, int columns, double[] gradient) {
        double total = 0;
        for (int r = 0; r < rows && lambda > 0; r++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += values[r * columns + c];
            }
            total += Math.abs(sum);
            for (int c = 0; c < columns; c++) {
                gradient[r * columns + c] += Math.signum(sum) * lambda / rows;
            }
        }
        return total * lambda / rows;
    }
}
