package dev.assay.cli;

import dev.assay.analysis.InputException;
import dev.assay.data.graph.GraphBenchmark;
import dev.assay.data.graph.GraphList;
import dev.assay.data.graph.TuFolderWriter;
import dev.assay.run.IoReason;
import dev.assay.run.NearestNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes benchmark graphs with known explanations. */
@Command(
        name = "generate",
        description = "Make benchmark graphs with known explanations as a TU folder: ba-2motifs, ba-shapes, tree-cycles"
                + " or tree-grid.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

    private static final int MOST_GRAPHS = 1_000_000;

    private final AssayCommand root;

    @Parameters(index = "0", paramLabel = "NAME", description = "ba-2motifs, ba-shapes, tree-cycles or tree-grid.")
    private String name;

    @Parameters(index = "1", paramLabel = "DIR", description = "Folder for the files; made, or empty.")
    private Path folder;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same graphs (default 0).")
    private long seed;

    @Option(
            names = "--graphs",
            paramLabel = "N",
            description = "Number of graphs of ba-2motifs (default 1000).")
    private int graphs = GraphBenchmark.GRAPHS;

    GenerateCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws UsageException, InputException {
        List<String> names = Arrays.stream(GraphBenchmark.values()).map(GraphBenchmark::toString).toList();
        int index = names.indexOf(name);
        if (index < 0) {
            throw new UsageException("there is no benchmark '" + name + "'; " + NearestNames.hint(name, names));
        }
        if (graphs < 2 || graphs > MOST_GRAPHS) {
            throw new UsageException("--graphs is " + graphs + "; from 2 to " + MOST_GRAPHS + " are possible");
        }
        GraphBenchmark benchmark = GraphBenchmark.values()[index];
        GraphList data = benchmark == GraphBenchmark.BA_2MOTIFS
                ? GraphBenchmark.twoMotifs(graphs, seed)
                : benchmark.generate(seed);
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> inside = Files.list(folder)) {
                    if (inside.findAny().isPresent()) {
                        throw new UsageException(folder + " is not empty; give another folder");
                    }
                }
            }
            TuFolderWriter.write(data, folder, benchmark.prefix());
        } catch (IOException e) {
            throw new InputException(
                    "the graphs cannot be written (" + IoReason.of(e) + ")", folder.toString(),
                    "give a folder that may be written", e);
        }
        root.console().out().println("graphs=" + folder);
        return ExitCode.DONE;
    }
}
