package dev.assay.ui.view;

import dev.assay.analysis.WholeFile;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** The pictures of a grid on one sheet, as a PNG file. */
final class PictureSheet {

    private static final int MOST_COLUMNS = 16;
    private static final int LEAST_SIDE = 64;
    private static final int GAP = 4;
    private static final int WHITE = 0xffffff;

    private PictureSheet() {}

    /**
     * Writes a sheet; small pictures are enlarged pixel by pixel. A file that cannot be finished leaves nothing.
     *
     * @throws IOException when it cannot be written
     */
    static void writePng(ImageGrid grid, Path file) throws IOException {
        BufferedImage sheet = sheet(grid);
        WholeFile.write(file, out -> {
            if (!ImageIO.write(sheet, "png", out)) {
                throw new IOException("this Java runtime cannot write PNG pictures");
            }
        });
    }

    static BufferedImage sheet(ImageGrid grid) {
        List<Picture> pictures = grid.items().stream().map(ImageGrid.Item::picture).toList();
        int width = pictures.stream().mapToInt(Picture::width).max().orElse(1);
        int height = pictures.stream().mapToInt(Picture::height).max().orElse(1);
        int scale = Math.max(1, (LEAST_SIDE + width - 1) / width);
        int columns = Math.max(1, Math.min(MOST_COLUMNS, pictures.size()));
        int rows = Math.max(1, (pictures.size() + columns - 1) / columns);
        int cellWidth = width * scale + GAP;
        int cellHeight = height * scale + GAP;
        BufferedImage sheet =
                new BufferedImage(columns * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                sheet.setRGB(x, y, WHITE);
            }
        }
        for (int i = 0; i < pictures.size(); i++) {
            draw(pictures.get(i), sheet, GAP + i % columns * cellWidth, GAP + i / columns * cellHeight, scale);
        }
        return sheet;
    }

    private static void draw(Picture picture, BufferedImage sheet, int left, int top, int scale) {
        int last = picture.channels() - 1;
        for (int y = 0; y < picture.height() * scale; y++) {
            for (int x = 0; x < picture.width() * scale; x++) {
                int at = (y / scale * picture.width() + x / scale) * picture.channels();
                int red = picture.pixels()[at] & 0xff;
                int green = picture.pixels()[at + Math.min(1, last)] & 0xff;
                int blue = picture.pixels()[at + last] & 0xff;
                sheet.setRGB(left + x, top + y, red << 16 | green << 8 | blue);
            }
        }
    }
}
