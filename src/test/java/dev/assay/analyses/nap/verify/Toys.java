package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import java.util.Arrays;

/** The small networks of the method's golden values. */
public final class Toys {

    private Toys() {}

    /** V1: 2-4-2. */
    public static ReluNetwork v1() {
        return ReluNetwork.dense(
                new double[][][] {
                    {{1, 1}, {1, 1}, {1, -1}, {-1, 1}}, {{0, 0, 0, 0}, {2, -6, 0.25, 0.25}},
                },
                new double[][] {{-.5, -1.5, 0, 0}, {0.5, 0}});
    }

    /** V2: 2-3-3-2. */
    public static ReluNetwork v2() {
        return ReluNetwork.dense(
                new double[][][] {
                    {{1, -1}, {.5, 1}, {-1, .5}},
                    {{1, -1, .5}, {-.5, 1, 1}, {.5, .5, -1}},
                    {{1, -.5, .25}, {-1, .75, .5}},
                },
                new double[][] {{.1, -.2, .3}, {-.1, .2, 0}, {.2, 0}});
    }

    /** The same interval in every input. */
    public static Box box(int n, double low, double high) {
        double[] l = new double[n];
        double[] h = new double[n];
        Arrays.fill(l, low);
        Arrays.fill(h, high);
        return new Box(l, h);
    }

    /** A pattern written as {@code + - 0 0}. */
    public static Signs signs(String text) {
        String plain = text.replace(" ", "");
        Signs signs = Signs.none(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            if (plain.charAt(i) != '0') {
                signs = signs.with(i, plain.charAt(i) == '+' ? 1 : -1);
            }
        }
        return signs;
    }

    /** y_a - y_b. */
    public static Row margin(int outputs, int a, int b) {
        double[] c = new double[outputs];
        c[a] = 1;
        c[b] = -1;
        return new Row(c, 0);
    }
}
