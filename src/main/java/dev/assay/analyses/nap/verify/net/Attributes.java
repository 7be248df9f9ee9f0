package dev.assay.analyses.nap.verify.net;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import onnx.Onnx;

/** Reads attributes of nodes. */
final class Attributes {

    private Attributes() {}

    private static Optional<Onnx.AttributeProto> find(Onnx.NodeProto node, String name) {
        return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
    }

    static long integer(Onnx.NodeProto node, String name, long otherwise) {
        return find(node, name).map(Onnx.AttributeProto::getI).orElse(otherwise);
    }

    static double real(Onnx.NodeProto node, String name, double otherwise) {
        return find(node, name).map(a -> (double) a.getF()).orElse(otherwise);
    }

    static String text(Onnx.NodeProto node, String name, String otherwise) {
        return find(node, name)
                .map(a -> a.getS().toString(StandardCharsets.UTF_8))
                .orElse(otherwise);
    }

    static long[] longs(Onnx.NodeProto node, String name, long[] otherwise) {
        return find(node, name)
                .filter(a -> a.getIntsCount() > 0)
                .map(a -> a.getIntsList().stream().mapToLong(Long::longValue).toArray())
                .orElse(otherwise);
    }
}
