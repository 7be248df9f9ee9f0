package dev.assay.ui.tabs;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.run.Sweep;
import dev.assay.text.Numbers;
import dev.assay.ui.RunFacts;
import dev.assay.ui.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs as a table. Those of one analysis get a column for every parameter that differs among them and for every number
 * they found; those of several have their first numbers in words. Made in the background.
 */
final class HistoryTable {

    private static final int NUMBERS_IN_WORDS = 2;
    private static final int MOST_SCORES = 12;

    /** Sorts as text in the order of time. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private HistoryTable() {}

    static Table of(List<HistoryEntry> entries, boolean oneAnalysis) {
        List<String> parameters = oneAnalysis ? differing(entries) : List.of();
        Map<String, Scalar> scores = oneAnalysis ? scores(entries) : Map.of();
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("state", Texts.of("history.state")),
                // A name is the analysis until somebody gives another; the time says more of runs than their number.
                Column.text("started", Texts.of("history.started")), Column.text("name", Texts.of("history.name"))));
        parameters.forEach(p -> columns.add(Column.text("parameter_" + p, p)));
        if (oneAnalysis) {
            scores.values().forEach(s -> columns.add(Column.real("score_" + s.id(), s.title(), s.unit())));
        } else {
            columns.add(Column.text("scores", Texts.of("history.scores")));
        }
        columns.addAll(List.of(
                Column.text("inputs", Texts.of("history.inputs")),
                Column.real("took", Texts.of("history.took"), "s")));
        if (!oneAnalysis) {
            columns.add(Column.text("analysis", Texts.of("history.analysis")));
        }
        columns.addAll(List.of(
                Column.text("device", Texts.of("history.device")),
                Column.integer("seed", Texts.of("history.seed")),
                Column.text("tags", Texts.of("history.tags")),
                Column.text("notes", Texts.of("history.notes"))));
        Table.Builder table = new Table.Builder("history", Texts.of("history.title"), columns);
        for (HistoryEntry entry : entries) {
            List<Object> row = new ArrayList<>();
            row.add(RunFacts.word(entry.run().state()));
            row.add(TIME.format(entry.run().started().orElse(entry.run().created())));
            row.add(entry.title());
            parameters.forEach(p -> row.add(entry.run().request().parameters().get(p)));
            if (oneAnalysis) {
                Map<String, Double> found = entry.scalars().stream()
                        .collect(Collectors.toMap(Scalar::id, Scalar::value, (a, b) -> b));
                scores.keySet().forEach(id -> row.add(found.get(id)));
            } else {
                row.add(inWords(entry.scalars()));
            }
            row.add(inputs(entry));
            row.add(seconds(entry));
            if (!oneAnalysis) {
                row.add(entry.analysis());
            }
            row.add(entry.run().device().isEmpty() ? entry.run().request().device() : entry.run().device());
            row.add(entry.run().request().seed());
            row.add(entry.tags().isEmpty() ? null : String.join(", ", entry.tags()));
            row.add(entry.notes().isBlank() ? null : entry.notes().lines().collect(Collectors.joining(" ")));
            table.add(row.toArray());
        }
        return table.snapshot();
    }

    /** When it was asked for, as the table writes it. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    private static Double seconds(HistoryEntry entry) {
        return entry.run().state().isFinal() && !entry.run().elapsed().isZero()
                ? (Double) (entry.run().elapsed().toMillis() / 1000.0)
                : null;
    }

    private static List<String> differing(List<HistoryEntry> entries) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (HistoryEntry entry : entries) {
            if (!Sweep.is(entry.run().request())) {
                entry.run().request().parameters()
                        .forEach((n, v) -> values.computeIfAbsent(n, k -> new LinkedHashSet<>()).add(v));
            }
        }
        return values.entrySet().stream()
                .filter(e -> e.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Scalar> scores(List<HistoryEntry> entries) {
        Map<String, Scalar> scores = new LinkedHashMap<>();
        for (HistoryEntry entry : entries) {
            for (Scalar scalar : entry.scalars()) {
                if (scores.size() < MOST_SCORES) {
                    scores.putIfAbsent(scalar.id(), scalar);
                }
            }
        }
        return scores;
    }

    private static String inWords(List<Scalar> scalars) {
        String words = scalars.stream()
                .filter(s -> !Double.isNaN(s.value()))
                .limit(NUMBERS_IN_WORDS)
                .map(s -> s.title() + " " + Numbers.value(s.value(), s.unit()))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? null : words;
    }

    private static String inputs(HistoryEntry entry) {
        String inputs = entry.run().request().inputs().values().stream()
                .flatMap(List::stream)
                .map(Location::fileName)
                .distinct()
                .collect(Collectors.joining(", "));
        return inputs.isEmpty() ? null : inputs;
    }
}
