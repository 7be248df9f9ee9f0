package dev.assay.ui.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSheetTest {

    private static final ImageGrid.Item RED =
            new ImageGrid.Item(new Picture(1, 1, 3, new byte[] {(byte) 255, 0, 0}), "", null);

    @TempDir
    Path folder;

    @Test
    void picturesAreLaidOutInRowsAndEnlarged() throws Exception {
        Path file = folder.resolve("sheet.png");
        PictureSheet.writePng(new ImageGrid("g", "G", Collections.nCopies(20, RED)), file);
        BufferedImage sheet = ImageIO.read(file.toFile());
        assertThat(sheet.getWidth()).isEqualTo(16 * 68 + 4);
        assertThat(sheet.getHeight()).isEqualTo(2 * 68 + 4);
        assertThat(sheet.getRGB(5, 5) & 0xffffff).isEqualTo(0xff0000);
        assertThat(sheet.getRGB(2, 2) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void noPicturesMakeAnEmptySheet() {
        assertThat(PictureSheet.sheet(new ImageGrid("g", "G", List.of())).getWidth()).isPositive();
    }

    @Test
    void nothingIsLeftWhenItCannotBeWritten() throws Exception {
        assertThatThrownBy(
                () -> PictureSheet.writePng(new ImageGrid("g", "G", List.of(RED)), folder.resolve("no/sheet.png")))
                .isInstanceOf(IOException.class);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
