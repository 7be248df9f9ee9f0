package dev.assay.report;

import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Short names that tell runs apart: their own, then what differs in their parameters, then a number. */
public final class RunLabels {

    private static final int MOST_PARAMETERS = 3;
    /** A list of a hundred numbers as a value would leave no room for what the label names. */
    private static final int LONGEST_VALUE = 32;

    private RunLabels() {}

    /** A label for each run, all different. */
    public static List<String> of(List<ReportRun> runs) {
        return numbered(words(runs));
    }

    /** A label for each run; runs that nothing tells apart but their time have the same one. */
    public static List<String> words(List<ReportRun> runs) {
        Map<String, List<ReportRun>> byName = new LinkedHashMap<>();
        runs.forEach(r -> byName.computeIfAbsent(r.name(), k -> new ArrayList<>()).add(r));
        return runs.stream().map(run -> {
            // A name that only one run has says it all, and other analyses have other parameters anyhow.
            List<ReportRun> namesakes = byName.get(run.name());
            return namesakes.size() == 1 ? run.name() : described(run, namesakes, byName.size() == 1);
        }).toList();
    }

    private static String described(ReportRun run, List<ReportRun> all, boolean oneName) {
        if (run.run() == null) {
            return run.name();
        }
        StringJoiner words = new StringJoiner(", ");
        if (!oneName) {
            words.add(run.name());
        }
        int said = 0;
        for (Map.Entry<String, String> parameter : run.run().request().parameters().entrySet()) {
            boolean differs = all.stream()
                    .flatMap(r -> r.view().stream())
                    .anyMatch(r -> !parameter.getValue()
                            .equals(r.request().parameters().get(parameter.getKey())));
            if (differs && said++ < MOST_PARAMETERS) {
                String value = parameter.getValue().isEmpty()
                        ? "\u2013"
                        : Numbers.shortened(parameter.getValue(), LONGEST_VALUE);
                words.add(parameter.getKey() + " " + value);
            }
        }
        String inputs = inputsThatDiffer(run, all);
        if (!inputs.isEmpty()) {
            words.add(inputs);
        }
        return words.length() == 0 ? run.name() : words.toString();
    }

    private static String inputsThatDiffer(ReportRun run, List<ReportRun> all) {
        StringJoiner words = new StringJoiner(", ");
        run.run().request().inputs().forEach((role, places) -> {
            boolean differs = all.stream()
                    .flatMap(r -> r.view().stream())
                    .anyMatch(r -> !places.equals(r.request().inputs().get(role)));
            if (differs && !places.isEmpty()) {
                words.add(places.getFirst().fileName());
            }
        });
        return words.toString();
    }

    private static List<String> numbered(List<String> labels) {
        Map<String, Integer> count = new LinkedHashMap<>();
        labels.forEach(l -> count.merge(l, 1, Integer::sum));
        Map<String, Integer> seen = new LinkedHashMap<>();
        List<String> unique = new ArrayList<>();
        for (String label : labels) {
            String name = label;
            // A run may have been given a name that looks like one of these.
            while (count.get(label) > 1 && (name.equals(label) || count.containsKey(name))) {
                name = label + " #" + seen.merge(label, 1, Integer::sum);
            }
            unique.add(name);
        }
        return unique;
    }
}
