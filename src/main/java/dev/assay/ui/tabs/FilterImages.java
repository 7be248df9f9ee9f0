package dev.assay.ui.tabs;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import dev.assay.model.TensorInfo;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Weights of a first layer as pictures: the kernels of a convolution over grey or colour images, and the input weights
 * of each unit of a dense layer over an image. Zero is mid-grey, brighter is positive; each picture has its own scale.
 */
final class FilterImages {

    private static final int LEAST_SIDE = 3;
    private static final int LEAST_FLAT_SIDE = 8;
    private static final int MOST_PICTURES = 1024;

    private FilterImages() {}

    /**
     * The pictures, when the tensor's shape makes such weights of it.
     *
     * @param input shape of the network's input without the batch dimension
     */
    static Optional<ImageGrid> of(TensorInfo tensor, float[] values, int[] input) {
        int[] shape = tensor.shape();
        if (shape.length == 4 && isPicture(shape[1], shape[2], shape[3])) {
            return Optional.of(grid(tensor, values, shape[0], shape[1], shape[2], shape[3], true));
        }
        int[] image = image(input);
        if (shape.length != 2 || image.length == 0) {
            return Optional.empty();
        }
        int pixels = image[0] * image[1] * image[2];
        if (shape[0] == shape[1] || (shape[0] != pixels && shape[1] != pixels)) {
            return Optional.empty();
        }
        boolean unitFirst = shape[1] == pixels;
        return Optional.of(
                grid(tensor, values, unitFirst ? shape[0] : shape[1], image[0], image[1], image[2], unitFirst));
    }

    private static boolean isPicture(int channels, int height, int width) {
        return (channels == 1 || channels == 3) && height >= LEAST_SIDE && width >= LEAST_SIDE;
    }

    /** Channels, height and width of an input that is an image or a flattened square one; empty when it is neither. */
    private static int[] image(int[] input) {
        long size = 1;
        for (int d : input) {
            size *= Math.max(1, d);
        }
        if (input.length == 3 && isPicture(input[0], input[1], input[2])) {
            return input;
        }
        int side = (int) Math.round(Math.sqrt(size));
        long dimensions = Arrays.stream(input).filter(d -> d > 1).count();
        return dimensions == 1 && side >= LEAST_FLAT_SIDE && (long) side * side == size
                ? new int[] {1, side, side}
                : new int[0];
    }

    private static ImageGrid grid(
            TensorInfo tensor, float[] values, int units, int channels, int height, int width, boolean unitFirst) {
        int pixels = channels * height * width;
        int plane = height * width;
        List<ImageGrid.Item> items = new ArrayList<>();
        for (int unit = 0; unit < Math.min(units, MOST_PICTURES); unit++) {
            float[] weights = new float[pixels];
            float most = 0;
            for (int i = 0; i < pixels; i++) {
                float w = values[unitFirst ? unit * pixels + i : i * units + unit];
                weights[i] = Float.isFinite(w) ? w : 0;
                most = Math.max(most, Math.abs(weights[i]));
            }
            byte[] bytes = new byte[pixels];
            for (int p = 0; p < plane; p++) {
                for (int c = 0; c < channels; c++) {
                    float w = most == 0 ? 0 : weights[c * plane + p] / most;
                    bytes[p * channels + c] = (byte) Math.round(127.5f + 127.5f * w);
                }
            }
            items.add(new ImageGrid.Item(new Picture(width, height, channels, bytes), Texts.of("weights.unit", unit),
                    null));
        }
        String title = units <= MOST_PICTURES ? Texts.of("weights.pictures", tensor.name())
                : Texts.of("weights.pictures.first", Numbers.count(MOST_PICTURES), Numbers.count(units), tensor.name());
        return new ImageGrid("filters", title, items);
    }
}
