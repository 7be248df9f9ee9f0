package dev.assay.analyses.snr;

import dev.assay.compute.PackedMatrix;
import dev.assay.compute.SquaredDistances;
import java.util.function.IntConsumer;

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

    private final int threads;

    /** @param threads that the work is shared over; the result does not depend on their number */
    BatchDistances(
            TrainingDistance kind, double[] values, int rows, int columns, double eps, SquaredDistances kernel,
            int threads) {
        this.kind = kind;
        this.rows = rows;
        this.columns = columns;
        this.threads = threads;
        this.lengths = new double[rows];
        this.scaled = kind.normalizes() ? toUnit(values) : values;
        this.denominators = new double[rows];
        this.points = kind.snr() ? centred(scaled, eps) : scaled;
        this.distances = new double[rows][rows];
        byBlocks(() -> {
            double[] squares = new double[BLOCK];
            return i0 -> upper(i0, kernel, squares);
        });
        byBlocks(() -> this::mirror);
        byBlocks(() -> this::toDistances);
    }

    /** A thread's work on blocks of rows; told of the first row of each. */
    private void byBlocks(Blocks.Worker worker) {
        Blocks.share((rows + BLOCK - 1) / BLOCK, threads, () -> {
            IntConsumer of = worker.start();
            return block -> of.accept(block * BLOCK);
        });
    }

    private int end(int first) {
        return Math.min(rows, first + BLOCK);
    }

    /** Squares of a block of rows to those behind them, tile by tile, so that a tile is read from the cache. */
    private void upper(int i0, SquaredDistances kernel, double[] squares) {
        for (int j0 = i0; j0 < rows; j0 += BLOCK) {
            for (int i = i0; i < end(i0); i++) {
                int from = Math.max(i, j0);
                if (from < end(j0)) {
                    kernel.from(points, i, points, from, end(j0), columns, squares);
                    System.arraycopy(squares, 0, distances[i], from, end(j0) - from);
                }
            }
        }
    }

    /** Copies a block of rows above the diagonal to below it. */
    private void mirror(int i0) {
        for (int j0 = i0; j0 < rows; j0 += BLOCK) {
            for (int i = i0; i < end(i0); i++) {
                for (int j = Math.max(i + 1, j0); j < end(j0); j++) {
                    distances[j][i] = distances[i][j];
                }
            }
        }
    }

    private void toDistances(int i0) {
        for (int i = i0; i < end(i0); i++) {
            double[] row = distances[i];
            for (int j = 0; j < rows; j++) {
                row[j] = kind.snr() ? row[j] / denominators[i] : Math.sqrt(row[j]);
            }
            row[i] = 0;
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
        double[] asAnchor = new double[rows];
        byBlocks(() -> i0 -> {
            for (int i = i0; i < end(i0); i++) {
                asAnchor[i] = toSquares(byDistance[i], i);
            }
        });
        double[] asOther = new double[rows];
        byBlocks(() -> j0 -> {
            for (int i = 0; i < rows; i++) {
                for (int j = j0; j < end(j0); j++) {
                    asOther[j] += byDistance[i][j];
                }
            }
        });
        byBlocks(() -> i0 -> addTransposed(byDistance, i0));
        PackedMatrix packed = PackedMatrix.of(points, rows, columns);
        double[] gradient = new double[rows * columns];
        byBlocks(() -> {
            double[] factors = new double[Math.min(rows, BLOCK) * rows];
            return first -> {
                int count = end(first) - first;
                for (int r = 0; r < count; r++) {
                    for (int j = 0; j < rows; j++) {
                        factors[r * rows + j] = -2 * byDistance[first + r][j];
                    }
                    factors[r * rows + first + r] += 2 * (asAnchor[first + r] + asOther[first + r]);
                }
                double[] part = new double[count * columns];
                packed.multiplyAdd(factors, count, part);
                System.arraycopy(part, 0, gradient, first * columns, part.length);
            };
        });
        return kind.normalizes() ? throughUnit(gradient) : gradient;
    }

    /** Makes derivatives by distances of an anchor ones by squared differences; their sum pulls at the anchor. */
    private double toSquares(double[] row, int anchor) {
        double[] of = distances[anchor];
        double sum = 0;
        if (kind.snr()) {
            double scale = 1 / denominators[anchor];
            for (int j = 0; j < rows; j++) {
                double w = row[j] * scale;
                row[j] = w;
                sum += w == 0 ? 0 : w * (1 - of[j]);
            }
            return sum;
        }
        for (int j = 0; j < rows; j++) {
            // The root has no derivative at 0; equal rows pull in no direction.
            double w = of[j] == 0 ? 0 : row[j] / (2 * of[j]);
            row[j] = w;
            sum += w;
        }
        return sum;
    }

    /** Adds its transpose to a block of rows from the diagonal on, and mirrors it. */
    private void addTransposed(double[][] matrix, int i0) {
        for (int j0 = i0; j0 < rows; j0 += BLOCK) {
            for (int i = i0; i < end(i0); i++) {
                for (int j = Math.max(i, j0); j < end(j0); j++) {
                    double sum = matrix[i][j] + matrix[j][i];
                    matrix[i][j] = sum;
                    matrix[j][i] = sum;
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
