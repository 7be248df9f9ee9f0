package dev.assay.ui.tabs;

import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/** Cards of one height in two columns, in one where there is little room, in three where there is plenty. */
final class CardGrid extends Pane {

    private static final double GAP = 16;
    private static final double CARD_HEIGHT = 300;
    private static final double LEAST_CARD_HEIGHT = 230;
    private static final double MOST_CARD_HEIGHT = 520;
    private static final double TWO_COLUMNS_FROM = 720;
    private static final double THREE_COLUMNS_FROM = 1800;

    CardGrid() {
        setPadding(new Insets(0, 0, GAP, 0));
        getStyleClass().add("card-grid");
    }

    private double viewHeight;

    /** Fits the cards to the height in view: a row is seen whole where that is possible, and few rows use the room there is. */
    void setViewHeight(double height) {
        if (height != viewHeight) {
            viewHeight = height;
            requestLayout();
        }
    }

    private double cardHeight(int rows) {
        double least = Math.clamp(viewHeight - GAP, LEAST_CARD_HEIGHT, CARD_HEIGHT);
        double even = Math.floor(viewHeight / Math.max(1, rows)) - GAP;
        return Math.clamp(even, least, MOST_CARD_HEIGHT);
    }

    private int rows(int columns) {
        return (getChildren().size() + columns - 1) / columns;
    }

    private static int columns(double width) {
        return width < TWO_COLUMNS_FROM ? 1 : width < THREE_COLUMNS_FROM ? 2 : 3;
    }

    @Override
    protected double computePrefWidth(double height) {
        return TWO_COLUMNS_FROM;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 280;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        int rows = rows(columns(width < 0 ? getWidth() : width));
        return rows * cardHeight(rows) + Math.max(0, rows - 1) * GAP + snappedTopInset() + snappedBottomInset();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth() - snappedLeftInset() - snappedRightInset();
        int columns = columns(getWidth());
        double cardHeight = cardHeight(rows(columns));
        double cell = snapSizeX((width - (columns - 1) * GAP) / columns) - (columns > 1 ? 1 : 0);
        for (int i = 0; i < getChildren().size(); i++) {
            Node child = getChildren().get(i);
            double x = snappedLeftInset() + (i % columns) * (cell + GAP);
            double y = snappedTopInset() + (i / columns) * (cardHeight + GAP);
            child.resizeRelocate(snapPositionX(x), snapPositionY(y), cell, cardHeight);
        }
    }
}
