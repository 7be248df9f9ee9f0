package dev.assay.cli;

import dev.assay.analysis.AnalysisException;
import dev.assay.run.RunRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an analysis. */
@Command(
        name = "run",
        description = "Run an analysis.",
        footer = {
            "",
            "Example:",
            "  assay run nap-mining model=net.onnx train=train-images-idx3-ubyte.gz -p slack=0.01 --out results",
            "",
            "--out writes result.json, a CSV file per table and the charts as SVG. --json prints result.json and nothing"
                    + " else on standard output. Ctrl+C stops the run and keeps what it has found."
        },
        mixinStandardHelpOptions = true)
final class RunAnalysisCommand implements Callable<Integer> {

    private final AssayCommand root;

    @Mixin
    private RequestWords words = new RequestWords();

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "The seed, 0 by default.")
    private long seed;

    @Mixin
    private OutputWords output = new OutputWords();

    RunAnalysisCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws UsageException, AnalysisException, IOException {
        return output.execute(root, request(), false);
    }

    /** The request that the words stand for, every parameter filled in. */
    RunRequest request() throws UsageException, AnalysisException {
        return words.request(root.catalogue(), seed);
    }
}
