package dev.assay.run;

/**
 * Why a run failed.
 *
 * @param message one clear sentence for the user: what, where, how to mend
 * @param userError whether the user can mend it; false for an internal error
 * @param details stack trace for "copy details" and the log
 */
public record RunFailure(String message, boolean userError, String details) {}
