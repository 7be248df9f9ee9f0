package dev.assay.analyses.nap.verify.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tensor of the graph as an affine map of the input and of earlier ReLU layers.
 *
 * @param shape with the batch dimension of 1 as far as the graph has one
 * @param terms linear map by source node; empty for a constant
 * @param bias constant part, row-major
 */
record Affine(int[] shape, Map<Integer, Linear> terms, double[] bias) {

    static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    static Affine constant(int[] shape, double[] values) {
        return new Affine(shape, Map.of(), values);
    }

    /** The output of a node of the network, untouched. */
    static Affine node(int node, int[] shape) {
        int n = size(shape);
        return new Affine(shape, Map.of(node, Linear.identity(n)), new double[n]);
    }

    boolean isConstant() {
        return terms.isEmpty();
    }

    int size() {
        return bias.length;
    }

    Affine reshaped(int[] other) {
        return new Affine(other, terms, bias);
    }

    /** A linear map of this. */
    Affine mapped(Linear map, int[] other) {
        Map<Integer, Linear> mapped = new LinkedHashMap<>();
        terms.forEach((source, term) -> mapped.put(source, map.after(term)));
        double[] constant = new double[map.rows()];
        map.forward(bias, 1, constant);
        return new Affine(other, mapped, constant);
    }

    /** This plus {@code sign} times another, with broadcasting. */
    Affine plus(Affine other, double sign) {
        int[] common = broadcast(shape, other.shape);
        Affine a = spread(common);
        Affine b = other.spread(common);
        Map<Integer, Linear> sum = new LinkedHashMap<>(a.terms);
        double[] signs = new double[size(common)];
        Arrays.fill(signs, sign);
        b.terms.forEach((source, term) -> {
            Linear scaled = sign == 1 ? term : diagonal(signs).after(term);
            sum.merge(source, scaled, Linear::plus);
        });
        double[] constant = new double[size(common)];
        Arrays.setAll(constant, i -> a.bias[i] + sign * b.bias[i]);
        return new Affine(common, sum, constant);
    }

    /** This times a constant, element by element, with broadcasting. */
    Affine times(Affine constant) {
        int[] common = broadcast(shape, constant.shape);
        return spread(common).mapped(diagonal(constant.spread(common).bias), common);
    }

    private static Linear diagonal(double[] values) {
        Linear.Rows rows = new Linear.Rows(values.length, values.length);
        for (int i = 0; i < values.length; i++) {
            rows.add(i, values[i]);
            rows.endRow();
        }
        return rows.build();
    }

    /** The same with its dimensions in another order. */
    Affine transposed(int[] order) {
        int[] to = Arrays.stream(order).map(d -> shape[d]).toArray();
        int[] strides = strides(shape);
        int[] moved = Arrays.stream(order).map(d -> strides[d]).toArray();
        return gathered(to, places(to, moved));
    }

    private Affine spread(int[] to) {
        if (Arrays.equals(shape, to)) {
            return this;
        }
        int[] strides = strides(shape);
        int[] wide = new int[to.length];
        int lead = to.length - shape.length;
        for (int d = 0; d < shape.length; d++) {
            wide[lead + d] = shape[d] == 1 ? 0 : strides[d];
        }
        return size() == size(to) ? reshaped(to) : gathered(to, places(to, wide));
    }

    /** The tensor whose element i is this tensor's element {@code from[i]}. */
    Affine gathered(int[] to, int[] from) {
        Linear.Rows rows = new Linear.Rows(from.length, size());
        for (int f : from) {
            rows.add(f, 1);
            rows.endRow();
        }
        return mapped(rows.build(), to);
    }

    static int[] strides(int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= shape[d];
        }
        return strides;
    }

    private static int[] places(int[] shape, int[] strides) {
        int[] places = new int[size(shape)];
        int[] index = new int[shape.length];
        for (int i = 0; i < places.length; i++) {
            int at = 0;
            for (int d = 0; d < index.length; d++) {
                at += index[d] * strides[d];
            }
            places[i] = at;
            for (int d = index.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
                index[d] = 0;
            }
        }
        return places;
    }

    private static int[] broadcast(int[] a, int[] b) {
        int[] common = new int[Math.max(a.length, b.length)];
        for (int d = 1; d <= common.length; d++) {
            int x = d <= a.length ? a[a.length - d] : 1;
            int y = d <= b.length ? b[b.length - d] : 1;
            if (x != y && x != 1 && y != 1) {
                throw new IllegalArgumentException("shapes " + Arrays.toString(a) + " and " + Arrays.toString(b)
                        + " cannot be combined");
            }
            common[common.length - d] = Math.max(x, y);
        }
        return common;
    }

    /** As a block of the network. */
    ReluNetwork.Block block(String name) {
        List<ReluNetwork.Term> list = new ArrayList<>();
        terms.forEach((source, map) -> list.add(new ReluNetwork.Term(source, map)));
        return new ReluNetwork.Block(name, list, bias);
    }
}
