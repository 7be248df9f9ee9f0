package dev.assay.chart;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.text.AttributedCharacterIterator;
import java.text.AttributedString;
import java.text.CharacterIterator;

/**
 * Writes texts as texts into a PDF, in the shipped fonts. A tab or another control character, for which no font has a
 * glyph, becomes a blank; the library would leave out the whole text. Closed after the document is painted.
 */
public final class PdfTexts extends PdfBoxGraphics2DFontTextDrawer {

    /**
     * With the shipped fonts.
     *
     * @throws IOException when they cannot be read
     */
    public PdfTexts() throws IOException {
        for (boolean semiBold : new boolean[] {false, true}) {
            try (InputStream font = ChartFonts.open(semiBold)) {
                registerFont(font);
            }
        }
    }

    @Override
    public void drawText(AttributedCharacterIterator text, IFontTextDrawerEnv env)
            throws IOException, FontFormatException {
        super.drawText(printable(text), env);
    }

    private static AttributedCharacterIterator printable(AttributedCharacterIterator text) {
        StringBuilder clean = new StringBuilder();
        boolean changed = false;
        for (char c = text.first(); text.getIndex() < text.getEndIndex(); c = text.next()) {
            boolean control = Character.isISOControl(c);
            clean.append(control ? ' ' : c);
            changed |= control;
        }
        text.first();
        if (!changed) {
            return text;
        }
        AttributedString same = new AttributedString(clean.toString());
        int begin = text.getBeginIndex();
        for (char c = text.first(); c != CharacterIterator.DONE; c = text.setIndex(text.getRunLimit())) {
            same.addAttributes(text.getAttributes(), text.getRunStart() - begin, text.getRunLimit() - begin);
        }
        return same.getIterator();
    }
}
