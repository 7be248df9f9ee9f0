package dev.assay.analyses.snr;

import dev.assay.compute.PackedMatrix;
import dev.assay.compute.SquaredDistances;

/**
 * All distances within a batch, and the way back: from the derivatives by distances to those by rows in one product of
 * matrices (snr-metric-learning, step 5). Row i is the anchor of {@code distances[i][j]}.
 */
final class BatchDistances {

    /** Side of a block of a matrix that stays in the first cache together with its mirror. */
    private static final int BLOCK = 32;

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
            System.arraycopy(squares, 0, distances[i], i, rows - i);
        }
        mirror(distances);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                distances[i][j] = kind.snr() ? distances[i][j] / denominators[i] : Math.sqrt(distances[i][j]);
            }
            distances[i][i] = 0;
        }
    }

    /** Copies the upper triangle to the lower one, block by block. */
    private void mirror(double[][] matrix) {
        for (int i0 = 0; i0 < rows; i0 += BLOCK) {
            for (int j0 = i0; j0 < rows; j0 += BLOCK) {
                for (int i = i0; i < Math.min(rows, i0 + BLOCK); i++) {
                    for (int j = Math.max(i + 1, j0); j < Math.min(rows, j0 + BLOCK); j++) {
                        matrix[j][i] = matrix[i][j];
                    }
                }
            }
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
        addTransposed(byDistance);
        PackedMatrix packed = PackedMatrix.of(points, rows, columns);
        double[] gradient = new double[rows * columns];
        double[] factors = new double[Math.min(rows, BLOCK) * rows];
        for (int first = 0; first < rows; first += BLOCK) {
            int count = Math.min(BLOCK, rows - first);
            for (int r = 0; r < count; r++) {
                for (int j = 0; j < rows; j++) {
                    factors[r * rows + j] = -2 * byDistance[first + r][j];
                }
                factors[r * rows + first + r] += 2 * own[first + r];
            }
            double[] part = new double[count * columns];
            packed.multiplyAdd(factors, count, part);
            System.arraycopy(part, 0, gradient, first * columns, part.length);
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

    /** Adds its transpose to a matrix, block by block, since whole columns would leave the cache at every step. */
    private void addTransposed(double[][] matrix) {
        for (int i0 = 0; i0 < rows; i0 += BLOCK) {
            for (int j0 = i0; j0 < rows; j0 += BLOCK) {
                for (int i = i0; i < Math.min(rows, i0 + BLOCK); i++) {
                    for (int j = Math.max(i, j0); j < Math.min(rows, j0 + BLOCK); j++) {
                        double sum = matrix[i][j] + matrix[j][i];
                        matrix[i][j] = sum;
                        matrix[j][i] = sum;
                    }
                }
            }
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
