package dev.assay.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The two fonts of a chart. They are shipped with the program, so a chart looks the same on every machine; a chart with
 * characters that they lack (Chinese class names, say) uses the machine's own sans-serif font.
 */
public final class ChartFonts {

    /** Sizes in pixels. */
    static final float TITLE = 13f;

    static final float BODY = 12f;
    static final float CAPTION = 11f;

    /** How texts are measured before there is a picture to draw on. */
    static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

    private static final String REGULAR_FILE = "fonts/AssayInter-Regular.ttf";
    private static final String SEMIBOLD_FILE = "fonts/AssayInter-SemiBold.ttf";
    private static final ChartFonts SHIPPED = new ChartFonts(load(REGULAR_FILE), load(SEMIBOLD_FILE));
    private static final ChartFonts LOGICAL = new ChartFonts(
            new Font(Font.SANS_SERIF, Font.PLAIN, (int) CAPTION), new Font(Font.SANS_SERIF, Font.BOLD, (int) CAPTION));

    private final Font regular;
    private final Font semiBold;

    private ChartFonts(Font regular, Font semiBold) {
        this.regular = regular;
        this.semiBold = semiBold;
    }

    /** Fonts that can show all of the texts. */
    public static ChartFonts forTexts(List<String> texts) {
        for (String text : texts) {
            if (SHIPPED.regular.canDisplayUpTo(text) >= 0) {
                return LOGICAL;
            }
        }
        return SHIPPED;
    }

    /** The shipped fonts, for those who embed them in files. */
    static InputStream open(boolean semiBold) {
        return ChartFonts.class.getResourceAsStream(semiBold ? SEMIBOLD_FILE : REGULAR_FILE);
    }

    /** Whether the font is one of the shipped. */
    static boolean isShipped(Font font) {
        return font.getFamily().equals(SHIPPED.regular.getFamily())
                || font.getFamily().equals(SHIPPED.semiBold.getFamily());
    }

    /** The plain font in a size. */
    public Font regular(float size) {
        return regular.deriveFont(size);
    }

    /** The font of titles in a size. */
    public Font semiBold(float size) {
        return semiBold.deriveFont(size);
    }

    /** The width of a text in a font. */
    public static double width(Font font, String text) {
        return text.isEmpty() ? 0 : font.getStringBounds(text, MEASURE).getWidth();
    }

    /** The text, shortened in its middle so that it is no wider than that. */
    public static String fit(Font font, String text, double width) {
        if (width(font, text) <= width) {
            return text;
        }
        int low = 0;
        int high = text.length() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (width(font, shortened(text, middle)) <= width) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return shortened(text, low);
    }

    private static String shortened(String text, int kept) {
        int tail = kept / 3;
        int head = kept - tail;
        // A character of two halves is not left with one.
        if (head > 0 && Character.isHighSurrogate(text.charAt(head - 1))) {
            head--;
        }
        if (tail > 0 && Character.isLowSurrogate(text.charAt(text.length() - tail))) {
            tail--;
        }
        return text.substring(0, head) + "\u2026" + text.substring(text.length() - tail);
    }

    private static Font load(String file) {
        try (InputStream in = ChartFonts.class.getResourceAsStream(file)) {
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException(file + " is not a font", e);
        }
    }
}
