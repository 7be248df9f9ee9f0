package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.compute.measure.KernelSpeed;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;

/** How fast the kernels are, a line for each kernel and device, as they are measured. */
final class KernelGrid extends GridPane {

    private static final String[] HEADS = {
        Texts.of("devices.kernel"), Texts.of("inspector.device"), Texts.of("devices.per.second"),
        Texts.of("devices.bytes"), Texts.of("devices.floor"), Texts.of("devices.processor")
    };
    private static final String[] TIPS = {
        "", "",
        Texts.of("devices.per.second.tip"),
        Texts.of("devices.bytes.tip"),
        Texts.of("devices.floor.tip"),
        Texts.of("devices.processor.tip")
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
