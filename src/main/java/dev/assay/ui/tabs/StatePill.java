package dev.assay.ui.tabs;

import dev.assay.run.RunState;
import java.util.Arrays;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/** The state of a run in a word and a colour. */
final class StatePill extends Label {

    StatePill() {
        getStyleClass().add("state-pill");
        setMinWidth(Region.USE_PREF_SIZE);
    }

    void show(RunState state) {
        setText(word(state));
        Arrays.stream(RunState.values())
                .forEach(s -> pseudoClassStateChanged(
                        PseudoClass.getPseudoClass(s.name().toLowerCase(Locale.ROOT)), s == state));
    }

    static String word(RunState state) {
        return switch (state) {
            case QUEUED -> "Queued";
            case RUNNING -> "Running";
            case PAUSED -> "Paused";
            case DONE -> "Done";
            case CANCELLED -> "Cancelled";
            case FAILED -> "Failed";
            case INTERRUPTED -> "Interrupted";
        };
    }
}
