package dev.assay.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to write to a workspace: one holder among all programs. The system frees it when a program dies. */
final class WorkspaceLock implements AutoCloseable {

    /**
     * The workspaces that this program has locked. The system's lock belongs to the whole program, and closing any
     * second channel on the file would drop it, so a second one must not even be opened.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private WorkspaceLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param folder the real path of the workspace
     * @return empty when another window holds it
     * @throws IOException when the lock file cannot be made
     */
    static Optional<WorkspaceLock> take(Path folder) throws IOException {
        Path file = folder.resolve("workspace.lock");
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            return taken ? Optional.of(new WorkspaceLock(file, channel)) : Optional.empty();
        } finally {
            if (!taken) {
                HELD.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
