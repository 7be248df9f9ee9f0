package dev.assay.ui.network;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Numbers for the layers of a model in the results of any analysis: whatever names layers, stored tensors or neurons of
 * the model beside a number. Several numbers of one layer (of several classes, say) are averaged.
 */
public final class LayerScores {

    private static final String LAYER = "layer";
    private static final String TENSOR = "tensor";
    private static final String NEURON = "neuron";
    private static final Set<String> KINDS = Set.of(LAYER, TENSOR, NEURON);

    private final Map<String, Integer> layers = new HashMap<>();
    private final Map<String, Integer> tensors = new HashMap<>();
    private final Map<String, Integer> relus = new HashMap<>();
    private final int count;

    /** For the layers of a model. */
    public LayerScores(Model model) {
        List<Layer> all = model.layers();
        count = all.size();
        for (int i = 0; i < count; i++) {
            layers.put(all.get(i).name(), i);
            for (String tensor : all.get(i).tensors()) {
                tensors.putIfAbsent(tensor, i);
            }
        }
        for (ReluLayer relu : model.reluLayers()) {
            Integer index = layers.get(relu.name());
            if (index != null) {
                relus.put(String.valueOf(relu.number()), index);
            }
        }
    }

    /** Sums and counts by layer. */
    private final class Means {
        private final double[] sums = new double[count];
        private final int[] numbers = new int[count];

        void add(RefKind kind, String key, double value) {
            int layer = layer(kind, key);
            if (layer >= 0 && Double.isFinite(value)) {
                sums[layer] += value;
                numbers[layer]++;
            }
        }

        void into(List<LayerScore> scores, String title, String unit) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = numbers[i] == 0 ? Double.NaN : sums[i] / numbers[i];
            }
            if (Arrays.stream(numbers).anyMatch(n -> n > 0)) {
                scores.add(new LayerScore(title, unit, values));
            }
        }
    }

    private int layer(RefKind kind, String key) {
        return switch (kind.kind()) {
            case LAYER -> layers.getOrDefault(key, -1);
            case TENSOR -> tensors.getOrDefault(key, -1);
            default -> relus.getOrDefault(key.substring(0, Math.max(0, key.indexOf(':'))), -1);
        };
    }

    /**
     * The numbers in some results.
     *
     * @param ours whether a kind of reference means this model
     */
    public List<LayerScore> in(List<Result> results, Predicate<RefKind> ours) {
        Predicate<RefKind> fits = kind -> kind != null && KINDS.contains(kind.kind()) && ours.test(kind);
        List<LayerScore> scores = new ArrayList<>();
        for (Result result : results) {
            switch (result) {
                case Table t -> table(t, fits, scores);
                case Ranking r -> ranking(r, fits, scores);
                case Heatmap h -> heatmap(h, fits, scores);
                default -> {
                    // Names no layers beside numbers.
                }
            }
        }
        return scores;
    }

    private void table(Table table, Predicate<RefKind> fits, List<LayerScore> scores) {
        int names = -1;
        for (int c = 0; c < table.columns().size() && names < 0; c++) {
            names = fits.test(table.columns().get(c).ref()) ? c : -1;
        }
        if (names < 0) {
            return;
        }
        RefKind kind = table.columns().get(names).ref();
        for (int c = 0; c < table.columns().size(); c++) {
            Column column = table.columns().get(c);
            boolean numeric = column.type() == Column.Type.REAL || column.type() == Column.Type.INTEGER;
            if (!numeric || column.ref() != null) {
                continue;
            }
            Means means = new Means();
            for (int row = 0; row < table.rowCount(); row++) {
                Object name = table.value(row, names);
                if (name != null) {
                    means.add(kind, name.toString(), table.number(row, c));
                }
            }
            means.into(scores, column.label() + ", " + table.title(), column.unit());
        }
    }

    private void ranking(Ranking ranking, Predicate<RefKind> fits, List<LayerScore> scores) {
        Means means = new Means();
        for (Ranking.Entry entry : ranking.entries()) {
            if (entry.ref() != null && fits.test(entry.ref().kind())) {
                means.add(entry.ref().kind(), entry.ref().key(), entry.score());
            }
        }
        means.into(scores, ranking.title(), ranking.score().unit());
    }

    private void heatmap(Heatmap map, Predicate<RefKind> fits, List<LayerScore> scores) {
        Means means = new Means();
        BiConsumer<Integer, Integer> add;
        if (fits.test(map.rowRef())) {
            add = (r, c) -> means.add(map.rowRef(), map.rows().get(r), map.values()[r][c]);
        } else if (fits.test(map.columnRef())) {
            add = (r, c) -> means.add(map.columnRef(), map.columns().get(c), map.values()[r][c]);
        } else {
            return;
        }
        for (int r = 0; r < map.rows().size(); r++) {
            for (int c = 0; c < map.columns().size(); c++) {
                add.accept(r, c);
            }
        }
        means.into(scores, map.title(), map.value().unit());
    }
}
