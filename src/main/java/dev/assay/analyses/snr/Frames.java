package dev.assay.analyses.snr;

import dev.assay.analysis.result.Picture;

/** Draws a coloured frame around a picture. */
final class Frames {

    private static final int[] RIGHT = {46, 160, 67};
    private static final int[] WRONG = {218, 54, 51};
    private static final int[] PLAIN = {128, 128, 128};

    private Frames() {}

    /** Green for a member of the query's class, red for another one, grey where that is not known. */
    static Picture around(Picture picture, Boolean right) {
        int[] colour = right == null ? PLAIN : right ? RIGHT : WRONG;
        int border = Math.max(2, Math.max(picture.width(), picture.height()) / 14);
        int width = picture.width() + 2 * border;
        int height = picture.height() + 2 * border;
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int px = x - border;
                int py = y - border;
                boolean inside = px >= 0 && py >= 0 && px < picture.width() && py < picture.height();
                for (int c = 0; c < 3; c++) {
                    pixels[(y * width + x) * 3 + c] = inside
                            ? picture.pixels()[(py * picture.width() + px) * picture.channels()
                                    + Math.min(c, picture.channels() - 1)]
                            : (byte) colour[c];
                }
            }
        }
        return new Picture(width, height, 3, pixels);
    }
}
