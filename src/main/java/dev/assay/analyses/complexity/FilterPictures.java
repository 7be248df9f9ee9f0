package dev.assay.analyses.complexity;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Incoming weights of the members of clusters as small pictures, where they form squares. */
final class FilterPictures {

    private static final int MOST = 60;

    private FilterPictures() {}

    static Optional<ImageGrid> of(NetworkUnderAnalysis network, int group, List<int[]> clusters) {
        Optional<StoredWeight> weight = network.tensors().stream()
                .filter(t -> t.rowGroup() == group)
                .findFirst();
        int length = weight.map(t -> t.columns() * t.span()).orElse(0);
        int kernel = weight.map(StoredWeight::span).orElse(0);
        int channels = kernel > 1 ? weight.orElseThrow().columns() : 1;
        int area = length / Math.max(1, channels);
        int side = (int) Math.round(Math.sqrt(area));
        if (side < 2 || side * side != area) {
            return Optional.empty();
        }
        List<ImageGrid.Item> items = new ArrayList<>();
        for (int[] cluster : clusters) {
            for (int member : cluster) {
                if (items.size() < MOST) {
                    String caption = cluster.length == 1 ? "" + member : member + " in " + cluster[0];
                    items.add(new ImageGrid.Item(
                            picture(weight.orElseThrow().row(member), channels, side), caption, null));
                }
            }
        }
        return Optional.of(new ImageGrid("filters", "Incoming weights (feature in cluster)", items));
    }

    /** Grey, or colour for three channels; more channels are averaged. Scaled to the filter's own range. */
    private static Picture picture(double[] filter, int channels, int side) {
        int area = side * side;
        int shown = channels == 3 ? 3 : 1;
        double[] values = new double[area * shown];
        for (int p = 0; p < area; p++) {
            for (int c = 0; c < channels; c++) {
                int to = shown == 3 ? p * 3 + c : p;
                values[to] += filter[c * area + p] / (shown == 3 ? 1 : channels);
            }
        }
        double low = Arrays.stream(values).min().orElse(0);
        double range = Math.max(1e-12, Arrays.stream(values).max().orElse(1) - low);
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) Math.round(255 * (values[i] - low) / range);
        }
        return new Picture(side, side, shown, pixels);
    }
}
