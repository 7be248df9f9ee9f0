package dev.assay.ui.shell.frame;

import atlantafx.base.theme.Styles;
import dev.assay.ui.Texts;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A card beside a part of the window that says what it is for, with a frame around that part. Nothing is blocked: the
 * window can be used meanwhile. JavaFX thread only.
 */
public final class CoachMark extends Pane {

    private static final double WIDTH = 320;
    private static final double GAP = 12;

    private final Region frame = new Region();
    private final Label title = new Label();
    private final Label text = new Label();
    private final Label step = new Label();
    private final Button next = new Button();
    private final Button skip = new Button(Texts.of("tour.skip"));
    private final VBox card;
    private Node target;

    /** Shows nothing yet. */
    public CoachMark(Runnable onNext, Runnable onSkip) {
        setId("coach-mark");
        setPickOnBounds(false);
        frame.getStyleClass().add("coach-frame");
        frame.setMouseTransparent(true);
        title.getStyleClass().add("panel-title");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        step.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        next.setId("tour-next");
        next.getStyleClass().addAll(Styles.ACCENT, Styles.SMALL);
        next.setOnAction(e -> onNext.run());
        skip.setId("tour-skip");
        skip.getStyleClass().addAll(Styles.FLAT, Styles.SMALL);
        skip.setOnAction(e -> onSkip.run());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(8, step, space, skip, next);
        buttons.setAlignment(Pos.CENTER_LEFT);
        card = new VBox(8, title, text, buttons);
        card.getStyleClass().add("coach-card");
        card.setPrefWidth(WIDTH);
        card.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                onSkip.run();
                e.consume();
            }
        });
        getChildren().setAll(frame, card);
        setVisible(false);
    }

    /** Explains a part of the window. */
    public void show(Node part, String heading, String words, String position, String button) {
        target = part;
        title.setText(heading);
        text.setText(words);
        step.setText(position);
        next.setText(button);
        card.setAccessibleText(heading + ". " + words);
        setVisible(true);
        requestLayout();
        next.requestFocus();
    }

    /** Takes it away. */
    public void hide() {
        target = null;
        setVisible(false);
    }

    @Override
    protected void layoutChildren() {
        double height = card.prefHeight(WIDTH);
        Bounds part = target == null || target.getScene() == null
                ? null
                : sceneToLocal(target.localToScene(target.getLayoutBounds()));
        if (part == null || part.getWidth() == 0) {
            frame.setVisible(false);
            card.resizeRelocate((getWidth() - WIDTH) / 2, (getHeight() - height) / 2, WIDTH, height);
            return;
        }
        frame.setVisible(true);
        frame.resizeRelocate(part.getMinX(), part.getMinY(), part.getWidth(), part.getHeight());
        double right = part.getMaxX() + GAP;
        double left = part.getMinX() - GAP - WIDTH;
        double x =
                right + WIDTH <= getWidth() ? right : left >= 0 ? left : (part.getMinX() + part.getMaxX() - WIDTH) / 2;
        boolean beside = right + WIDTH <= getWidth() || left >= 0;
        double y = beside ? part.getMinY() + GAP : part.getMinY() - GAP - height;
        card.resizeRelocate(
                Math.clamp(x, GAP, Math.max(GAP, getWidth() - WIDTH - GAP)),
                Math.clamp(y, GAP, Math.max(GAP, getHeight() - height - GAP)), WIDTH, height);
    }
}
