package dev.assay.ui.tabs;

import dev.assay.run.RunState;
import dev.assay.ui.Texts;
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
            case QUEUED -> Texts.of("pill.queued");
            case RUNNING -> Texts.of("state.running");
            case PAUSED -> Texts.of("state.paused");
            case DONE -> Texts.of("state.done");
            case CANCELLED -> Texts.of("pill.cancelled");
            case FAILED -> Texts.of("state.failed");
            case INTERRUPTED -> Texts.of("state.interrupted");
        };
    }
}
