package dev.assay.ui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Picture;
import javafx.scene.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class PicturesTest {

    @Test
    void aSmallPictureIsEnlargedPixelByPixel() {
        Image image = Pictures.fitting(new Picture(2, 1, 1, new byte[] {0, (byte) 255}), 8);
        assertThat(image.getWidth()).isEqualTo(8);
        assertThat(image.getHeight()).isEqualTo(4);
        assertThat(image.getPixelReader().getArgb(3, 3)).isEqualTo(0xff000000);
        assertThat(image.getPixelReader().getArgb(4, 0)).isEqualTo(0xffffffff);
    }

    @Test
    void aLargePictureIsAveragedDown() {
        byte[] pixels = new byte[400 * 400 * 3];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) 200;
        }
        Image image = Pictures.fitting(new Picture(400, 400, 3, pixels), 64);
        assertThat(image.getWidth()).isBetween(64.0, 200.0);
        assertThat(image.getPixelReader().getArgb(10, 10)).isEqualTo(0xffc80000);
    }

    @Test
    void aPictureMuchWiderThanHighKeepsALine() {
        Image image = Pictures.fitting(new Picture(1000, 1, 1, new byte[1000]), 64);
        assertThat(image.getHeight()).isGreaterThanOrEqualTo(1);
    }
}
