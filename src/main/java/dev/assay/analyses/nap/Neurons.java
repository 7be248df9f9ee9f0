package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.result.Heatmap;
import dev.assay.compute.BitLayout;
import dev.assay.model.Model;
import dev.assay.model.ReluLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The units that take part: those of the chosen ReLU layers, numbered from 0 layer by layer. */
final class Neurons {

    private final List<Block> blocks;
    private final BitLayout layout;

    private Neurons(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
        this.layout = new BitLayout(blocks.stream().mapToInt(Block::units).toArray());
    }

    /**
     * The units of one layer.
     *
     * @param layer the layer
     * @param units number of units
     * @param positions values that one unit stands for; 1 unless channels are the units
     */
    record Block(ReluLayer layer, int units, int positions) {}

    /**
     * Chooses the units.
     *
     * @throws AnalysisException when the model has no ReLU layer, or not the ones asked for
     */
    static Neurons select(Model model, NapParameters parameters) throws AnalysisException {
        List<ReluLayer> relus = model.reluLayers();
        if (relus.isEmpty()) {
            throw new AnalysisException(
                    withoutStop(model.withoutRelus()), model.name(), "open a network whose hidden units are ReLUs");
        }
        List<Integer> numbers = parameters.layerNumbers();
        for (int number : numbers) {
            if (relus.stream().noneMatch(l -> l.number() == number)) {
                throw new AnalysisException(
                        "there is no ReLU layer " + number + "; " + model.name() + " has " + relus.size(),
                        "parameter layers",
                        "give numbers from 1 to " + relus.size() + ", or all");
            }
        }
        List<Block> blocks = new ArrayList<>();
        for (ReluLayer layer : relus) {
            if (numbers.isEmpty() || numbers.contains(layer.number())) {
                blocks.add(block(layer, parameters.convUnits()));
            }
        }
        return new Neurons(blocks);
    }

    private static Block block(ReluLayer layer, ConvUnits convUnits) {
        boolean image = layer.shape().length >= 3;
        return convUnits == ConvUnits.CHANNEL && image
                ? new Block(layer, layer.shape()[0], layer.width() / layer.shape()[0])
                : new Block(layer, layer.width(), 1);
    }

    /** A sentence as a part of a longer one. */
    static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** Where the units' bits lie. */
    BitLayout layout() {
        return layout;
    }

    /** Number of units. */
    int count() {
        return layout.units();
    }

    /** The tensors to capture, one for each block. */
    List<String> capture() {
        return blocks.stream().map(b -> b.layer().preActivation()).toList();
    }

    /** A unit's public name {@code layer:unit}, the layer from 1 and the unit from 0. */
    String name(int unit) {
        int block = layout.layerOf(unit);
        return blocks.get(block).layer().number() + ":" + (unit - layout.unitOffset(block));
    }

    /** All names, in order. */
    List<String> names() {
        List<String> names = new ArrayList<>(count());
        for (int b = 0; b < blocks.size(); b++) {
            String layer = blocks.get(b).layer().number() + ":";
            for (int u = 0; u < blocks.get(b).units(); u++) {
                names.add(layer + u);
            }
        }
        return List.copyOf(names);
    }

    /** The unit of that name. */
    OptionalInt find(String name) {
        int colon = name.indexOf(':');
        try {
            int number = Integer.parseInt(name.substring(0, Math.max(0, colon)));
            int unit = Integer.parseInt(name.substring(colon + 1));
            for (int b = 0; b < blocks.size(); b++) {
                if (blocks.get(b).layer().number() == number && unit >= 0 && unit < blocks.get(b).units()) {
                    return OptionalInt.of(layout.unitOffset(b) + unit);
                }
            }
            return OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** The layers as blocks of a heat map's rows. */
    List<Heatmap.Group> groups() {
        return blocks.stream()
                .map(b -> new Heatmap.Group("Layer " + b.layer().number() + " " + b.layer().name(), b.units()))
                .toList();
    }

    /** Whether all units are ReLUs, so that patterns are regions on which the network is linear. */
    boolean exact() {
        return blocks.stream().allMatch(b -> b.layer().exact());
    }

    /** Names of the layers that are not ReLUs. */
    List<String> approximated() {
        return blocks.stream()
                .filter(b -> !b.layer().exact())
                .map(b -> b.layer().name())
                .toList();
    }

    /** Where a value of a captured tensor sits, in words. */
    static String place(Block block, long indexInSample) {
        return "ReLU layer " + block.layer().number() + " '" + block.layer().name() + "', unit "
                + indexInSample / block.positions() + " of shape " + Arrays.toString(block.layer().shape());
    }
}
