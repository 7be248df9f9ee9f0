package dev.assay.run.fake;

import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.RunStore;
import dev.assay.run.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a queue asked to be kept, and fails when told to. */
public final class MemoryStore implements RunStore {

    private final Path root;
    private final List<RunRecord> ended = new CopyOnWriteArrayList<>();
    private final List<RunRecord> saved = new CopyOnWriteArrayList<>();
    private final List<RunRecord> unkept = new CopyOnWriteArrayList<>();
    private final List<RunState> states = new CopyOnWriteArrayList<>();
    private volatile IOException atCreation;
    private volatile IOException atEnd;

    /** @param root folder for the runs' folders */
    public MemoryStore(Path root) {
        this.root = root;
    }

    /** From now on no run can be created. */
    public void failAtCreation(String message) {
        atCreation = new IOException(message);
    }

    /** From now on no run's results can be written. */
    public void failAtEnd(String message) {
        atEnd = new IOException(message);
    }

    @Override
    public Path folder(String runId) {
        return root.resolve(runId);
    }

    @Override
    public void created(RunRecord run) throws IOException {
        if (atCreation != null) {
            throw atCreation;
        }
        Files.createDirectories(run.folder());
    }

    @Override
    public void stateChanged(RunView run) {
        states.add(run.state());
    }

    @Override
    public void progressed(RunRecord run) {
        saved.add(run);
    }

    @Override
    public void ended(RunRecord run) throws IOException {
        if (atEnd != null) {
            throw atEnd;
        }
        ended.add(run);
    }

    @Override
    public void couldNotKeep(RunRecord run) {
        unkept.add(run);
    }

    /** Runs kept at their end. */
    public List<RunRecord> ended() {
        return ended;
    }

    /** Saves on the way. */
    public List<RunRecord> saved() {
        return saved;
    }

    /** Runs whose results could not be written. */
    public List<RunRecord> unkept() {
        return unkept;
    }

    /** States kept on the way. */
    public List<RunState> states() {
        return states;
    }
}
