package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.LabelSets;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.Interruption;
import dev.assay.data.source.Labels;
import dev.assay.data.source.RecordStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

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
            throw otherCount(labels, names.size(), archive.where(array));
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

    /** The problem that a matrix has more or fewer columns than there are names. */
    static InputException otherCount(int columns, int names, String where) {
        return new InputException(
                "the array has " + columns + " columns for " + names + " class names", where, "name every column");
    }

    /**
     * The labels of a matrix that has exactly one 1 in each row, which is how classes are often written.
     *
     * @param rows the matrix; stays open, its archive is the dataset's
     * @return the column of each row; empty when a row has several or none
     * @throws InputException when the array is damaged
     */
    static Optional<int[]> columns(RecordStore rows, NpyHeader header) throws InputException {
        int width = Math.toIntExact(header.sampleValues());
        int[] columns = new int[Math.toIntExact(header.count())];
        byte[] row = new byte[header.sampleBytes()];
        ByteBuffer values = ByteBuffer.wrap(row).order(header.order());
        try (RecordStore.Reader reader = rows.read(0)) {
            for (int i = 0; i < columns.length; i++) {
                Interruption.check();
                reader.read(row, 1);
                columns[i] = onlyOne(values, width, header.type());
                if (columns[i] < 0) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(columns);
    }

    private static int onlyOne(ByteBuffer row, int width, ElementType type) {
        int found = -1;
        for (int c = 0; c < width; c++) {
            long value;
            try {
                value = type.toLong(row, c * type.bytes());
            } catch (ArithmeticException e) {
                return -1;
            }
            if (value == 1 && found < 0) {
                found = c;
            } else if (value != 0) {
                return -1;
            }
        }
        return found;
    }
}
