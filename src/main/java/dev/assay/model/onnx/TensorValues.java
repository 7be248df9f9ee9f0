package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import onnx.Onnx;

/** Reads the values of stored tensors, whichever of ONNX's fields holds them. */
final class TensorValues {

    private TensorValues() {}

    /** Element type for the user, e.g. {@code float32}. */
    static String typeName(int dataType) {
        Onnx.TensorProto.DataType type = Onnx.TensorProto.DataType.forNumber(dataType);
        return switch (type) {
            case null -> "type " + dataType;
            case FLOAT -> "float32";
            case DOUBLE -> "float64";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether elements of this type are real numbers, as weights are. */
    static boolean isReal(int dataType) {
        return switch (Onnx.TensorProto.DataType.forNumber(dataType)) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> true;
            case null, default -> false;
        };
    }

    /** Dimensions as ints. */
    static int[] shape(Onnx.TensorProto tensor, String where) throws InputException {
        int[] shape = new int[tensor.getDimsCount()];
        for (int i = 0; i < shape.length; i++) {
            long d = tensor.getDims(i);
            if (d < 0 || d > Integer.MAX_VALUE) {
                throw damaged(tensor, "has a dimension of " + d, where);
            }
            shape[i] = (int) d;
        }
        return shape;
    }

    /** Number of elements that the shape says. */
    static long count(Onnx.TensorProto tensor, String where) throws InputException {
        long count = 1;
        for (int d : shape(tensor, where)) {
            try {
                count = Math.multiplyExact(count, d);
            } catch (ArithmeticException e) {
                throw damaged(tensor, "claims more elements than can be", where);
            }
        }
        return count;
    }

    /** Number of bytes of the values as raw data. */
    static long bytes(Onnx.TensorProto tensor, String where) throws InputException {
        int width = width(tensor.getDataType());
        if (width == 0) {
            throw damaged(
                    tensor, "has elements of " + typeName(tensor.getDataType()) + ", which have no raw form", where);
        }
        long count = count(tensor, where);
        if (count > Long.MAX_VALUE / width) {
            throw damaged(tensor, "claims more elements than can be", where);
        }
        return count * width;
    }

    private static int width(int dataType) {
        return switch (Onnx.TensorProto.DataType.forNumber(dataType)) {
            case BOOL, INT8, UINT8 -> 1;
            case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
            case FLOAT, INT32, UINT32 -> 4;
            case DOUBLE, INT64, UINT64 -> 8;
            case null, default -> 0;
        };
    }

    /**
     * Checks that a tensor holds as many values as its shape says, without reading them.
     *
     * @throws InputException naming the tensor
     */
    static void check(Onnx.TensorProto tensor, String where) throws InputException {
        if (tensor.getDataLocation() == Onnx.TensorProto.DataLocation.EXTERNAL) {
            return;
        }
        long count = count(tensor, where);
        if (width(tensor.getDataType()) == 0) {
            return;
        }
        boolean raw = isRaw(tensor);
        long stored = raw ? tensor.getRawData().size() / width(tensor.getDataType()) : typedCount(tensor);
        if (stored != count || (raw && tensor.getRawData().size() != bytes(tensor, where))) {
            throw damaged(tensor, "holds " + stored + " values, its shape says " + count, where);
        }
    }

    private static boolean isRaw(Onnx.TensorProto tensor) {
        return !tensor.getRawData().isEmpty();
    }

    private static int typedCount(Onnx.TensorProto tensor) {
        return switch (Onnx.TensorProto.DataType.forNumber(tensor.getDataType())) {
            case FLOAT -> tensor.getFloatDataCount();
            case DOUBLE -> tensor.getDoubleDataCount();
            case INT64 -> tensor.getInt64DataCount();
            case UINT32, UINT64 -> tensor.getUint64DataCount();
            case null, default -> tensor.getInt32DataCount();
        };
    }

    /**
     * Reads all values, row-major, widened or rounded to float32.
     *
     * @throws InputException when there are fewer than the shape says, or the type has no numbers
     */
    static float[] floats(Onnx.TensorProto tensor, GraphSource source) throws InputException {
        String where = source.where();
        if (width(tensor.getDataType()) == 0) {
            throw new InputException(
                    "tensor '" + tensor.getName() + "' holds " + typeName(tensor.getDataType()) + ", not numbers",
                    where,
                    "");
        }
        check(tensor, where);
        long count = count(tensor, where);
        if (count > OnnxFile.LARGEST / Float.BYTES * 4) {
            throw new InputException(
                    "tensor '" + tensor.getName() + "' has " + count + " values, too many to look at at once",
                    where,
                    "");
        }
        ByteBuffer raw = raw(tensor, source);
        float[] values = new float[(int) count];
        if (raw != null) {
            fill(values, raw, tensor.getDataType());
        } else {
            fill(values, tensor);
        }
        return values;
    }

    /** Reads a small tensor of whole numbers, such as the shape that a Reshape takes. */
    static long[] longs(Onnx.TensorProto tensor, GraphSource source) throws InputException {
        check(tensor, source.where());
        ByteBuffer raw = raw(tensor, source);
        boolean wide = tensor.getDataType() == Onnx.TensorProto.DataType.INT64_VALUE;
        if (!wide && tensor.getDataType() != Onnx.TensorProto.DataType.INT32_VALUE) {
            throw damaged(
                    tensor, "holds " + typeName(tensor.getDataType()) + " where whole numbers belong", source.where());
        }
        long[] values = new long[Math.toIntExact(count(tensor, source.where()))];
        for (int i = 0; i < values.length; i++) {
            if (raw != null) {
                values[i] = wide ? raw.getLong() : raw.getInt();
            } else {
                values[i] = wide ? tensor.getInt64Data(i) : tensor.getInt32Data(i);
            }
        }
        return values;
    }

    private static ByteBuffer raw(Onnx.TensorProto tensor, GraphSource source) throws InputException {
        if (tensor.getDataLocation() == Onnx.TensorProto.DataLocation.EXTERNAL) {
            ExternalData external = ExternalData.of(tensor, source);
            if (external.length() > OnnxFile.LARGEST) {
                throw new InputException(
                        "tensor '" + tensor.getName() + "' has " + external.length()
                                + " bytes, too many to look at at once",
                        source.where(),
                        "");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) external.length()).order(ByteOrder.LITTLE_ENDIAN);
            external.read(buffer, source.where());
            return buffer.flip();
        }
        return isRaw(tensor) ? tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN) : null;
    }

    private static void fill(float[] values, ByteBuffer raw, int dataType) {
        Onnx.TensorProto.DataType type = Onnx.TensorProto.DataType.forNumber(dataType);
        if (type == Onnx.TensorProto.DataType.FLOAT) {
            raw.asFloatBuffer().get(values);
            return;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case DOUBLE -> (float) raw.getDouble();
                case FLOAT16 -> Float.float16ToFloat(raw.getShort());
                case BFLOAT16 -> Float.intBitsToFloat(raw.getShort() << 16);
                case INT8 -> raw.get();
                case BOOL, UINT8 -> raw.get() & 0xff;
                case INT16 -> raw.getShort();
                case UINT16 -> raw.getShort() & 0xffff;
                case INT32 -> raw.getInt();
                case UINT32 -> raw.getInt() & 0xffffffffL;
                default -> raw.getLong();
            };
        }
    }

    private static void fill(float[] values, Onnx.TensorProto tensor) {
        Onnx.TensorProto.DataType type = Onnx.TensorProto.DataType.forNumber(tensor.getDataType());
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT -> tensor.getFloatData(i);
                case DOUBLE -> (float) tensor.getDoubleData(i);
                case FLOAT16 -> Float.float16ToFloat((short) tensor.getInt32Data(i));
                case BFLOAT16 -> Float.intBitsToFloat(tensor.getInt32Data(i) << 16);
                case INT64 -> tensor.getInt64Data(i);
                case UINT32, UINT64 -> tensor.getUint64Data(i);
                default -> tensor.getInt32Data(i);
            };
        }
    }

    private static InputException damaged(Onnx.TensorProto tensor, String what, String where) {
        return new InputException(
                "tensor '" + tensor.getName() + "' " + what, where, "export the model again, the file is damaged");
    }
}
