package dev.assay.cli;

import dev.assay.analysis.InputException;
import dev.assay.report.FolderSource;
import dev.assay.report.Report;
import dev.assay.report.ReportFiles;
import dev.assay.report.ReportRun;
import dev.assay.report.StoppedException;
import dev.assay.report.Templates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a report of runs. */
@Command(
        name = "report",
        description = "Make a report of one or more runs, as HTML or PDF.",
        footer = {
            "",
            "Example:",
            "  assay report results/slack-1 results/slack-5 --to comparison.html --to comparison.pdf",
            "",
            "A run that cannot be read is named in the report and on standard error; the others are reported."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private final AssayCommand root;

    @Parameters(arity = "1..*", paramLabel = "RUN_DIR",
            description = "Folders of runs, as 'assay run --out' leaves them.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "The report's file; .html or .pdf says which. May be given several times.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "runs (one after the other), comparison or card (a model card). Several runs of one analysis"
                    + " are compared by default.")
    private String template;

    @Option(names = "--title", paramLabel = "TEXT", description = "The report's title.")
    private String title;

    @Option(names = "--quiet", description = "Do not say what was written.")
    private boolean quiet;

    ReportCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() throws UsageException, InputException, StoppedException {
        for (Path file : files) {
            ReportFiles.Format.of(file);
        }
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new InputException(
                        "there is no such folder", folder.toString(), "give the folder of a run, as --out named it");
            }
        }
        FolderSource source = new FolderSource(null);
        List<String> keys = folders.stream().map(Path::toString).toList();
        List<ReportRun> runs = keys.stream().map(source::run).toList();
        List<ReportRun> read = runs.stream().filter(r -> r.run() != null).toList();
        if (read.isEmpty()) {
            throw new InputException(
                    (keys.size() == 1 ? "this cannot be read as a run ("
                            : "none of these can be read as a run (the first: ")
                            + runs.getFirst().problem().replaceFirst("\\.$", "") + ")",
                    keys.getFirst(),
                    "give the folder of a run that has ended");
        }
        for (ReportRun run : runs) {
            if (run.run() == null) {
                root.console().err().println(Console.plain("Warning: " + run.name() + ": " + run.problem()));
            }
        }
        Report report = chosen(read).of(keys, source);
        if (title != null) {
            report = report.withTitle(title);
        }
        for (Path file : files) {
            List<Path> beside = ReportFiles.write(report, source, file, () -> false);
            if (!quiet) {
                root.console().out().println("Report: " + file);
                beside.forEach(t -> root.console().out().println("Table: " + t));
            }
        }
        return ExitCode.DONE;
    }

    private Templates chosen(List<ReportRun> read) throws UsageException {
        if (template != null) {
            return switch (template.toLowerCase(Locale.ROOT)) {
                case "runs" -> Templates.ONE_RUN;
                case "comparison" -> Templates.COMPARISON;
                case "card" -> Templates.MODEL_CARD;
                default -> throw new UsageException(
                        "there is no template '" + template + "'; give runs, comparison or card");
            };
        }
        boolean alike = read.stream()
                .map(r -> r.run().request().analysis())
                .distinct()
                .count() == 1;
        return folders.size() > 1 && alike ? Templates.COMPARISON : Templates.ONE_RUN;
    }
}
