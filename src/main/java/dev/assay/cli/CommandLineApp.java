package dev.assay.cli;

import dev.assay.analysis.AnalysisException;
import dev.assay.data.fetch.DatasetFetcher;
import dev.assay.data.fetch.DjlDatasetFetcher;
import dev.assay.run.Catalogue;
import dev.assay.run.Environment;
import dev.assay.run.IoReason;
import dev.assay.run.NearestNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Understands a command line and carries it out. */
public final class CommandLineApp {

    private final Session session;

    /** Opens the window. */
    @FunctionalInterface
    public interface Window {
        /**
         * Shows the window and waits until it is closed.
         *
         * @param arguments as the window takes them
         * @throws AnalysisException when there is no display, or an argument is wrong
         */
        void open(List<String> arguments) throws AnalysisException;
    }

    /**
     * A command line.
     *
     * @param console where it writes
     * @param catalogue asked for when a command needs it
     * @param window how the window is opened
     * @param signals whether Ctrl+C ends a run cleanly; not wanted inside another program
     */
    public CommandLineApp(Console console, Supplier<Catalogue> catalogue, Window window, boolean signals) {
        this(new Session(console, catalogue, window, new DjlDatasetFetcher(), signals));
    }

    CommandLineApp(Session session) {
        this.session = session;
    }

    /** What the commands share. */
    record Session(
            Console console, Supplier<Catalogue> catalogue, Window window, DatasetFetcher fetcher, boolean signals) {}

    /**
     * The arguments with {@code gui} before them when they begin with a file or folder, as they do when a file manager opens
     * one with Assay. A bare word without a dot is a command, whatever files there are.
     */
    public static String[] completed(String... arguments) {
        if (arguments.length == 0 || arguments[0].startsWith("-") || arguments[0].matches("[A-Za-z0-9_-]*")) {
            return arguments;
        }
        boolean there;
        try {
            there = Files.exists(Path.of(arguments[0]));
        } catch (InvalidPathException e) {
            return arguments;
        }
        return there
                ? Stream.concat(Stream.of("gui"), Arrays.stream(arguments)).toArray(String[]::new)
                : arguments;
    }

    /** Carries out a command; the exit code as {@link ExitCode} says. */
    public int run(String... arguments) {
        int code = commandLine(session).execute(arguments);
        Optional<IOException> lost = session.console().lost();
        lost.ifPresent(e -> session.console()
                .err()
                .println(sentence("Standard output could not be written (" + IoReason.of(e)
                        + "); free space there or send it elsewhere, then run again")));
        return lost.isPresent() && code == ExitCode.DONE ? ExitCode.BAD_INPUT : code;
    }

    static CommandLine commandLine(Session session) {
        AssayCommand root = new AssayCommand(session);
        CommandLine line = new CommandLine(root)
                .addSubcommand(new AnalysesCommand(root))
                .addSubcommand(new DescribeCommand(root))
                .addSubcommand(new InspectCommand(root))
                .addSubcommand(new RunAnalysisCommand(root))
                .addSubcommand(new SweepCommand(root))
                .addSubcommand(new ReportCommand(root))
                .addSubcommand(new DoctorCommand(root))
                .addSubcommand(new FetchCommand(root, session.fetcher()))
                .addSubcommand(new GenerateCommand(root))
                .addSubcommand(new GuiCommand(root))
                .addSubcommand(new CommandLine.HelpCommand());
        Console console = session.console();
        line.setExpandAtFiles(false);
        line.registerConverter(long.class, CommandLineApp::whole);
        line.setUsageHelpAutoWidth(false).setUsageHelpWidth(Math.max(80, console.width()));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(CommandLineApp::misunderstood);
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, root.debug, console));
        return line;
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new CommandLine.TypeConversionException("'" + text + "' is no whole number of 64 bits");
        }
    }

    private static int misunderstood(CommandLine.ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(sentence(e.getMessage()));
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            List<String> known = unmatched.isUnknownOption()
                    ? command.getCommandSpec().options().stream()
                            .map(CommandLine.Model.OptionSpec::longestName)
                            .toList()
                    : List.copyOf(command.getSubcommands().keySet());
            NearestNames.of(unmatched.getUnmatched().getFirst(), known).stream()
                    .findFirst()
                    .ifPresent(near -> err.println("Did you mean " + near + "?"));
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, boolean debug, Console console) {
        if (debug) {
            e.printStackTrace(console.err());
        }
        switch (e) {
            case UsageException usage -> {
                console.err().println(sentence(usage.getMessage()));
                return ExitCode.USAGE;
            }
            case AnalysisException problem -> {
                console.err().println(sentence(problem.getMessage()));
                return ExitCode.BAD_INPUT;
            }
            case IOException io -> {
                console.err().println(sentence("a file could not be read or written (" + IoReason.of(io) + ")"));
                return ExitCode.BAD_INPUT;
            }
            default -> {
                console.err().println("Internal error: " + e + (debug ? "" : " (--debug shows where)"));
                return ExitCode.INTERNAL;
            }
        }
    }

    /** With a capital letter, unless it starts with a name, and a stop. */
    static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    /** Prints the version. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Assay " + Environment.assayVersion()};
        }
    }
}
