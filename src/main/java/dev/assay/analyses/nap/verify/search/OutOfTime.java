package dev.assay.analyses.nap.verify.search;

/** The time of an instance ran out in the middle of a computation. */
final class OutOfTime extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutOfTime() {
        super("out of time", null, false, false);
    }
}
