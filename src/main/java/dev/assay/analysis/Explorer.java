package dev.assay.analysis;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import java.util.List;

/**
 * A finished run opened for looking into: live parameters changed without running again, and the evidence behind a
 * point, cell or row. Called on one background thread at a time.
 *
 * @param <P> the parameters' record
 */
public interface Explorer<P extends Record> extends AutoCloseable {

    /**
     * Computes the results anew after a change of parameters that are marked {@link Parameter#live()}; other
     * components are those of the run. Emits only what changed. Fast enough to follow a slider.
     *
     * @throws AnalysisException when the value is out of range
     */
    void update(P parameters, ResultSink sink) throws AnalysisException;

    /**
     * The evidence behind what was selected in a result, as further results: example images, a table of neurons, a
     * sample's own scores. Empty when there is nothing to add.
     *
     * @param selection what was clicked
     * @param parameters the parameters as they stand now
     * @throws AnalysisException when an input cannot be read any more
     */
    List<Result> details(Selection selection, P parameters) throws AnalysisException;

    @Override
    void close();
}
