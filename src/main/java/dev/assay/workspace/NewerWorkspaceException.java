package dev.assay.workspace;

/** The database was made by a newer version of the program. */
final class NewerWorkspaceException extends Exception {

    private static final long serialVersionUID = 1L;

    NewerWorkspaceException(int version) {
        super("schema version " + version);
    }
}
