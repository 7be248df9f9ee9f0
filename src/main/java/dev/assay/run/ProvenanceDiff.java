package dev.assay.run;

import dev.assay.analysis.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What differs between two runs before their results: request, inputs, program, machine. */
public final class ProvenanceDiff {

    private static final String PARAMETER = "parameter ";

    private ProvenanceDiff() {}

    /**
     * One difference.
     *
     * @param what e.g. {@code parameter slack} or {@code input train, content}
     * @param before how it was; empty when it was not there
     * @param after how it is; empty when it is not there
     */
    public record Change(String what, String before, String after) {}

    /** The differences between two runs, request first; the device compared is the one really used. */
    public static List<Change> between(RunView before, RunView after) {
        return between(before.request(), before.provenance(), after.request(), after.provenance());
    }

    /**
     * The differences. Where a provenance is absent only the requests are compared.
     */
    public static List<Change> between(
            RunRequest before, Optional<Provenance> from, RunRequest after, Optional<Provenance> to) {
        Map<String, String> old = facts(before);
        Map<String, String> now = facts(after);
        if (from.isPresent() && to.isPresent()) {
            old.putAll(facts(from.get()));
            now.putAll(facts(to.get()));
        }
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            String a = old.getOrDefault(name, "");
            String b = now.getOrDefault(name, "");
            if (!value(name, a).equals(value(name, b))) {
                changes.add(new Change(name, a, b));
            }
        }
        return changes;
    }

    /**
     * What is not the same in all of these runs: a value for each run by what it is of, empty where a run lacks it.
     */
    public static Map<String, List<String>> across(List<? extends RunView> runs) {
        List<Map<String, String>> all = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        boolean known = runs.stream().allMatch(r -> r.provenance().isPresent());
        for (RunView run : runs) {
            Map<String, String> facts = facts(run.request());
            if (known) {
                facts.putAll(facts(run.provenance().orElseThrow()));
            }
            all.add(facts);
            names.addAll(facts.keySet());
        }
        Map<String, List<String>> different = new LinkedHashMap<>();
        for (String name : names) {
            List<String> values =
                    all.stream().map(f -> f.getOrDefault(name, "")).toList();
            if (values.stream().map(v -> value(name, v)).distinct().count() > 1) {
                different.put(name, values);
            }
        }
        return different;
    }

    /** What is compared: of parameters the values, however they are written. */
    private static String value(String name, String text) {
        return name.startsWith(PARAMETER) ? WrittenValue.of(text) : text;
    }

    private static Map<String, String> facts(RunRequest request) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("analysis", request.analysis());
        request.parameters().forEach((name, value) -> facts.put(PARAMETER + name, value));
        facts.put("seed", String.valueOf(request.seed()));
        facts.put("device asked for", request.device());
        facts.put("threads", String.valueOf(request.threads()));
        for (Map.Entry<String, List<Location>> role : request.inputs().entrySet()) {
            int n = 0;
            for (Location location : role.getValue()) {
                facts.put(input(role.getKey(), n++) + ", path", location.toString());
            }
        }
        return facts;
    }

    private static Map<String, String> facts(Provenance from) {
        Map<String, String> facts = new LinkedHashMap<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (InputStamp stamp : from.inputs()) {
            int n = seen.merge(stamp.role(), 1, Integer::sum) - 1;
            if (!stamp.sha256().isEmpty()) {
                facts.put(input(stamp.role(), n) + ", content", "sha256 " + stamp.sha256());
            }
            for (InputStamp.FileStamp file : stamp.files()) {
                if (!file.sha256().equals(stamp.sha256())) {
                    String name = String.valueOf(Path.of(file.path()).getFileName());
                    facts.put(input(stamp.role(), n) + ", " + name, "sha256 " + file.sha256());
                }
            }
        }
        facts.put("device", from.device());
        facts.put("Assay", from.assay());
        facts.put("Java", from.java());
        facts.put("operating system", from.os());
        facts.put("processor", from.cpu());
        from.libraries().forEach((name, version) -> facts.put("library " + name, version));
        return facts;
    }

    private static String input(String role, int index) {
        return "input " + role + (index == 0 ? "" : " " + (index + 1));
    }
}
