package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.model.ModelFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import onnx.Onnx;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * An ONNX file on disk. It is read again each time the graph is asked for, so that an open model does not hold its
 * weights in the heap; a file that changed in between is refused.
 */
final class OnnxFile implements GraphSource {

    /**
     * A protobuf message ends at 2 GiB. Java's arrays end a few bytes below; nothing is lost, since exporters move
     * weights out of the file long before.
     */
    static final long LARGEST = Integer.MAX_VALUE - 8L;

    /**
     * Messages nest model, graph, node, attribute, graph and so on; real graphs stay below ten levels. The limit keeps
     * a hostile file from overflowing the stack.
     */
    private static final int DEEPEST = 100;

    private static final String EXPORT_AGAIN = "export or download the model again";

    private final ModelFile file;

    private OnnxFile(ModelFile file) {
        this.file = file;
    }

    /**
     * Looks at a file without reading it.
     *
     * @throws InputException when it is missing, empty, too large or not a file
     */
    static OnnxFile of(Location location) throws InputException {
        ModelFile file = ModelFile.of(location);
        if (file.size() > LARGEST) {
            throw new InputException(
                    "the file has " + file.size() + " bytes, ONNX files end at 2 GB",
                    file.path().toString(),
                    "export the model with its weights as external data");
        }
        return new OnnxFile(file);
    }

    @Override
    public Path folder() {
        return file.path().toAbsolutePath().getParent();
    }

    @Override
    public String where() {
        return file.path().toString();
    }

    @Override
    public Onnx.ModelProto load() throws InputException {
        return parse(file.bytes(), where());
    }

    @Override
    public String sha256() throws InputException {
        return file.sha256();
    }

    /**
     * Parses a model.
     *
     * @throws InputException when the bytes are not a whole ONNX model
     */
    static Onnx.ModelProto parse(byte[] bytes, String where) throws InputException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        in.setRecursionLimit(DEEPEST);
        // Weights then point into the array instead of being copied out of it.
        in.enableAliasing(true);
        Onnx.ModelProto model;
        try {
            model = Onnx.ModelProto.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            String other = otherFormat(bytes);
            if (other.isEmpty()) {
                throw new InputException(
                        "the file is damaged, cut short, or no ONNX model: " + reason(e), where, EXPORT_AGAIN, e);
            }
            throw new InputException("this is " + other + ", not an ONNX model", where, "choose an .onnx file", e);
        } catch (IOException e) {
            throw new InputException("the file cannot be read (" + e.getMessage() + ")", where, EXPORT_AGAIN, e);
        }
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new InputException("the file holds no network: it has no nodes", where, EXPORT_AGAIN);
        }
        if (model.getOpsetImportCount() == 0) {
            // Exporters write it last, so this is what a file looks like that was cut right behind the graph.
            throw new InputException(
                    "the file does not name its operator set, so it is damaged or cut short", where, EXPORT_AGAIN);
        }
        return model;
    }

    private static String reason(InvalidProtocolBufferException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        if (message.contains("truncated") || message.contains("ended unexpectedly")) {
            return "it ends in the middle of a field";
        }
        if (message.contains("nest") || message.contains("recursion")) {
            return "it nests deeper than " + DEEPEST + " levels";
        }
        return "its bytes are no protobuf message";
    }

    /** What a file of another format is, for a better message than that protobuf failed. */
    private static String otherFormat(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
        if (start.startsWith("PK")) {
            return "a ZIP archive (a PyTorch .pt file, perhaps)";
        }
        if (start.startsWith("\u0089HDF")) {
            return "an HDF5 file (a Keras model, perhaps)";
        }
        if (start.startsWith("\u0080\u0002") || start.startsWith("\u0080\u0004")) {
            return "a Python pickle";
        }
        if (start.startsWith("version https://")) {
            return "a Git LFS pointer whose content was not fetched";
        }
        return "";
    }

    /** The model's file and those of its external data, in the order in which the graph names them. */
    @Override
    public List<Path> files(Onnx.ModelProto model) throws InputException {
        Set<Path> files = new LinkedHashSet<>();
        files.add(file.path());
        for (Onnx.TensorProto tensor : model.getGraph().getInitializerList()) {
            if (tensor.getDataLocation() == Onnx.TensorProto.DataLocation.EXTERNAL) {
                files.add(ExternalData.of(tensor, this).file());
            }
        }
        return new ArrayList<>(files);
    }
}
