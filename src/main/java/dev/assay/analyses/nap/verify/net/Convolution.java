package dev.assay.analyses.nap.verify.net;

import onnx.Onnx;

/** Convolutions and average pools as sparse maps. */
final class Convolution {

    private final int[] in;
    private final int[] kernel;
    private final long[] stride;
    private final long[] dilation;
    private final long[] begin;
    private final int[] out;

    /**
     * Reads the window's attributes.
     *
     * @param in {@code [1, channels, spatial...]}, one or two spatial dimensions
     * @param kernel sizes of the window
     */
    Convolution(Onnx.NodeProto node, int[] in, int[] kernel) {
        int dims = kernel.length;
        if (in.length != dims + 2 || dims < 1 || dims > 2) {
            throw new IllegalArgumentException("only one and two spatial dimensions are supported");
        }
        this.in = in;
        this.kernel = kernel;
        this.stride = Attributes.longs(node, "strides", ones(dims));
        this.dilation = Attributes.longs(node, "dilations", ones(dims));
        long[] pads = Attributes.longs(node, "pads", new long[2 * dims]);
        String auto = Attributes.text(node, "auto_pad", "NOTSET");
        this.begin = new long[dims];
        this.out = new int[dims];
        for (int d = 0; d < dims; d++) {
            long span = (kernel[d] - 1) * dilation[d] + 1;
            long end = pads[dims + d];
            begin[d] = pads[d];
            if (auto.startsWith("SAME")) {
                long steps = (in[d + 2] + stride[d] - 1) / stride[d];
                long total = Math.max(0, (steps - 1) * stride[d] + span - in[d + 2]);
                begin[d] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                end = total - begin[d];
            } else if (auto.equals("VALID")) {
                begin[d] = 0;
                end = 0;
            }
            out[d] = Math.toIntExact((in[d + 2] + begin[d] + end - span) / stride[d] + 1);
        }
    }

    private static long[] ones(int n) {
        long[] ones = new long[n];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    /** Shape of the result. */
    int[] shape(int channels) {
        int[] shape = new int[in.length];
        shape[0] = 1;
        shape[1] = channels;
        System.arraycopy(out, 0, shape, 2, out.length);
        return shape;
    }

    /** A weight of the window. */
    private interface Weight {
        /** For an output channel, an input channel within its group and a place in the window. */
        double at(int output, int input, int place);
    }

    /**
     * The map of a convolution.
     *
     * @param weights {@code [outputs, in / groups, window...]}
     */
    Linear convolution(double[] weights, int outputs, int groups) {
        int each = in[1] / groups;
        int window = Affine.size(kernel);
        return map(outputs, groups, each, (o, i, p) -> weights[(o * each + i) * window + p], false);
    }

    /** The map of an average pool. */
    Linear average(boolean countPadding) {
        double share = 1.0 / Affine.size(kernel);
        return map(in[1], in[1], 1, (o, i, p) -> share, !countPadding);
    }

    private Linear map(int outputs, int groups, int each, Weight weight, boolean renormalise) {
        int oh = out[0];
        int ow = out.length > 1 ? out[1] : 1;
        int ih = in[2];
        int iw = in.length > 3 ? in[3] : 1;
        int kw = kernel.length > 1 ? kernel[1] : 1;
        int window = Affine.size(kernel);
        Linear.Rows rows = new Linear.Rows(outputs * oh * ow, in[1] * ih * iw);
        int perGroup = outputs / groups;
        for (int o = 0; o < outputs; o++) {
            for (int y = 0; y < oh; y++) {
                for (int x = 0; x < ow; x++) {
                    int inside = 0;
                    for (int p = 0; p < window && renormalise; p++) {
                        inside += place(y, x, p, kw, ih, iw) >= 0 ? 1 : 0;
                    }
                    double factor = renormalise ? (double) window / inside : 1;
                    for (int i = 0; i < each; i++) {
                        int channel = o / perGroup * each + i;
                        for (int p = 0; p < window; p++) {
                            int at = place(y, x, p, kw, ih, iw);
                            if (at >= 0) {
                                rows.add(channel * ih * iw + at, factor * weight.at(o, i, p));
                            }
                        }
                    }
                    rows.endRow();
                }
            }
        }
        return rows.build();
    }

    private int place(int y, int x, int p, int kw, int ih, int iw) {
        long row = y * stride[0] - begin[0] + p / kw * dilation[0];
        long column = out.length > 1 ? x * stride[1] - begin[1] + p % kw * dilation[1] : 0;
        return row < 0 || row >= ih || column < 0 || column >= iw ? -1 : (int) (row * iw + column);
    }
}
