package dev.assay.ui.report;

import dev.assay.report.Block;
import dev.assay.report.Report;
import dev.assay.report.ReportSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;

/**
 * A report while it is edited: every change is kept a moment later. JavaFX thread only; saving is up to whoever is handed
 * the report.
 */
public final class ReportDocument {

    private static final Duration QUIET = Duration.millis(400);

    private final String id;
    private final ReportSource source;
    private final Consumer<Report> save;
    private final ReadOnlyObjectWrapper<Report> report;
    private final PauseTransition pause = new PauseTransition(QUIET);
    private boolean unsaved;

    /**
     * A report.
     *
     * @param id its id in the workspace
     * @param save keeps it; called when the user has paused
     */
    public ReportDocument(String id, Report report, ReportSource source, Consumer<Report> save) {
        this.id = id;
        this.source = source;
        this.save = save;
        this.report = new ReadOnlyObjectWrapper<>(report);
        pause.setOnFinished(e -> saveNow());
    }

    /** Its id in the workspace. */
    public String id() {
        return id;
    }

    /** Where its runs and pictures come from. */
    public ReportSource source() {
        return source;
    }

    /** The report as it stands. */
    public ReadOnlyObjectProperty<Report> report() {
        return report.getReadOnlyProperty();
    }

    /** Changes it. */
    public void change(Report to) {
        if (!to.equals(report.get())) {
            report.set(to);
            unsaved = true;
            pause.playFromStart();
        }
    }

    /** Puts a block in. */
    public void insert(int at, Block block) {
        List<Block> blocks = new ArrayList<>(report.get().blocks());
        blocks.add(Math.clamp(at, 0, blocks.size()), block);
        change(report.get().withBlocks(blocks));
    }

    /** Puts another block in the place of one. */
    public void replace(int at, Block block) {
        List<Block> blocks = new ArrayList<>(report.get().blocks());
        blocks.set(at, block);
        change(report.get().withBlocks(blocks));
    }

    /** Takes a block out. */
    public void remove(int at) {
        List<Block> blocks = new ArrayList<>(report.get().blocks());
        blocks.remove(at);
        change(report.get().withBlocks(blocks));
    }

    /** Moves a block. */
    public void move(int from, int to) {
        List<Block> blocks = new ArrayList<>(report.get().blocks());
        if (to >= 0 && to < blocks.size()) {
            blocks.add(to, blocks.remove(from));
            change(report.get().withBlocks(blocks));
        }
    }

    /** What has not been kept yet, for whoever keeps it in another way; it then counts as kept. */
    public Optional<Report> takeUnsaved() {
        pause.stop();
        boolean was = unsaved;
        unsaved = false;
        return was ? Optional.of(report.get()) : Optional.empty();
    }

    /** Keeps what has not been kept. */
    public void saveNow() {
        takeUnsaved().ifPresent(save);
    }
}
