package dev.assay.ui.view;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.result.Scalar;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/**
 * Key scores as a row of figures: value, name, what it is a share of. Those that do not fit in one row wait behind a
 * button, so that the figures never push the charts away. Used on the JavaFX thread.
 */
public final class ScalarRow extends Pane {

    private static final PseudoClass PLACEHOLDER = PseudoClass.getPseudoClass("placeholder");
    private static final int PLACEHOLDERS = 4;
    private static final double HEIGHT = 56;
    private static final double LEAST_WIDTH = 120;
    private static final double MOST_WIDTH = 190;
    private static final double MORE_WIDTH = 76;
    private static final double GAP = 12;

    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final List<Figure> shown = new ArrayList<>();
    private final Button more = new Button();
    private boolean expanded;

    /** A row of quiet placeholders, as high as the figures that will come. */
    public ScalarRow() {
        getStyleClass().add("scalar-row");
        more.getStyleClass().addAll(Styles.SMALL, Styles.FLAT);
        more.setId("more-figures");
        more.setOnAction(e -> {
            expanded = !expanded;
            requestLayout();
            getParent().requestLayout();
        });
        for (int i = 0; i < PLACEHOLDERS; i++) {
            Figure figure = new Figure();
            figure.pseudoClassStateChanged(PLACEHOLDER, true);
            shown.add(figure);
        }
        arrange();
    }

    /**
     * Shows these figures; those shown before change in place.
     *
     * @param baseline the figures to compare with, by id; empty for no comparison
     */
    public void show(List<Scalar> scalars, Map<String, Scalar> baseline) {
        List<String> ids = scalars.stream().map(Scalar::id).toList();
        // Placeholders are shown without being figures: they go when nothing will come.
        if (shown.size() != ids.size() || !List.copyOf(figures.keySet()).equals(ids)) {
            Map<String, Figure> before = new LinkedHashMap<>(figures);
            figures.clear();
            ids.forEach(id -> figures.put(id, before.getOrDefault(id, new Figure())));
            shown.clear();
            shown.addAll(figures.values());
            arrange();
        }
        scalars.forEach(s -> figures.get(s.id()).show(s, baseline.get(s.id())));
    }

    private void arrange() {
        getChildren().setAll(shown);
        getChildren().add(more);
    }

    private static int fitting(double width) {
        return Math.max(1, (int) ((width + GAP) / (LEAST_WIDTH + GAP)));
    }

    /** Figures to a row, those behind the button not counted. */
    private int perRow(double width) {
        int all = fitting(width);
        return shown.size() <= all ? Math.max(1, shown.size())
                : expanded ? all : Math.max(1, fitting(width - MORE_WIDTH - GAP));
    }

    private int rows(double width) {
        int perRow = perRow(width);
        // Expanded, the button that folds them up again takes a place of its own.
        int places = shown.size() + (expanded && shown.size() > fitting(width) ? 1 : 0);
        return expanded ? Math.max(1, (places + perRow - 1) / perRow) : 1;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return LEAST_WIDTH;
    }

    @Override
    protected double computePrefWidth(double height) {
        return shown.size() * (LEAST_WIDTH + GAP);
    }

    @Override
    protected double computePrefHeight(double width) {
        int rows = rows(width < 0 ? getWidth() : width);
        return rows * HEIGHT + (rows - 1) * GAP;
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        int perRow = perRow(width);
        boolean folds = shown.size() > fitting(width);
        double room = folds && !expanded ? width - MORE_WIDTH - GAP : width;
        double cell = Math.floor(Math.min(MOST_WIDTH, (room - (perRow - 1) * GAP) / perRow));
        int visible = expanded ? shown.size() : Math.min(perRow, shown.size());
        for (int i = 0; i < shown.size(); i++) {
            Figure figure = shown.get(i);
            figure.setVisible(i < visible);
            figure.resizeRelocate(i % perRow * (cell + GAP), i / perRow * (HEIGHT + GAP), cell, HEIGHT);
        }
        more.setVisible(folds);
        more.setText(expanded ? Texts.of("scalars.fewer") : Texts.of("scalars.more", shown.size() - visible));
        int place = expanded ? shown.size() : perRow;
        double x = expanded ? place % perRow * (cell + GAP) : perRow * (cell + GAP);
        double y = expanded ? place / perRow * (HEIGHT + GAP) : 0;
        double height = more.prefHeight(-1);
        more.resizeRelocate(x, y + (HEIGHT - height) / 2, MORE_WIDTH, height);
    }

    private static final class Figure extends VBox {

        private final Label value = new Label();
        private final Label title = new Label();
        private final Label note = new Label();

        Figure() {
            getStyleClass().add("figure");
            value.getStyleClass().add("figure-value");
            title.getStyleClass().add("figure-title");
            note.getStyleClass().add("caption");
            getChildren().addAll(value, title, note);
        }

        void show(Scalar scalar, Scalar baseline) {
            value.setText(Numbers.value(scalar.value(), scalar.unit()));
            title.setText(scalar.title());
            boolean differs = baseline != null && Double.compare(baseline.value(), scalar.value()) != 0;
            note.setText(differs ? Texts.of("scalars.baseline", Numbers.value(baseline.value(), baseline.unit()))
                    : scalar.note());
            String exact = Double.isNaN(scalar.value()) ? Texts.of("scalars.none") : Numbers.full(scalar.value());
            Tips.on(this, scalar.title() + ": " + exact + (scalar.note().isEmpty() ? "" : "\n" + scalar.note()));
            setAccessibleText(scalar.title() + ": " + value.getText() + " " + note.getText());
        }
    }
}
