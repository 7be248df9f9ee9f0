package dev.assay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where commands write. Results go to standard output; progress, warnings and problems to standard error.
 *
 * @param out standard output
 * @param err standard error
 * @param terminal whether standard error is a terminal, on which a line can be written anew
 * @param width columns of the terminal
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, int width) {

    private static final int USUAL_WIDTH = 80;

    /** The program's own. */
    public static Console system() {
        return new Console(StandardOutput.shared(), System.err, errorIsTerminal(), columns());
    }

    /** The program's own, with standard output kept free of what libraries of C print. */
    public static Console systemForJson() {
        return new Console(StandardOutput.kept(), System.err, errorIsTerminal(), columns());
    }

    private static boolean errorIsTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        Path descriptor = Path.of("/proc/self/fd/2");
        try {
            if (Files.isSymbolicLink(descriptor)) {
                String target = Files.readSymbolicLink(descriptor).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            }
        } catch (IOException e) {
            return false;
        }
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static int columns() {
        try {
            return Math.clamp(Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")), 40, 200);
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    /** Why something did not reach standard output; empty when all did, as far as that can be known. */
    Optional<IOException> lost() {
        return out instanceof StandardOutput standard ? standard.lost() : Optional.empty();
    }

    /**
     * A text for people, in characters that every terminal has and that can be searched for: plain spaces and minus
     * signs.
     */
    static String plain(String text) {
        return text.replace('\u202f', ' ').replace('\u2212', '-').replace('\u2013', '-');
    }

    /** Prints JSON to standard output. */
    void print(ObjectMapper mapper, JsonNode json) {
        try {
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
