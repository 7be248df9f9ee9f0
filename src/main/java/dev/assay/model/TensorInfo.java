package dev.assay.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A tensor's description.
 *
 * @param name its name in the file
 * @param type element type, e.g. {@code float32}
 * @param shape dimensions; -1 for an unknown one
 */
public record TensorInfo(String name, String type, int[] shape) {

    /** Number of elements; an unknown dimension counts as 1. */
    public long size() {
        return Arrays.stream(shape).mapToLong(d -> d < 0 ? 1 : d).reduce(1, Math::multiplyExact);
    }

    /** Whether at most one dimension is larger than 1, as of scores with one for each class. */
    public boolean isVector() {
        return Arrays.stream(shape).filter(d -> d > 1).count() <= 1;
    }

    /** The shape as {@code 1x28x28}, or {@code scalar}. */
    public String shapeText() {
        return shape.length == 0
                ? "scalar"
                : Arrays.stream(shape)
                        .mapToObj(d -> d < 0 ? "?" : String.valueOf(d))
                        .collect(Collectors.joining("x"));
    }
}
