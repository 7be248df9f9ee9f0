package dev.assay.ui.view;

import dev.assay.analysis.result.Table;
import dev.assay.ui.Texts;
import java.util.function.Consumer;

/** Against which other run a table shows how places have changed. JavaFX thread only; tables are read and ranked behind it. */
final class TableRanks {

    private final LatestTask reading;
    private final LatestTask ranking;
    private final Consumer<Throwable> onProblem;
    private Table other;

    TableRanks(Worker worker, Consumer<Throwable> onProblem) {
        reading = new LatestTask(worker);
        ranking = new LatestTask(worker);
        this.onProblem = onProblem;
    }

    /** Whether places are compared with those of no other run. */
    boolean isOff() {
        return other == null;
    }

    /**
     * Compares with another run's table; null for none.
     *
     * @param onChange called when it is known
     * @param onNone told that the other run has no such table
     */
    void against(ResultTable.Peer peer, Runnable onChange, Consumer<String> onNone) {
        reading.cancel();
        if (peer == null) {
            ranking.cancel();
            other = null;
            onChange.run();
            return;
        }
        reading.request(
                peer.table(),
                found -> {
                    other = found;
                    if (found == null) {
                        onNone.accept(Texts.of("rank.none", peer.name()));
                    } else {
                        onChange.run();
                    }
                },
                onProblem);
    }

    /** The table with its places beside the other's, as soon as they are found; at once while there is no other. */
    void show(Table table, RowOrder.Key key, Consumer<Table> onFound) {
        Table compared = other;
        if (compared == null) {
            onFound.accept(table);
        } else {
            ranking.request(() -> RankChange.of(table, compared, key), onFound, onProblem);
        }
    }
}
