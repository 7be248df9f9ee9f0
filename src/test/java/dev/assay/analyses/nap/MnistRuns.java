package dev.assay.analyses.nap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.analysis.Exact;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.idx.IdxKind;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The shared MNIST data and networks, and parameters for mining them. */
public final class MnistRuns {

    public static final Path DATA = Path.of("../shared/data");

    private MnistRuns() {}

    /** Skips the test where the shared data is not there. */
    public static void assumeData() {
        assumeTrue(
                Files.isDirectory(DATA.resolve("mnist")) && Files.isDirectory(DATA.resolve("mnistfc")),
                "the shared MNIST data is not beside the project");
    }

    public static Model model(String layers) throws Exception {
        return (Model) new OnnxKind().open(Location.of(DATA.resolve("mnistfc/mnist-net_" + layers + ".onnx")));
    }

    public static Dataset train() throws Exception {
        return (Dataset) new IdxKind().open(Location.of(DATA.resolve("mnist/train-images-idx3-ubyte.gz")));
    }

    public static Dataset train(int count) throws Exception {
        return (Dataset) new IdxKind()
                .open(new Location(
                        DATA.resolve("mnist/train-images-idx3-ubyte.gz"), Map.of("range", ":" + count)));
    }

    public static Dataset test() throws Exception {
        return (Dataset) new IdxKind().open(Location.of(DATA.resolve("mnist/t10k-images-idx3-ubyte.gz")));
    }

    public static Inputs inputs(Model model, Dataset train, Dataset test) {
        Inputs inputs = Inputs.of("model", model).with("train", train);
        return test == null ? inputs : inputs.with("test", test);
    }

    public static List<Exact> slacks(String... texts) {
        return Stream.of(texts).map(Exact::parse).toList();
    }

    public static NapParameters parameters(String slack, String layers, LabelSource source, String... slacks) {
        NapParameters defaults = NapParameters.defaults();
        return new NapParameters(
                Exact.parse(slack),
                slacks(slacks),
                source,
                defaults.decision(),
                layers,
                defaults.convUnits(),
                defaults.excludeDead(),
                defaults.regionSamples(),
                defaults.regionRadius());
    }
}
