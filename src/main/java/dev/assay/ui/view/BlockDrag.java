package dev.assay.ui.view;

import dev.assay.report.Block;
import dev.assay.report.ReportJson;
import java.util.Optional;
import javafx.scene.input.DataFormat;
import javafx.scene.input.Dragboard;

/** A block of a report on its way by drag and drop. */
public final class BlockDrag {

    /** What a dragged block is on the clipboard. */
    public static final DataFormat FORMAT = new DataFormat("application/x-assay-report-block");

    private BlockDrag() {}

    /** A block as text for the drag board. */
    public static String text(Block block) {
        return new ReportJson().write(block);
    }

    /** The block that is dragged. */
    public static Optional<Block> block(Dragboard board) {
        return board.hasContent(FORMAT)
                ? Optional.of(new ReportJson().readBlock((String) board.getContent(FORMAT)))
                : Optional.empty();
    }
}
