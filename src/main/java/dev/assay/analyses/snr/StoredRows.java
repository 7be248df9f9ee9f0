package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Rows to search in that stay in their file: they are read batch by batch, as often as it takes, and never held whole.
 * What is held is a class per row.
 *
 * @param data the file
 * @param name what they are called in messages
 * @param rows number of rows
 * @param columns values per row, at least 2
 * @param labels class index per row, -1 for none; null without labels
 * @param classes class names
 * @param least squared length after centring below which a row counts as constant
 */
record StoredRows(
        Dataset data, String name, int rows, int columns, int[] labels, List<String> classes, double least) {

    /** Values of a batch, so that it is a few MB. */
    private static final int BATCH_VALUES = 1 << 20;

    /** Takes the rows of one batch. */
    @FunctionalInterface
    interface Visitor {

        /**
         * Takes a batch.
         *
         * @param first index of its first row
         * @param count rows
         * @param values row-major from 0, may be longer; overwritten by the next batch
         */
        void batch(int first, int count, double[] values) throws AnalysisException;
    }

    boolean labelled() {
        return labels != null;
    }

    /** Most rows of a batch of so many columns. */
    static int batchSize(int columns) {
        return Math.clamp(BATCH_VALUES / columns, 1, 8_192);
    }

    /**
     * Reads a file once to check it and to learn what searching needs.
     *
     * @param normalize whether rows will be divided by their length
     * @param check called between batches, throws to stop
     * @param done told of the rows that were read
     * @throws AnalysisException when it has no rows or one that is no number
     */
    static StoredRows scan(Dataset data, boolean normalize, Runnable check, LongConsumer done)
            throws AnalysisException {
        int columns = VectorReader.columns(data);
        Facts facts = new Facts(data, columns, normalize);
        try (ReadAhead ahead = ReadAhead.of(data, batchSize(columns))) {
            for (var next = ahead.next(check); next.isPresent(); next = ahead.next(check)) {
                try (ReadAhead.Batch batch = next.get()) {
                    check.run();
                    facts.add(batch, batch.samples());
                    done.accept(batch.count());
                }
            }
        }
        return facts.finish(data);
    }

    /**
     * Shows all rows in order.
     *
     * @param check called between batches, throws to stop
     */
    void forEach(Runnable check, Visitor visitor) throws AnalysisException {
        int batchSize = batchSize(columns);
        double[] values = new double[batchSize * columns];
        int at = 0;
        try (ReadAhead ahead = ReadAhead.of(data, batchSize)) {
            for (var next = ahead.next(check); next.isPresent(); next = ahead.next(check)) {
                int count;
                try (ReadAhead.Batch batch = next.get()) {
                    check.run();
                    count = batch.count();
                    for (int i = 0; i < count * columns; i++) {
                        values[i] = batch.samples().get(i);
                    }
                }
                visitor.batch(at, count, values);
                at += count;
            }
        }
        if (at != rows) {
            throw new AnalysisException(
                    "it had " + rows + " rows, and now has " + at, name, "leave the file alone while it is read");
        }
    }

    /** What is learnt of rows as they pass by. */
    static final class Facts {

        private final RowCheck checked;
        private final int columns;
        private final boolean normalize;
        private final int[] labels;
        private final double[] squares;
        private double[] part = new double[0];

        Facts(Dataset data, int columns, boolean normalize) throws AnalysisException {
            if (data.size() > Integer.MAX_VALUE - 16) {
                throw new AnalysisException(
                        data.size() + " rows are more than can be searched", data.name(),
                        "take a part of them with ?limit=");
            }
            this.checked = new RowCheck(data, columns);
            this.columns = columns;
            this.normalize = normalize;
            this.labels = new int[(int) data.size()];
            this.squares = new double[labels.length];
        }

        void add(ReadAhead.Batch batch, FloatBuffer values) throws AnalysisException {
            int first = checked.add(batch, values);
            int count = batch.count();
            System.arraycopy(batch.labels(), 0, labels, first, count);
            if (part.length < count * columns) {
                part = new double[count * columns];
            }
            for (int i = 0; i < count * columns; i++) {
                part[i] = values.get(values.position() + i);
            }
            PreparedRows centred =
                    PreparedRows.part(part, count, columns, Distance.Form.CENTRED, normalize, 0, 0);
            System.arraycopy(centred.denominators(), 0, squares, first, count);
        }

        int[] labels() {
            return labels;
        }

        /** @param file where the rows can be read again */
        StoredRows finish(Dataset file) throws AnalysisException {
            checked.finish();
            Dataset data = checked.data();
            return new StoredRows(
                    file,
                    data.name(),
                    labels.length,
                    columns,
                    data.labelled() ? labels : null,
                    data.classes(),
                    PreparedRows.least(squares));
        }
    }
}
