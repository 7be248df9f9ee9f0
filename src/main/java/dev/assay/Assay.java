package dev.assay;

import dev.assay.cli.CommandLineApp;
import dev.assay.cli.Console;
import dev.assay.run.Catalogue;
import dev.assay.workspace.UserFolders;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/** The program: the window, or a command. */
public final class Assay {

    private static final String WINDOW = "dev.assay.ui.shell.AssayWindow";

    private Assay() {}

    /** Starts it; see {@code assay --help}. */
    public static void main(String[] arguments) {
        prepareLog(arguments);
        CommandLineApp app = new CommandLineApp(Console.system(), Catalogue::load, Assay::openWindow, true);
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

    /** By name, so that a command does not load the window's classes, nor fail where JavaFX is missing. */
    private static void openWindow(List<String> arguments) {
        try {
            Class.forName(WINDOW)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the window ended with a fault: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("the window cannot be loaded: " + e, e);
        }
    }
}
