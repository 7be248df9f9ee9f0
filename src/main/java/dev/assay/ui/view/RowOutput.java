package dev.assay.ui.view;

import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes rows of a table out of the window: to the clipboard, to a file. JavaFX thread only; large ones in the background. */
final class RowOutput {

    /** More rows than this are made into text in the background. */
    private static final int COPIED_AT_ONCE = 1_000;

    private final Worker worker;
    private final FileAsker files;
    private final Consumer<Throwable> onProblem;

    RowOutput(Worker worker, FileAsker files, Consumer<Throwable> onProblem) {
        this.worker = worker;
        this.files = files;
        this.onProblem = onProblem;
    }

    /** Copies rows with all digits. */
    void copy(Table table, List<Integer> rows) {
        int[] chosen = numbers(rows);
        if (chosen.length <= COPIED_AT_ONCE) {
            ClipboardText.put(TableFile.tabSeparated(table, chosen));
        } else {
            worker.submit(() -> TableFile.tabSeparated(table, chosen), ClipboardText::put, onProblem);
        }
    }

    /**
     * Asks for a file and writes rows in the order given, as CSV.
     *
     * @param onDone told what was done
     */
    void export(Table table, List<Integer> rows, Consumer<String> onDone) {
        int[] chosen = numbers(rows);
        Optional<Path> file = files.save(table.id() + ".csv", Texts.of("file.csv"));
        file.ifPresent(path -> worker.submit(
                () -> {
                    TableFile.writeCsv(table, chosen, path);
                    return path;
                },
                written -> onDone.accept(Texts.of("table.exported", Numbers.count(chosen.length))),
                onProblem));
    }

    private static int[] numbers(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
