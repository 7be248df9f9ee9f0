package dev.assay.cli;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.NearestNames;
import dev.assay.run.RunRequest;
import dev.assay.run.Sweep;
import dev.assay.run.SweepText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs an analysis for several values of a parameter, crossed with seeds. */
@Command(
        name = "sweep",
        description = "Run an analysis for several values of a parameter and several seeds.",
        footer = {
            "",
            "Examples:",
            "  assay sweep nap-mining model=net.onnx train=train.npz --over slack=0,0.01,0.05 --seeds 0..4 --out results",
            "  assay sweep feature-complexity model=net.onnx --over beta=0..0.2:0.05 --out results",
            "",
            "A range is FIRST..LAST, with :STEP where the step is not 1. Values of a parameter that is a list itself are"
                    + " parted by semicolons.",
            "--out writes a summary with a chart of each score against the parameter, and every run with its own"
                    + " result.json in runs/0001, runs/0002, ... After a stop --resume runs only what is missing."
        },
        mixinStandardHelpOptions = true)
final class SweepCommand implements Callable<Integer> {

    private final AssayCommand root;

    @Mixin
    private RequestWords words = new RequestWords();

    @Option(names = "--over", paramLabel = "NAME=VALUES", description = "The parameter and its values.")
    private String over;

    @Option(names = "--seeds", defaultValue = "0", paramLabel = "SEEDS",
            description = "Seeds, e.g. 0..4 or 1,5,7; 0 by default.")
    private String seeds;

    @Option(names = "--resume", description = "Go on with the sweep that was stopped in the folder of --out.")
    private boolean resume;

    @Mixin
    private OutputWords output = new OutputWords();

    SweepCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws UsageException, AnalysisException, IOException {
        if (resume && !output.keeps()) {
            throw new UsageException("--resume goes on with what is in a folder; name it with --out DIR");
        }
        return output.execute(root, request(), resume);
    }

    /** The sweep as a request. */
    RunRequest request() throws UsageException, AnalysisException {
        Analysis<?> analysis = words.analysis(root.catalogue());
        List<Long> chosen = SweepText.seeds(seeds);
        RunRequest base = words.request(root.catalogue(), chosen.getFirst());
        Sweep sweep;
        if (over == null) {
            sweep = new Sweep(base, "", List.of(), chosen);
        } else {
            int equals = over.indexOf('=');
            if (equals <= 0 || equals == over.length() - 1) {
                throw new UsageException(
                        "'" + over + "' is no sweep; write --over NAME=VALUES, e.g. slack=0,0.01,0.05");
            }
            String name = over.substring(0, equals);
            sweep = new Sweep(base, name, values(analysis, name, over.substring(equals + 1)), chosen);
        }
        sweep.check(analysis);
        return sweep.request();
    }

    private static List<String> values(Analysis<?> analysis, String name, String text)
            throws UsageException, AnalysisException {
        ParameterSet<?> set = ParameterSet.of(analysis.parameters());
        ParameterDescriptor parameter = set.descriptor(name)
                .orElseThrow(() -> new UsageException("there is no parameter '" + name + "'; "
                        + NearestNames.hint(name,
                                set.descriptors().stream().map(ParameterDescriptor::name).toList())));
        return SweepText.values(text, parameter);
    }
}
