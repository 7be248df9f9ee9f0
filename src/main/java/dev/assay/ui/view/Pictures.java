package dev.assay.ui.view;

import dev.assay.analysis.result.Picture;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** Pictures of results and samples as JavaFX images. May be called from any thread. */
public final class Pictures {

    private static final int OPAQUE = 0xff << 24;

    private Pictures() {}

    /** The image, one pixel for each of the picture's. */
    public static Image image(Picture picture) {
        int[] argb = new int[picture.width() * picture.height()];
        byte[] pixels = picture.pixels();
        for (int i = 0; i < argb.length; i++) {
            if (picture.channels() == 1) {
                int grey = pixels[i] & 0xff;
                argb[i] = OPAQUE | grey << 16 | grey << 8 | grey;
            } else {
                argb[i] = OPAQUE
                        | (pixels[3 * i] & 0xff) << 16
                        | (pixels[3 * i + 1] & 0xff) << 8
                        | pixels[3 * i + 2] & 0xff;
            }
        }
        WritableImage image = new WritableImage(picture.width(), picture.height());
        image.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        picture.width(),
                        picture.height(),
                        PixelFormat.getIntArgbInstance(),
                        argb,
                        0,
                        picture.width());
        return image;
    }
}
