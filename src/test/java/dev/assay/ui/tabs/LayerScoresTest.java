package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Table;
import dev.assay.ui.network.LayerScore;
import dev.assay.ui.network.LayerScores;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers for layers from whatever names layers, tensors or neurons. The model's layers are dense, relu, dense, relu. */
class LayerScoresTest {

    private static final double NONE = Double.NaN;

    private final LayerScores scores = new LayerScores(new FakeModel(2, true));

    @Test
    void aStoredTensorStandsForTheLayerThatUsesIt() {
        Table.Builder table = new Table.Builder(
                "groups", "Groups",
                List.of(
                        Column.text("group", "Group"), Column.text("tensor", "Tensor").to(RefKind.tensor("model")),
                        Column.integer("complexity", "Complexity"), Column.text("note", "Note")));
        table.add("dense_0", "dense_0.weight", 12, "x");
        table.add("dense_1", "dense_1.weight", 3, "x");
        table.add("other", null, 99, "x");
        List<LayerScore> found = scores.in(List.of(table.snapshot()), kind -> kind.role().equals("model"));
        assertThat(found).extracting(LayerScore::title).containsExactly("Complexity, Groups");
        assertThat(found.getFirst().values()).containsExactly(12, NONE, 3, NONE);
        assertThat(scores.in(List.of(table.snapshot()), kind -> kind.role().equals("second"))).isEmpty();
    }

    @Test
    void severalNumbersOfALayerAreAveraged() {
        Table.Builder table = new Table.Builder(
                "neurons", "Neurons",
                List.of(Column.text("neuron", "Neuron").to(RefKind.neuron("model")),
                        Column.real("rate", "Rate", "share")));
        table.add("2:0", 0.5);
        table.add("2:1", 1.0);
        table.add("2:2", null);
        Heatmap map = new Heatmap(
                "states", "States", List.of("relu_0"), List.of("0", "1"), new double[][] {{1, -1}}, "", "",
                RefKind.layer("model"), RefKind.ofClass(), Heatmap.Palette.DIVERGING, List.of());
        List<LayerScore> found = scores.in(List.of(table.snapshot(), map), kind -> true);
        assertThat(found.get(0).values()).containsExactly(NONE, NONE, NONE, 0.75);
        assertThat(found.get(0).unit()).isEqualTo("share");
        assertThat(found.get(1).values()).containsExactly(NONE, 0, NONE, NONE);
    }

    @Test
    void whatNamesNoLayerOfTheModelIsLeftOut() {
        Ranking ranking = new Ranking(
                "layers", "Layers", Axis.of("Score", ""),
                List.of(
                        new Ranking.Entry("dense_1", 2, NONE, RefKind.layer("model").at("dense_1")),
                        new Ranking.Entry("gone", 7, NONE, RefKind.layer("model").at("gone")),
                        new Ranking.Entry("class 3", 9, NONE, RefKind.ofClass().at(3))));
        List<LayerScore> found = scores.in(List.of(ranking), kind -> true);
        assertThat(found).singleElement().satisfies(s -> assertThat(s.values()).containsExactly(NONE, NONE, 2, NONE));
    }
}
