package dev.assay.report;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.run.ProvenanceDiff;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Any number of runs side by side, of whatever analyses. Results of one name are laid over each other or joined where
 * their kind and their axes allow it, and stand side by side where not; so a kind of result that is not known here is
 * compared by eye. Immutable; reading results may touch the disk, so it is made in the background.
 */
public final class Comparison {

    /** Longer tables stand side by side: joining them would hold every row's key in memory. */
    private static final int MOST_JOINED = 200_000;

    private final List<ReportRun> runs;
    private final List<String> labels;
    private final Map<String, List<Part>> byName = new LinkedHashMap<>();

    /** A run's own result with the run's label. */
    record Part(String label, Result result) {
        /** The parts' results as one kind. */
        static <R extends Result> List<R> results(List<Part> parts, Class<R> kind) {
            return parts.stream().map(p -> kind.cast(p.result)).toList();
        }
    }

    private Comparison(List<ReportRun> runs) {
        this.runs = List.copyOf(runs);
        this.labels = RunLabels.of(runs);
        for (int i = 0; i < runs.size(); i++) {
            for (Result result : runs.get(i).results()) {
                if (!(result instanceof Scalar)) {
                    byName.computeIfAbsent(ResultName.of(result), n -> new ArrayList<>())
                            .add(new Part(labels.get(i), result));
                }
            }
        }
    }

    /** Compares runs; the first is what the others are measured against. */
    public static Comparison of(List<ReportRun> runs) {
        return new Comparison(runs);
    }

    /** The runs' labels, all different. */
    public List<String> labels() {
        return labels;
    }

    /** What keeps runs from being compared, one sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            if (!runs.get(i).problem().isEmpty()) {
                problems.add(labels.get(i) + ": " + runs.get(i).problem());
            }
        }
        return problems;
    }

    /** What differs before the results: parameters, inputs, program, machine. No rows when nothing does. */
    public Table differences() {
        List<Column> columns = new ArrayList<>(List.of(Column.text("what", "What")));
        List<RunView> read = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).run() != null) {
                read.add(runs.get(i).run());
                columns.add(Column.text("run_" + (i + 1), labels.get(i)));
            }
        }
        Table.Builder table = new Table.Builder("differences", "What differs", columns);
        ProvenanceDiff.across(read).forEach((what, values) -> {
            List<Object> row = new ArrayList<>(List.of(what));
            values.forEach(v -> row.add(v.isEmpty() ? null : v));
            table.add(row.toArray());
        });
        return table.snapshot();
    }

    /** All that there is to compare: numbers first, then every other result in the order in which runs have them. */
    public List<Compared> all() {
        List<Compared> all = new ArrayList<>(figures());
        byName.keySet().forEach(name -> all.addAll(of(name)));
        return all;
    }

    /** The results of one name, as {@link ResultName} writes it; none when no run has it. */
    public List<Compared> of(String name) {
        if (name.equals(ResultName.FIGURES)) {
            return figures();
        }
        List<Part> parts = byName.getOrDefault(name, List.of());
        if (parts.size() < 2) {
            return apart(parts);
        }
        return switch (parts.getFirst().result()) {
            case Curve c -> Overlay.curves(parts);
            case Scatter s -> Overlay.scatters(parts);
            case Distribution d -> Overlay.distributions(parts);
            case Heatmap h -> Overlay.heatmaps(parts);
            case Table t when t.rowCount() > MOST_JOINED -> apart(parts);
            case Table t -> List.of(new Compared(Joined.tables(parts), said(parts)));
            case Ranking r -> aligned(parts);
            default -> apart(parts);
        };
    }

    private static List<Compared> aligned(List<Part> parts) {
        List<Compared> all = new ArrayList<>();
        all.add(new Compared(Joined.rankings(parts), said(parts)));
        all.addAll(apart(parts));
        return all;
    }

    /** Each run's own, one after the other. */
    static List<Compared> apart(List<Part> parts) {
        return parts.stream().map(p -> new Compared(p.result(), p.label())).toList();
    }

    /** Which runs a joint result tells of. */
    static String said(List<Part> parts) {
        return parts.size() > 3
                ? Numbers.count(parts.size()) + " runs"
                : parts.stream().map(Part::label).collect(Collectors.joining(" \u00b7 "));
    }

    /** The numbers of all runs by id, in the order in which they are first met; null where a run has none. */
    public Map<String, Scalar[]> scalars() {
        Map<String, Scalar[]> rows = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            for (Result result : runs.get(i).results()) {
                if (result instanceof Scalar s) {
                    rows.computeIfAbsent(s.id(), id -> new Scalar[runs.size()])[i] = s;
                }
            }
        }
        return rows;
    }

    /** The numbers of all runs, each with its distance from the first run; shares apart, as they are in percent. */
    private List<Compared> figures() {
        List<Compared> tables = new ArrayList<>();
        for (boolean shares : new boolean[] {true, false}) {
            Table table = Joined.figures(labels, scalars(), shares);
            if (table.rowCount() > 0) {
                tables.add(new Compared(table, Numbers.count(labels.size()) + " runs"));
            }
        }
        return tables;
    }
}
