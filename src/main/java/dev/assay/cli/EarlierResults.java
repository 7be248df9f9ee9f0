package dev.assay.cli;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartFiles;
import dev.assay.run.RunRequest;
import dev.assay.run.Sweep;
import dev.assay.run.json.ResultFolder;
import dev.assay.run.json.ResultJsonReader;
import dev.assay.run.json.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What an earlier run left in a folder. */
final class EarlierResults {

    private EarlierResults() {}

    /** Whether there is anything. */
    static boolean in(Path folder) {
        return Files.exists(folder.resolve(ResultFolder.RESULT));
    }

    /**
     * Checks that a sweep goes on with what is in a folder and replaces none of it.
     *
     * @throws UsageException when the folder holds something else than this sweep, or the beginning of it
     */
    static void checkGoesOn(Path folder, RunRequest request) throws UsageException {
        List<Sweep.Member> were;
        List<Sweep.Member> are;
        try {
            RunRequest earlier = new ResultJsonReader().read(folder.resolve(ResultFolder.RESULT)).request();
            if (!Sweep.is(earlier)) {
                throw new UsageException(folder + " holds a single run and no sweep; give another folder");
            }
            were = Sweep.of(earlier).members();
            are = Sweep.of(request).members();
        } catch (AnalysisException e) {
            return; // it is damaged, and its members are looked at one by one
        }
        for (int i = 0; i < Math.min(were.size(), are.size()); i++) {
            RunRequest was = were.get(i).request();
            RunRequest is = are.get(i).request();
            if (!was.analysis().equals(is.analysis())
                    || !was.parameters().equals(is.parameters())
                    || was.seed() != is.seed()) {
                throw new UsageException(folder + " holds another sweep, whose run " + (i + 1)
                        + " is not that of this one; repeat its own command with --resume, or give another folder");
            }
        }
    }

    /** Where a member of a sweep is. */
    static Path member(Path sweep, int number) {
        return sweep.resolve("runs").resolve(String.format("%04d", number));
    }

    /** Removes its files and, of a sweep, those of its members, and nothing else; of damaged results only {@code result.json}. */
    static void remove(Path folder) throws IOException {
        for (int number = 1; number <= Sweep.MOST; number++) {
            Path member = member(folder, number);
            if (in(member)) {
                remove(member);
                if (isEmpty(member)) {
                    Files.delete(member);
                }
            }
        }
        Path file = folder.resolve(ResultFolder.RESULT);
        List<Result> results;
        try {
            results = new ResultJsonReader().read(file).results();
        } catch (InputException e) {
            results = List.of();
        }
        Files.delete(file);
        for (Result result : results) {
            if (result instanceof Table) {
                Files.deleteIfExists(folder.resolve(TableFiles.stem(result.id()) + ".csv"));
            }
            Files.deleteIfExists(folder.resolve(ChartFiles.fileName(result.id()) + ".svg"));
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Removes a folder that the program made itself. */
    static void removeTree(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
