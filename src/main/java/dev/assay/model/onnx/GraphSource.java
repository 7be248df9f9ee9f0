package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx;

/** Where a graph comes from: an ONNX file, or a file of another format translated into one. */
public interface GraphSource {

    /**
     * The graph with its weights, read anew.
     *
     * @throws InputException when the file can no longer be read
     */
    Onnx.ModelProto load() throws InputException;

    /** SHA-256 of the model's own file, lower-case hex. */
    String sha256() throws InputException;

    /** The folder that external data may lie in. */
    Path folder();

    /** The file's name for messages. */
    String where();

    /** All the files that the model consists of, the model's own file first. */
    List<Path> files(Onnx.ModelProto model) throws InputException;
}
