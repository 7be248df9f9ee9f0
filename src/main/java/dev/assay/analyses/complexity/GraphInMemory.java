package dev.assay.analyses.complexity;

import dev.assay.analysis.InputException;
import dev.assay.model.onnx.GraphSource;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import onnx.Onnx;

/** A merged network that was never written to a file, opened as any other. */
record GraphInMemory(Onnx.ModelProto graph, OnnxModel original) implements GraphSource {

    /** Opens it. */
    OnnxModel open() throws InputException {
        return OnnxModel.open(original.location(), this, original.format(), original.input().shape());
    }

    @Override
    public Onnx.ModelProto load() {
        return graph;
    }

    @Override
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(graph.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Path folder() {
        Path parent = original.location().path().toAbsolutePath().getParent();
        return parent == null ? Path.of("") : parent;
    }

    @Override
    public String where() {
        return "the merged " + original.name();
    }

    @Override
    public List<Path> files(Onnx.ModelProto model) {
        return original.files();
    }
}
