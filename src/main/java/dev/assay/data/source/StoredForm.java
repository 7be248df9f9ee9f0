package dev.assay.data.source;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a sample is stored.
 *
 * @param type type of the values
 * @param order byte order
 * @param shape of one sample, row-major; a plain number has shape {@code [1]}
 * @param image where the shape is that of an image, how it lies; NONE when the format does not say
 */
public record StoredForm(ElementType type, ByteOrder order, int[] shape, ImageOrder image) {

    /** Copies the shape. */
    public StoredForm {
        shape = shape.clone();
    }

    /** Values of a sample. */
    public int values() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Bytes of a sample. */
    public int bytes() {
        return Math.multiplyExact(values(), type.bytes());
    }

    /** A shape as {@code 3x32x32}. */
    public static String text(int[] shape) {
        return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    }
}
