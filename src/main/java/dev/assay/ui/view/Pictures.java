package dev.assay.ui.view;

import dev.assay.analysis.result.Picture;
import java.util.Arrays;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** Pictures of results and samples as JavaFX images. May be called from any thread. */
public final class Pictures {

    private static final int OPAQUE = 0xff << 24;

    private Pictures() {}

    /** The image, one pixel for each of the picture's. */
    public static Image image(Picture picture) {
        return scaled(picture, 1, 1);
    }

    /**
     * The image for a place of that size: a small picture is enlarged pixel by pixel (nearest neighbour; the toolkit
     * would blur it), a large one is averaged down, so that many of them take little memory.
     *
     * @param side width and height of the place in pixels
     */
    public static Image fitting(Picture picture, double side) {
        int longest = Math.max(1, Math.max(picture.width(), picture.height()));
        int up = (int) Math.max(1, Math.ceil(side / longest));
        int down = (int) Math.max(1, Math.floor(longest / (2 * side)));
        return scaled(picture, up, down);
    }

    private static Image scaled(Picture picture, int up, int down) {
        int width = Math.max(1, picture.width() / down) * up;
        int height = Math.max(1, picture.height() / down) * up;
        int[] argb = new int[width * height];
        for (int y = 0; y < height; y += up) {
            for (int x = 0; x < width; x += up) {
                int colour = average(picture, x / up * down, y / up * down, down);
                for (int dy = 0; dy < up; dy++) {
                    Arrays.fill(argb, (y + dy) * width + x, (y + dy) * width + x + up, colour);
                }
            }
        }
        WritableImage image = new WritableImage(width, height);
        image.getPixelWriter()
                .setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        return image;
    }

    private static int average(Picture picture, int x, int y, int block) {
        int red = 0;
        int green = 0;
        int blue = 0;
        int count = 0;
        for (int py = y; py < Math.min(y + block, picture.height()); py++) {
            for (int px = x; px < Math.min(x + block, picture.width()); px++) {
                int at = (py * picture.width() + px) * picture.channels();
                int last = picture.channels() - 1;
                red += picture.pixels()[at] & 0xff;
                green += picture.pixels()[at + Math.min(1, last)] & 0xff;
                blue += picture.pixels()[at + last] & 0xff;
                count++;
            }
        }
        return OPAQUE | red / count << 16 | green / count << 8 | blue / count;
    }
}
