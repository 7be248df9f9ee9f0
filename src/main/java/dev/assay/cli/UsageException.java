package dev.assay.cli;

/** A command that is not understood: an unknown name, a missing input. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
