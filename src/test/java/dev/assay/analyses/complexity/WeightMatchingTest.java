package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import onnx.Onnx;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A network whose features were put in another order is matched with itself again, whatever it consists of. */
class WeightMatchingTest {

    @TempDir
    private Path folder;

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("plain", Networks.plain(), 32),
                Arguments.of("reshaped", Networks.reshaped(), 32),
                Arguments.of("channels last", Networks.channelsLast(), 32),
                Arguments.of("residual", Networks.residual(), 32),
                Arguments.of("depthwise", Networks.depthwise(), 32),
                Arguments.of("concatenated", Networks.concatenated(), 32));
    }

    private static List<int[]> shuffled(NetworkUnderAnalysis network) {
        Random random = new Random(5);
        List<int[]> orders = new ArrayList<>();
        for (int n : network.sizes()) {
            List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
            Collections.shuffle(order, random);
            orders.add(order.stream().mapToInt(Integer::intValue).toArray());
        }
        return orders;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void aReorderedNetworkIsPutBackInOrder(String name, OnnxGraphBuilder graph, int size) throws Exception {
        try (OnnxModel model = Networks.open(graph, folder)) {
            NetworkUnderAnalysis network = NetworkUnderAnalysis.of(model, "all");
            List<int[]> orders = shuffled(network);
            MergedNetwork.Values moved = Blend.reordered(network, network.values(), orders);
            Onnx.ModelProto second = new Blend(network.graph(), network.values(), moved).at(1);
            float[][] samples = Networks.samples(16, size);
            float[] expected = Networks.scores(model, samples);
            try (OnnxModel other = new GraphInMemory(second, model).open()) {
                assertThat(Networks.scores(other, samples)).containsExactly(expected, within(1e-4f));
                MergedNetwork.Values values = SecondNetwork.values(network, other);
                WeightMatching matching = new WeightMatching(network, values, () -> {});
                Random random = new Random(1);
                int rounds = 0;
                while (matching.round(random)) {
                    assertThat(++rounds).isLessThan(50);
                }

                for (int g = 0; g < orders.size(); g++) {
                    int[] found = matching.order().get(g);
                    int[] order = orders.get(g);
                    for (int i = 0; i < order.length; i++) {
                        assertThat(order[found[i]]).as("group %s feature %s", g, i).isEqualTo(i);
                    }
                    assertThat(matching.cosine(g)).isCloseTo(1, within(1e-6));
                }
                MergedNetwork.Values matched = Blend.reordered(network, values, matching.order());
                try (OnnxModel half = new GraphInMemory(
                        new Blend(network.graph(), network.values(), matched).at(0.5), model).open()) {
                    assertThat(Networks.scores(half, samples)).containsExactly(expected, within(1e-4f));
                }
            }
        }
    }
}
