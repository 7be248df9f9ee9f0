package dev.assay;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.cli.CommandLineApp;
import dev.assay.cli.Console;
import dev.assay.run.Catalogue;
import dev.assay.ui.shell.WindowStart;
import dev.assay.workspace.UserFolders;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The program: the window, or a command. */
public final class Assay {

    private Assay() {}

    /** Starts it; see {@code assay --help}. */
    public static void main(String[] given) {
        String[] arguments = CommandLineApp.completed(given);
        boolean window = opensWindow(arguments);
        boolean debug = Arrays.asList(arguments).contains("--debug");
        if (window) {
            Logging.ofWindow(debug, UserFolders.find().state());
        } else {
            Logging.ofCommand(debug);
        }
        Optional<WindowStart> early = window ? Optional.of(WindowStart.begin()) : Optional.empty();
        CommandLineApp app = new CommandLineApp(
                Arrays.asList(arguments).contains("--json") ? Console.systemForJson() : Console.system(),
                () -> Catalogue.load(UserFolders.find().plugins()),
                words -> openWindow(early.orElseGet(WindowStart::begin), words),
                true);
        System.exit(app.run(arguments));
    }

    private static boolean opensWindow(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        return words.stream().allMatch(w -> w.equals("--debug"))
                || words.contains("gui") && !words.contains("--help") && !words.contains("-h");
    }

    /** Returns when the window was closed or, without a display, when the tour of the sample has ended. */
    private static void openWindow(WindowStart start, List<String> arguments) throws AnalysisException {
        try {
            start.open(arguments, System.out::println);
        } catch (UnsupportedOperationException e) {
            throw new InputException(
                    "the window cannot open (" + e.getMessage() + ")",
                    "",
                    "start Assay where there is a display, or use its commands ('assay --help')",
                    e);
        }
    }
}
