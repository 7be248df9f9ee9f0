package dev.assay.ui;

import org.kordamp.ikonli.javafx.FontIcon;

/** Icons of one size and weight, coloured by the theme. */
public final class Icons {

    private Icons() {}

    /**
     * An icon of 16 px.
     *
     * @param code Ikonli code of the Feather set, e.g. {@code fth-box}
     */
    public static FontIcon of(String code) {
        return new FontIcon(code);
    }

    /** A large muted icon for an empty panel. */
    public static FontIcon large(String code) {
        FontIcon icon = new FontIcon(code);
        icon.getStyleClass().add("large-icon");
        return icon;
    }
}
