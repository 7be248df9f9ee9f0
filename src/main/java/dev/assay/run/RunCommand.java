package dev.assay.run;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line that does a run again. */
public final class RunCommand {

    private RunCommand() {}

    /** The words of the command, {@code assay} first, not quoted. */
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
        List<String> words = new ArrayList<>(List.of("assay", command, request.analysis()));
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

    /** The command on one line, quoted for a POSIX shell. */
    public static String line(RunRequest request) {
        return words(request).stream().map(RunCommand::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
