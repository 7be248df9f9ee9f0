package dev.assay.cli;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.Catalogue;
import dev.assay.run.RequestCheck;
import dev.assay.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Parameters(index = "0", paramLabel = "ANALYSIS", description = "Its id; 'assay analyses' lists them.")
    private String id;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ROLE=PATH",
            description = "An input; reading options as PATH?key=value&key=value.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "A parameter; 'assay describe ANALYSIS' lists them.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description = "cpu, gpu, auto (the default) or the id of a device; 'assay doctor' lists them.")
    private String device;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "The seed, 0 by default.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use; all of the processor's by default.")
    private Integer threads;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results.")
    private Path out;

    @Option(names = "--force",
            description = "Write into a folder that holds the results of another run, in their place.")
    private boolean force;

    @Option(names = "--json", description = "Print result.json on standard output.")
    private boolean json;

    @Option(names = "--quiet", description = "No progress and no summary.")
    private boolean quiet;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Stop after this time (90s, 15m, 2h) and keep what was found.")
    private Duration timeout;

    RunAnalysisCommand(AssayCommand root) {
        this.root = root;
    }

    static Analysis<?> analysis(Catalogue catalogue, String id) throws UsageException {
        try {
            return catalogue.analysis(id);
        } catch (AnalysisException e) {
            throw new UsageException(e.getMessage());
        }
    }

    @Override
    public Integer call() throws UsageException, AnalysisException, IOException {
        RunRequest request = request();
        boolean keep = out != null;
        if (keep) {
            checkFolder();
        }
        Path folder = keep ? out.toAbsolutePath().normalize() : Files.createTempDirectory("assay-run-");
        Execution execution = new Execution(
                root.session(), root.catalogue(), folder,
                new Execution.Options(keep, json, quiet, root.debug, timeout));
        try {
            return execution.run(request);
        } finally {
            if (!keep) {
                EarlierResults.removeTree(folder);
            }
        }
    }

    /** The request that the words stand for, every parameter filled in. */
    RunRequest request() throws UsageException, AnalysisException {
        Analysis<?> analysis = analysis(root.catalogue(), id);
        RunRequest given = new RunRequest(
                id,
                locations(),
                pairs(),
                seed,
                device,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        try {
            RequestCheck.checkForm(analysis, given);
        } catch (AnalysisException e) {
            throw new UsageException(e.getMessage());
        }
        return new RunRequest(
                id,
                given.inputs(),
                filled(ParameterSet.of(analysis.parameters()), given.parameters()),
                seed,
                device,
                given.threads());
    }

    private static <P extends Record> Map<String, String> filled(ParameterSet<P> set, Map<String, String> given)
            throws AnalysisException {
        return set.toText(set.parse(given));
    }

    private Map<String, List<Location>> locations() throws UsageException, InputException {
        Map<String, List<Location>> locations = new LinkedHashMap<>();
        for (String input : inputs) {
            int equals = input.indexOf('=');
            if (equals <= 0 || equals == input.length() - 1) {
                throw new UsageException("'" + input + "' is no input; write ROLE=PATH, e.g. model=net.onnx");
            }
            locations
                    .computeIfAbsent(input.substring(0, equals), r -> new ArrayList<>())
                    .add(Location.parse(input.substring(equals + 1)));
        }
        return locations;
    }

    private Map<String, String> pairs() throws UsageException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals <= 0) {
                throw new UsageException(
                        "'" + parameter + "' is no parameter; write -p NAME=VALUE, e.g. -p slack=0.01");
            }
            String name = parameter.substring(0, equals);
            if (pairs.put(name, parameter.substring(equals + 1)) != null) {
                throw new UsageException("the parameter '" + name + "' is given twice");
            }
        }
        return pairs;
    }

    private void checkFolder() throws UsageException, InputException, IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new InputException("this is a file, not a folder", out.toString(), "give --out a folder");
        }
        if (EarlierResults.in(out)) {
            if (!force) {
                throw new UsageException(
                        out + " holds the results of another run; give another folder, or --force to replace them");
            }
            EarlierResults.remove(out);
        }
    }
}
