package dev.assay.ui.chart;

import dev.assay.chart.Chart;
import dev.assay.chart.Span;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import javafx.event.ActionEvent;
import javafx.geometry.Insets;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.stage.Modality;
import javafx.stage.Window;

/** Asks for the ranges of the axes in numbers. Does not block the window's thread. */
final class AxisRangeDialog {

    private static final ButtonType APPLY = new ButtonType(Texts.of("chart.range.set"), ButtonBar.ButtonData.OK_DONE);

    /** Digits of the ends of a range beyond the first in which they differ. */
    private static final int DIGITS = 5;

    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final TextField xFrom = field("axis-x-from", Texts.of("chart.range.x.from"));
    private final TextField xTo = field("axis-x-to", Texts.of("chart.range.x.to"));
    private final TextField yFrom = field("axis-y-from", Texts.of("chart.range.y.from"));
    private final TextField yTo = field("axis-y-to", Texts.of("chart.range.y.to"));
    private final Label problem = new Label();

    /**
     * A dialog that is not shown yet.
     *
     * @param x the range that is seen along x
     * @param y the range that is seen along y
     * @param onRanges given the new ranges; null for an axis without numbers
     */
    AxisRangeDialog(Window owner, Chart chart, Span x, Span y, BiConsumer<Span, Span> onRanges) {
        dialog.setTitle(Texts.of("chart.range.title"));
        dialog.setHeaderText(null);
        dialog.initModality(Modality.WINDOW_MODAL);
        if (owner != null) {
            dialog.initOwner(owner);
        }
        GridPane grid = new GridPane(8, 8);
        grid.setPadding(new Insets(12));
        if (chart.hasXValues()) {
            grid.addRow(0, new Label(Texts.of("chart.range.x")), xFrom, new Label(Texts.of("chart.range.to")), xTo);
            fill(xFrom, xTo, x, chart::xValue);
        }
        if (chart.hasYValues()) {
            grid.addRow(1, new Label(Texts.of("chart.range.y")), yFrom, new Label(Texts.of("chart.range.to")), yTo);
            fill(yFrom, yTo, y, chart::yValue);
        }
        problem.setId("axis-problem");
        problem.setWrapText(true);
        problem.getStyleClass().add("danger");
        grid.add(problem, 0, 2, 4, 1);
        dialog.getDialogPane().setContent(grid);
        dialog.getDialogPane().getButtonTypes().setAll(APPLY, ButtonType.CANCEL);
        dialog.getDialogPane().lookupButton(APPLY).setId("axis-apply");
        dialog.getDialogPane().lookupButton(APPLY).addEventFilter(ActionEvent.ACTION, e -> {
            try {
                Span newX = chart.hasXValues() ? span(xFrom, xTo, "x", chart::xAt) : null;
                Span newY = chart.hasYValues() ? span(yFrom, yTo, "y", chart::yAt) : null;
                onRanges.accept(newX, newY);
            } catch (IllegalArgumentException wrong) {
                problem.setText(wrong.getMessage());
                e.consume();
            }
        });
    }

    void show() {
        dialog.show();
    }

    private static TextField field(String id, String name) {
        TextField field = new TextField();
        field.setId(id);
        field.setPrefColumnCount(10);
        field.setAccessibleText(name);
        return field;
    }

    private static void fill(TextField from, TextField to, Span span, DoubleUnaryOperator value) {
        double low = value.applyAsDouble(span.lower());
        double high = value.applyAsDouble(span.upper());
        from.setText(text(low, high - low));
        to.setText(text(high, high - low));
    }

    /** A value to so many digits that ends which lie near to each other far from zero stay apart. */
    static String text(double value, double length) {
        if (!Double.isFinite(value) || !Double.isFinite(length)) {
            return Numbers.full(value);
        }
        if (Math.abs(value) <= length * 1e-15) {
            return "0";
        }
        double smaller = length > 0 ? Math.min(length, Math.abs(value)) : Math.abs(value);
        int places = DIGITS - (int) Math.floor(Math.log10(smaller));
        return Numbers.full(new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).doubleValue());
    }

    private static Span span(TextField from, TextField to, String axis, DoubleUnaryOperator at) {
        double low = at.applyAsDouble(number(from, axis));
        double high = at.applyAsDouble(number(to, axis));
        if (Double.isNaN(low) || Double.isNaN(high)) {
            throw new IllegalArgumentException(Texts.of("chart.range.no.place", axis));
        }
        if (!(low < high)) {
            throw new IllegalArgumentException(Texts.of("chart.range.order", axis));
        }
        return new Span(low, high);
    }

    private static double number(TextField field, String axis) {
        String text = field.getText().strip();
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for values that are not finite.
        }
        throw new IllegalArgumentException(
                Texts.of("chart.range.number", text, axis));
    }
}
