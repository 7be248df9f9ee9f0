package dev.assay.analysis.result;

/**
 * A small picture.
 *
 * @param width pixels
 * @param height pixels
 * @param channels 1 for grey, 3 for red, green, blue
 * @param pixels row by row, channels interleaved, 0..255 unsigned; not copied, must not be changed afterwards
 */
public record Picture(int width, int height, int channels, byte[] pixels) {

    /** Checks the size. */
    public Picture {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(channels + " channels; a picture has 1 or 3");
        }
        if (pixels.length != Math.multiplyExact(Math.multiplyExact(width, height), channels)) {
            throw new IllegalArgumentException(
                    pixels.length + " bytes for " + width + "x" + height + "x" + channels + " pixels");
        }
    }
}
