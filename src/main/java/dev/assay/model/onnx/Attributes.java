package dev.assay.model.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import onnx.Onnx;

/** A node's attributes as text for people. */
final class Attributes {

    private static final int MOST = 16;

    private Attributes() {}

    /** Names and values in the order of the file; long lists are cut, tensors and branches described. */
    static Map<String, String> of(Onnx.NodeProto node) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Onnx.AttributeProto a : node.getAttributeList()) {
            texts.put(a.getName(), text(a));
        }
        return texts;
    }

    private static String text(Onnx.AttributeProto a) {
        return switch (a.getType()) {
            case FLOAT -> String.valueOf(a.getF());
            case INT -> String.valueOf(a.getI());
            case STRING -> a.getS().toStringUtf8();
            case FLOATS -> list(a.getFloatsList());
            case INTS -> list(a.getIntsList());
            case STRINGS -> list(a.getStringsList().stream().map(s -> s.toStringUtf8()).toList());
            case TENSOR -> TensorValues.typeName(a.getT().getDataType()) + " tensor of "
                    + (a.getT().getDimsCount() == 0 ? "one value" : list(a.getT().getDimsList()).replace(", ", "x"));
            case GRAPH -> "branch of " + a.getG().getNodeCount() + " nodes";
            default -> a.getType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static String list(List<?> values) {
        String text = values.stream().limit(MOST).map(String::valueOf).collect(Collectors.joining(", "));
        return values.size() > MOST ? text + ", \u2026 (" + values.size() + ")" : text;
    }
}
