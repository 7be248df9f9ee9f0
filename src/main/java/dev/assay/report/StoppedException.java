package dev.assay.report;

import java.io.IOException;

/** The user no longer wants the document. */
public final class StoppedException extends IOException {

    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped");
    }
}
