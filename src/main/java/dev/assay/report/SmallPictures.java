package dev.assay.report;

import dev.assay.analysis.result.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A result's small pictures as bitmaps. */
final class SmallPictures {

    private SmallPictures() {}

    static BufferedImage image(Picture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        byte[] pixels = picture.pixels();
        int at = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int first = pixels[at++] & 0xff;
                int second = picture.channels() == 1 ? first : pixels[at++] & 0xff;
                int third = picture.channels() == 1 ? first : pixels[at++] & 0xff;
                image.setRGB(x, y, first << 16 | second << 8 | third);
            }
        }
        return image;
    }

    static byte[] png(Picture picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image(picture), "png", bytes);
        return bytes.toByteArray();
    }
}
