package dev.assay.ui.shell.inspector;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.ui.Texts;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.VBox;

/** An analysis in the gallery: its name, the question it answers, and why it does not fit where it does not. */
final class AnalysisCard extends ToggleButton {

    private static final PseudoClass UNFIT = PseudoClass.getPseudoClass("unfit");

    private static final double PREFERRED_WIDTH = 300;

    private final Analysis<?> analysis;
    private final Label reason = new Label();
    private final VBox texts = new VBox(4);

    AnalysisCard(Analysis<?> analysis) {
        this.analysis = analysis;
        AnalysisInfo info = analysis.info();
        setId("card-" + info.id());
        getStyleClass().setAll("analysis-card");
        Label title = new Label(info.title());
        title.getStyleClass().add(Styles.TEXT_BOLD);
        Label question = new Label(info.question());
        question.setWrapText(true);
        question.getStyleClass().addAll(Styles.TEXT_MUTED, "question");
        reason.setWrapText(true);
        reason.getStyleClass().addAll("caption", "reason");
        texts.getChildren().setAll(title, question, reason);
        texts.setAlignment(Pos.TOP_LEFT);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        setGraphic(texts);
        setAlignment(Pos.TOP_LEFT);
        setMaxWidth(Double.MAX_VALUE);
        setMinWidth(0);
        show(Fit.yes());
    }

    /** As high as its texts are at the width it gets. */
    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefWidth(double height) {
        return PREFERRED_WIDTH;
    }

    @Override
    protected double computePrefHeight(double width) {
        Insets insets = getInsets();
        double inner = (width < 0 ? PREFERRED_WIDTH : width) - insets.getLeft() - insets.getRight();
        return texts.prefHeight(inner) + insets.getTop() + insets.getBottom();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        Insets insets = getInsets();
        texts.resizeRelocate(
                insets.getLeft(),
                insets.getTop(),
                getWidth() - insets.getLeft() - insets.getRight(),
                getHeight() - insets.getTop() - insets.getBottom());
    }

    /** Shows whether it fits what is open. */
    void show(Fit fit) {
        pseudoClassStateChanged(UNFIT, !fit.fits());
        reason.setText(fit.reason());
        reason.setVisible(!fit.fits());
        reason.setManaged(!fit.fits());
        AnalysisInfo info = analysis.info();
        requestLayout();
        setAccessibleText(fit.fits()
                ? info.title() + ". " + info.question()
                : Texts.of("gallery.misfit", info.title(), info.question(), fit.reason()));
    }

    Analysis<?> analysis() {
        return analysis;
    }

    String reason() {
        return reason.isVisible() ? reason.getText() : "";
    }

    boolean matches(String filter) {
        AnalysisInfo info = analysis.info();
        String text = (info.title() + ' ' + info.question() + ' ' + info.family()).toLowerCase(java.util.Locale.ROOT);
        return text.contains(filter.strip().toLowerCase(java.util.Locale.ROOT));
    }
}
