package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.LabelSets;
import dev.assay.data.source.Labels;
import java.util.List;

/** An array with a row per sample and a column per label that holds 0 and 1. */
final class LabelMatrix {

    private static final int MOST_LABELS = 100_000;

    private LabelMatrix() {}

    /** Whether an array may hold the labels of so many samples. */
    static boolean fits(NpyHeader header, long samples) {
        return header.shape().length == 2 && header.shape()[0] == samples && header.shape()[1] > 1
                && header.shape()[1] <= MOST_LABELS;
    }

    /**
     * Reads one.
     *
     * @param names of the labels; empty for their numbers
     * @throws InputException when it holds something else than 0 and 1, or there are more or fewer names
     */
    // The archive belongs to the dataset.
    @SuppressWarnings("resource")
    static LabelSets read(NpzArchive archive, String array, List<String> names) throws InputException {
        NpzArrays.Array matrix = NpzArrays.of(archive).read(array);
        int labels = Math.toIntExact(matrix.shape()[1]);
        if (!names.isEmpty() && names.size() != labels) {
            throw new InputException(
                    "the array has " + labels + " columns for " + names.size() + " class names",
                    archive.where(array),
                    "name every column");
        }
        long[][] sets = new long[Math.toIntExact(matrix.shape()[0])][(labels + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < matrix.values().length; i++) {
            double value = matrix.values()[i];
            if (value == 1) {
                sets[i / labels][i % labels / Long.SIZE] |= 1L << i % labels;
            } else if (value != 0) {
                throw new InputException(
                        "row " + i / labels + ", column " + i % labels + " of the labels is " + value
                                + ", neither 0 nor 1",
                        archive.where(array),
                        "give a column per label with 1 where a sample has it, another array with y=, or y=none");
            }
        }
        return new LabelSets(names.isEmpty() ? Labels.numbered(labels) : names, sets);
    }
}
