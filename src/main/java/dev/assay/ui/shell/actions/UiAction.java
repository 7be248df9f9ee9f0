package dev.assay.ui.shell.actions;

import java.util.Objects;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;

/**
 * Something the user can do, declared once.
 *
 * @param id stable identifier, lower-kebab-case
 * @param menu the menu it is in, e.g. {@code File}
 * @param section actions of a menu with different sections are parted by a line
 * @param text what it does, sentence case; three dots when it asks for more first
 * @param icon Ikonli code; empty for none
 * @param accelerator its shortcut, or null
 * @param enabled whether it can be done now
 * @param run does it, on the JavaFX thread
 */
public record UiAction(
        String id,
        String menu,
        int section,
        String text,
        String icon,
        KeyCombination accelerator,
        ObservableBooleanValue enabled,
        Runnable run) {

    /** Checks what must be there. */
    public UiAction {
        Objects.requireNonNull(enabled, "enabled");
        Objects.requireNonNull(run, "run");
    }

    /** An action that can always be done. */
    public static UiAction of(String id, String menu, int section, String text, String icon, String keys,
            Runnable run) {
        return of(id, menu, section, text, icon, keys, new ReadOnlyBooleanWrapper(true), run);
    }

    /**
     * An action that can be done at times.
     *
     * @param keys its shortcut, e.g. {@code Shortcut+O}; empty for none
     */
    public static UiAction of(
            String id,
            String menu,
            int section,
            String text,
            String icon,
            String keys,
            ObservableBooleanValue enabled,
            Runnable run) {
        return new UiAction(
                id, menu, section, text, icon, keys.isEmpty() ? null : KeyCombination.valueOf(keys), enabled, run);
    }

    /** The same action with another shortcut; null for none. */
    UiAction with(KeyCombination keys) {
        return new UiAction(id, menu, section, text, icon, keys, enabled, run);
    }

    /** The shortcut as the user knows it; empty for none. */
    public String shortcut() {
        return accelerator == null ? "" : accelerator.getDisplayText();
    }

    /** Does it if it can be done now. */
    public void fire() {
        if (enabled.get()) {
            run.run();
        }
    }
}
