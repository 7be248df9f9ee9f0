package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.InputException;
import dev.assay.data.fetch.DatasetFetcher;
import dev.assay.data.fetch.KnownDataset;
import dev.assay.run.Catalogue;
import dev.assay.run.fake.TextKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command line for tests: what it printed, what it returned, how the window was asked for. */
final class Cli {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<List<String>> windows = new ArrayList<>();
    private final CommandLineApp app;
    private final CommandLineApp.Session session;

    Cli(boolean terminal, Analysis<?>... analyses) {
        this(terminal, new Catalogue(List.of(analyses), List.of(new TextKind())));
    }

    Cli(boolean terminal, Catalogue catalogue) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                80);
        session = new CommandLineApp.Session(console, () -> catalogue, windows::add, this::fetch, false);
        app = new CommandLineApp(session);
    }

    Cli(Analysis<?>... analyses) {
        this(false, analyses);
    }

    /** Pretends to have fetched a dataset; {@code /offline} cannot be reached. */
    private DatasetFetcher.Fetched fetch(KnownDataset dataset, Path folder, DatasetFetcher.Progress progress)
            throws InputException {
        if (folder.equals(Path.of("/offline"))) {
            throw new InputException("there is no connection", dataset.title(), "try again when there is one");
        }
        progress.bytes(20_000_000, 40_000_000);
        Path own = folder.resolve(dataset.id());
        return new DatasetFetcher.Fetched(own, dataset.train(own), dataset.test(own));
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        return app.run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }

    List<List<String>> windows() {
        return windows;
    }

    CommandLineApp.Session session() {
        return session;
    }
}
