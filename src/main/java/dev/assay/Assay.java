package dev.assay;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.cli.CommandLineApp;
import dev.assay.cli.Console;
import dev.assay.run.Catalogue;
import dev.assay.ui.shell.AssayWindow;
import dev.assay.workspace.UserFolders;
import java.util.Arrays;
import java.util.List;

/** The program: the window, or a command. */
public final class Assay {

    private Assay() {}

    /** Starts it; see {@code assay --help}. */
    public static void main(String[] given) {
        String[] arguments = CommandLineApp.completed(given);
        prepareLog(arguments);
        CommandLineApp app = new CommandLineApp(
                Console.system(), () -> Catalogue.load(UserFolders.find().plugins()), Assay::openWindow, true);
        System.exit(app.run(arguments));
    }

    /** Before any class with a logger is touched, since the log reads these once. */
    private static void prepareLog(String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        if (words.contains("--debug")) {
            System.setProperty("assay.log.level", "DEBUG");
            System.setProperty("assay.log.libraries", "WARN");
        }
        if (words.stream().allMatch(w -> w.equals("--debug")) || words.contains("gui")) {
            System.setProperty("assay.log.folder", UserFolders.find().state().toString());
            System.setProperty("logback.configurationFile", "logback-window.xml");
        }
    }

    /** Returns when the window was closed or, without a display, when the tour of the sample has ended. */
    private static void openWindow(List<String> arguments) throws AnalysisException {
        try {
            AssayWindow.open(arguments, System.out::println);
        } catch (UnsupportedOperationException e) {
            throw new InputException(
                    "the window cannot open (" + e.getMessage() + ")",
                    "",
                    "start Assay where there is a display, or use its commands ('assay --help')",
                    e);
        }
    }
}
