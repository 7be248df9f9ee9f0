package dev.assay.model.onnx;

import dev.assay.model.ReluLayer;
import dev.assay.model.TensorInfo;
import dev.assay.text.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A network in a few words. */
final class Summary {

    private static final int MOST_WIDTHS = 4;

    private Summary() {}

    /** For example {@code 4x256 ReLU, 401k parameters}. */
    static String of(List<ReluLayer> layers, TensorInfo output, long parameters) {
        return units(layers, output) + ", " + count(parameters) + (parameters == 1 ? " parameter" : " parameters");
    }

    private static String units(List<ReluLayer> layers, TensorInfo output) {
        if (layers.isEmpty()) {
            return output.size() + (output.size() == 1 ? " score" : " scores");
        }
        String kind = layers.stream().allMatch(ReluLayer::exact) ? " ReLU" : " units";
        if (layers.stream().mapToInt(ReluLayer::width).distinct().count() == 1) {
            return layers.size() + "x" + layers.getFirst().width() + kind;
        }
        if (layers.size() <= MOST_WIDTHS) {
            return layers.stream().map(l -> String.valueOf(l.width())).collect(Collectors.joining("-")) + kind;
        }
        long all = layers.stream().mapToLong(ReluLayer::width).sum();
        return Numbers.count(all) + kind + " in " + layers.size() + " layers";
    }

    private static String count(long parameters) {
        if (parameters < 1000) {
            return String.valueOf(parameters);
        }
        if (parameters < 100_000) {
            return rounded(parameters / 1e3, "k");
        }
        return parameters < 1_000_000
                ? Math.round(parameters / 1e3) + "k"
                : parameters < 1_000_000_000 ? rounded(parameters / 1e6, "M") : rounded(parameters / 1e9, "G");
    }

    private static String rounded(double value, String unit) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f%s" : "%.0f%s", value, unit)
                .replace(".0" + unit, unit);
    }
}
