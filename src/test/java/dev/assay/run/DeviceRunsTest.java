package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.Location;
import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.DevicesOf;
import dev.assay.compute.cpu.CpuProvider;
import dev.assay.compute.opencl.FailingOpenCl;
import dev.assay.compute.opencl.OpenClDevice;
import dev.assay.run.fake.MemoryStore;
import dev.assay.run.json.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the analyses that have kernels behind OpenCL: the device is really used, and finds what the processor finds. */
class DeviceRunsTest {

    private static final Path SAMPLES = Path.of("sample-data");
    private static final Path DIGITS = SAMPLES.resolve("models/digits-784-256x4-10.onnx");
    private static final double TOLERANCE = 1e-9;
    private static final List<String> RESULTS = List.of(
            "scalars", "tables", "curves", "distributions", "heatmaps", "scatters", "graphs", "rankings",
            "dendrograms");

    @TempDir
    private Path folder;

    private JsonNode run(String analysis, Map<String, Path> inputs, Map<String, String> parameters, String device)
            throws Exception {
        List<String> warnings = new ArrayList<>();
        JsonNode result = run(analysis, inputs, parameters, device, Devices::detect, warnings);
        assertThat(warnings).noneMatch(text -> text.contains("instead"));
        return result;
    }

    private JsonNode run(
            String analysis, Map<String, Path> inputs, Map<String, String> parameters, String device,
            Supplier<Devices> devices, List<String> warnings) throws Exception {
        Map<String, List<Location>> locations = new LinkedHashMap<>();
        inputs.forEach((role, path) -> locations.put(
                role, List.of(new Location(path, path.endsWith("rows.csv") ? Map.of("label", "none") : Map.of()))));
        Path place = Files.createTempDirectory(folder, "run");
        try (RunQueue queue = RunQueue.inline(Catalogue.load(), new MemoryStore(place), devices)) {
            Run run = queue.submit(new RunRequest(analysis, locations, parameters, 0, device, 2));
            assertThat(run.failure()).isEmpty();
            assertThat(run.state()).isEqualTo(RunState.DONE);
            run.log().stream().filter(LogLine::warning).map(LogLine::text).forEach(warnings::add);
            new ResultFolder().write(run.record(), place);
            return new ObjectMapper().readTree(place.resolve(ResultFolder.RESULT).toFile());
        }
    }

    /**
     * The device is lost in the middle: the right numbers, a loud warning, and the devices named that were really used.
     *
     * @param ended whether the device has ended a call before
     */
    private void survives(
            String analysis, Map<String, Path> inputs, Map<String, String> parameters, FailingOpenCl failing,
            boolean ended) throws Exception {
        Device device = OpenClDevice.device();
        List<String> warnings = new ArrayList<>();

        JsonNode found = run(
                analysis, inputs, parameters, device.id(), () -> DevicesOf.providers(new CpuProvider(), failing),
                warnings);

        assertThat(failing.lost()).isTrue();
        assertThat(warnings).filteredOn(text -> text.contains("instead")).singleElement().asString().contains(
                device.name(), "CL_DEVICE_NOT_AVAILABLE", "the rest of this run uses the processor instead");
        assertThat(found.get("device").asText()).isEqualTo(ended ? device.id() + "+cpu" : "cpu");
        assertThat(found.get("deviceName").asText())
                .isEqualTo((ended ? device.name() + " and " : "") + "CPU, 2 threads");
        agree(found, analysis, inputs, parameters, "none");
    }

    /** @param apart paths of numbers that may differ */
    private void agree(
            String analysis, Map<String, Path> inputs, Map<String, String> parameters, String apart) throws Exception {
        Device device = OpenClDevice.device();

        JsonNode found = run(analysis, inputs, parameters, device.id());

        assertThat(found.get("device").asText()).startsWith(device.id());
        assertThat(found.get("deviceName").asText()).startsWith(device.name());
        agree(found, analysis, inputs, parameters, apart);
    }

