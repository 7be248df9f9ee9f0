package dev.assay.ui.shell.frame;

import dev.assay.ui.IconButton;
import dev.assay.ui.Texts;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/**
 * The right side of the window: the inspector, and the help when it is open. While both are there two buttons at the top choose
 * between them; else nothing but the inspector is seen. JavaFX thread only.
 */
public final class SidePane extends BorderPane {

    private final Node inspector;
    private final Node help;
    private final ToggleGroup choice = new ToggleGroup();
    private final ToggleButton showInspector = new ToggleButton(Texts.of("side.inspector"));
    private final ToggleButton showHelp = new ToggleButton(Texts.of("side.help"));
    private final HBox heading;
    private final ReadOnlyBooleanWrapper helpInFront = new ReadOnlyBooleanWrapper();

    /** The inspector alone. */
    public SidePane(Node inspector, Node help) {
        this.inspector = inspector;
        this.help = help;
        setId("side");
        getStyleClass().add("side-pane");
        showInspector.setId("side-inspector");
        showHelp.setId("side-help");
        showInspector.setToggleGroup(choice);
        showHelp.setToggleGroup(choice);
        showInspector.getStyleClass().addAll("left-pill", "small");
        showHelp.getStyleClass().addAll("right-pill", "small");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        IconButton close = new IconButton("fth-x", Texts.of("side.close.help"), this::closeHelp);
        close.setId("close-help");
        heading = new HBox(new HBox(showInspector, showHelp), space, close);
        heading.setAlignment(Pos.CENTER_LEFT);
        heading.getStyleClass().add("side-heading");
        choice.selectedToggleProperty().addListener((o, was, is) -> choose(was, is));
        choice.selectToggle(showInspector);
    }

    private void choose(Toggle was, Toggle is) {
        if (is == null) {
            choice.selectToggle(was); // one of them is always in front
            return;
        }
        helpInFront.set(is == showHelp);
        setCenter(is == showHelp ? help : inspector);
    }

    /** Opens the help and brings it to the front. */
    public void openHelp() {
        setTop(heading);
        choice.selectToggle(showHelp);
    }

    /** Opens the help behind the inspector. */
    public void openHelpBehind() {
        setTop(heading);
    }

    /** Takes the help away. */
    public void closeHelp() {
        choice.selectToggle(showInspector);
        setTop(null);
    }

    /** Brings the inspector to the front; the help stays open. */
    public void showInspector() {
        choice.selectToggle(showInspector);
    }

    /** Whether the help is open, in front or not. */
    public boolean isHelpOpen() {
        return getTop() != null;
    }

    /** Whether the help is what is seen. */
    public ReadOnlyBooleanProperty helpInFront() {
        return helpInFront.getReadOnlyProperty();
    }
}
