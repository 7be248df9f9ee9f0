package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.compute.measure.KernelSpeed;
import dev.assay.ui.Tips;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/** How fast the kernels are, a line for each kernel and device, as they are measured. */
final class KernelGrid extends GridPane {

    private static final String[] HEADS = {
        "Kernel", "Device", "Per second", "GB/s", "Of the floor", "\u00d7 processor"
    };
    private static final String[] TIPS = {
        "", "",
        "Work of whole calls, transfers to and from the device included; GMAC are billions of multiply-adds.",
        "Bytes that a call must read and write at least.",
        "The kernel alone against what the device can do at best: copying as many bytes, or multiplying as often.",
        "Whole calls against the processor: 2 is twice as fast."
    };
    private static final int FIRST_NUMBER = 2;

    private int lines;

    KernelGrid() {
        setId("kernel-grid");
        setHgap(20);
        setVgap(6);
        managedProperty().bind(visibleProperty());
        clear();
    }

    void clear() {
        getChildren().clear();
        lines = 0;
        setVisible(false);
    }

    void add(KernelSpeed line) {
        if (lines == 0) {
            for (int c = 0; c < HEADS.length; c++) {
                Label head = new Label(HEADS[c]);
                head.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
                if (!TIPS[c].isEmpty()) {
                    Tips.on(head, TIPS[c]);
                }
                place(head, c);
            }
            setVisible(true);
        }
        lines++;
        String[] cells = line.cells();
        for (int c = 0; c < cells.length; c++) {
            Label cell = new Label(cells[c]);
            if (c >= FIRST_NUMBER && line.there()) {
                cell.getStyleClass().add("monospaced");
            }
            place(cell, c);
        }
    }

    private void place(Label label, int column) {
        label.setMinWidth(USE_PREF_SIZE);
        add(label, column, lines);
        setHalignment(label, column >= FIRST_NUMBER ? HPos.RIGHT : HPos.LEFT);
    }
}
