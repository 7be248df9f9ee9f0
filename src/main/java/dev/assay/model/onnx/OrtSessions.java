package dev.assay.model.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.assay.analysis.InputException;
import dev.assay.model.Engines;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import onnx.Onnx;

/**
 * Makes ONNX Runtime sessions and puts its errors into words.
 *
 * <p>The engine's native library is loaded by the first session, not before. DJL's own ONNX engine insists on creating
 * the process's only OrtEnvironment itself; Assay never asks DJL for that engine, so either may come first: this one,
 * or DJL's PyTorch.
 */
final class OrtSessions {

    private static final Pattern UNKNOWN_OPERATOR = Pattern.compile("No Op registered for (\\S+) with");
    private static final Pattern UNKNOWN_DOMAIN = Pattern.compile("No opset import for domain '([^']*)'");
    private static final Pattern INVALID_NODE = Pattern.compile("In Node, \\(\"([^\"]*)\", (\\S+?), ");
    private static final Pattern NOT_IMPLEMENTED =
            Pattern.compile("Could not find an implementation for (\\S+?)\\(\\d+\\) node with name '([^']*)'");
    private static final Pattern FAILED_NODE = Pattern.compile("running (\\S+) node\\. Name:'([^']*)'");
    private static final Pattern OPSET = Pattern.compile("Opset (\\d+) is under development.*till opset (\\d+)");
    private static final Pattern UNREGISTERED = Pattern.compile("(\\S+?)\\(-?\\d+\\) is not a registered function/op");
    private static final String SOURCE_PLACE =
            "(?s)/onnxruntime_src\\S+ (.*? was false\\. |\\S+::\\S+\\(.*?\\) (?=[A-Z]))";

    private static final Logger LOG = LoggerFactory.getLogger(OrtSessions.class);

    private OrtSessions() {}

