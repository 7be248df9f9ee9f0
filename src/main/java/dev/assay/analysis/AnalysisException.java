package dev.assay.analysis;

/**
 * A problem that the user can mend: wrong shape, missing labels, an unsupported operator, a damaged file. It says what
 * is wrong, where, and what would mend it, in words for the user.
 */
public class AnalysisException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String where;
    private final String mend;

    /**
     * @param what what is wrong, without a full stop, e.g. {@code the file ends after 13 of 784 bytes of image 12}
     * @param where the file, layer, row or parameter, e.g. {@code images.idx}
     * @param mend what would mend it, without a full stop (a question keeps its mark), or an empty string when nothing can
     *     be said
     */
    public AnalysisException(String what, String where, String mend) {
        this(what, where, mend, null);
    }

    /** As above, with the cause for the log. */
    public AnalysisException(String what, String where, String mend, Throwable cause) {
        super(sentence(what, where, mend), cause);
        this.what = what;
        this.where = where;
        this.mend = mend;
    }

    private static String sentence(String what, String where, String mend) {
        String text = where.isEmpty() ? what : where + ": " + what;
        String whole = mend.isEmpty() ? text : text + "; " + mend;
        return whole.endsWith("?") ? whole : whole + ".";
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** Where it is wrong; may be empty. */
    public String where() {
        return where;
    }

    /** What would mend it; may be empty. */
    public String mend() {
        return mend;
    }
}
