package dev.assay.ui.tabs;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.chart.Brushed;
import dev.assay.chart.Marked;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.selection.Scope;
import dev.assay.ui.selection.Selected;
import dev.assay.ui.selection.SelectionService;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Between the references of one run's results and the selection of the window: a sample that a result names by its role
 * and index is the sample of a dataset. JavaFX thread only, but for what says otherwise.
 */
final class RunSelection {

    private static final String CLASS = "class";

    private final SelectionService service;
    private final RunView run;
    private final Function<RefKind, Optional<Location>> location;

    /**
     * The references of a run.
     *
     * @param location where the input of a kind is
     */
    RunSelection(SelectionService service, RunView run, Function<RefKind, Optional<Location>> location) {
        this.service = service;
        this.run = run;
        this.location = location;
    }

    /** Takes up what the inputs hold, once that is known. */
    void learn() {
        run.provenance().ifPresent(p -> p.inputs().forEach(i -> service.learn(i.location(), i.sha256())));
    }

    /** What a kind of reference is to the whole window. */
    Scope scope(RefKind kind) {
        String origin = kind.kind().equals(CLASS) && kind.role().isEmpty() ? ""
                : location.apply(kind)
                        .map(service::origin)
                        .orElse("");
        return new Scope(kind.kind(), origin.isEmpty() ? Scope.RUN + ":" + run.id() : origin);
    }

    /** Selects what was clicked. */
    void select(Selection selection) {
        Map<Scope, Set<String>> keys = new HashMap<>();
        for (Ref ref : selection.refs()) {
            keys.computeIfAbsent(scope(ref.kind()), s -> new LinkedHashSet<>()).add(ref.key());
        }
        if (!keys.isEmpty()) {
            service.select(this, keys);
        }
    }

    /** Selects what an area of a chart holds. */
    void brush(Result chart, Map<RefKind, Set<String>> found) {
        Map<Scope, Set<String>> keys = new HashMap<>();
        found.forEach((kind, of) -> keys.merge(scope(kind), of, RunSelection::union));
        service.brush(this, keys, chart.title());
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> all = new HashSet<>(a);
        all.addAll(b);
        return all;
    }

    /** What of the window's selection this run's results may name. */
    Marked marked(Collection<RefKind> named) {
        Selected selected = service.selected();
        Map<RefKind, Set<String>> keys = new HashMap<>();
        for (RefKind kind : named) {
            Set<String> of = selected.of(scope(kind));
            if (!of.isEmpty()) {
                keys.put(kind, of);
            }
        }
        return keys.isEmpty() ? Marked.NONE : new Marked(keys, selected.isBrush());
    }

    /** Says that tables show a selected area only, and ends it. */
    Strip strip(Marked marked) {
        String what = marked.kinds().stream()
                .map(k -> Numbers.count(marked.of(k).size()) + " " + (k.role().isEmpty() ? "" : k.role() + " ")
                        + k.kind()
                        + (marked.of(k).size() == 1 ? "" : "s"))
                .collect(Collectors.joining(", "));
        return new Strip(
                Strip.Kind.INFO, Texts.of("selection.brushed", service.selected().brush(), what))
                .action(Texts.of("selection.clear"), service::clear);
    }

    /**
     * What an area holds: the things behind its points, or those in the rows of the tables that its axes stand for. Any
     * thread.
     */
    static Map<RefKind, Set<String>> resolve(Brushed brushed, List<Result> results) {
        if (brushed.ranges().isEmpty()) {
            return brushed.keys();
        }
        Map<RefKind, Set<String>> found = new HashMap<>(brushed.keys());
        String id = brushed.ranges().getFirst().source().table();
        results.stream()
                .filter(r -> r instanceof Table && r.id().equals(id))
                .map(Table.class::cast)
                .findFirst()
                .ifPresent(table -> {
                    for (int row = 0; row < table.rowCount(); row++) {
                        if (isIn(table, row, brushed.ranges())) {
                            table.refs(row).forEach(
                                    ref -> found.computeIfAbsent(ref.kind(), k -> new HashSet<>()).add(ref.key()));
                        }
                    }
                });
        return found;
    }

    private static boolean isIn(Table table, int row, List<Brushed.Range> ranges) {
        for (Brushed.Range range : ranges) {
            int column = table.columnIndex(range.source().column());
            if (column < 0 || !range.source().table().equals(table.id())) {
                return false;
            }
            double value = table.number(row, column);
            if (!(value >= range.low() && value <= range.high())) {
                return false;
            }
        }
        return true;
    }

    /** The kinds of references that results hold. */
    static Set<RefKind> kinds(List<Result> results) {
        Set<RefKind> kinds = new LinkedHashSet<>();
        for (Result result : results) {
            switch (result) {
                case Table t -> t.columns().stream().map(Column::ref).forEach(kinds::add);
                case Scatter s -> kinds.add(s.ref());
                case Curve c -> kinds.add(c.ref());
                case Heatmap h -> kinds.addAll(Arrays.asList(h.rowRef(), h.columnRef()));
                case Dendrogram d -> kinds.add(d.leafRef());
                case GraphPicture g -> kinds.add(g.edgeRef());
                case Ranking r -> r.entries().stream().map(Ranking.Entry::ref).filter(Objects::nonNull)
                        .map(Ref::kind).forEach(kinds::add);
                case ImageGrid g -> g.items().stream().map(ImageGrid.Item::ref).filter(Objects::nonNull)
                        .map(Ref::kind).forEach(kinds::add);
                default -> {
                    // Refers to nothing.
                }
            }
        }
        kinds.remove(null);
        return kinds;
    }
}
