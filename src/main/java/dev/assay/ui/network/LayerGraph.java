package dev.assay.ui.network;

import dev.assay.model.Layer;
import dev.assay.model.Model;
import dev.assay.model.TensorInfo;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is drawn of a model: its input, its layers or blocks of them, its output, and who takes whose result. Immutable.
 *
 * @param nodes nodes; the first is the input, the last the output
 * @param from first node of each edge
 * @param to second node of each edge; neither array is copied
 * @param nodeOf the node that a layer is drawn as, by the layer's index
 */
public record LayerGraph(List<Node> nodes, int[] from, int[] to, int[] nodeOf) {

    /** What a node stands for. */
    public enum Kind {
        /** The model's input. */
        INPUT,
        /** One layer. */
        LAYER,
        /** Repeated layers, folded into one. */
        BLOCK,
        /** The model's output. */
        OUTPUT
    }

    /**
     * A node.
     *
     * @param title first line
     * @param detail second line
     * @param note beside the title, e.g. the number of weights
     * @param first index of its first layer; -1 for input and output
     * @param layers number of layers it stands for
     * @param words what a search looks through, in lower case
     */
    public record Node(
            Kind kind, String title, String detail, String note, int first, int layers, String words) {

        /** Whether it stands for a layer. */
        public boolean holds(int layer) {
            return first >= 0 && layer >= first && layer < first + layers;
        }
    }

    /** Whether it is known how the layers are joined. */
    public static boolean isKnown(Model model) {
        return model.layers().stream().anyMatch(l -> !l.inputs().isEmpty()) || model.layers().size() == 1;
    }

    /**
     * The graph of a model.
     *
     * @param folded blocks that are drawn as one node each
     */
    public static LayerGraph of(Model model, List<RepeatedBlocks.Block> folded) {
        List<Layer> layers = model.layers();
        int[] nodeOf = new int[layers.size()];
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Node(Kind.INPUT, Texts.of("network.input"), described(model.input()), "", -1, 0, "input"));
        Map<Integer, RepeatedBlocks.Block> starts = new HashMap<>();
        folded.forEach(b -> starts.put(b.first(), b));
        for (int i = 0; i < layers.size();) {
            RepeatedBlocks.Block block = starts.get(i);
            int size = block == null ? 1 : block.size();
            for (int k = i; k < i + size; k++) {
                nodeOf[k] = nodes.size();
            }
            nodes.add(block == null ? node(layers.get(i), i) : node(layers, block));
            i += size;
        }
        int output = nodes.size();
        nodes.add(new Node(Kind.OUTPUT, Texts.of("network.output"), described(model.output()), "", -1, 0, "output"));
        Set<Long> edges = edges(layers, nodeOf, output);
        int[] from = edges.stream().mapToInt(e -> (int) (e >>> 32)).toArray();
        int[] to = edges.stream().mapToInt(Long::intValue).toArray();
        return new LayerGraph(List.copyOf(nodes), from, to, nodeOf);
    }

    /** The nodes in whose operators or names a text is found, folded layers included; none for a blank one. */
    public Set<Integer> find(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        Set<Integer> found = new TreeSet<>();
        for (int i = 0; i < nodes.size() && !wanted.isEmpty(); i++) {
            if (nodes.get(i).words().contains(wanted)) {
                found.add(i);
            }
        }
        return found;
    }

    private static Set<Long> edges(List<Layer> layers, int[] nodeOf, int output) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            index.put(layers.get(i).name(), i);
        }
        boolean[] taken = new boolean[layers.size()];
        Set<Long> edges = new LinkedHashSet<>();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).inputs().isEmpty()) {
                edges.add((long) nodeOf[i]);
            }
            for (String input : layers.get(i).inputs()) {
                Integer source = index.get(input);
                if (source != null) {
                    taken[source] = true;
                    if (nodeOf[source] != nodeOf[i]) {
                        edges.add((long) nodeOf[source] << 32 | nodeOf[i]);
                    }
                }
            }
        }
        for (int i = 0; i < taken.length; i++) {
            if (!taken[i]) {
                edges.add((long) nodeOf[i] << 32 | output);
            }
        }
        return edges;
    }

    private static Node node(Layer layer, int index) {
        return new Node(
                Kind.LAYER, layer.operator(), layer.name(),
                layer.parameters() > 0 ? Numbers.count(layer.parameters()) : "", index, 1,
                words(List.of(layer)));
    }

    private static Node node(List<Layer> layers, RepeatedBlocks.Block block) {
        long parameters = layers.subList(block.first(), block.first() + block.size()).stream()
                .mapToLong(Layer::parameters)
                .sum();
        return new Node(
                Kind.BLOCK, Texts.of("network.block", block.count(), block.period()),
                String.join(" \u2192 ", layers.subList(block.first(), block.first() + block.period()).stream()
                        .map(Layer::operator).toList()),
                parameters > 0 ? Numbers.count(parameters) : "", block.first(), block.size(),
                words(layers.subList(block.first(), block.first() + block.size())));
    }

    private static String words(List<Layer> layers) {
        StringBuilder words = new StringBuilder();
        layers.forEach(l -> words.append(l.operator()).append(' ').append(l.name()).append('\n'));
        return words.toString().toLowerCase(Locale.ROOT);
    }

    private static String described(TensorInfo tensor) {
        return tensor.shapeText() + " " + tensor.type();
    }
}
