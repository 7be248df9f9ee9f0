package dev.assay.cli;

import dev.assay.analysis.InputException;
import dev.assay.data.fetch.DatasetCache;
import dev.assay.data.fetch.DatasetFetcher;
import dev.assay.data.fetch.KnownDataset;
import dev.assay.run.NearestNames;
import dev.assay.text.Numbers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a well-known dataset. */
@Command(
        name = "fetch",
        description = "Fetch a well-known dataset: mnist, fashion-mnist or cifar-10.",
        mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {

    private static final long SPARSE_BYTES = 10_000_000;

    private final AssayCommand root;
    private final DatasetFetcher fetcher;
    private long told;

    @Parameters(paramLabel = "NAME", description = "mnist, fashion-mnist or cifar-10.")
    private String name;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder in which the dataset's own folder is made; by default the user's cache folder.")
    private Path folder;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    FetchCommand(AssayCommand root, DatasetFetcher fetcher) {
        this.root = root;
        this.fetcher = fetcher;
    }

    @Override
    public Integer call() throws UsageException, InputException {
        KnownDataset dataset = Arrays.stream(KnownDataset.values())
                .filter(d -> d.id().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        Console console = root.console();
        if (!quiet) {
            console.err().println(dataset.about());
        }
        DatasetFetcher.Fetched fetched;
        try {
            fetched = fetcher.fetch(dataset, folder == null ? DatasetCache.folder() : folder, this::progress);
        } finally {
            if (console.terminal() && !quiet) {
                console.err().print("\r\u001b[K");
                console.err().flush();
            }
        }
        console.out().println("train=" + fetched.train());
        console.out().println("test=" + fetched.test());
        return ExitCode.DONE;
    }

    private static UsageException unknown(String name) {
        List<String> names =
                Arrays.stream(KnownDataset.values()).map(KnownDataset::id).collect(Collectors.toList());
        return new UsageException("there is no dataset '" + name + "'; " + NearestNames.hint(name, names));
    }

    private void progress(long done, long total) {
        if (quiet) {
            return;
        }
        Console console = root.console();
        String line =
                Console.plain("Fetching  " + Numbers.bytes(done) + (total > 0 ? " of " + Numbers.bytes(total) : ""));
        if (console.terminal()) {
            console.err().print("\r\u001b[K" + line);
            console.err().flush();
        } else if (done - told >= SPARSE_BYTES) {
            told = done;
            console.err().println(line);
        }
    }
}
