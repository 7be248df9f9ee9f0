package dev.assay.ui.tabs;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.run.RunView;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.SelectionService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What runs say of single samples of one dataset: tables, rankings and charts of any analysis that name them. */
final class SampleFindings {

    /**
     * A run that had the dataset as an input.
     *
     * @param title the run's name for people
     * @param roles the roles that it filled
     */
    record OnRun(RunView run, String title, Set<String> roles) {

        /** Whether a kind of reference means samples of the dataset. */
        boolean means(RefKind kind) {
            return kind != null && kind.kind().equals(Scope.SAMPLE)
                    && (roles.contains(kind.role()) || kind.role().isEmpty() && run.request().inputs().size() == 1);
        }
    }

    /**
     * A result that names samples, as a table.
     *
     * @param table its rows
     * @param keys the columns whose cells are samples' indices, at least one
     */
    record Found(OnRun on, Result result, Table table, int[] keys) {

        /** For people. */
        String title() {
            return on.title() + ": " + result.title();
        }

        /** The rows that name a sample first. */
        int[] rowsOf(long sample) {
            String key = String.valueOf(sample);
            return IntStream.range(0, table.rowCount())
                    .filter(r -> key.equals(String.valueOf(table.value(r, keys[0]))))
                    .toArray();
        }
    }

    private SampleFindings() {}

    /** The runs that had a dataset as an input, newest first. JavaFX thread. */
    static List<OnRun> runs(Workbench workbench, Location dataset) {
        SelectionService service = workbench.selection();
        String origin = service.origin(dataset);
        List<OnRun> found = new ArrayList<>();
        for (RunView run : workbench.allRuns()) {
            Set<String> roles = run.request().inputs().entrySet().stream()
                    .filter(e -> e.getValue().stream().map(service::origin).anyMatch(origin::equals))
                    .map(java.util.Map.Entry::getKey)
                    .collect(Collectors.toSet());
            if (!roles.isEmpty()) {
                found.add(new OnRun(run, workbench.title(run), roles));
            }
        }
        return found;
    }

    /** The results of runs that name samples. Reads stored runs, so not on the JavaFX thread. */
    static List<Found> in(List<OnRun> runs) {
        List<Found> found = new ArrayList<>();
        for (OnRun on : runs) {
            for (Result result : on.run().results()) {
                of(on, result).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Found> of(OnRun on, Result result) {
        Predicate<RefKind> ours = on::means;
        return switch (result) {
            case Table t -> table(on, t);
            case Ranking r -> r.entries().stream().anyMatch(e -> e.ref() != null && ours.test(e.ref().kind()))
                    ? Optional.of(new Found(on, r, ranking(r, ours), new int[] {0}))
                    : Optional.empty();
            case Scatter s -> ours.test(s.ref())
                    ? Optional.of(new Found(on, s, scatter(s), new int[] {0}))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Found> table(OnRun on, Table table) {
        int[] keys = IntStream.range(0, table.columns().size())
                .filter(c -> on.means(table.columns().get(c).ref()))
                .toArray();
        return keys.length == 0 ? Optional.empty() : Optional.of(new Found(on, table, table, keys));
    }

    private static Table ranking(Ranking ranking, Predicate<RefKind> ours) {
        Table.Builder table = new Table.Builder(
                ranking.id(), ranking.title(),
                List.of(
                        Column.text("sample", Texts.of("samples.sample")),
                        Column.integer("place", Texts.of("ranking.place")),
                        Column.real("score", ranking.score().label(), ranking.score().unit())));
        int place = 0;
        for (Ranking.Entry e : ranking.entries()) {
            place++;
            if (e.ref() != null && ours.test(e.ref().kind())) {
                table.add(e.ref().key(), place, e.score());
            }
        }
        return table.snapshot();
    }

    private static Table scatter(Scatter scatter) {
        Table.Builder table = new Table.Builder(
                scatter.id(), scatter.title(),
                List.of(
                        Column.text("sample", Texts.of("samples.sample")),
                        Column.text("series", Texts.of("samples.series")),
                        Column.real("x", scatter.x().label(), scatter.x().unit()),
                        Column.real("y", scatter.y().label(), scatter.y().unit())));
        for (Scatter.Series s : scatter.series()) {
            for (int i = 0; s.keys() != null && i < s.keys().length; i++) {
                if (s.keys()[i] != null) {
                    table.add(s.keys()[i], s.name(), s.x()[i], s.y()[i]);
                }
            }
        }
        return table.snapshot();
    }
}
