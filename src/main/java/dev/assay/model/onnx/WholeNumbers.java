package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import java.nio.FloatBuffer;
import java.util.Optional;
import onnx.Onnx;

/**
 * The input of a network that takes whole numbers. Others would be cut off without a word: bytes that were divided by 255
 * on reading would all become 0.
 *
 * @param type the element type, e.g. {@code uint8}
 * @param least smallest number of the type
 * @param greatest largest number of the type
 */
record WholeNumbers(String type, double least, double greatest) {

    /** Of a network's input; empty when it takes real numbers. */
    static Optional<WholeNumbers> of(int dataType) {
        double[] range =
                switch (Onnx.TensorProto.DataType.forNumber(dataType)) {
                    case BOOL -> new double[] {0, 1};
                    case INT8 -> new double[] {Byte.MIN_VALUE, Byte.MAX_VALUE};
                    case UINT8 -> new double[] {0, 255};
                    case INT16 -> new double[] {Short.MIN_VALUE, Short.MAX_VALUE};
                    case UINT16 -> new double[] {0, Character.MAX_VALUE};
                    case INT32 -> new double[] {Integer.MIN_VALUE, Integer.MAX_VALUE};
                    case UINT32 -> new double[] {0, 0xffffffffL};
                    case INT64 -> new double[] {Long.MIN_VALUE, Long.MAX_VALUE};
                    case UINT64 -> new double[] {0, 0x1p64};
                    case null, default -> null;
                };
        return range == null
                ? Optional.empty()
                : Optional.of(new WholeNumbers(TensorValues.typeName(dataType), range[0], range[1]));
    }

    /**
     * Looks at the values of a batch.
     *
     * @throws InputException naming the first that is no whole number, or outside of the type's range
     */
    void check(FloatBuffer samples, int values, String where) throws InputException {
        for (int i = 0; i < values; i++) {
            float v = samples.get(samples.position() + i);
            if (!(v >= least && v <= greatest) || v != Math.rint(v)) {
                throw new InputException(
                        "the network takes whole numbers (" + type + "), but a sample holds " + v,
                        where,
                        "read the data as it is stored, with ?scale=1 behind its path and without mean and std");
            }
        }
    }
}
