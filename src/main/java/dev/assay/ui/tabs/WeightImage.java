package dev.assay.ui.tabs;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Heatmap;
import dev.assay.model.TensorInfo;
import dev.assay.ui.Texts;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A weight tensor as one image: its first dimension downwards, all others across. A large one is made smaller by blocks,
 * of each of which the value farthest from zero is shown, so that nothing that stands out is lost. A block with a value that
 * is not finite has none.
 */
final class WeightImage {

    private static final int MOST_ROWS = 192;
    private static final int MOST_COLUMNS = 320;

    private WeightImage() {}

    /** The image of a tensor of at least two rows and columns. */
    static Optional<Heatmap> of(TensorInfo tensor, float[] values) {
        int[] shape = tensor.shape();
        if (shape.length < 2 || shape[0] < 2 || values.length / shape[0] < 2) {
            return Optional.empty();
        }
        int rows = shape[0];
        int columns = values.length / rows;
        int high = (rows + MOST_ROWS - 1) / MOST_ROWS;
        int wide = (columns + MOST_COLUMNS - 1) / MOST_COLUMNS;
        double[][] seen = new double[(rows + high - 1) / high][(columns + wide - 1) / wide];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                double value = values[r * columns + c];
                double[] row = seen[r / high];
                double most = row[c / wide];
                if (!Double.isFinite(value)) {
                    row[c / wide] = Double.NaN;
                } else if (Math.abs(value) > Math.abs(most)) {
                    row[c / wide] = value;
                }
            }
        }
        String title = high * wide == 1
                ? Texts.of("weights.image", tensor.name())
                : Texts.of("weights.image.blocks", tensor.name(), high, wide);
        return Optional.of(new Heatmap(
                "image", title, names(seen.length, high),
                names(seen[0].length, wide), seen, Texts.of("weights.rows"), Texts.of("weights.columns"), null, null,
                Heatmap.Palette.DIVERGING, List.of()).explained(Axis.of(Texts.of("weights.weight"), "")));
    }

    private static List<String> names(int count, int step) {
        return IntStream.range(0, count).mapToObj(i -> String.valueOf(i * step)).toList();
    }
}
