package dev.assay.analyses.nap.verify.search;

/** Hears how a search goes, on the searching thread. */
public interface Monitor {

    /** Best proved lower bound and least margin found so far; NaN where there is none. */
    void bounds(double lower, double upper);

    /** Problems still open and closed so far. */
    void nodes(long open, long closed);
}
