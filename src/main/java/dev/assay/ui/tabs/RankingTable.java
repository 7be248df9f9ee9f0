package dev.assay.ui.tabs;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import dev.assay.ui.Texts;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A ranking as a table, so that it can be sorted, filtered, pinned, compared, copied and exported like any other. */
final class RankingTable {

    private RankingTable() {}

    static Table of(Ranking ranking) {
        Optional<RefKind> kind = ranking.entries().stream()
                .map(Ranking.Entry::ref)
                .filter(Objects::nonNull)
                .map(r -> r.kind())
                .findFirst();
        Column name = Column.text("name", Texts.of("ranking.name"));
        boolean errors = ranking.entries().stream().anyMatch(e -> !Double.isNaN(e.error()));
        List<Column> columns = Stream.of(
                Column.integer("place", Texts.of("ranking.place")),
                name,
                Column.real("score", ranking.score().label(), ranking.score().unit()),
                errors ? Column.real("error", Texts.of("ranking.error"), ranking.score().unit()) : null,
                kind.map(k -> Column.text("key", Texts.of("ranking.key")).to(k)).orElse(null))
                .filter(Objects::nonNull)
                .toList();
        Table.Builder table = new Table.Builder(ranking.id(), ranking.title(), columns);
        long place = 1;
        for (Ranking.Entry entry : ranking.entries()) {
            Object[] row = new Object[columns.size()];
            row[0] = place++;
            row[1] = entry.name();
            row[2] = entry.score();
            if (errors) {
                row[3] = entry.error();
            }
            if (kind.isPresent()) {
                row[row.length - 1] = entry.ref() == null ? null : entry.ref().key();
            }
            table.add(row);
        }
        return table.snapshot();
    }

    /** All tables among results, rankings included. */
    static List<Table> tables(List<Result> results) {
        return results.stream()
                .map(r -> r instanceof Table t ? t : r instanceof Ranking k ? of(k) : null)
                .filter(Objects::nonNull)
                .toList();
    }
}
