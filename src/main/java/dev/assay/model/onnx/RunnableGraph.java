package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import onnx.Onnx;

/**
 * Edits a copy of a graph in memory so that it takes batches of float32 and hands out inner tensors. The file is never
 * touched. Names of tensors stay what they are in the file.
 */
final class RunnableGraph {

    /** How several samples get into one call. */
    enum Batching {
        /** The graph is run as the file declares it. */
        AS_IS,
        /** The first dimension was fixed; it becomes free, and so does its place in the shapes that Reshape takes. */
        FREED,
        /** The graph takes a single sample without a batch dimension; one is put in front of every tensor. */
        ADDED
    }

    /** The input of a graph whose own input is not float32. */
    private static final String INPUT = "assay:input";

    /** The newest version of the format that the engine reads. */
    private static final long NEWEST_IR = 10;

    private static final String ROWS = "assay:rows";

    private final Onnx.ModelProto model;
    private final Graph graph;
    private final Batching batching;
    private final int fixedBatch;
    private final int[] sampleShape;
    private final Map<String, long[]> shapes;
    private final Set<String> dependent;
    private final List<Onnx.NodeProto> nodes = new ArrayList<>();
    private final List<Onnx.TensorProto> added = new ArrayList<>();

    /**
     * @param sampleShape shape of a sample without the batch dimension
     * @param fixedBatch size of the batch dimension that the file fixes, 1 when it fixes none
     * @param shapes shapes of the tensors in a run of the graph as it is, with {@code fixedBatch} samples; may be
     *     empty for {@link Batching#AS_IS}
     */
    RunnableGraph(
            Onnx.ModelProto model,
            Graph graph,
            Batching batching,
            int[] sampleShape,
            int fixedBatch,
            Map<String, long[]> shapes) {
        this.model = model;
        this.graph = graph;
        this.batching = batching;
        this.sampleShape = sampleShape;
        this.fixedBatch = fixedBatch;
        this.shapes = shapes;
        this.dependent = graph.dependent();
    }

    /**
     * The edited model.
     *
     * @param tensors tensors to hand out, in order, with the permutation that brings their batch dimension to the front
     *     (empty to leave them)
     * @param toFloat names of those that are not float32 and are to be converted
     * @return the model; its outputs are in the order asked for
     */
    Onnx.ModelProto build(SequencedMap<String, List<Long>> tensors, Set<String> toFloat) throws InputException {
        Onnx.GraphProto.Builder edited = Onnx.GraphProto.newBuilder()
                .setName(model.getGraph().getName())
                .addAllInitializer(model.getGraph().getInitializerList())
                .addAllSparseInitializer(model.getGraph().getSparseInitializerList());
        edited.addInput(input());
        for (Graph.Node node : graph.nodes()) {
            if (graph.used(node)) {
                edit(node);
            }
        }
        tensors.forEach((tensor, permutation) -> {
            String name = handOut(tensor, permutation, toFloat.contains(tensor));
            edited.addOutput(Onnx.ValueInfoProto.newBuilder().setName(name));
        });
        return model.toBuilder()
                // Before version 4 every initializer had to be an input too, which forbids the engine to fold it. What is new
                // in versions that the engine does not know yet are element types, which it would name.
                .setIrVersion(Math.clamp(model.getIrVersion(), 4, NEWEST_IR))
                .setGraph(edited.addAllInitializer(added).addAllNode(nodes))
                .build();
    }

    private Onnx.ValueInfoProto input() {
        String name = graph.input().getName();
        int type = graph.input().getType().getTensorType().getElemType();
        int[] shape = sampleShape;
        boolean batched = batching != Batching.AS_IS || !isSingle();
        if (batched) {
            shape = new int[sampleShape.length + 1];
            shape[0] = batching == Batching.AS_IS ? declaredBatch() : -1;
            System.arraycopy(sampleShape, 0, shape, 1, sampleShape.length);
        }
        if (type == Onnx.TensorProto.DataType.FLOAT_VALUE) {
            return OnnxGraphBuilder.valueInfo(name, Onnx.TensorProto.DataType.FLOAT, shape);
        }
        nodes.add(node("Cast", List.of(INPUT), name)
                .addAttribute(OnnxGraphBuilder.attribute("to", (long) type))
                .build());
        return OnnxGraphBuilder.valueInfo(INPUT, Onnx.TensorProto.DataType.FLOAT, shape);
    }

    private boolean isSingle() {
        return graph.input().getType().getTensorType().getShape().getDimCount() == sampleShape.length;
    }

    private int declaredBatch() {
        Onnx.TypeProto.Tensor type = graph.input().getType().getTensorType();
        long declared = type.hasShape() ? type.getShape().getDim(0).getDimValue() : -1;
        return declared <= 0 ? -1 : (int) declared;
    }

    private void edit(Graph.Node node) throws InputException {
        if (isUnusedMask(node) || graph.bypassedSoftmax().filter(node::equals).isPresent()) {
            // Dropout does nothing outside of training; softmax keeps the order of the scores.
            nodes.add(node("Identity", List.of(node.input(0)), node.output()).build());
            return;
        }
        boolean rebatched = batching != Batching.AS_IS && dependent.contains(node.output());
        if (!rebatched) {
            nodes.add(node.proto());
            return;
        }
        boolean added = batching == Batching.ADDED;
        switch (node.operator()) {
            case "Reshape" -> reshape(node, graph.constant(node.input(1)).isPresent());
            case "Flatten" -> reshape(node, added || node.integer("axis", 1) == 0);
            case "Unsqueeze" -> reshape(node, added);
            case "Squeeze" -> reshape(node, true);
            case "MatMul" -> matMul(node);
            case "Transpose" -> nodes.add(added ? transposed(node) : node.proto());
            case "Concat", "Softmax", "LogSoftmax", "Gather", "Split" ->
                nodes.add(added ? shifted(node) : node.proto());
            default -> nodes.add(node.proto());
        }
    }