    private void agree(
            JsonNode found, String analysis, Map<String, Path> inputs, Map<String, String> parameters, String apart)
            throws Exception {
        List<String> differences = new ArrayList<>();
        JsonNode expected = run(analysis, inputs, parameters, "cpu");
        for (String kind : RESULTS) {
            compare(kind, expected.path(kind), found.path(kind), differences);
        }
        assertThat(differences).allMatch(d -> d.matches(apart + ": .*"));
    }

    private static void compare(String path, JsonNode a, JsonNode b, List<String> differences) {
        if (a.isNumber() && b.isNumber()) {
            double size = Math.max(1, Math.abs(a.asDouble()));
            if (Math.abs(a.asDouble() - b.asDouble()) > TOLERANCE * size) {
                differences.add(path + ": " + a + " and " + b);
            }
        } else if (a.isContainerNode() && a.size() == b.size()) {
            if (a.isArray()) {
                for (int i = 0; i < a.size(); i++) {
                    compare(path + "/" + i, a.get(i), b.get(i), differences);
                }
            } else {
                a.fieldNames().forEachRemaining(
                        name -> compare(path + "/" + name, a.get(name), b.path(name), differences));
            }
        } else if (!a.equals(b)) {
            differences.add(path + ": " + a + " and " + b);
        }
    }

    @Test
    void napMining() throws Exception {
        agree(
                "nap-mining", Map.of("model", DIGITS, "train", SAMPLES.resolve("digits/test-images-idx3-ubyte.gz")),
                Map.of(), "none");
    }

    /** The curve steps at the merges' own ratios, so that the last bit of a distance decides on which side a point lies. */
    @Test
    void featureComplexity() throws Exception {
        agree("feature-complexity", Map.of("model", DIGITS), Map.of(), "curves/0/series/./y/.*");
    }

    /** All but the seconds that explainers took. */
    @Test
    void robustFidelity() throws Exception {
        agree(
                "robust-fidelity",
                Map.of("model", SAMPLES.resolve("models/ba2motifs-gcn"), "graphs", SAMPLES.resolve("ba2motifs")),
                Map.of("instances", "0-4", "samples", "20"), "tables/0/rows/./50");
    }

    @Test
    void napMiningGoesOnWithoutADeviceThatIsLost() throws Exception {
        survives(
                "nap-mining", Map.of("model", DIGITS, "train", SAMPLES.resolve("digits/test-images-idx3-ubyte.gz")),
                Map.of(), new FailingOpenCl(7, Long.MAX_VALUE), true);
    }

    @Test
    void napMiningSharesItsBatchesOut() throws Exception {
        Device device = OpenClDevice.device();
        Map<String, Path> inputs =
                Map.of("model", DIGITS, "train", SAMPLES.resolve("digits/test-images-idx3-ubyte.gz"));

        JsonNode found = run("nap-mining", inputs, Map.of(), "cpu+" + device.id());

        // Batches this small go whole to whoever is free, which may always be the same.
        assertThat(found.get("device").asText().split("\\+")).isSubsetOf("cpu", device.id());
        agree(found, "nap-mining", inputs, Map.of(), "none");
    }

    @Test
    void retrievalGoesOnWithoutADeviceThatIsLost() throws Exception {
        survives("snr-metric-learning", Map.of("embeddings", rows()), Map.of(), new FailingOpenCl(2, 20_000), false);
    }

    @Test
    void signalToNoiseRetrieval() throws Exception {
        agree("snr-metric-learning", Map.of("embeddings", rows()), Map.of(), "none");
    }

    private Path rows() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < 300; r++) {
            for (int c = 0; c < 12; c++) {
                text.append(c == 0 ? "" : ",").append((float) random.nextDouble(-1, 1));
            }
            text.append('\n');
        }
        return Files.writeString(folder.resolve("rows.csv"), text);
    }
}
