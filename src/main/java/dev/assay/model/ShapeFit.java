package dev.assay.model;

import dev.assay.analysis.Fit;
import dev.assay.text.Numbers;
import java.util.Arrays;
import java.util.Locale;

/** Whether samples fit a network's input. */
public final class ShapeFit {

    private ShapeFit() {}

    /**
     * Samples fit when their values come in the order that the network reads: the shapes are the same, or they differ
     * only by dimensions of 1, or one of the two is flat.
     *
     * @param sample shape of a sample
     * @param input the network's input, without the batch dimension
     */
    public static Fit of(int[] sample, TensorInfo input) {
        TensorInfo samples = new TensorInfo("", "", sample);
        if (samples.size() != input.size()) {
            return Fit.no(String.format(
                    Locale.ROOT,
                    "The samples are %s (%s values), the network takes %s (%s values).",
                    samples.shapeText(),
                    Numbers.count(samples.size()),
                    input.shapeText(),
                    Numbers.count(input.size())));
        }
        int[] a = withoutOnes(sample);
        int[] b = withoutOnes(input.shape());
        if (a.length <= 1 || b.length <= 1 || Arrays.equals(a, b)) {
            return Fit.yes();
        }
        int[] sorted = a.clone();
        int[] others = b.clone();
        Arrays.sort(sorted);
        Arrays.sort(others);
        String order = Arrays.equals(sorted, others)
                ? "the dimensions come in another order; read the samples with another layout (?layout=nhwc or"
                        + " ?layout=nchw)"
                : "both have as many values, but not the same rows and columns";
        return Fit.no(String.format(
                Locale.ROOT,
                "The samples are %s, the network takes %s: %s.",
                samples.shapeText(),
                input.shapeText(),
                order));
    }

    private static int[] withoutOnes(int[] shape) {
        return Arrays.stream(shape).filter(d -> d != 1).toArray();
    }
}
