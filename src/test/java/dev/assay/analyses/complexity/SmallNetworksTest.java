package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.result.Scalar;
import dev.assay.data.Dataset;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.onnx.OnnxModel;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunRequest;
import dev.assay.run.fake.MemoryStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trained networks from file to file: analysed, merged, written, and the written file evaluated again. */
class SmallNetworksTest {

    private static final Path DATA = Path.of("../shared/data");

    @TempDir
    private Path folder;

    private static double scalar(Run run, String id) {
        return run.results().stream()
                .filter(r -> r instanceof Scalar && r.id().equals(id))
                .mapToDouble(r -> ((Scalar) r).value())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no scalar " + id));
    }

    private static Location samples(String name, String layout) {
        if (name.endsWith(".gz")) {
            return new Location(DATA.resolve(name), Map.of("range", "0:2000"));
        }
        Map<String, String> options =
                new LinkedHashMap<>(Map.of("label", "first", "shape", "32x32x3", "layout", layout, "scale", "255"));
        if (layout.equals("nchw")) {
            options.put("mean", "0.485,0.456,0.406");
            options.put("std", "0.225,0.225,0.225");
        }
        return new Location(DATA.resolve(name), options);
    }

    /** Accuracies before are those of the data's own description, counts are those of a run of this analysis. */
    @ParameterizedTest
    @CsvSource({
        "cifar10-small/cifar_base_kw.onnx, cifar10-small/cifar10_test_100.csv, nchw, 0.1, 0.73, 124, 116",
        "cifar10-small/cifar_deep_kw.onnx, cifar10-small/cifar10_test_100.csv, nchw, 0.2, 0.58, 132, 102",
        "cifar10-small/cifar10_small.onnx, cifar10-small/cifar10_test_100.csv, nhwc, 0.2, 0.61, 216, 195",
        "mnistfc/mnist-net_256x2.onnx, mnist/t10k-images-idx3-ubyte.gz, '', 0.05, , 512, 493",
        "mnistfc/mnist-net_256x4.onnx, mnist/t10k-images-idx3-ubyte.gz, '', 0.05, , 1024, 1002"
    })
    void theMergedFileIsWorthWhatTheRunSays(
            String network, String data, String layout, String beta, Double before, int features, int complexity)
            throws Exception {
        assumeTrue(Files.exists(DATA.resolve(network)) && Files.exists(DATA.resolve(data)), network + " is not there");
        Location samples = samples(data, layout);
        Map<String, String> parameters = new LinkedHashMap<>(
                ParameterSet.of(ComplexityParameters.class).toText(ComplexityParameters.defaults()));
        parameters.putAll(Map.of("beta", beta, "betas", beta, "exportModel", "true"));
        Run run;
        try (RunQueue queue = RunQueue.inline(Catalogue.load(), new MemoryStore(folder))) {
            run = queue.submit(new RunRequest(
                    "feature-complexity",
                    Map.of("model", List.of(Location.of(DATA.resolve(network))), "test", List.of(samples)),
                    parameters,
                    0,
                    "cpu",
                    2));
        }

        assertThat(run.failure()).isEmpty();
        assertThat(scalar(run, "features")).isEqualTo(features);
        assertThat(scalar(run, "complexity")).isEqualTo(complexity);
        if (before != null) {
            assertThat(scalar(run, "accuracy_before")).isEqualTo(before);
        }
        try (OnnxModel merged = (OnnxModel) new OnnxKind().open(Location.of(run.folder().resolve("merged.onnx")));
                Dataset dataset = (Dataset) Catalogue.load().open(samples)) {
            double accuracy = new Evaluation(dataset, merged, 2, () -> {}).measure(merged).accuracy();
            assertThat(accuracy).isEqualTo(scalar(run, "accuracy_after"));
            assertThat(accuracy).isCloseTo(scalar(run, "accuracy_before"), within(0.05));
        }
    }
}
