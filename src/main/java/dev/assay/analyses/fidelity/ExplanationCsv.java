package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analysis.AnalysisException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes explanations in the form in which explanation files are read: both directions, sorted, ids from 0. One file for
 * each explainer, there whole or not at all. Used by one thread at a time.
 */
final class ExplanationCsv implements AutoCloseable {

    /** Folder within the run's artifacts. */
    static final String FOLDER = "explanations";

    private final List<Path> files = new ArrayList<>();
    private final List<BufferedWriter> writers = new ArrayList<>();

    /**
     * Starts.
     *
     * @param first name of the first column, graph or node
     */
    ExplanationCsv(Path artifacts, List<String> explainers, String first) throws AnalysisException {
        Path folder = artifacts.resolve(FOLDER);
        try {
            Files.createDirectories(folder);
            for (int i = 0; i < explainers.size(); i++) {
                Path file = folder.resolve(fileName(explainers, i));
                files.add(file);
                writers.add(Files.newBufferedWriter(part(file)));
                writers.getLast().write(first + ",u,v,score\n");
            }
        } catch (IOException e) {
            close();
            throw unwritable(folder, e);
        }
    }

    /** The file of an explainer: its name, made safe and unique. */
    static String fileName(List<String> explainers, int index) {
        String safe = explainers.get(index).replaceAll("[^A-Za-z0-9._ -]", "_").strip();
        String name = safe.isEmpty() || safe.startsWith(".") ? "explainer" + safe : safe;
        long before = IntStream.range(0, index)
                .filter(i -> explainers.get(i).replaceAll("[^A-Za-z0-9._ -]", "_").strip().equalsIgnoreCase(safe))
                .count();
        return before == 0 ? name + ".csv" : name + "-" + (before + 1) + ".csv";
    }

    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** Adds the explanation of an instance; instances come with rising keys. */
    void add(int explainer, Instance instance, double[] scores) throws AnalysisException {
        int[] edges = instance.network().edges();
        int[] order = IntStream.range(0, edges.length)
                .boxed()
                .sorted((a, b) -> {
                    int byFrom = Integer.compare(instance.graph().from()[edges[a]], instance.graph().from()[edges[b]]);
                    return byFrom != 0 ? byFrom
                            : Integer.compare(instance.graph().to()[edges[a]], instance.graph().to()[edges[b]]);
                })
                .mapToInt(Integer::intValue)
                .toArray();
        try {
            BufferedWriter out = writers.get(explainer);
            for (int e : order) {
                int unit = instance.units().unitOf(e);
                if (unit >= 0) {
                    out.write(instance.key() + "," + instance.graph().from()[edges[e]] + ","
                            + instance.graph().to()[edges[e]] + "," + scores[unit] + "\n");
                }
            }
        } catch (IOException e) {
            throw unwritable(files.get(explainer), e);
        }
    }

    /** Gives the files their names. */
    void finish() throws AnalysisException {
        for (int i = 0; i < files.size(); i++) {
            try {
                writers.get(i).close();
                Files.move(part(files.get(i)), files.get(i), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw unwritable(files.get(i), e);
            }
        }
    }

    private static AnalysisException unwritable(Path file, IOException e) {
        return new AnalysisException(
                "the file cannot be written ("
                        + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                        + ")",
                file.toString(), "make room on the disk or choose another folder", e);
    }

    @Override
    public void close() {
        for (int i = 0; i < writers.size(); i++) {
            try {
                try {
                    writers.get(i).close();
                } finally {
                    Files.deleteIfExists(part(files.get(i)));
                }
            } catch (IOException e) {
                // The run ends with what went wrong before; the unfinished file is not read by anybody.
                continue;
            }
        }
    }
}
