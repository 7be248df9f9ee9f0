package dev.assay.ui;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the window says, by key: English in {@code texts.properties}, ready for other languages beside it. Any thread. */
public final class Texts {

    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("dev.assay.ui.texts");

    private Texts() {}

    /**
     * A text.
     *
     * @throws java.util.MissingResourceException when there is no such key
     */
    public static String of(String key) {
        return BUNDLE.getString(key);
    }

    /** A text with values in the places {@code {0}}, {@code {1}}, ...; a value is written as its {@code toString} says. */
    public static String of(String key, Object... values) {
        Object[] shown = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            // Choices by number need the number; anything else is formatted by whoever calls.
            shown[i] = values[i] instanceof Integer n ? n : String.valueOf(values[i]);
        }
        return new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH).format(shown);
    }
}
