package dev.assay.ui.view;

import dev.assay.ui.Tips;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Facts side by side, each a value under its name. A fact that is still being found out keeps its place. */
public final class FactRow extends FlowPane {

    private final Map<String, Label> values = new LinkedHashMap<>();

    /** No facts yet. */
    public FactRow() {
        getStyleClass().add("fact-row");
    }

    /** Sets a fact, adding it at the end when it is new. */
    public FactRow set(String name, String value) {
        Label label = values.get(name);
        if (label == null) {
            label = new Label();
            Label made = label;
            Tips.on(made, made::getText);
            label.setMaxWidth(420);
            values.put(name, label);
            addNode(name, label);
        }
        label.setText(value);
        return this;
    }

    /** Adds a fact with a node of its own. */
    public FactRow addNode(String name, Node value) {
        Label heading = new Label(name);
        heading.getStyleClass().add("caption");
        VBox fact = new VBox(2, heading, value);
        fact.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().add(fact);
        return this;
    }
}
