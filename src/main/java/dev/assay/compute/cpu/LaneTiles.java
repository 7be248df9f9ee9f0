package dev.assay.compute.cpu;

import dev.assay.compute.GraphPattern;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products and sums of numbers that are stored as vectors, one lane for each copy of a graph; places count numbers. Each method
 * is compiled by itself, with nothing but loops around registers: where the compiler gives up in the middle of a long caller it
 * would make an object of every vector.
 */
final class LaneTiles {

    static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** Numbers of a vector. */
    static final int LANES = SPECIES.length();

    /** Columns of a tile, and rows of one of products. */
    static final int TILE = 4;

    private LaneTiles() {}

    static DoubleVector load(double[] values, int at) {
        return DoubleVector.fromArray(SPECIES, values, at);
    }

    /**
     * Four rows times four columns of a matrix, plus a bias.
     *
     * @param h rows from {@code at}, each with the map's width
     * @param o the first of the columns
     * @param to where the first sum goes, the next three behind it
     * @param step from a row of sums to the next
     */
    static void products(double[] h, int at, GraphPlan.LinearOp map, int o, double[] out, int to, int step) {
        double[] weights = map.weight();
        double[] bias = map.bias();
        int stride = map.outStride();
        DoubleVector s00 = DoubleVector.broadcast(SPECIES, bias[o]);
        DoubleVector s01 = DoubleVector.broadcast(SPECIES, bias[o + 1]);
        DoubleVector s02 = DoubleVector.broadcast(SPECIES, bias[o + 2]);
        DoubleVector s03 = DoubleVector.broadcast(SPECIES, bias[o + 3]);
        DoubleVector s10 = s00;
        DoubleVector s11 = s01;
        DoubleVector s12 = s02;
        DoubleVector s13 = s03;
        DoubleVector s20 = s00;
        DoubleVector s21 = s01;
        DoubleVector s22 = s02;
        DoubleVector s23 = s03;
        DoubleVector s30 = s00;
        DoubleVector s31 = s01;
        DoubleVector s32 = s02;
        DoubleVector s33 = s03;
        int row = map.in() * LANES;
        int a = at;
        for (int i = 0, w = o; i < map.in(); i++, w += stride, a += LANES) {
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, h, a);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, h, a + row);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, h, a + 2 * row);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, h, a + 3 * row);
            DoubleVector y = DoubleVector.broadcast(SPECIES, weights[w]);
            s00 = x0.fma(y, s00);
            s10 = x1.fma(y, s10);
            s20 = x2.fma(y, s20);
            s30 = x3.fma(y, s30);
            y = DoubleVector.broadcast(SPECIES, weights[w + 1]);
            s01 = x0.fma(y, s01);
            s11 = x1.fma(y, s11);
            s21 = x2.fma(y, s21);
            s31 = x3.fma(y, s31);
            y = DoubleVector.broadcast(SPECIES, weights[w + 2]);
            s02 = x0.fma(y, s02);
            s12 = x1.fma(y, s12);
            s22 = x2.fma(y, s22);
            s32 = x3.fma(y, s32);
            y = DoubleVector.broadcast(SPECIES, weights[w + 3]);
            s03 = x0.fma(y, s03);
            s13 = x1.fma(y, s13);
            s23 = x2.fma(y, s23);
            s33 = x3.fma(y, s33);
        }
        s00.intoArray(out, to);
        s01.intoArray(out, to + LANES);
        s02.intoArray(out, to + 2 * LANES);
        s03.intoArray(out, to + 3 * LANES);
        s10.intoArray(out, to + step);
        s11.intoArray(out, to + step + LANES);
        s12.intoArray(out, to + step + 2 * LANES);
        s13.intoArray(out, to + step + 3 * LANES);
        s20.intoArray(out, to + 2 * step);
        s21.intoArray(out, to + 2 * step + LANES);
        s22.intoArray(out, to + 2 * step + 2 * LANES);
        s23.intoArray(out, to + 2 * step + 3 * LANES);
        s30.intoArray(out, to + 3 * step);
        s31.intoArray(out, to + 3 * step + LANES);
        s32.intoArray(out, to + 3 * step + 2 * LANES);
        s33.intoArray(out, to + 3 * step + 3 * LANES);
    }

    /** One row times four columns of a matrix, plus a bias. */
    static void row(double[] h, int at, GraphPlan.LinearOp map, int o, double[] out, int to) {
        double[] weights = map.weight();
        double[] bias = map.bias();
        int stride = map.outStride();
        DoubleVector s = DoubleVector.broadcast(SPECIES, bias[o]);
        DoubleVector t = DoubleVector.broadcast(SPECIES, bias[o + 1]);
        DoubleVector u = DoubleVector.broadcast(SPECIES, bias[o + 2]);
        DoubleVector v = DoubleVector.broadcast(SPECIES, bias[o + 3]);
        int a = at;
        for (int i = 0, w = o; i < map.in(); i++, w += stride, a += LANES) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, h, a);
            s = x.fma(DoubleVector.broadcast(SPECIES, weights[w]), s);
            t = x.fma(DoubleVector.broadcast(SPECIES, weights[w + 1]), t);
            u = x.fma(DoubleVector.broadcast(SPECIES, weights[w + 2]), u);
            v = x.fma(DoubleVector.broadcast(SPECIES, weights[w + 3]), v);
        }
        s.intoArray(out, to);
        t.intoArray(out, to + LANES);
        u.intoArray(out, to + 2 * LANES);
        v.intoArray(out, to + 3 * LANES);
    }

    /** One row times one column of a matrix, plus a bias. */
    static void product(double[] h, int at, GraphPlan.LinearOp map, int o, double[] out, int to) {
        DoubleVector s = DoubleVector.broadcast(SPECIES, map.bias()[o]);
        for (int i = 0; i < map.in(); i++) {
            s = load(h, at + i * LANES)
                    .fma(DoubleVector.broadcast(SPECIES, map.weight()[i * map.outStride() + o]), s);
        }
        s.intoArray(out, to);
    }

    /**
     * Eight columns of weighted sums over edges, cut off below. (Java's maximum takes five instructions; comparing with a floor
     * that is a number and blending it in takes two.)
     *
     * @param h rows, {@code step} apart, whose columns begin at {@code at}
     * @param selves factors of the rows themselves, {@code selfStep} apart
     * @param factors of the entries of the pattern
     * @param count rows that are summed up
     * @param out takes the sums at the same places
     */
    static void sums8(
            GraphPattern g, double[] h, int at, int step, double[] selves, int selfStep, double[] factors, double least,
            int count, double[] out) {
        int[] start = g.start();
        int[] source = g.source();
        DoubleVector floor = DoubleVector.broadcast(SPECIES, least);
        for (int r = 0; r < count; r++) {
            DoubleVector f = DoubleVector.fromArray(SPECIES, selves, r * selfStep);
            int here = at + r * step;
            DoubleVector s = DoubleVector.fromArray(SPECIES, h, here).mul(f);
            DoubleVector t = DoubleVector.fromArray(SPECIES, h, here + LANES).mul(f);
            DoubleVector u = DoubleVector.fromArray(SPECIES, h, here + 2 * LANES).mul(f);
            DoubleVector v = DoubleVector.fromArray(SPECIES, h, here + 3 * LANES).mul(f);
            DoubleVector w = DoubleVector.fromArray(SPECIES, h, here + 4 * LANES).mul(f);
            DoubleVector x = DoubleVector.fromArray(SPECIES, h, here + 5 * LANES).mul(f);
            DoubleVector y = DoubleVector.fromArray(SPECIES, h, here + 6 * LANES).mul(f);
            DoubleVector z = DoubleVector.fromArray(SPECIES, h, here + 7 * LANES).mul(f);
            int end = start[r + 1];
            for (int i = start[r]; i < end; i++) {
                f = DoubleVector.fromArray(SPECIES, factors, i * LANES);
                int there = at + source[i] * step;
                s = DoubleVector.fromArray(SPECIES, h, there).fma(f, s);
                t = DoubleVector.fromArray(SPECIES, h, there + LANES).fma(f, t);
                u = DoubleVector.fromArray(SPECIES, h, there + 2 * LANES).fma(f, u);
                v = DoubleVector.fromArray(SPECIES, h, there + 3 * LANES).fma(f, v);
                w = DoubleVector.fromArray(SPECIES, h, there + 4 * LANES).fma(f, w);
                x = DoubleVector.fromArray(SPECIES, h, there + 5 * LANES).fma(f, x);
                y = DoubleVector.fromArray(SPECIES, h, there + 6 * LANES).fma(f, y);
                z = DoubleVector.fromArray(SPECIES, h, there + 7 * LANES).fma(f, z);
            }
            s.blend(floor, s.compare(VectorOperators.LE, floor)).intoArray(out, here);
            t.blend(floor, t.compare(VectorOperators.LE, floor)).intoArray(out, here + LANES);
            u.blend(floor, u.compare(VectorOperators.LE, floor)).intoArray(out, here + 2 * LANES);
            v.blend(floor, v.compare(VectorOperators.LE, floor)).intoArray(out, here + 3 * LANES);
            w.blend(floor, w.compare(VectorOperators.LE, floor)).intoArray(out, here + 4 * LANES);
            x.blend(floor, x.compare(VectorOperators.LE, floor)).intoArray(out, here + 5 * LANES);
            y.blend(floor, y.compare(VectorOperators.LE, floor)).intoArray(out, here + 6 * LANES);
            z.blend(floor, z.compare(VectorOperators.LE, floor)).intoArray(out, here + 7 * LANES);
        }
    }

    /** Four columns of the same. */
    static void sums4(
            GraphPattern g, double[] h, int at, int step, double[] selves, int selfStep, double[] factors, double least,
            int count, double[] out) {
        int[] start = g.start();
        int[] source = g.source();
        DoubleVector floor = DoubleVector.broadcast(SPECIES, least);
        for (int r = 0; r < count; r++) {
            DoubleVector f = DoubleVector.fromArray(SPECIES, selves, r * selfStep);
            int here = at + r * step;
            DoubleVector s = DoubleVector.fromArray(SPECIES, h, here).mul(f);
            DoubleVector t = DoubleVector.fromArray(SPECIES, h, here + LANES).mul(f);
            DoubleVector u = DoubleVector.fromArray(SPECIES, h, here + 2 * LANES).mul(f);
            DoubleVector v = DoubleVector.fromArray(SPECIES, h, here + 3 * LANES).mul(f);
            int end = start[r + 1];
            for (int i = start[r]; i < end; i++) {
                f = DoubleVector.fromArray(SPECIES, factors, i * LANES);
                int there = at + source[i] * step;
                s = DoubleVector.fromArray(SPECIES, h, there).fma(f, s);
                t = DoubleVector.fromArray(SPECIES, h, there + LANES).fma(f, t);
                u = DoubleVector.fromArray(SPECIES, h, there + 2 * LANES).fma(f, u);
                v = DoubleVector.fromArray(SPECIES, h, there + 3 * LANES).fma(f, v);
            }
            s.blend(floor, s.compare(VectorOperators.LE, floor)).intoArray(out, here);
            t.blend(floor, t.compare(VectorOperators.LE, floor)).intoArray(out, here + LANES);
            u.blend(floor, u.compare(VectorOperators.LE, floor)).intoArray(out, here + 2 * LANES);
            v.blend(floor, v.compare(VectorOperators.LE, floor)).intoArray(out, here + 3 * LANES);
        }
    }

    /** One column of the same. */
    static void sum(
            GraphPattern g, double[] h, int at, int step, double[] selves, int selfStep,
            double[] factors, double least, int count, double[] out) {
        for (int r = 0; r < count; r++) {
            DoubleVector s = load(h, at + r * step).mul(load(selves, r * selfStep));
            for (int i = g.start()[r]; i < g.start()[r + 1]; i++) {
                s = load(h, at + g.source()[i] * step).fma(load(factors, i * LANES), s);
            }
            s.max(least).intoArray(out, at + r * step);
        }
    }

    /** The greatest numbers of four columns in rows that are {@code step} apart; at least one row. */
    static void greatest(double[] h, int at, int step, int rows, double[] out, int to) {
        DoubleVector s = load(h, at);
        DoubleVector t = load(h, at + LANES);
        DoubleVector u = load(h, at + 2 * LANES);
        DoubleVector v = load(h, at + 3 * LANES);
        for (int r = 1; r < rows; r++) {
            int a = at + r * step;
            s = s.max(DoubleVector.fromArray(SPECIES, h, a));
            t = t.max(DoubleVector.fromArray(SPECIES, h, a + LANES));
            u = u.max(DoubleVector.fromArray(SPECIES, h, a + 2 * LANES));
            v = v.max(DoubleVector.fromArray(SPECIES, h, a + 3 * LANES));
        }
        s.intoArray(out, to);
        t.intoArray(out, to + LANES);
        u.intoArray(out, to + 2 * LANES);
        v.intoArray(out, to + 3 * LANES);
    }

    /** The sums of four columns times a factor. */
    static void total(double[] h, int at, int step, int rows, double factor, double[] out, int to) {
        DoubleVector s = DoubleVector.zero(SPECIES);
        DoubleVector t = s;
        DoubleVector u = s;
        DoubleVector v = s;
        for (int r = 0; r < rows; r++) {
            int a = at + r * step;
            s = s.add(DoubleVector.fromArray(SPECIES, h, a));
            t = t.add(DoubleVector.fromArray(SPECIES, h, a + LANES));
            u = u.add(DoubleVector.fromArray(SPECIES, h, a + 2 * LANES));
            v = v.add(DoubleVector.fromArray(SPECIES, h, a + 3 * LANES));
        }
        s.mul(factor).intoArray(out, to);
        t.mul(factor).intoArray(out, to + LANES);
        u.mul(factor).intoArray(out, to + 2 * LANES);
        v.mul(factor).intoArray(out, to + 3 * LANES);
    }
}
