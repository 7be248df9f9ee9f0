package dev.assay.ui.network;

import dev.assay.model.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds runs of layers that repeat: the same operators with the same shapes and numbers of weights, joined in the same
 * way, several times in a row.
 */
public final class RepeatedBlocks {

    private static final int LONGEST = 512;

    /**
     * A repeated run of layers.
     *
     * @param first index of its first layer
     * @param period layers in one repetition
     * @param count repetitions, at least 2
     */
    public record Block(int first, int period, int count) {

        /** Layers in all repetitions. */
        public int size() {
            return period * count;
        }
    }

    private RepeatedBlocks() {}

    /** The blocks, in the order of the layers and apart from each other; of two that overlap the one of more layers. */
    public static List<Block> find(List<Layer> layers) {
        int n = layers.size();
        int[] signs = signatures(layers);
        List<Block> candidates = new ArrayList<>();
        for (int period = 2; period <= Math.min(LONGEST, n / 2); period++) {
            int run = 0;
            for (int i = 0; i + period <= n; i++) {
                if (i + period < n && signs[i] == signs[i + period]) {
                    run++;
                    continue;
                }
                if (run >= period) {
                    candidates.add(new Block(i - run, period, run / period + 1));
                }
                run = 0;
            }
        }
        candidates.sort(Comparator.comparingInt(Block::size).reversed().thenComparingInt(Block::period)
                .thenComparingInt(Block::first));
        boolean[] taken = new boolean[n];
        List<Block> found = new ArrayList<>();
        for (Block block : candidates) {
            if (isFree(taken, block) && !isOneOperator(layers, block)) {
                Arrays.fill(taken, block.first(), block.first() + block.size(), true);
                found.add(block);
            }
        }
        found.sort(Comparator.comparingInt(Block::first));
        return List.copyOf(found);
    }

    private static boolean isFree(boolean[] taken, Block block) {
        for (int i = block.first(); i < block.first() + block.size(); i++) {
            if (taken[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneOperator(List<Layer> layers, Block block) {
        return layers.subList(block.first(), block.first() + block.period()).stream()
                .map(Layer::operator)
                .distinct()
                .count() == 1;
    }

    /** What a layer is, and how far back its inputs lie: one number for layers that are alike. */
    private static int[] signatures(List<Layer> layers) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            index.put(layers.get(i).name(), i);
        }
        Map<String, Integer> known = new HashMap<>();
        int[] signs = new int[layers.size()];
        for (int i = 0; i < signs.length; i++) {
            Layer layer = layers.get(i);
            StringBuilder sign = new StringBuilder(layer.operator())
                    .append(Arrays.toString(layer.outputShape()))
                    .append(layer.parameters());
            for (String input : layer.inputs()) {
                sign.append(' ').append(i - index.getOrDefault(input, i));
            }
            signs[i] = known.computeIfAbsent(sign.toString(), s -> known.size());
        }
        return signs;
    }
}
