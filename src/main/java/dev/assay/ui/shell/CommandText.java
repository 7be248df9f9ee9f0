package dev.assay.ui.shell;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.RunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run as the command line that does the same. */
final class CommandText {

    private CommandText() {}

    /**
     * The command line. Parameters at their defaults are left out.
     *
     * @param analysis the request's analysis
     * @param windows whether it is to be read by a Windows shell
     */
    static String of(RunRequest request, Analysis<?> analysis, boolean windows) {
        List<String> words = new ArrayList<>(List.of("assay", "run", request.analysis()));
        for (Map.Entry<String, List<Location>> role : request.inputs().entrySet()) {
            for (Location location : role.getValue()) {
                words.add(role.getKey() + "=" + location);
            }
        }
        for (ParameterDescriptor d : ParameterSet.of(analysis.parameters()).descriptors()) {
            String value = request.parameters().get(d.name());
            if (value != null && !value.equals(d.defaultText())) {
                words.add("-p");
                words.add(d.name() + "=" + value);
            }
        }
        if (!request.device().equals("auto")) {
            words.addAll(List.of("--device", request.device()));
        }
        if (request.seed() != 0) {
            words.addAll(List.of("--seed", String.valueOf(request.seed())));
        }
        return String.join(" ", words.stream().map(w -> quoted(w, windows)).toList());
    }

    private static String quoted(String word, boolean windows) {
        if (word.matches("[A-Za-z0-9_@%+=:,./-]+") || (windows && word.matches("[A-Za-z0-9_@+=:,./\\\\-]+"))) {
            return word;
        }
        return windows ? '"' + word.replace("\"", "\\\"") + '"' : "'" + word.replace("'", "'\\''") + "'";
    }
}
