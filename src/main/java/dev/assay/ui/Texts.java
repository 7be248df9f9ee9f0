package dev.assay.ui;

import java.text.Format;
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

    /**
     * A text with values in the places {@code {0}}, {@code {1}}, ... A whole number is formatted where its place says how, or
     * chooses between forms; everything else is written as its {@code toString} says.
     *
     * @throws java.util.MissingResourceException when there is no such key
     */
    public static String of(String key, Object... values) {
        MessageFormat text = new MessageFormat(BUNDLE.getString(key), Locale.ENGLISH);
        Format[] formats = text.getFormatsByArgumentIndex();
        Object[] shown = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            boolean formatted = i < formats.length && formats[i] != null && values[i] instanceof Integer;
            shown[i] = formatted ? values[i] : String.valueOf(values[i]);
        }
        return text.format(shown);
    }

    /** A label as it stands inside of a sentence: {@code Property} as {@code property}, {@code GNN} as it is. */
    public static String inside(String label) {
        boolean word =
                label.length() > 1 && Character.isUpperCase(label.charAt(0)) && Character.isLowerCase(label.charAt(1));
        return word ? Character.toLowerCase(label.charAt(0)) + label.substring(1) : label;
    }
}
