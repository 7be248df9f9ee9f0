package dev.assay.ui.shell.theme;

import dev.assay.ui.Texts;
import java.util.Locale;

/** Which theme the user wants. */
public enum ThemeChoice {
    /** That of the desktop, followed when it changes. */
    SYSTEM(Texts.of("prefs.theme.system")),
    /** Always light. */
    LIGHT(Texts.of("prefs.theme.light")),
    /** Always dark. */
    DARK(Texts.of("prefs.theme.dark"));

    private final String title;

    ThemeChoice(String title) {
        this.title = title;
    }

    /** The stored text, lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the stored text; anything unknown follows the system. */
    public static ThemeChoice of(String id) {
        for (ThemeChoice choice : values()) {
            if (choice.id().equals(id)) {
                return choice;
            }
        }
        return SYSTEM;
    }

    /** Name for the user. */
    @Override
    public String toString() {
        return title;
    }
}
