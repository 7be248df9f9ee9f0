package dev.assay.ui.view;

import dev.assay.analysis.result.Scalar;
import dev.assay.text.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Key scores as a row of figures: value, name, what it is a share of. Used on the JavaFX thread. */
public final class ScalarRow extends FlowPane {

    private static final PseudoClass PLACEHOLDER = PseudoClass.getPseudoClass("placeholder");
    private static final int PLACEHOLDERS = 4;

    private final Map<String, Figure> figures = new LinkedHashMap<>();

    /** A row of quiet placeholders, as high as the figures that will come. */
    public ScalarRow() {
        getStyleClass().add("scalar-row");
        for (int i = 0; i < PLACEHOLDERS; i++) {
            Figure figure = new Figure();
            figure.pseudoClassStateChanged(PLACEHOLDER, true);
            getChildren().add(figure);
        }
    }

    /**
     * Shows these figures; those shown before change in place.
     *
     * @param baseline the figures to compare with, by id; empty for no comparison
     */
    public void show(List<Scalar> scalars, Map<String, Scalar> baseline) {
        if (!figures.keySet().equals(new java.util.LinkedHashSet<>(
                scalars.stream().map(Scalar::id).toList()))) {
            figures.keySet().retainAll(scalars.stream().map(Scalar::id).toList());
            scalars.forEach(s -> figures.computeIfAbsent(s.id(), id -> new Figure()));
            getChildren().setAll(scalars.stream().map(s -> figures.get(s.id())).toList());
        }
        scalars.forEach(s -> figures.get(s.id()).show(s, baseline.get(s.id())));
    }

    private static final class Figure extends VBox {

        private final Label value = new Label();
        private final Label title = new Label();
        private final Label note = new Label();
        private final Tooltip full = new Tooltip();

        Figure() {
            getStyleClass().add("figure");
            value.getStyleClass().add("figure-value");
            title.getStyleClass().add("figure-title");
            note.getStyleClass().add("caption");
            for (Label label : List.of(value, title, note)) {
                label.setMinWidth(Region.USE_PREF_SIZE);
            }
            value.setTooltip(full);
            getChildren().addAll(value, title, note);
        }

        void show(Scalar scalar, Scalar baseline) {
            value.setText(Numbers.value(scalar.value(), scalar.unit()));
            title.setText(scalar.title());
            boolean differs = baseline != null && Double.compare(baseline.value(), scalar.value()) != 0;
            note.setText(differs ? "run: " + Numbers.value(baseline.value(), baseline.unit()) : scalar.note());
            full.setText(Double.isNaN(scalar.value()) ? "no value" : Numbers.full(scalar.value()));
            setAccessibleText(scalar.title() + ": " + value.getText() + " " + note.getText());
        }
    }
}
