package dev.assay.cli;

import dev.assay.analysis.AnalysisException;
import dev.assay.run.Catalogue;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself; without a subcommand it opens the window. */
@Command(
        name = "assay",
        description = "A workbench for analysing neural networks. Without a command it opens the window.",
        versionProvider = CommandLineApp.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:internal error",
            "2:wrong usage",
            "3:bad input",
            "4:cancelled, or the time was up"
        })
final class AssayCommand implements Callable<Integer> {

    private final CommandLineApp.Session session;
    private Catalogue catalogue;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log what is done and show where a problem arose.")
    boolean debug;

    AssayCommand(CommandLineApp.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws AnalysisException {
        return openWindow(List.of());
    }

    int openWindow(List<String> arguments) throws AnalysisException {
        session.window().open(arguments);
        return ExitCode.DONE;
    }

    CommandLineApp.Session session() {
        return session;
    }

    Console console() {
        return session.console();
    }

    Catalogue catalogue() {
        if (catalogue == null) {
            catalogue = session.catalogue().get();
            catalogue.problems().forEach(p -> console().err().println("Warning: " + p));
        }
        return catalogue;
    }
}
