package dev.assay.cli;

/** What the program's exit status means. */
public final class ExitCode {

    /** All done. */
    public static final int DONE = 0;

    /** A fault of Assay. */
    public static final int INTERNAL = 1;

    /** The command is not understood. */
    public static final int USAGE = 2;

    /** A file or value that the user can mend. */
    public static final int BAD_INPUT = 3;

    /** Stopped by the user or by the time limit; what was found is kept. */
    public static final int CANCELLED = 4;

    private ExitCode() {}
}
