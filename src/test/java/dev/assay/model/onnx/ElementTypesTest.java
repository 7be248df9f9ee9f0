package dev.assay.model.onnx;

import static dev.assay.model.onnx.Networks.assertClose;
import static dev.assay.model.onnx.Networks.open;
import static dev.assay.model.onnx.Networks.random;
import static dev.assay.model.onnx.Networks.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.model.Model;
import dev.assay.model.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import onnx.Onnx;
import onnx.Onnx.TensorProto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.protobuf.ByteString;

/** Tensors of every numeric element type, in every field that may hold them. */
class ElementTypesTest {

    @TempDir
    Path folder;

    private static Onnx.TensorProto.Builder tensor(DataType type, int count) {
        return Onnx.TensorProto.newBuilder()
                .setName("t")
                .setDataType(type.getNumber())
                .addDims(count);
    }

    private static Onnx.TensorProto raw(DataType type, int count, ByteBuffer bytes) {
        return tensor(type, count).setRawData(ByteString.copyFrom(bytes.flip())).build();
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Stream<Arguments> tensors() {
        short half = Float.floatToFloat16(1.5f);
        short minus = Float.floatToFloat16(-2);
        return Stream.of(
                Arguments.of(raw(DataType.FLOAT, 2, bytes(8).putFloat(1.5f).putFloat(-2)), 1.5f, -2f),
                Arguments.of(raw(DataType.DOUBLE, 2, bytes(16).putDouble(1.5).putDouble(-2)), 1.5f, -2f),
                Arguments.of(raw(DataType.FLOAT16, 2, bytes(4).putShort(half).putShort(minus)), 1.5f, -2f),
                Arguments.of(
                        raw(
                                DataType.BFLOAT16,
                                2,
                                bytes(4).putShort((short) 0x3fc0).putShort((short) 0xc000)),
                        1.5f,
                        -2f),
                Arguments.of(raw(DataType.INT8, 2, bytes(2).put((byte) 7).put((byte) -2)), 7f, -2f),
                Arguments.of(raw(DataType.UINT8, 2, bytes(2).put((byte) 7).put((byte) -2)), 7f, 254f),
                Arguments.of(raw(DataType.INT16, 2, bytes(4).putShort((short) 7).putShort((short) -2)), 7f, -2f),
                Arguments.of(
                        raw(DataType.UINT16, 2, bytes(4).putShort((short) 7).putShort((short) -2)), 7f, 65534f),
                Arguments.of(raw(DataType.INT32, 2, bytes(8).putInt(7).putInt(-2)), 7f, -2f),
                Arguments.of(raw(DataType.INT64, 2, bytes(16).putLong(7).putLong(-2)), 7f, -2f),
                Arguments.of(
                        tensor(DataType.FLOAT, 2)
                                .addFloatData(1.5f)
                                .addFloatData(-2)
                                .build(),
                        1.5f,
                        -2f),
                Arguments.of(
                        tensor(DataType.DOUBLE, 2)
                                .addDoubleData(1.5)
                                .addDoubleData(-2)
                                .build(),
                        1.5f,
                        -2f),
                Arguments.of(
                        tensor(DataType.FLOAT16, 2)
                                .addInt32Data(half & 0xffff)
                                .addInt32Data(minus & 0xffff)
                                .build(),
                        1.5f,
                        -2f),
                Arguments.of(
                        tensor(DataType.BFLOAT16, 2)
                                .addInt32Data(0x3fc0)
                                .addInt32Data(0xc000)
                                .build(),
                        1.5f,
                        -2f),
                Arguments.of(
                        tensor(DataType.INT64, 2)
                                .addInt64Data(7)
                                .addInt64Data(-2)
                                .build(),
                        7f,
                        -2f),
                Arguments.of(
                        tensor(DataType.UINT32, 2)
                                .addUint64Data(7)
                                .addUint64Data(8)
                                .build(),
                        7f,
                        8f),
                Arguments.of(
                        tensor(DataType.BOOL, 2).addInt32Data(1).addInt32Data(0).build(), 1f, 0f));
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void valuesAreReadAsFloat32(Onnx.TensorProto tensor, float first, float second) throws Exception {
        Onnx.ModelProto.Builder model = small().build().toBuilder();
        model.getGraphBuilder().addInitializer(tensor);
        try (Model opened = open(folder, model.build())) {
            TensorInfo info = opened.tensors().getLast();
            assertThat(info.type()).isEqualTo(TensorValues.typeName(tensor.getDataType()));
            assertThat(opened.values(info)).containsExactly(first, second);
        }
    }

    @Test
    void typesHaveTheirUsualNames() {
        assertThat(TensorValues.typeName(DataType.FLOAT_VALUE)).isEqualTo("float32");
        assertThat(TensorValues.typeName(DataType.DOUBLE_VALUE)).isEqualTo("float64");
        assertThat(TensorValues.typeName(DataType.INT64_VALUE)).isEqualTo("int64");
        assertThat(TensorValues.typeName(4711)).isEqualTo("type 4711");
    }

    @Test
    void textHasNoValues() throws Exception {
        Onnx.ModelProto.Builder model = small().build().toBuilder();
        model.getGraphBuilder()
                .addInitializer(tensor(DataType.STRING, 1).addStringData(ByteString.copyFromUtf8("cat")));
        try (Model opened = open(folder, model.build())) {
            assertThatThrownBy(() -> opened.values(opened.tensors().getLast()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("holds string, not numbers");
        }
    }

    @Test
    void aFloat64NetworkTakesAndGivesFloat32() throws Exception {
        float[] weight = random(6, 1);
        float[] samples = random(6, 2);
        Onnx.ModelProto.Builder model = withTypes(DataType.DOUBLE);
        Onnx.TensorProto.Builder stored =
                tensor(DataType.DOUBLE, 3).setName("w").clearDims().addDims(3).addDims(2);
        for (int i = 0; i < 6; i++) {
            stored.addDoubleData(weight[i % 2 * 3 + i / 2]);
        }
        model.getGraphBuilder().addInitializer(stored);
        assertRuns(model, weight, samples);
    }

    @Test
    void aFloat16NetworkTakesAndGivesFloat32() throws Exception {
        float[] weight = {0.5f, -1, 2, 0.25f, 1, -0.5f};
        float[] samples = {1, 0.5f, -1, 2, -0.25f, 1};
        Onnx.ModelProto.Builder model = withTypes(DataType.FLOAT16);
        Onnx.TensorProto.Builder stored =
                tensor(DataType.FLOAT16, 3).setName("w").clearDims().addDims(3).addDims(2);
        for (int i = 0; i < 6; i++) {
            stored.addInt32Data(Float.floatToFloat16(weight[i % 2 * 3 + i / 2]) & 0xffff);
        }
        model.getGraphBuilder().addInitializer(stored);
        assertRuns(model, weight, samples);
    }

    private static Onnx.ModelProto.Builder withTypes(DataType type) {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
        graph.input("x", -1, 3);
        String h = graph.matMul("x", "w");
        graph.output(graph.add(graph.relu(h), h), -1, 2);
        Onnx.ModelProto.Builder model = graph.build().toBuilder();
        model.getGraphBuilder().setInput(0, OnnxGraphBuilder.valueInfo("x", type, -1, 3));
        model.getGraphBuilder().setOutput(0, OnnxGraphBuilder.valueInfo("Add_1", type, -1, 2));
        return model;
    }

    private void assertRuns(Onnx.ModelProto.Builder model, float[] weight, float[] samples) throws Exception {
        Float64 hidden = Float64.of(samples, 2, 3).linear(weight, new float[2]);
        try (Model opened = open(folder, model.build())) {
            List<float[]> results = run(opened, samples, 2, 2);
            assertClose(results.get(0), hidden.relu().plus(hidden));
            assertClose(results.get(1), hidden);
        }
    }

    @Test
    void indicesAreTakenAsNumbersToo() throws Exception {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
        float[] table = random(12, 3);
        graph.input("x", -1, 2);
        String rows = graph.node("Gather", List.of(graph.initializer("table", table, 4, 3), "x"));
        graph.output(graph.flatten(graph.add(graph.relu(rows), rows), 1), -1, 6);
        Onnx.ModelProto.Builder model = graph.build().toBuilder();
        model.getGraphBuilder().setInput(0, OnnxGraphBuilder.valueInfo("x", DataType.INT64, -1, 2));
        try (Model opened = open(folder, model.build())) {
            assertThat(opened.input().type()).isEqualTo("int64");
            assertThat(run(opened, new float[] {3, 1}, 1, 1).get(1))
                    .containsExactly(table[9], table[10], table[11], table[3], table[4], table[5]);
        }
    }

    private static OnnxGraphBuilder small() {
        OnnxGraphBuilder graph = new OnnxGraphBuilder("g");
        String x = graph.input("x", -1, 2);
        graph.output(graph.add(x, x), -1, 2);
        return graph;
    }
}
