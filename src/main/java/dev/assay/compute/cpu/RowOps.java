package dev.assay.compute.cpu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic on rows whose length is a whole number of vectors. Every sum runs in one fixed order, so a row's result does
 * not depend on the rows beside it.
 */
final class RowOps {

    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int ROWS = 4;

    private RowOps() {}

    /** The length of a stored row of that width: rounded up to whole vectors. */
    static int stride(int width) {
        return (width + LANES - 1) / LANES * LANES;
    }

    /** A matrix with its rows lengthened by zeros. */
    static double[] padded(double[] values, int rows, int width) {
        int stride = stride(width);
        double[] out = new double[Math.multiplyExact(rows, stride)];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(values, r * width, out, r * stride, width);
        }
        return out;
    }

    /**
     * Rows times a matrix plus a bias: tiles of four rows and three vectors of columns stay in registers.
     *
     * @param in {@code [rows][inStride]}
     * @param inWidth rows of the matrix
     * @param weight {@code [inWidth][outStride]}
     * @param bias {@code [outStride]}
     * @param out {@code [rows][outStride]}, overwritten; not {@code in}
     */
    static void linear(
            double[] in, int inStride, int inWidth, double[] weight, int outStride, double[] bias, double[] out,
            int rows) {
        int r = 0;
        for (; r + ROWS <= rows; r += ROWS) {
            int c = 0;
            for (; c + 3 * LANES <= outStride && c + 4 * LANES != outStride; c += 3 * LANES) {
                wideTile(in, r * inStride, inStride, inWidth, weight, outStride, bias, out, r * outStride, c);
            }
            for (; c + 2 * LANES <= outStride; c += 2 * LANES) {
                tile(in, r * inStride, inStride, inWidth, weight, outStride, bias, out, r * outStride, c);
            }
            if (c < outStride) {
                narrowTile(in, r * inStride, inStride, inWidth, weight, outStride, bias, out, r * outStride, c);
            }
        }
        for (; r < rows; r++) {
            for (int c = 0; c < outStride; c += LANES) {
                DoubleVector sum = DoubleVector.fromArray(SPECIES, bias, c);
                for (int i = 0; i < inWidth; i++) {
                    sum = DoubleVector.fromArray(SPECIES, weight, i * outStride + c)
                            .fma(DoubleVector.broadcast(SPECIES, in[r * inStride + i]), sum);
                }
                sum.intoArray(out, r * outStride + c);
            }
        }
    }

    private static void wideTile(
            double[] in, int at, int inStride, int inWidth, double[] weight, int outStride, double[] bias,
            double[] out, int to, int c) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, bias, c);
        DoubleVector t0 = DoubleVector.fromArray(SPECIES, bias, c + LANES);
        DoubleVector u0 = DoubleVector.fromArray(SPECIES, bias, c + 2 * LANES);
        DoubleVector s1 = s0;
        DoubleVector t1 = t0;
        DoubleVector u1 = u0;
        DoubleVector s2 = s0;
        DoubleVector t2 = t0;
        DoubleVector u2 = u0;
        DoubleVector s3 = s0;
        DoubleVector t3 = t0;
        DoubleVector u3 = u0;
        int at1 = at + inStride;
        int at2 = at1 + inStride;
        int at3 = at2 + inStride;
        for (int i = 0; i < inWidth; i++) {
            DoubleVector w = DoubleVector.fromArray(SPECIES, weight, i * outStride + c);
            DoubleVector x = DoubleVector.fromArray(SPECIES, weight, i * outStride + c + LANES);
            DoubleVector y = DoubleVector.fromArray(SPECIES, weight, i * outStride + c + 2 * LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, in[at + i]);
            s0 = w.fma(a0, s0);
            t0 = x.fma(a0, t0);
            u0 = y.fma(a0, u0);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, in[at1 + i]);
            s1 = w.fma(a1, s1);
            t1 = x.fma(a1, t1);
            u1 = y.fma(a1, u1);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, in[at2 + i]);
            s2 = w.fma(a2, s2);
            t2 = x.fma(a2, t2);
            u2 = y.fma(a2, u2);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, in[at3 + i]);
            s3 = w.fma(a3, s3);
            t3 = x.fma(a3, t3);
            u3 = y.fma(a3, u3);
        }
        int to1 = to + outStride + c;
        int to2 = to1 + outStride;
        int to3 = to2 + outStride;
        s0.intoArray(out, to + c);
        t0.intoArray(out, to + c + LANES);
        u0.intoArray(out, to + c + 2 * LANES);
        s1.intoArray(out, to1);
        t1.intoArray(out, to1 + LANES);
        u1.intoArray(out, to1 + 2 * LANES);
        s2.intoArray(out, to2);
        t2.intoArray(out, to2 + LANES);
        u2.intoArray(out, to2 + 2 * LANES);
        s3.intoArray(out, to3);
        t3.intoArray(out, to3 + LANES);
        u3.intoArray(out, to3 + 2 * LANES);
    }

    private static void tile(
            double[] in, int at, int inStride, int inWidth, double[] weight, int outStride, double[] bias,
            double[] out, int to, int c) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, bias, c);
        DoubleVector t0 = DoubleVector.fromArray(SPECIES, bias, c + LANES);
        DoubleVector s1 = s0;
        DoubleVector t1 = t0;
        DoubleVector s2 = s0;
        DoubleVector t2 = t0;
        DoubleVector s3 = s0;
        DoubleVector t3 = t0;
        int at1 = at + inStride;
        int at2 = at1 + inStride;
        int at3 = at2 + inStride;
        for (int i = 0; i < inWidth; i++) {
            DoubleVector w = DoubleVector.fromArray(SPECIES, weight, i * outStride + c);
            DoubleVector x = DoubleVector.fromArray(SPECIES, weight, i * outStride + c + LANES);
            DoubleVector a0 = DoubleVector.broadcast(SPECIES, in[at + i]);
            DoubleVector a1 = DoubleVector.broadcast(SPECIES, in[at1 + i]);
            DoubleVector a2 = DoubleVector.broadcast(SPECIES, in[at2 + i]);
            DoubleVector a3 = DoubleVector.broadcast(SPECIES, in[at3 + i]);
            s0 = w.fma(a0, s0);
            t0 = x.fma(a0, t0);
            s1 = w.fma(a1, s1);
            t1 = x.fma(a1, t1);
            s2 = w.fma(a2, s2);
            t2 = x.fma(a2, t2);
            s3 = w.fma(a3, s3);
            t3 = x.fma(a3, t3);
        }
        s0.intoArray(out, to + c);
        t0.intoArray(out, to + c + LANES);
        s1.intoArray(out, to + outStride + c);
        t1.intoArray(out, to + outStride + c + LANES);
        s2.intoArray(out, to + 2 * outStride + c);
        t2.intoArray(out, to + 2 * outStride + c + LANES);
        s3.intoArray(out, to + 3 * outStride + c);
        t3.intoArray(out, to + 3 * outStride + c + LANES);
    }

    private static void narrowTile(
            double[] in, int at, int inStride, int inWidth, double[] weight, int outStride, double[] bias,
            double[] out, int to, int c) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, bias, c);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        for (int i = 0; i < inWidth; i++) {
            DoubleVector w = DoubleVector.fromArray(SPECIES, weight, i * outStride + c);
            s0 = w.fma(DoubleVector.broadcast(SPECIES, in[at + i]), s0);
            s1 = w.fma(DoubleVector.broadcast(SPECIES, in[at + inStride + i]), s1);
            s2 = w.fma(DoubleVector.broadcast(SPECIES, in[at + 2 * inStride + i]), s2);
            s3 = w.fma(DoubleVector.broadcast(SPECIES, in[at + 3 * inStride + i]), s3);
        }
        s0.intoArray(out, to + c);
        s1.intoArray(out, to + outStride + c);
        s2.intoArray(out, to + 2 * outStride + c);
        s3.intoArray(out, to + 3 * outStride + c);
    }

    /**
     * One row as the weighted sum of rows.
     *
     * @param own factor of row {@code v} itself
     * @param factor {@code [entries]}
     * @param source {@code [entries]}: the row that each entry takes
     * @param out {@code [..][stride]}: row v is overwritten
     */
    static void gather(
            double[] rows, int stride, int v, double own, double[] factor, int[] source, int begin, int end,
            double[] out) {
        DoubleVector f = DoubleVector.broadcast(SPECIES, own);
        int c = 0;
        for (; c + 3 * LANES <= stride && c + 4 * LANES != stride; c += 3 * LANES) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, rows, v * stride + c).mul(f);
            DoubleVector t = DoubleVector.fromArray(SPECIES, rows, v * stride + c + LANES).mul(f);
            DoubleVector u = DoubleVector.fromArray(SPECIES, rows, v * stride + c + 2 * LANES).mul(f);
            for (int i = begin; i < end; i++) {
                DoubleVector w = DoubleVector.broadcast(SPECIES, factor[i]);
                int at = source[i] * stride + c;
                s = DoubleVector.fromArray(SPECIES, rows, at).fma(w, s);
                t = DoubleVector.fromArray(SPECIES, rows, at + LANES).fma(w, t);
                u = DoubleVector.fromArray(SPECIES, rows, at + 2 * LANES).fma(w, u);
            }
            s.intoArray(out, v * stride + c);
            t.intoArray(out, v * stride + c + LANES);
            u.intoArray(out, v * stride + c + 2 * LANES);
        }
        for (; c + 2 * LANES <= stride; c += 2 * LANES) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, rows, v * stride + c).mul(f);
            DoubleVector t = DoubleVector.fromArray(SPECIES, rows, v * stride + c + LANES).mul(f);
            for (int i = begin; i < end; i++) {
                DoubleVector w = DoubleVector.broadcast(SPECIES, factor[i]);
                int at = source[i] * stride + c;
                s = DoubleVector.fromArray(SPECIES, rows, at).fma(w, s);
                t = DoubleVector.fromArray(SPECIES, rows, at + LANES).fma(w, t);
            }
            s.intoArray(out, v * stride + c);
            t.intoArray(out, v * stride + c + LANES);
        }
        if (c < stride) {
            DoubleVector s = DoubleVector.fromArray(SPECIES, rows, v * stride + c).mul(f);
            for (int i = begin; i < end; i++) {
                s = DoubleVector.fromArray(SPECIES, rows, source[i] * stride + c)
                        .fma(DoubleVector.broadcast(SPECIES, factor[i]), s);
            }
            s.intoArray(out, v * stride + c);
        }
    }

    /** Adds a multiple of a row to another. */
    static void add(double[] from, int fromAt, double factor, double[] to, int toAt, int stride) {
        DoubleVector f = DoubleVector.broadcast(SPECIES, factor);
        for (int c = 0; c < stride; c += LANES) {
            DoubleVector.fromArray(SPECIES, from, fromAt + c)
                    .fma(f, DoubleVector.fromArray(SPECIES, to, toAt + c))
                    .intoArray(to, toAt + c);
        }
    }

    /** Scalar product of two rows. */
    static double dot(double[] a, int aAt, double[] b, int bAt, int stride) {
        DoubleVector sum = DoubleVector.zero(SPECIES);
        for (int c = 0; c < stride; c += LANES) {
            sum = DoubleVector.fromArray(SPECIES, a, aAt + c).fma(DoubleVector.fromArray(SPECIES, b, bAt + c), sum);
        }
        // The order in which reduceLanes adds is not specified and changes once the method is compiled.
        double total = sum.lane(0);
        for (int lane = 1; lane < LANES; lane++) {
            total += sum.lane(lane);
        }
        return total;
    }

    /** Each column times a factor plus a shift, over all rows; may be in place. */
    static void affine(double[] in, double[] factor, double[] shift, double[] out, int stride, int rows) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < stride; c += LANES) {
                DoubleVector.fromArray(SPECIES, in, r * stride + c)
                        .fma(DoubleVector.fromArray(SPECIES, factor, c), DoubleVector.fromArray(SPECIES, shift, c))
                        .intoArray(out, r * stride + c);
            }
        }
    }

    /** Negative values become 0; may be in place. */
    static void relu(double[] in, double[] out, int length) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int c = 0; c < length; c += LANES) {
            DoubleVector.fromArray(SPECIES, in, c).max(zero).intoArray(out, c);
        }
    }

    /** Keeps what belongs to positive values; may be in place. */
    static void reluBack(double[] values, double[] by, double[] out, int length) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int c = 0; c < length; c += LANES) {
            zero.blend(
                    DoubleVector.fromArray(SPECIES, by, c),
                    DoubleVector.fromArray(SPECIES, values, c).compare(VectorOperators.GT, zero))
                    .intoArray(out, c);
        }
    }

    /** A row divided by a number; may be in place. */
    static void divide(double[] in, int at, double divisor, double[] out, int stride) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, 1 / divisor);
        for (int c = 0; c < stride; c += LANES) {
            DoubleVector.fromArray(SPECIES, in, at + c).mul(factor).intoArray(out, at + c);
        }
    }

    /** Sum of rows. */
    static void sum(double[] rows, int stride, int count, double factor, double[] out, int at) {
        for (int c = 0; c < stride; c += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int r = 0; r < count; r++) {
                sum = sum.add(DoubleVector.fromArray(SPECIES, rows, r * stride + c));
            }
            sum.mul(factor).intoArray(out, at + c);
        }
    }

    /** Greatest value of each column; at least one row. */
    static void max(double[] rows, int stride, int count, double[] out, int at) {
        for (int c = 0; c < stride; c += LANES) {
            DoubleVector best = DoubleVector.fromArray(SPECIES, rows, c);
            for (int r = 1; r < count; r++) {
                best = best.max(DoubleVector.fromArray(SPECIES, rows, r * stride + c));
            }
            best.intoArray(out, at + c);
        }
    }
}
