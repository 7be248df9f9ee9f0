package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.data.Dataset;
import dev.assay.data.ReadAhead;
import java.nio.FloatBuffer;

/** Looks at rows as they come in: wide enough, finite, and as many as there should be. */
final class RowCheck {

    private final Dataset data;
    private final int columns;
    private int count;

    RowCheck(Dataset data, int columns) throws AnalysisException {
        if (columns < 2) {
            throw new AnalysisException(
                    "a row has only one value, and the variance over one value is 0",
                    data.name(),
                    "choose embeddings of at least two values");
        }
        this.data = data;
        this.columns = columns;
    }

    Dataset data() {
        return data;
    }

    /**
     * Checks a batch.
     *
     * @param values its rows, row-major from the position on
     * @return index of its first row
     */
    int add(ReadAhead.Batch batch, FloatBuffer values) throws AnalysisException {
        int first = Math.toIntExact(batch.first());
        for (int i = 0; i < batch.count() * columns; i++) {
            float value = values.get(values.position() + i);
            if (!Float.isFinite(value)) {
                throw new AnalysisException(
                        "row " + (first + i / columns) + ", column " + i % columns + " is "
                                + (Float.isNaN(value) ? "NaN" : "infinite"),
                        data.name(),
                        "mend the value or leave the row out");
            }
        }
        count = first + batch.count();
        return first;
    }

    void finish() throws AnalysisException {
        if (count != data.size()) {
            throw new AnalysisException(
                    "it ends after " + count + " of " + data.size() + " rows", data.name(), "save it again");
        }
    }
}
