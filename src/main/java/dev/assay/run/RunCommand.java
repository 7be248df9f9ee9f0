package dev.assay.run;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Location;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line that does a run again. */
public final class RunCommand {

    private RunCommand() {}

    /** The words of the command, the program first, not quoted. */
    public static List<String> words(RunRequest request) {
        if (Sweep.is(request)) {
            try {
                return words(Sweep.of(request));
            } catch (AnalysisException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
        List<String> words = common("run", request);
        words.addAll(List.of("--device", request.device(), "--seed", String.valueOf(request.seed())));
        words.addAll(List.of("--threads", String.valueOf(request.threads())));
        return words;
    }

    private static List<String> words(Sweep sweep) {
        RunRequest base = sweep.base();
        List<String> words = common("sweep", base);
        if (!sweep.parameter().isEmpty()) {
            words.addAll(List.of("--over", sweep.parameter() + "=" + SweepText.typed(sweep.values())));
        }
        words.addAll(List.of("--seeds", SweepText.typedSeeds(sweep.seeds()), "--device", base.device()));
        words.addAll(List.of("--threads", String.valueOf(base.threads())));
        return words;
    }

    private static List<String> common(String command, RunRequest request) {
        List<String> words = new ArrayList<>(List.of(program(), command, request.analysis()));
        for (Map.Entry<String, List<Location>> role : request.inputs().entrySet()) {
            for (Location location : role.getValue()) {
                words.add(role.getKey() + "=" + location);
            }
        }
        for (Map.Entry<String, String> parameter : request.parameters().entrySet()) {
            words.add("-p");
            words.add(parameter.getKey() + "=" + parameter.getValue());
        }
        return words;
    }

    /** The installed program has a launcher of its own for terminals. */
    private static String program() {
        return System.getProperty("jpackage.app-path") == null ? "assay" : "assay-cli";
    }

    /** The command on one line, quoted for this system's shell: a POSIX one, or those of Windows. */
    public static String line(RunRequest request) {
        return line(request, File.separatorChar == '\\');
    }

    static String line(RunRequest request, boolean windows) {
        return words(request).stream()
                .map(word -> windows ? quoteForWindows(word) : quote(word))
                .collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String quoteForWindows(String word) {
        // Backslashes count twice in front of a quote, and as they stand elsewhere.
        return word.matches("[A-Za-z0-9_@+=:./\\\\-]+")
                ? word
                : "\"" + word.replaceAll("(\\\\*)(\"|$)", "$1$1$2").replace("\"", "\\\"") + "\"";
    }
}
