package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.source.ByteSource;
import dev.assay.data.source.ImageOrder;
import dev.assay.data.source.Labels;
import dev.assay.data.source.RecordStore;
import dev.assay.data.source.Records;
import dev.assay.data.source.StoredForm;
import java.util.List;

/** Rows of an array as records. */
final class ArrayRecords {

    private ArrayRecords() {}

    /** Samples, one per row. */
    static RecordStore samples(ByteSource bytes, NpyHeader header) {
        boolean transposed = header.fortran() && header.shape().length > 1;
        return transposed ? new FortranRecords(bytes, header) : rows(bytes, header, "sample");
    }

    /** The form of a sample. */
    static StoredForm form(NpyHeader header) {
        return new StoredForm(header.type(), header.order(), header.sampleShape(), ImageOrder.NONE);
    }

    /**
     * Labels, one per row.
     *
     * @param count number of samples
     * @param names class names, empty when they are not known
     * @param where for messages
     * @throws InputException when they do not fit; the bytes are closed then
     */
    static Labels labels(ByteSource bytes, NpyHeader header, long count, List<String> names, String where)
            throws InputException {
        if (header.sampleValues() != 1 || header.count() != count) {
            bytes.close();
            throw header.sampleValues() != 1
                    ? new InputException(
                            "the array holds " + header.sampleValues() + " numbers per sample, so it holds no labels",
                            where,
                            "name an array with one class number per sample with y=, or y=none")
                    : new InputException(
                            "there are " + header.count() + " labels for " + count + " samples",
                            where,
                            "name the labels of these samples with y=, or y=none");
        }
        return Labels.of(rows(bytes, header, "label"), bytes.path(), header.type(), header.order(), names);
    }

    private static Records rows(ByteSource bytes, NpyHeader header, String noun) {
        return new Records(bytes, header.bytes(), header.sampleBytes(), header.count(), noun, true);
    }
}
