package dev.assay.model.onnx;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A tensor with plain float64 operators, written from the operators' definitions: what the engine's results are
 * compared with. The first dimension is the batch.
 */
record Float64(double[] values, int... shape) {

    static Float64 of(float[] values, int... shape) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return new Float64(wide, shape);
    }

    private int rows() {
        return shape[0];
    }

    private int size() {
        return values.length / rows();
    }

    Float64 map(DoubleUnaryOperator f) {
        return new Float64(Arrays.stream(values).map(f).toArray(), shape);
    }

    Float64 relu() {
        return map(v -> Math.max(v, 0));
    }

    Float64 shaped(int... other) {
        return new Float64(values, other);
    }

    Float64 plus(Float64 other) {
        double[] sum = values.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.values[i];
        }
        return new Float64(sum, shape);
    }

    /** {@code x W^T + b}, the weight as [out, in]. */
    Float64 linear(float[] weight, float[] bias) {
        int in = size();
        int out = bias.length;
        double[] result = new double[rows() * out];
        for (int n = 0; n < rows(); n++) {
            for (int j = 0; j < out; j++) {
                double sum = bias[j];
                for (int k = 0; k < in; k++) {
                    sum += (double) weight[j * in + k] * values[n * in + k];
                }
                result[n * out + j] = sum;
            }
        }
        return new Float64(result, rows(), out);
    }

    private double at(int n, int c, int y, int x) {
        boolean inside = y >= 0 && y < shape[2] && x >= 0 && x < shape[3];
        return inside ? values[((n * shape[1] + c) * shape[2] + y) * shape[3] + x] : 0;
    }

    Float64 conv(float[] weight, float[] bias, int kernel, int stride, int padding) {
        int out = bias.length;
        int height = (shape[2] + 2 * padding - kernel) / stride + 1;
        int width = (shape[3] + 2 * padding - kernel) / stride + 1;
        double[] result = new double[rows() * out * height * width];
        int place = 0;
        for (int n = 0; n < rows(); n++) {
            for (int o = 0; o < out; o++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        double sum = bias[o];
                        for (int c = 0; c < shape[1]; c++) {
                            for (int i = 0; i < kernel; i++) {
                                for (int j = 0; j < kernel; j++) {
                                    sum += weight[((o * shape[1] + c) * kernel + i) * kernel + j]
                                            * at(n, c, y * stride - padding + i, x * stride - padding + j);
                                }
                            }
                        }
                        result[place++] = sum;
                    }
                }
            }
        }
        return new Float64(result, rows(), out, height, width);
    }

    Float64 pool(int kernel, int stride, boolean mean) {
        int height = (shape[2] - kernel) / stride + 1;
        int width = (shape[3] - kernel) / stride + 1;
        double[] result = new double[rows() * shape[1] * height * width];
        int place = 0;
        for (int n = 0; n < rows(); n++) {
            for (int c = 0; c < shape[1]; c++) {
                for (int y = 0; y < height; y++) {
                    for (int x = 0; x < width; x++) {
                        double sum = 0;
                        double largest = Double.NEGATIVE_INFINITY;
                        for (int i = 0; i < kernel; i++) {
                            for (int j = 0; j < kernel; j++) {
                                double v = at(n, c, y * stride + i, x * stride + j);
                                sum += v;
                                largest = Math.max(largest, v);
                            }
                        }
                        result[place++] = mean ? sum / (kernel * kernel) : largest;
                    }
                }
            }
        }
        return new Float64(result, rows(), shape[1], height, width);
    }

    Float64 batchNormalisation(float[] scale, float[] bias, float[] mean, float[] variance, double epsilon) {
        double[] result = values.clone();
        int area = shape[2] * shape[3];
        for (int i = 0; i < result.length; i++) {
            int c = i / area % shape[1];
            result[i] = (result[i] - mean[c]) / Math.sqrt(variance[c] + epsilon) * scale[c] + bias[c];
        }
        return new Float64(result, shape);
    }

    /** From [N, C, H, W] to [N, H, W, C]. */
    Float64 channelsLast() {
        double[] result = new double[values.length];
        int place = 0;
        for (int n = 0; n < rows(); n++) {
            for (int y = 0; y < shape[2]; y++) {
                for (int x = 0; x < shape[3]; x++) {
                    for (int c = 0; c < shape[1]; c++) {
                        result[place++] = at(n, c, y, x);
                    }
                }
            }
        }
        return new Float64(result, rows(), shape[2], shape[3], shape[1]);
    }
}