    /** The process's environment; loads the native library at the first call. */
    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment();
    }

    /** A session with the memory that it reads weights from. */
    record Session(OrtSession ort, Arena weights, Map<String, OnnxTensorLike> external,
            boolean cuda) implements AutoCloseable {

        @Override
        public void close() {
            try {
                ort.close();
            } catch (OrtException e) {
                throw new IllegalStateException("the session was closed twice", e);
            } finally {
                external.values().forEach(OnnxTensorLike::close);
                weights.close();
            }
        }
    }

    /**
     * Makes a session.
     *
     * @param threads threads inside one operator
     * @param optimise whether operators are fused; worth it for more than a few samples
     * @param graphics whether CUDA is used where the engine has it
     * @throws InputException when the engine refuses the graph
     */
    static Session open(Onnx.ModelProto model, GraphSource source, int threads, boolean optimise, boolean graphics)
            throws InputException {
        Arena weights = Arena.ofShared();
        Map<String, OnnxTensorLike> external = new HashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // The engine's threads otherwise wait for work in a busy loop and take the cores from whoever counts, reads
            // or paints meanwhile: on two busy cores a run took 1.4 times as long, on idle ones it makes no difference.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setOptimizationLevel(
                    optimise ? OrtSession.SessionOptions.OptLevel.ALL_OPT : OrtSession.SessionOptions.OptLevel.NO_OPT);
            // Kernels on whole numbers round otherwise than the nodes of a quantised network say, and refuse some.
            options.addConfigEntry("session.disable_quant_qdq", "1");
            // What goes wrong comes back as an exception; the engine need not print it as well.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            if (!optimise) {
                // Rearranging weights for speed takes longer than the few samples of a trial run.
                options.addConfigEntry("session.disable_prepacking", "1");
            }
            for (Onnx.TensorProto tensor : model.getGraph().getInitializerList()) {
                if (tensor.getDataLocation() == Onnx.TensorProto.DataLocation.EXTERNAL) {
                    external.put(tensor.getName(), external(tensor, source, weights));
                }
            }
            if (!external.isEmpty()) {
                options.addExternalInitializers(external);
            }
            boolean cuda = graphics && Engines.onnxRuntimeHasCuda() && addCuda(options);
            return new Session(environment().createSession(model.toByteArray(), options), weights, external, cuda);
        } catch (OrtException e) {
            release(weights, external);
            throw problem(e, source.where());
        } catch (InputException | RuntimeException e) {
            release(weights, external);
            throw e;
        }
    }

    /** False, with a line in the log, where CUDA is built in but does not start, e.g. without its libraries. */
    private static boolean addCuda(OrtSession.SessionOptions options) {
        try {
            options.addCUDA(0);
            return true;
        } catch (OrtException e) {
            LOG.warn("ONNX Runtime's CUDA provider does not start; the processor is used instead", e);
            return false;
        }
    }

    private static void release(Arena weights, Map<String, OnnxTensorLike> external) {
        external.values().forEach(OnnxTensorLike::close);
        weights.close();
    }

    private static OnnxTensor external(Onnx.TensorProto tensor, GraphSource source, Arena weights)
            throws InputException, OrtException {
        ExternalData data = ExternalData.of(tensor, source);
        if (data.length() > OnnxFile.LARGEST) {
            throw new InputException(
                    "tensor '" + tensor.getName() + "' has " + data.length() + " bytes, one tensor may have 2 GB",
                    source.where(),
                    "export the model with this layer split");
        }
        ByteBuffer bytes =
                weights.allocate(Math.max(1, data.length()), 64).asByteBuffer().order(ByteOrder.nativeOrder());
        bytes.limit((int) data.length());
        data.read(bytes, source.where());
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        return OnnxTensor.createTensor(environment(), bytes.flip(), shape, javaType(tensor, source.where()));
    }

    private static OnnxJavaType javaType(Onnx.TensorProto tensor, String where) throws InputException {
        return switch (Onnx.TensorProto.DataType.forNumber(tensor.getDataType())) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case DOUBLE -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case null, default ->
                throw new InputException(
                        "tensor '" + tensor.getName() + "' holds " + TensorValues.typeName(tensor.getDataType())
                                + " as external data",
                        where,
                        "export the model with this tensor inside the file");
        };
    }

    /** What the engine's message means for the user. */
    static InputException problem(OrtException e, String where) {
        String message = e.getMessage() == null ? "" : e.getMessage().strip();
        Matcher node = INVALID_NODE.matcher(message);
        String named = node.find() ? " of node '" + node.group(1) + "'" : "";
        Matcher m = UNKNOWN_OPERATOR.matcher(message);
        if (m.find()) {
            return unsupported(m.group(1), named, where, e);
        }
        m = UNREGISTERED.matcher(message);
        if (m.find()) {
            return unsupported(m.group(1), named, where, e);
        }
        m = UNKNOWN_DOMAIN.matcher(message);
        if (m.find()) {
            return unsupported(m.group(1) + ":" + (named.isEmpty() ? "" : node.group(2)), named, where, e);
        }
        m = NOT_IMPLEMENTED.matcher(message);
        if (m.find()) {
            return new InputException(
                    "ONNX Runtime cannot compute the " + m.group(1) + " of node '" + m.group(2)
                            + "' with numbers of its type",
                    where,
                    "convert the model to float32",
                    e);
        }
        m = OPSET.matcher(message);
        if (m.find()) {
            return new InputException(
                    "the model is written for operator set " + m.group(1) + ", ONNX Runtime knows up to " + m.group(2),
                    where,
                    "export it with opset_version=" + m.group(2) + " or less",
                    e);
        }
        m = FAILED_NODE.matcher(message);
        if (m.find()) {
            String reason = message.substring(Math.max(0, message.indexOf("Status Message:") + 15));
            return new InputException(
                    "node '" + m.group(2) + "' (" + m.group(1) + ") failed: " + tidy(reason),
                    where,
                    "check that the model runs in ONNX Runtime",
                    e);
        }
        return new InputException(
                (named.isEmpty()
                        ? "ONNX Runtime cannot run the model: "
                        : "the graph is invalid at the " + node.group(2) + named + ": ")
                        + tidy(message.replaceFirst("^Error code - \\S+ - message: ", "")),
                where,
                "check that the model runs in ONNX Runtime",
                e);
    }

    private static InputException unsupported(String operator, String node, String where, OrtException e) {
        return new InputException(
                "ONNX Runtime has no operator '" + operator + "'" + (node.isEmpty() ? "" : ", the operator" + node),
                where,
                "export the model with standard ONNX operators",
                e);
    }

    private static String tidy(String message) {
        String text =
                message.replaceAll(SOURCE_PLACE, "").replaceAll("\\s+", " ").strip();
        text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }
}
