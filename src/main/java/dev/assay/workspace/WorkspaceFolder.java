package dev.assay.workspace;

import dev.assay.analysis.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a workspace's folder may hold. */
final class WorkspaceFolder {

    private static final String MARK = "workspace.assay";

    private WorkspaceFolder() {}

    /** A workspace is never made among the user's own files. */
    static void requireOwnOrEmpty(Path folder) throws InputException {
        if (Workspace.isAt(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> foreign = files.filter(f -> !isOwn(f.getFileName().toString())).findFirst();
            if (foreign.isPresent()) {
                throw new InputException(
                        "this folder is no workspace and holds other files, such as "
                                + foreign.get().getFileName(),
                        folder.toString(),
                        "choose an empty folder or a new one; open data and networks as files");
            }
        } catch (IOException e) {
            throw new InputException(
                    "the workspace's folder cannot be read (" + Workspace.reason(e) + ")",
                    folder.toString(),
                    "choose another folder",
                    e);
        }
    }

    private static boolean isOwn(String name) {
        return name.startsWith("workspace.") || name.equals("runs") || name.equals("reports")
                || name.equals(".DS_Store") || name.equals("Thumbs.db");
    }

    /** The file by which a file manager opens the workspace; the folder alone cannot be associated with a program. */
    static void mark(Path folder) throws IOException {
        Path mark = folder.resolve(MARK);
        if (!Files.exists(mark)) {
            Files.writeString(mark, "Opened with Assay, this file opens the workspace of its folder.\n");
        }
    }
}