    private boolean isUnusedMask(Graph.Node node) {
        return node.operator().equals("Dropout")
                && node.proto().getOutputList().stream()
                        .skip(1)
                        .allMatch(
                                mask -> mask.isEmpty() || graph.consumers(mask).isEmpty());
    }

    /** Replaces an operator that only changes the shape by a Reshape to the shape seen in a run, batch left free. */
    private void reshape(Graph.Node node, boolean replace) {
        long[] seen = shapes.get(node.output());
        long[] target = seen == null ? null : target(seen);
        if (!replace || target == null) {
            nodes.add(node.proto());
            return;
        }
        toShape(node.input(0), target, node.output());
    }

    private long[] target(long[] seen) {
        boolean freed = batching == Batching.FREED;
        boolean leads = freed ? seen.length > 0 && seen[0] % fixedBatch == 0 : seen.length > 1 && seen[0] == 1;
        if (freed && !leads) {
            return null;
        }
        long[] target = new long[leads ? seen.length : seen.length + 1];
        target[0] = -1;
        System.arraycopy(seen, leads ? 1 : 0, target, 1, target.length - 1);
        return target;
    }

    private void toShape(String tensor, long[] shape, String output) {
        String name = output + ":shape";
        added.add(OnnxGraphBuilder.tensor(name, shape, shape.length));
        nodes.add(node("Reshape", List.of(tensor, name), output).build());
    }

    /** A stored weight on the left of a single column becomes its transpose on the right of a batch of rows. */
    private void matMul(Graph.Node node) {
        Optional<Onnx.TensorProto> weight = graph.constant(node.input(0)).filter(w -> w.getDimsCount() == 2);
        long[] right = shapes.get(node.input(1));
        boolean vector = right != null && right.length == 1;
        boolean column = right != null && right.length == 2 && right[1] == 1;
        if (batching != Batching.ADDED || weight.isEmpty() || !(vector || column)) {
            nodes.add(node.proto());
            return;
        }
        String name = node.output();
        String turned = name + ":weight";
        nodes.add(node("Transpose", List.of(node.input(0)), turned).build());
        if (vector) {
            nodes.add(node("MatMul", List.of(node.input(1), turned), name).build());
            return;
        }
        toShape(node.input(1), new long[] {-1, right[0]}, name + ":row");
        nodes.add(node("MatMul", List.of(name + ":row", turned), name + ":product")
                .build());
        toShape(name + ":product", new long[] {-1, weight.get().getDims(0), 1}, name);
    }

    private Onnx.NodeProto transposed(Graph.Node node) {
        long[] seen = shapes.get(node.output());
        List<Long> permutation =
                node.attribute("perm").map(Onnx.AttributeProto::getIntsList).orElse(List.of());
        long[] moved = new long[(seen == null ? permutation.size() : seen.length) + 1];
        for (int i = 1; i < moved.length; i++) {
            moved[i] = permutation.isEmpty() ? moved.length - i : permutation.get(i - 1) + 1;
        }
        return node("Transpose", List.of(node.input(0)), node.output())
                .addAttribute(OnnxGraphBuilder.attribute("perm", moved))
                .build();
    }

    private static Onnx.NodeProto shifted(Graph.Node node) {
        Onnx.NodeProto.Builder shifted = node.proto().toBuilder();
        for (int i = 0; i < shifted.getAttributeCount(); i++) {
            Onnx.AttributeProto a = shifted.getAttribute(i);
            if (a.getName().equals("axis") && a.getI() >= 0) {
                shifted.setAttribute(i, a.toBuilder().setI(a.getI() + 1));
            }
        }
        return shifted.build();
    }

    private String handOut(String tensor, List<Long> permutation, boolean cast) {
        String name = tensor;
        if (!permutation.isEmpty()) {
            nodes.add(node("Transpose", List.of(name), tensor + ":" + ROWS)
                    .addAttribute(OnnxGraphBuilder.attribute(
                            "perm",
                            permutation.stream().mapToLong(Long::longValue).toArray()))
                    .build());
            name = tensor + ":" + ROWS;
        }
        if (cast || name.equals(graph.input().getName())) {
            nodes.add(node("Cast", List.of(name), tensor + ":assay:float")
                    .addAttribute(OnnxGraphBuilder.attribute("to", (long) Onnx.TensorProto.DataType.FLOAT_VALUE))
                    .build());
            name = tensor + ":assay:float";
        }
        return name;
    }

    private static Onnx.NodeProto.Builder node(String operator, List<String> inputs, String output) {
        return Onnx.NodeProto.newBuilder()
                .setName(output + ":" + operator)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output);
    }

    /** The name that a batch's input has in the edited graph. */
    static String inputName(Graph graph) {
        return graph.input().getType().getTensorType().getElemType() == Onnx.TensorProto.DataType.FLOAT_VALUE
                ? graph.input().getName()
                : INPUT;
    }

    /** Every tensor that depends on the input and that the scores depend on, for {@link #build}. */
    static SequencedMap<String, List<Long>> everything(Graph graph) {
        Set<String> dependent = graph.dependent();
        SequencedMap<String, List<Long>> tensors = new LinkedHashMap<>();
        for (Graph.Node node : graph.nodes()) {
            List<String> outputs = node.proto().getOutputList();
            outputs = node.operator().equals("Dropout") ? outputs.subList(0, 1) : outputs;
            outputs.stream()
                    .filter(tensor -> dependent.contains(tensor) && graph.used(node))
                    .forEach(tensor -> tensors.put(tensor, List.of()));
        }
        return tensors;
    }
}
