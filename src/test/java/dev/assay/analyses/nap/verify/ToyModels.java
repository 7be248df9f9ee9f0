package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.ArrayDataset;
import dev.assay.analyses.nap.PatternFile;
import dev.assay.analyses.nap.PatternFileKind;
import dev.assay.analysis.Location;
import dev.assay.model.onnx.OnnxGraphBuilder;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.onnx.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The golden toy as files: network, patterns, references. */
final class ToyModels {

    private ToyModels() {}

    static OnnxModel open(OnnxGraphBuilder graph, Path folder) throws Exception {
        Path file = folder.resolve("net" + System.nanoTime() + ".onnx");
        graph.write(file);
        return (OnnxModel) new OnnxKind().open(Location.of(file));
    }

    /** V1. */
    static OnnxModel v1(Path folder) throws Exception {
        return v1(folder, false);
    }

    /** V1, as it is or with probabilities for scores. */
    static OnnxModel v1(Path folder, boolean softmax) throws Exception {
        OnnxGraphBuilder g = new OnnxGraphBuilder("toy");
        String x = g.input("x", -1, 2);
        String w1 = g.initializer("w1", new float[] {1, 1, 1, -1, 1, 1, -1, 1}, 2, 4);
        String b1 = g.initializer("b1", new float[] {-.5f, -1.5f, 0, 0}, 4);
        String w2 = g.initializer("w2", new float[] {0, 2, 0, -6, 0, .25f, 0, .25f}, 4, 2);
        String b2 = g.initializer("b2", new float[] {.5f, 0}, 2);
        String scores = g.add(g.matMul(g.relu(g.add(g.matMul(x, w1), b1)), w2), b2);
        g.output(softmax ? g.softmax(scores, 1) : scores, -1, 2);
        return open(g, folder);
    }

    /** Patterns of V1: class 0 {@code - - 0 0}, class 1 {@code + - 0 0}, at slacks 0 and 1/3. */
    static PatternFile patterns(OnnxModel model, Path folder) throws Exception {
        String set = "{\"slack\":\"%s\",\"classes\":["
                + "{\"class\":\"0\",\"support\":6,\"active\":[],\"inactive\":[0,1]},"
                + "{\"class\":\"1\",\"support\":6,\"active\":[0],\"inactive\":[1]}]}";
        String layer = "{\"number\":1,\"name\":\"" + model.reluLayers().getFirst().name()
                + "\",\"width\":4,\"offset\":0}";
        String json = "{\"schema\":\"assay.nap/1\",\"modelSha256\":\"" + model.sha256() + "\",\"layers\":[" + layer
                + "],\"labelSource\":\"provided\",\"decision\":\"argmax\",\"convUnits\":\"position\","
                + "\"classNames\":[\"0\",\"1\"],\"sets\":[" + set.formatted("0") + "," + set.formatted("1/3") + "]}";
        Path file = folder.resolve("patterns.json");
        Files.writeString(file, json);
        return (PatternFile) new PatternFileKind().open(Location.of(file));
    }

    static ArrayDataset references() {
        return new ArrayDataset(
                "toy",
                new float[][] {{.1f, .1f}, {1, 0}, {.9f, .9f}},
                new int[] {0, 1, 0},
                List.of("0", "1"),
                2);
    }

    static VerifyParameters parameters(Query query, String... changes) throws Exception {
        java.util.Map<String, String> values = new java.util.LinkedHashMap<>();
        values.put("query", query.toString());
        values.put("timeout", "30");
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return dev.assay.analysis.ParameterSet.of(VerifyParameters.class).parse(values);
    }
}
