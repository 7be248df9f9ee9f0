package dev.assay.model.gnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.Kernels;
import dev.assay.data.graph.GraphBenchmark;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphTask;
import dev.assay.data.graph.TuFolderKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GnnFilesTest {

    @TempDir
    Path folder;

    private static GnnModel open(Path path) throws InputException {
        Location location = Location.of(path);
        assertThat(new GnnFolderKind().recognises(location)).isTrue();
        return new GnnFolderKind().open(location);
    }

    @Test
    void aSavedFolderReadsBackToTheBit() throws Exception {
        for (GnnConfig.Architecture architecture : GnnConfig.Architecture.values()) {
            GnnModel model = ExampleA.model(architecture, GraphTask.NODE, true, true);
            Path own = folder.resolve(architecture.toString());
            GnnFiles.writeFolder(model, own);
            GnnModel read = open(own);
            assertThat(read.config()).isEqualTo(model.config());
            assertThat(read.weights().tensors().keySet()).isEqualTo(model.weights().tensors().keySet());
            read.weights().tensors().forEach((name, t) -> {
                assertThat(t.values()).as(name).isEqualTo(model.weights().get(name).values());
                assertThat(t.shape()).as(name).isEqualTo(model.weights().get(name).shape());
            });
            assertThat(open(own.resolve("config.json")).config()).isEqualTo(model.config());
            assertThat(open(own.resolve("model.safetensors")).config()).isEqualTo(model.config());
            assertThat(read.notes()).isEmpty();
            assertThat(read.files()).hasSize(2);
        }
    }

    @Test
    void theShippedNetworkComputesItsLogits() throws Exception {
        Path data = Path.of("../shared/data/ba2motifs");
        assumeTrue(Files.exists(data), "the data set ba2motifs is not here");
        Location location = Location.of(data.resolve("ba2motifs-gcn3.json"));
        assertThat(new GnnJsonKind().recognises(location)).isTrue();
        GnnModel model = new GnnJsonKind().open(location);
        GraphDataset graphs = new TuFolderKind().open(Location.of(data));
        double[][] golden = {
            {2.6276004, -2.6188312}, {2.6383622, -2.5736775}, {2.6932812, -2.6659291}, {2.6758745, -2.6492784}
        };
        try (Kernels kernels = Kernels.cpu(1)) {
            BatchedGraphConvolution kernel = kernels.get(BatchedGraphConvolution.class);
            for (int g = 0; g < golden.length; g++) {
                double[] logits = model.prepare(kernel, graphs.graph(g), model.features(graphs, graphs.graph(g)))
                        .logits();
                assertThat(logits).containsExactly(golden[g], within(1e-5));
            }
            int[] all = java.util.stream.IntStream.range(0, 1000).toArray();
            assertThat(new Scoring(kernel, model, graphs).score(model.weights(), all).accuracy()).isGreaterThan(0.995);
        }
    }

    @Test
    void theJsonFormHoldsWhatFitsItAndReadsBack() throws Exception {
        GnnModel model = open(Path.of("sample-data/models/ba2motifs-gcn"));
        assertThat(GnnFiles.whyNotJson(model)).isEmpty();
        Path file = folder.resolve("net.json");
        GnnFiles.writeJson(model, file);
        GnnModel read = new GnnJsonKind().open(Location.of(file));
        read.weights().tensors().forEach(
                (name, t) -> assertThat(t.values()).as(name).isEqualTo(model.weights().get(name).values()));
        assertThat(GnnFiles.whyNotJson(ExampleA.gcn())).get().asString().contains("save the folder instead");
    }

    @Test
    void theSampleNetworkKnowsItsGraphs() throws Exception {
        GnnModel model = open(Path.of("sample-data/models/ba2motifs-gcn"));
        GraphDataset fresh = GraphBenchmark.twoMotifs(100, 77);
        try (Kernels kernels = Kernels.cpu(1)) {
            BatchedGraphConvolution kernel = kernels.get(BatchedGraphConvolution.class);
            int[] all = java.util.stream.IntStream.range(0, 100).toArray();
            assertThat(new Scoring(kernel, model, fresh).score(model.weights(), all).accuracy()).isGreaterThan(0.9);
        }
    }

    @Test
    void namesOfNormalisationMayHaveTheModulesPrefix() throws Exception {
        GnnConfig config = configWithBatchNorm();
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>();
        GnnInit.random(config, 1).tensors().forEach(
                (name, t) -> tensors.put(name.replace("norms.0.", "norms.0.module."), t));
        tensors.put("norms.0.module.num_batches_tracked", new GnnWeights.Tensor(new int[0], new double[] {7}));
        GnnModel model = GnnModel.of("prefixed", config, new GnnWeights(tensors));
        assertThat(model.weights().get("norms.0.running_var")).isNotNull();
        assertThat(model.weights().tensors()).doesNotContainKey("norms.0.num_batches_tracked");
    }

    private static GnnConfig configWithBatchNorm() {
        GnnConfig c = ExampleA.config(GnnConfig.Architecture.GCN, GraphTask.GRAPH, false, true);
        return new GnnConfig(
                c.architecture(), c.task(), c.inputWidth(), c.classes(),
                java.util.List.of(
                        new GnnConfig.GnnLayer(3, java.util.List.of(
                                GnnConfig.Step.CONV, GnnConfig.Step.RELU, GnnConfig.Step.BATCHNORM)),
                        c.layers().get(1)),
                c.readout(), false, true, 0, true, 1e-5, c.features(), c.classNames(), Map.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "convs.1.lin.weight|missing|the weights lack the tensor convs.1.lin.weight, expected shape [3, 3]",
        "lin.bias|missing|the weights lack the tensor lin.bias, expected shape [2]",
        "lin.weight|5|the tensor lin.weight has the shape [5], expected [2, 6]",
        "convs.0.bias|5|the tensor convs.0.bias has the shape [5], expected [3]",
        "convs.2.lin.weight|5|the weights hold the tensor convs.2.lin.weight [5], which the configuration has no place",
        "convs.0.bias|nan|the tensor convs.0.bias holds NaN at place 1"})
    void weightsThatDoNotFitAreNamedWithBothShapes(String name, String change, String what) {
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>(ExampleA.gcnWeights().tensors());
        switch (change) {
            case "missing" -> tensors.remove(name);
            case "nan" -> tensors.put(name, GnnWeights.Tensor.vector(1, Double.NaN, 1));
            default -> tensors.put(name, GnnWeights.Tensor.vector(1, 2, 3, 4, 5));
        }
        GnnConfig config = ExampleA.config(GnnConfig.Architecture.GCN, GraphTask.GRAPH, false, true);
        assertThatThrownBy(() -> GnnModel.of("changed", config, new GnnWeights(tensors)))
                .isInstanceOf(InputException.class).hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"assay.gnn/1\"|\"assay.gnn/2\"|the format is",
        "\"gcn\"|\"gat\"|'architecture' is \"gat\"; use gcn or gin",
        "\"task\" : \"graph\"|\"task\" : \"edge\"|'task' is \"edge\"",
        "\"inputWidth\" : 3|\"inputWidth\" : 0|'inputWidth' is 0",
        "\"classes\" : 2|\"klasses\" : 2|the key 'classes' is missing",
        "\"width\" : 3|\"width\" : 1e9|'layers[0].width' is",
        "\"conv\", \"relu\"|\"relu\", \"conv\"|'layers[0].steps' is",
        "\"max\", \"mean\"|\"median\"|'readout' is \"median\"",
        "\"stored\"|\"random\"|'features.source' is \"random\"",
        "\"epsilon\" : 0.1|\"epsilon\" : \"a\"|'epsilon' is"})
    void wrongConfigurationsAreExplained(String from, String to, String what) throws Exception {
        GnnFiles.writeFolder(ExampleA.gcn(), folder);
        Path config = folder.resolve("config.json");
        String text = Files.readString(config);
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        Files.writeString(config, text.substring(0, at) + to + text.substring(at + from.length()));
        assertThatThrownBy(() -> new GnnFolderKind().open(Location.of(folder))).isInstanceOf(InputException.class)
                .hasMessageContaining("config.json").hasMessageContaining(what);
    }

    @Test
    void aCutConfigurationIsToldAsSuch() throws Exception {
        GnnFiles.writeFolder(ExampleA.gcn(), folder);
        Files.writeString(folder.resolve("config.json"), "{ \"format\" :");
        assertThat(new GnnFolderKind().recognises(Location.of(folder))).isTrue();
        assertThatThrownBy(() -> open(folder)).isInstanceOf(InputException.class).hasMessageContaining("config.json");
    }

    @Test
    void anUnknownKeyIsANote() throws Exception {
        GnnFiles.writeFolder(ExampleA.gcn(), folder);
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{ \"dropout\": 0.5,"));
        assertThat(open(folder).notes()).hasSize(1).first().asString().contains("'dropout'");
    }

    @Test
    void weightsThatAreNotThereAreAskedFor() throws Exception {
        GnnFiles.writeFolder(ExampleA.gcn(), folder);
        Files.delete(folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("model.safetensors is missing");
    }

    private void hostile(String header, int data, String what) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        refused(file.array(), what);
    }

    private void refused(byte[] bytes, String what) throws IOException {
        Path file = folder.resolve("hostile.safetensors");
        Files.write(file, bytes);
        assertThatThrownBy(() -> Safetensors.read(file)).as(what).isInstanceOf(InputException.class)
                .hasMessageContaining("hostile.safetensors").hasMessageContaining(what);
    }

    @Test
    void hostileSafetensorsAreRefused() throws Exception {
        refused(new byte[] {1, 2, 3}, "ends within its first 8 bytes");
        refused(ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40).array(),
                "declares a length of 1099511627776 bytes");
        refused(ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1).array(),
                "declares a length of 18446744073709551615 bytes");
        hostile("not json", 0, "its header is no JSON");
        hostile("[1]", 0, "its header is no JSON object");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\","
                + "\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "Duplicate");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000],\"data_offsets\":[0,4000000000]}}", 4,
                "lies at bytes 0 to 4000000000 of 4");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,4]}}", 4,
                "has 4 bytes, its shape asks for");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4, "its shape asks for 8");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4, "lies at bytes 4 to 0");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "has the dimension -1");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\","
                + "\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "within the one before");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "a gap after");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8, "4 bytes follow");
        hostile("{\"a\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 2, "has the type 'BF16'");
        hostile("{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}", 4, "has no shape or no place");
        hostile("{\"a\":7}", 0, "the tensor a has the type ''");
    }

    @Test
    void aFileCutShortIsRefused() throws Exception {
        byte[] whole = Safetensors.bytes(ExampleA.gcnWeights());
        for (int length = 0; length < whole.length; length += 7) {
            Path file = folder.resolve("cut.safetensors");
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(InputException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "{\"kind\":\"gin\",\"state\":{}}|the kind is \"gin\"",
        "{\"kind\":\"gcn\",\"state\":{}}|'W.0' are missing",
        "{\"kind\":\"gcn\",\"state\":{\"W.0\":[[1],[1,2]]}}|2 numbers in row 1",
        "{\"kind\":\"gcn\",\"state\":{\"W.0\":[[1]],\"b.0\":[1]}}|the tensor lin.weight is missing",
        "{\"kind\":\"gcn\",\"state\":{\"W.0\":[[1]],\"b.0\":[1],\"lin.weight\":[[1]],\"lin.bias\":[1]}}|lin.weight has the shape [1, 1], expected [1, 2]",
        "{\"kind\":\"gcn\",\"state\":{\"W.0\":[[1]],\"b.0\":[1],\"lin.weight\":[[1,2]],\"lin.bias\":[1],\"x\":1}}|the tensor x, which",
        "{\"kind\":\"gcn\",\"state\":{\"W.0\":[[\"a\"]],\"b.0\":[1]}}|the tensor W.0 holds \"a\"",
        "{\"kind\":\"gcn\",|this is no readable JSON"})
    void wrongJsonModelsAreExplained(String text, String what) throws Exception {
        Path file = folder.resolve("net.json");
        Files.writeString(file, text);
        assertThatThrownBy(() -> new GnnJsonKind().open(Location.of(file))).isInstanceOf(InputException.class)
                .hasMessageContaining("net.json").hasMessageContaining(what);
    }

    @Test
    void featuresOfAnotherWidthNameBothNumbers() throws Exception {
        GnnModel model = ExampleA.gcn();
        GraphDataset none = GraphBenchmark.twoMotifs(2, 1);
        assertThatThrownBy(() -> model.features(none, none.graph(0))).isInstanceOf(InputException.class)
                .hasMessageContaining("the data holds none");
        GraphDataset narrow = dev.assay.data.graph.GraphList.of(
                "narrow", GraphTask.GRAPH,
                java.util.List.of(dev.assay.data.graph.GraphSample.of(1).features(2, new double[2]).build()),
                java.util.List.of());
        assertThatThrownBy(() -> model.features(narrow, narrow.graph(0))).isInstanceOf(InputException.class)
                .hasMessageContaining("2 node features and the network takes 3");
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws Exception {
        Path inTheWay = Files.createDirectories(folder.resolve(GnnFiles.WEIGHTS).resolve("full")).getParent();
        GnnModel model = ExampleA.model(GnnConfig.Architecture.GCN, GraphTask.GRAPH, true, true);
        assertThatThrownBy(() -> GnnFiles.writeFolder(model, folder)).isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).containsExactly(inTheWay.getFileName().toString());
    }

    /** JSON has no order of keys, and names of many classes are long. */
    @Test
    void aConfigurationIsRecognisedWhereverItsFormatStands() throws Exception {
        Path config = folder.resolve(GnnFiles.CONFIG);
        Files.writeString(
                config, "{\"classNames\": [\"" + "a name ".repeat(1500) + "\"], \"format\": \"assay.gnn/1\"}");
        assertThat(new GnnFolderKind().recognises(Location.of(folder))).isTrue();
    }
}
