package dev.assay.analyses.complexity;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Distances of groups that were found on samples, kept because they cannot be found again without running the network. */
final class DistanceFile {

    private final Path folder;

    DistanceFile(Path folder) {
        this.folder = folder;
    }

    private Path file(int group) {
        return folder.resolve("distances_" + group + ".f64");
    }

    void write(int group, double[] squared) throws AnalysisException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(squared.length, Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(squared);
        try {
            WholeFile.write(file(group), out -> out.write(bytes.array()));
        } catch (IOException e) {
            throw new AnalysisException(
                    "the distances cannot be written: " + e.getMessage(), file(group).toString(),
                    "check the space on the disk", e);
        }
    }

    /** Distances of some features of a group of n; empty when none were kept. */
    double[][] some(int group, int n, int[] features) throws AnalysisException {
        if (!Files.exists(file(group))) {
            return new double[0][];
        }
        try {
            DoubleBuffer all = ByteBuffer.wrap(Files.readAllBytes(file(group)))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer();
            double[][] some = new double[features.length][features.length];
            for (int a = 0; a < features.length; a++) {
                for (int b = 0; b < features.length; b++) {
                    some[a][b] = all.get(features[a] * n + features[b]);
                }
            }
            return some;
        } catch (IOException e) {
            throw new AnalysisException(
                    "the distances cannot be read: " + e.getMessage(), file(group).toString(), "run the analysis again",
                    e);
        }
    }
}
