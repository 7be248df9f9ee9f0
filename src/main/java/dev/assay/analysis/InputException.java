package dev.assay.analysis;

/** An input (model, dataset or other file) that cannot be read as what it should be. */
public class InputException extends AnalysisException {

    private static final long serialVersionUID = 1L;

    /** See {@link AnalysisException#AnalysisException(String, String, String)}. */
    public InputException(String what, String where, String mend) {
        super(what, where, mend);
    }

    /** As above, with the cause for the log. */
    public InputException(String what, String where, String mend, Throwable cause) {
        super(what, where, mend, cause);
    }
}
