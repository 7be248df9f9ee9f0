package dev.assay.analyses.snr;

import dev.assay.compute.SquaredDistances;

/**
 * All distances within a batch, and the way back: from the derivatives by distances to those by rows in one product of
 * matrices (snr-metric-learning, step 5). Row i is the anchor of {@code distances[i][j]}.
 */
final class BatchDistances {

    private final TrainingDistance kind;
    private final int rows;
    private final int columns;
    /** What squares are taken of: rows as they are, of length 1, or with their means taken off. */
    private final double[] points;
    /** Rows before centring. */
    private final double[] scaled;

    private final double[] lengths;
    private final double[] denominators;
    private final double[][] distances;

    BatchDistances(TrainingDistance kind, double[] values, int rows, int columns, double eps, SquaredDistances kernel) {
        this.kind = kind;
        this.rows = rows;
        this.columns = columns;
        this.lengths = new double[rows];
        this.scaled = kind.normalizes() ? toUnit(values) : values;
        this.denominators = new double[rows];
        this.points = kind.snr() ? centred(scaled, eps) : scaled;
        this.distances = new double[rows][rows];
        double[] squares = new double[rows];
        for (int i = 0; i < rows; i++) {
            kernel.from(points, i, points, i, rows, columns, squares);
            for (int j = i; j < rows; j++) {
                distances[i][j] = squares[j - i];
                distances[j][i] = squares[j - i];
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                distances[i][j] = kind.snr() ? distances[i][j] / denominators[i] : Math.sqrt(distances[i][j]);
            }
            distances[i][i] = 0;
        }
    }

    private double[] toUnit(double[] values) {
        double[] unit = values.clone();
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += values[r * columns + c] * values[r * columns + c];
            }
            lengths[r] = Math.max(Math.sqrt(sum), 1e-12);
            for (int c = 0; c < columns; c++) {
                unit[r * columns + c] /= lengths[r];
            }
        }
        return unit;
    }

    private double[] centred(double[] values, double eps) {
        double[] centred = new double[values.length];
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += values[r * columns + c];
            }
            double squares = 0;
            for (int c = 0; c < columns; c++) {
                double v = values[r * columns + c] - sum / columns;
                centred[r * columns + c] = v;
                squares += v * v;
            }
            denominators[r] = squares + columns * eps;
        }
        return centred;
    }

    double[][] distances() {
        return distances;
    }

    int rows() {
        return rows;
    }

    /**
     * Derivatives by the rows.
     *
     * @param byDistance {@code [i][j]}, derivatives by {@link #distances()}; overwritten
     * @return row-major
     */
    double[] gradient(double[][] byDistance) {
        double[] own = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                double w = byDistance[i][j];
                if (w != 0) {
                    w = bySquare(w, i, j);
                    byDistance[i][j] = w;
                    own[i] += w * (kind.snr() ? 1 - distances[i][j] : 1);
                    own[j] += w;
                }
            }
        }
        double[] gradient = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            add(gradient, i, i, 2 * own[i]);
            for (int j = 0; j < rows; j++) {
                double w = byDistance[i][j] + byDistance[j][i];
                if (w != 0) {
                    add(gradient, i, j, -2 * w);
                }
            }
        }
        return kind.normalizes() ? throughUnit(gradient) : gradient;
    }

    /** From the derivative by a distance to that by the squared difference. */
    private double bySquare(double w, int i, int j) {
        if (kind.snr()) {
            return w / denominators[i];
        }
        // The root has no derivative at 0; equal rows pull in no direction.
        return distances[i][j] == 0 ? 0 : w / (2 * distances[i][j]);
    }

    private void add(double[] gradient, int to, int from, double factor) {
        int at = to * columns;
        int source = from * columns;
        for (int c = 0; c < columns; c++) {
            gradient[at + c] += factor * points[source + c];
        }
    }

    private double[] throughUnit(double[] gradient) {
        for (int r = 0; r < rows; r++) {
            double along = 0;
            for (int c = 0; c < columns; c++) {
                along += gradient[r * columns + c] * scaled[r * columns + c];
            }
            for (int c = 0; c < columns; c++) {
                int at = r * columns + c;
                gradient[at] = (gradient[at] - along * scaled[at]) / lengths[r];
            }
        }
        return gradient;
    }
}
